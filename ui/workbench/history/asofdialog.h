// SPDX-License-Identifier: MIT
#pragma once

#include "session/workbench/valuesasof.h"
#include "workbench/subject/recordssubject.h"

#include <QDialog>

class QPushButton;

namespace hubkeeper {

class AsOfChoices;
class CallBar;
class CommandField;
class MessageBar;
class NoteLabel;
class PropertyNames;
class RepairPreview;
class WrappedLabel;

/// The values that records had at a moment beside those of now, with a tick at each change, and
/// what HubSpot does not know any more; then into the staged changes. The window stays usable
/// meanwhile.
class AsOfDialog final : public QDialog
{
    Q_OBJECT

public:
    /// Session and names must outlive it.
    AsOfDialog(Session &session, const PropertyNames &names, RecordsSubject subject,
               QWidget *parent);
    ~AsOfDialog() override;

signals:
    /// So many records were staged, and it is closed.
    void staged(int records);

private:
    void build();
    void connectParts();
    void preview();
    void showChecked(const Result<CheckedAsOf> &checked);
    void stage();
    void forget();
    void refresh();
    void showCommand();
    void showFailure(const Error &error);

    Session &m_session;
    const RecordsSubject m_subject;
    std::unique_ptr<QObject> m_work;
    std::shared_ptr<CheckedRepair> m_checked;
    bool m_isBusy = false;
    AsOfChoices *m_choices;
    NoteLabel *m_limits;
    MessageBar *m_message;
    WrappedLabel *m_summary;
    RepairPreview *m_changes;
    CallBar *m_progress;
    CommandField *m_command;
    QPushButton *m_preview;
    QPushButton *m_stage;
    QPushButton *m_close;
};

} // namespace hubkeeper
