// SPDX-License-Identifier: MIT
#pragma once

#include "session/workbench/repairrecords.h"

#include <QWidget>

class QComboBox;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace hubkeeper {

class PropertyNames;
class WrappedLabel;

/// Which recipe, for which records and properties, and what it is told.
class RepairChoices final : public QWidget
{
    Q_OBJECT

public:
    enum Extent { Selected, Shown };

    /// `columns` are the properties that the grid has read. `names` must outlive it.
    RepairChoices(const PropertyNames &names, const QStringList &columns, int selected, int shown,
                  QWidget *parent);

    /// The recipe that is chosen, the properties with a tick, the settings. Fails with
    /// InvalidInput.
    [[nodiscard]] Result<RecordRepairRequest> request() const;
    [[nodiscard]] Extent extent() const;
    /// Adds a recipe of one's own and chooses it.
    void addRecipe(const Recipe &recipe);
    void setBusy(bool isBusy);

signals:
    void changed();
    void recipeFileWanted();

private:
    void build(int selected, int shown);
    void showRecipe();
    [[nodiscard]] QStringList ticked() const;

    const PropertyNames &m_names;
    const QStringList m_columns;
    QList<Recipe> m_recipes;
    QComboBox *m_recipe;
    QPushButton *m_open;
    WrappedLabel *m_about;
    QComboBox *m_extent;
    QListWidget *m_properties;
    QLineEdit *m_country;
    QLineEdit *m_language;
    QComboBox *m_dates;
};

} // namespace hubkeeper
