// SPDX-License-Identifier: MIT
#pragma once

#include "session/workbench/repairrecords.h"
#include "workbench/subject/recordssubject.h"

#include <QWidget>

class QComboBox;
class QLineEdit;
class QPushButton;

namespace hubkeeper {

class ExtentBox;
class PropertyChecklist;
class PropertyNames;
class WrappedLabel;

/// What is usual in a portal, as it was typed.
struct RepairHabits
{
    QString country;
    QString language;
    QString dates; ///< "dmy", "mdy"; else unknown.
};

/// Which recipe, for which records and properties, and what it is told.
class RepairChoices final : public QWidget
{
    Q_OBJECT

public:
    /// Properties that the grid has read are offered before others. `names` must outlive it.
    RepairChoices(const PropertyNames &names, const RecordsSubject &subject, QWidget *parent);

    /// The recipe that is chosen, the properties with a tick, the settings. Fails with
    /// InvalidInput.
    [[nodiscard]] Result<RecordRepairRequest> request() const;
    [[nodiscard]] RecordsSubject::Extent extent() const;
    /// Adds a recipe of one's own, which is in a file, and chooses it.
    void addRecipe(const Recipe &recipe, const QString &path);
    /// Chooses a recipe by its name, the selected records, and these properties and no others.
    void choose(const QString &recipe, const QStringList &properties);
    /// The recipe as a command has it: its name or file.
    [[nodiscard]] QString recipeWord() const;
    void setHabits(const RepairHabits &habits);
    [[nodiscard]] RepairHabits habits() const;
    void setBusy(bool isBusy);

signals:
    void changed();
    void recipeFileWanted();

private:
    void build();
    void layOut();
    void showRecipe();
    [[nodiscard]] bool isMeant(const Recipe &recipe, const QString &property, bool isColumn) const;
    void offer(const QString &property, bool isColumn, bool isTicked);

    const PropertyNames &m_names;
    const QStringList m_columns;
    QStringList m_others; // Properties that can be written and are not columns, by label.
    QList<Recipe> m_recipes;
    QStringList m_words; // Of the recipes, as commands have them.
    QComboBox *m_recipe;
    QPushButton *m_open;
    WrappedLabel *m_about;
    ExtentBox *m_extent;
    PropertyChecklist *m_properties;
    QLineEdit *m_country;
    QLineEdit *m_language;
    QComboBox *m_dates;
};

} // namespace hubkeeper
