// SPDX-License-Identifier: MIT
#pragma once

#include "workbench/repairs/stagingdialog.h"

namespace hubkeeper {

class RepairChoices;
class Settings;

/// What a repair begins with, where something else has found out what is to be repaired.
struct RepairPreset
{
    QString recipe; ///< The name of one that comes with the program.
    QStringList properties;
    QString country; ///< Empty: as remembered.
};

/// A recipe over records: what it would change, with a tick at each, what it leaves, and then into
/// the staged changes. Country, language and order of dates are remembered for the connection.
class RepairDialog final : public StagingDialog
{
    Q_OBJECT

public:
    /// Session, names and settings must outlive it.
    RepairDialog(Session &session, const PropertyNames &names, Settings &settings,
                 RecordsSubject subject, QWidget *parent);

    /// Adds the recipe of a file, or says what is wrong with it.
    void openRecipe(const QString &path);
    /// Chooses these.
    void choose(const RepairPreset &preset);

private:
    void preview() override;
    void showCommand() override;
    void enableChoices(bool isEnabled) override;
    void chooseFile();
    void onChecked(const Result<std::shared_ptr<CheckedRepair>> &checked);
    void remember();

    Settings &m_settings;
    RepairChoices *m_choices;
};

} // namespace hubkeeper
