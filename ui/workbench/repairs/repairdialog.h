// SPDX-License-Identifier: MIT
#pragma once

#include "session/workbench/repairrecords.h"

#include <QDialog>
#include <QPointer>

class QFileDialog;
class QPushButton;
class QTableView;
class QTabWidget;

namespace hubkeeper {

class CallBar;
class DoubtfulValuesModel;
class MessageBar;
class PropertyNames;
class RepairChoices;
class RepairPairsModel;
class Session;
class WrappedLabel;

/// The records that a repair may be of, as the grid has them.
struct RepairSubject
{
    QPointer<RecordSet> set;
    std::vector<qint64> selected;
    std::vector<qint64> shown;
};

/// A recipe over records: what it would change, with a tick at each, what it leaves, and then into
/// the staged changes. The window stays usable meanwhile.
class RepairDialog final : public QDialog
{
    Q_OBJECT

public:
    /// Session and names must outlive it.
    RepairDialog(Session &session, const PropertyNames &names, RepairSubject subject,
                 QWidget *parent);
    ~RepairDialog() override;

    /// Adds the recipe of a file, or says what is wrong with it.
    void openRecipe(const QString &path);

signals:
    /// So many records were staged, and it is closed.
    void staged(int records);

private:
    void build();
    void connectParts();
    void chooseFile();
    void preview();
    void showChecked(const std::shared_ptr<CheckedRepair> &checked);
    void stage();
    void forget();
    void refresh();
    void showFailure(const Error &error);

    Session &m_session;
    const PropertyNames &m_names;
    const RepairSubject m_subject;
    std::unique_ptr<QObject> m_work;
    std::shared_ptr<CheckedRepair> m_checked;
    bool m_isBusy = false;
    RepairChoices *m_choices;
    MessageBar *m_message;
    WrappedLabel *m_summary;
    RepairPairsModel *m_pairs;
    DoubtfulValuesModel *m_doubtful;
    QTabWidget *m_tabs;
    QTableView *m_pairsView;
    QTableView *m_doubtfulView;
    CallBar *m_progress;
    QPushButton *m_preview;
    QPushButton *m_stage;
    QPushButton *m_close;
};

} // namespace hubkeeper
