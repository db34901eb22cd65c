// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"
#include "records/values/propertynames.h"
#include "session/workbench/exportplan.h"

#include <QDialog>
#include <QPointer>
#include <QTimer>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QRadioButton;
class QSpinBox;

namespace hubkeeper {

/// Which records of a page are exported.
enum class ExportScope { Selected, Shown, Everything };

/// What the dialog is about; nothing of it changes while it is open.
struct ExportSubject
{
    ObjectType type = ObjectType::Contacts;
    QString provisioner; ///< For the command.
    QStringList columns; ///< Of the grid.
    QString folder; ///< For work and for a file without one.
    RecordSet *set = nullptr; ///< What the grid shows rows of.
    std::vector<qint64> selected; ///< Rows of the set.
    std::vector<qint64> shown;
    qint64 everything = -1; ///< How many records the portal has; -1: not known.
    bool shownIsEverything = false;
    bool hasStaged = false; ///< There are changes that are not sent.
};

/// Asks which records go into which file, and how: scope, format, columns, values, associations.
/// Says what a spreadsheet would do to the cells, and shows the command that does the same.
class ExportDialog final : public QDialog
{
    Q_OBJECT

public:
    /// `names` must outlive the dialog; it closes when the set goes.
    ExportDialog(ExportSubject subject, const PropertyNames &names, QWidget *parent);

    [[nodiscard]] ExportScope scope() const;
    [[nodiscard]] ExportPlan plan() const;
    /// Rows of the set, for every scope but an Everything that is more than is shown.
    [[nodiscard]] std::optional<std::vector<qint64>> rows() const;

private:
    void addScope(QFormLayout &form);
    void addFormat(QFormLayout &form);
    void addContent(QFormLayout &form);
    void addPlace(QFormLayout &form);
    void connectParts();
    void onFormat();
    void refresh();
    void countRisks();
    void showRisks(const Result<RiskCount> &risks);
    void showNotes();
    void chooseColumns();
    void chooseFile();
    [[nodiscard]] ExportFormat format() const;
    [[nodiscard]] QString path() const;
    [[nodiscard]] QString fault() const;
    [[nodiscard]] QString command() const;

    const ExportSubject m_subject;
    const PropertyNames &m_names;
    QStringList m_columns;
    QPointer<CallBase> m_counting;
    QTimer m_pause; // Before the cells are counted anew.

    QRadioButton *m_selected;
    QRadioButton *m_shown;
    QRadioButton *m_everything;
    QComboBox *m_format;
    QComboBox *m_separator;
    QCheckBox *m_bom;
    QCheckBox *m_guard;
    QLabel *m_columnsLabel;
    QPushButton *m_chooseColumns;
    QComboBox *m_values;
    QCheckBox *m_links;
    QComboBox *m_linkKey;
    QCheckBox *m_split;
    QSpinBox *m_splitRows;
    QLineEdit *m_path;
    QPushButton *m_browse;
    QLabel *m_risks;
    QLabel *m_notes;
    QLineEdit *m_command;
    QPushButton *m_copy;
    QPushButton *m_export;
};

} // namespace hubkeeper
