// SPDX-License-Identifier: MIT
#include "configuration/operationssection.h"

#include "configuration/documentline.h"
#include "shell/icons.h"

#include <QAction>
#include <QBoxLayout>
#include <QComboBox>
#include <QHeaderView>
#include <QInputDialog>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// A choice where the column has choices, else a line.
class OperationDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &,
                          const QModelIndex &index) const override
    {
        if (index.data(OperationsModel::KindRole).toInt() != OperationColumn::Choice) {
            auto *line = new QLineEdit(parent);
            line->setAccessibleName(
                index.model()->headerData(index.column(), Qt::Horizontal).toString());
            return line;
        }
        auto *choice = new QComboBox(parent);
        choice->addItem(QString());
        choice->addItems(index.data(OperationsModel::ChoicesRole).toStringList());
        choice->setAccessibleName(
            index.model()->headerData(index.column(), Qt::Horizontal).toString());
        return choice;
    }

    void setEditorData(QWidget *editor, const QModelIndex &index) const override
    {
        const QString text = index.data(Qt::EditRole).toString();
        if (auto *choice = qobject_cast<QComboBox *>(editor)) {
            if (choice->findText(text) < 0)
                choice->addItem(text);
            choice->setCurrentText(text);
        } else {
            static_cast<QLineEdit *>(editor)->setText(text);
        }
    }

    void setModelData(QWidget *editor, QAbstractItemModel *model,
                      const QModelIndex &index) const override
    {
        auto *choice = qobject_cast<QComboBox *>(editor);
        model->setData(index,
                       choice ? choice->currentText() : static_cast<QLineEdit *>(editor)->text(),
                       Qt::EditRole);
    }
};

} // namespace

OperationsSection::OperationsSection(QString title, const QString &introduction,
                                     const QString &pointer, const QList<OperationColumn> &columns,
                                     QWidget *parent)
    : FormSection(std::move(title), introduction, {pointer}, parent)
    //: Name of a step; %1 is an operation: "Time-outs: SEARCH".
    , m_model(new OperationsModel(pointer, columns, tr("%1: %2").arg(this->title(), u"%1"_s), this))
    , m_table(new QTableView(this))
    , m_clear(new QAction(hubkeeper::icon(u"edit-undo"_s), tr("Reset"), this))
    , m_text(new QAction(hubkeeper::icon(u"text"_s), tr("Show in Text"), this))
{
    build(columns);
    connect(m_model, &OperationsModel::failed, this, &FormSection::failed);
    connect(m_clear, &QAction::triggered, this, &OperationsSection::clearSelected);
    connect(m_text, &QAction::triggered, this, &OperationsSection::showCurrentInText);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &OperationsSection::updateActions);
    updateActions();
}

void OperationsSection::build(const QList<OperationColumn> &columns)
{
    m_table->setModel(m_model);
    m_table->setItemDelegate(new OperationDelegate(m_table));
    m_table->setAccessibleName(title());
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed
                             | QAbstractItemView::AnyKeyPressed);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_table->setTabKeyNavigation(false);
    m_table->setAlternatingRowColors(true);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    m_table->setColumnWidth(0, fontMetrics().averageCharWidth() * 28);
    for (int column = 1; column < m_model->columnCount(); ++column)
        m_table->setColumnWidth(column, fontMetrics().averageCharWidth() * 22);

    addAction(m_clear, QKeySequence::Delete);
    if (columns.first().kind == OperationColumn::Milliseconds) {
        m_set = new QAction(hubkeeper::icon(u"edit-rename"_s), tr("Set Selected…"), this);
        connect(m_set, &QAction::triggered, this,
                [this, column = columns.first()] { setSelected(column, 1); });
        addAction(m_set, {});
    }
    addAction(m_text, {});
    auto *buttons = new QHBoxLayout;
    for (QAction *action : m_table->actions()) {
        auto *button = new QToolButton(this);
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setFocusPolicy(Qt::StrongFocus);
        buttons->addWidget(button);
    }
    buttons->addStretch(1);
    body()->addWidget(m_table, 1);
    body()->addLayout(buttons);
}

void OperationsSection::addAction(QAction *action, const QKeySequence &keys)
{
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetShortcut);
    m_table->addAction(action);
}

void OperationsSection::onDocument(Document *document)
{
    m_model->setDocument(document);
}

void OperationsSection::showValues()
{
    m_table->setEnabled(document() && document()->text().isValid());
    m_model->refresh();
    updateActions();
}

QList<Finding> OperationsSection::placed(const QList<Finding> &findings)
{
    m_model->setFindings(findings);
    return findings; // A sentence needs more room than a cell has.
}

bool OperationsSection::showField(const QString &pointer)
{
    const int row = m_model->rowOf(pointer);
    if (row >= 0)
        m_table->setCurrentIndex(m_model->index(row, 1));
    m_table->setFocus(Qt::OtherFocusReason);
    return true;
}

QList<int> OperationsSection::selectedRows() const
{
    QList<int> rows;
    const QModelIndexList indexes = m_table->selectionModel()->selectedRows();
    for (const QModelIndex &index : indexes)
        rows.append(index.row());
    std::sort(rows.begin(), rows.end());
    return rows;
}

void OperationsSection::updateActions()
{
    const QList<int> rows = selectedRows();
    const bool usable = m_table->isEnabled();
    m_clear->setEnabled(usable && std::any_of(rows.begin(), rows.end(), [this](int row) {
                            return m_model->isSet(row);
                        }));
    if (m_set)
        m_set->setEnabled(usable && !rows.isEmpty());
    m_text->setEnabled(usable && !rows.isEmpty() && m_model->isSet(rows.first()));
}

void OperationsSection::clearSelected()
{
    (void)succeeded(m_model->clear(selectedRows()));
}

void OperationsSection::setSelected(const OperationColumn &column, int number)
{
    auto *dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title());
    dialog->setLabelText(column.help);
    dialog->setInputMode(QInputDialog::IntInput);
    dialog->setIntRange(-1, std::numeric_limits<int>::max());
    dialog->setIntValue(60000);
    const QList<int> rows = selectedRows();
    connect(dialog, &QInputDialog::intValueSelected, this, [this, rows, number](int value) {
        (void)succeeded(m_model->setAll(rows, number, QByteArray::number(value)));
    });
    dialog->open();
}

void OperationsSection::showCurrentInText()
{
    if (const QList<int> rows = selectedRows(); !rows.isEmpty())
        emit textWanted(
            m_model->index(rows.first(), 0).data(OperationsModel::PointerRole).toString());
}

} // namespace hubkeeper
