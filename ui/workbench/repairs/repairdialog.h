// SPDX-License-Identifier: MIT
#pragma once

#include "session/workbench/repairrecords.h"
#include "workbench/subject/recordssubject.h"

#include <QDialog>

class QPushButton;

namespace hubkeeper {

class CallBar;
class CommandField;
class MessageBar;
class PropertyNames;
class RepairChoices;
class RepairPreview;
class Session;
class Settings;
class WrappedLabel;

/// What a repair begins with, where something else has found out what is to be repaired.
struct RepairPreset
{
    QString recipe; ///< The name of one that comes with the program.
    QStringList properties;
    QString country; ///< Empty: as remembered.
};

/// A recipe over records: what it would change, with a tick at each, what it leaves, and then into
/// the staged changes. The window stays usable meanwhile. Country, language and order of dates are
/// remembered for the connection.
class RepairDialog final : public QDialog
{
    Q_OBJECT

public:
    /// Session, names and settings must outlive it.
    RepairDialog(Session &session, const PropertyNames &names, Settings &settings,
                 RecordsSubject subject, QWidget *parent);
    ~RepairDialog() override;

    /// Adds the recipe of a file, or says what is wrong with it.
    void openRecipe(const QString &path);
    /// Chooses these.
    void choose(const RepairPreset &preset);

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
    void showCommand();
    void showFailure(const Error &error);

    Session &m_session;
    const PropertyNames &m_names;
    Settings &m_settings;
    const RecordsSubject m_subject;
    std::unique_ptr<QObject> m_work;
    std::shared_ptr<CheckedRepair> m_checked;
    bool m_isBusy = false;
    RepairChoices *m_choices;
    MessageBar *m_message;
    WrappedLabel *m_summary;
    RepairPreview *m_changes;
    CommandField *m_command;
    CallBar *m_progress;
    QPushButton *m_preview;
    QPushButton *m_stage;
    QPushButton *m_close;
};

} // namespace hubkeeper
