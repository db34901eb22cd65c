// SPDX-License-Identifier: MIT
#pragma once

#include "session/idm/runresult.h"

#include <QWidget>

class QComboBox;
class QPushButton;
class QTreeView;
class QTreeWidget;

namespace hubkeeper {

class EntryModel;
class Masking;
class WrappedLabel;

/// What one run came to: in a sentence, counted by situation, and entry by entry.
class RunResultView final : public QWidget
{
    Q_OBJECT

public:
    /// `masking` must outlive it.
    RunResultView(const Masking &masking, QWidget *parent);

    /// Shows no run, and why.
    void clear(const QString &sentence);
    /// A page more of the run's entries.
    void append(const QList<AuditEntry> &page);
    /// The result; its entries have been appended.
    void show(const RunResult &result);
    void setExportEnabled(bool isEnabled);

    [[nodiscard]] QString summary() const;

signals:
    void exportWanted();

private:
    void build();
    void showCounts();

    EntryModel *m_entries;
    std::optional<RunResult> m_result;
    WrappedLabel *m_summary;
    QTreeWidget *m_tally;
    QComboBox *m_choice;
    QPushButton *m_export;
    QTreeView *m_list;
    WrappedLabel *m_cut;
};

} // namespace hubkeeper
