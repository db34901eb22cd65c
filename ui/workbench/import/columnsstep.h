// SPDX-License-Identifier: MIT
#pragma once

#include "workbench/import/importchoices.h"
#include "workbench/import/mappingmodel.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;
class QTableView;

namespace hubkeeper {

class ElidedLabel;
class MessageBar;
class PropertyChooser;
class TablePreview;

/// The second step of an import: which column is which property, what finds a row's record, and
/// what is done with it.
class ColumnsStep final : public QWidget
{
    Q_OBJECT

public:
    /// `names` must outlive it.
    ColumnsStep(ObjectType type, const PropertyNames &names, QWidget *parent);
    ~ColumnsStep() override;

    /// The table, and what was chosen for one with the same header.
    void setTable(const std::shared_ptr<TablePreview> &table,
                  const std::optional<ImportChoices> &earlier);
    /// The definitions became known.
    void namesChanged();
    [[nodiscard]] ImportChoices choices() const;
    [[nodiscard]] const MappingModel &model() const { return *m_model; }
    [[nodiscard]] bool isReady() const;
    /// Into the first column, for the keyboard.
    void takeFocus();

signals:
    void changed();

private:
    void build();
    void buildTable();
    void connectParts();
    void readSamples();
    void onChosen();
    void fillKeys();
    void showChoices(const ImportChoices &choices);
    void loadMapping();
    void saveMapping();
    void takeMapping(const QString &path);

    const PropertyNames &m_names;
    std::shared_ptr<TablePreview> m_preview;
    std::unique_ptr<QObject> m_work;
    QString m_match; // What was chosen, as long as it can be.

    MappingModel *m_model;
    PropertyChooser *m_chooser;
    MessageBar *m_message;
    QTableView *m_table;
    ElidedLabel *m_summary;
    QPushButton *m_load;
    QPushButton *m_save;
    QComboBox *m_key;
    QComboBox *m_mode;
    QComboBox *m_empty;
    QComboBox *m_links;
    QLabel *m_linksLabel = nullptr;
    QComboBox *m_dates;
    QLabel *m_datesLabel;
    QCheckBox *m_guarded;
};

} // namespace hubkeeper
