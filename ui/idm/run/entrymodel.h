// SPDX-License-Identifier: MIT
#pragma once

#include "session/idm/runcomparison.h"

#include <QAbstractTableModel>

namespace hubkeeper {

class Masking;

/// Which entries of a run are shown.
enum class EntryChoice {
    All,
    Failed,
    Different, ///< From the preview.
};

/// The entries of one run, as the audit log has them: they are added page by page. Keeps the first
/// 20,000; those that failed or differ, at most 1,000 and as many again, are known at the end.
/// Personal data in messages are masked while the window masks.
class EntryModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        SideColumn,
        SituationColumn,
        ActionColumn,
        ResultColumn,
        SourceColumn,
        TargetColumn,
        MessageColumn,
        ColumnCount,
    };

    /// `masking` must outlive the model.
    EntryModel(const Masking &masking, QObject *parent);

    void clear();
    /// A page more of all entries.
    void append(const QList<AuditEntry> &page);
    /// What the end of a reading brings: those that failed, those that differ from the preview.
    void setFindings(const QList<AuditEntry> &failed, const QList<ComparedEntry> &different);
    void choose(EntryChoice choice);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

    static constexpr qsizetype mostKept = 20'000;
    static constexpr qsizetype mostDifferent = 1'000;

private:
    [[nodiscard]] const QList<AuditEntry> &shown() const;
    [[nodiscard]] QString text(int row, int column) const;
    [[nodiscard]] QString message(int row) const;

    const Masking &m_masking;
    QList<AuditEntry> m_all;
    QList<AuditEntry> m_failed;
    QList<AuditEntry> m_different; // What came, or was predicted.
    QStringList m_differences; // In words.
    EntryChoice m_choice = EntryChoice::All;
};

} // namespace hubkeeper
