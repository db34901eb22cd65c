// SPDX-License-Identifier: MIT
#include "configuration/form/timeoutssection.h"

#include "widgets/actionbutton.h"
#include "widgets/editagain.h"
#include "widgets/icons.h"
#include "widgets/tones.h"

#include <QAction>
#include <QBoxLayout>
#include <QHeaderView>
#include <QInputDialog>
#include <QLineEdit>
#include <QStyledItemDelegate>
#include <QTableView>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// Edits a number; what means none is shown paler.
class TimeOutDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &,
                          const QModelIndex &index) const override
    {
        auto *line = new QLineEdit(parent);
        line->setAccessibleName(
            index.model()->headerData(index.column(), Qt::Horizontal).toString());
        line->setPlaceholderText(TimeOutsSection::tr("Milliseconds; -1 for none"));
        return line;
    }

    void setEditorData(QWidget *editor, const QModelIndex &index) const override
    {
        showInEditor(*static_cast<QLineEdit *>(editor), index);
    }

    void setModelData(QWidget *editor, QAbstractItemModel *model,
                      const QModelIndex &index) const override
    {
        setOrEditAgain(*static_cast<QAbstractItemView *>(parent()),
                       *static_cast<QLineEdit *>(editor), *model, index);
    }

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        const auto *model = static_cast<const TimeOutsModel *>(index.model());
        if (index.column() == TimeOutsModel::MeaningColumn
            || (index.column() == TimeOutsModel::MillisecondsColumn && !model->isSet(index.row())))
            option->palette.setColor(QPalette::Text, tonesOf(option->palette).muted);
    }
};

} // namespace

TimeOutsSection::TimeOutsSection(QWidget *parent)
    : FormSection(tr("Time-outs"),
                  tr("How long an operation may take, in milliseconds. -1 or empty: no "
                     "time-out. When it is over, IDM answers 503."),
                  {u"/operationTimeout"_s}, parent)
    , m_model(new TimeOutsModel(this))
    , m_table(new QTableView(this))
    , m_clear(new QAction(hubkeeper::icon(u"edit-undo"_s), tr("Reset"), this))
    , m_set(new QAction(hubkeeper::icon(u"edit-rename"_s), tr("Set Selected…"), this))
    , m_text(new QAction(hubkeeper::icon(u"text"_s), tr("Show in Text"), this))
{
    build();
    connect(m_model, &TimeOutsModel::failed, this, &FormSection::failed);
    connect(m_clear, &QAction::triggered, this, &TimeOutsSection::clearSelected);
    connect(m_set, &QAction::triggered, this, &TimeOutsSection::setSelected);
    connect(m_text, &QAction::triggered, this, &TimeOutsSection::showCurrentInText);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &TimeOutsSection::updateActions);
    updateActions();
}

void TimeOutsSection::build()
{
    m_table->setModel(m_model);
    m_table->setItemDelegate(new TimeOutDelegate(m_table));
    m_table->setAccessibleName(title());
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed
                             | QAbstractItemView::AnyKeyPressed);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_table->setTabKeyNavigation(false);
    m_table->setAlternatingRowColors(true);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() * 3 / 2);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    m_table->setColumnWidth(TimeOutsModel::OperationColumn, fontMetrics().averageCharWidth() * 28);
    m_table->setColumnWidth(TimeOutsModel::MillisecondsColumn,
                            fontMetrics().averageCharWidth() * 22);
    auto *edit = new QAction(tr("Edit"), this); // Wherever in its row the cursor is.
    connect(edit, &QAction::triggered, this, [this] {
        m_table->edit(m_table->currentIndex().siblingAtColumn(TimeOutsModel::MillisecondsColumn));
    });
    edit->setShortcut(Qt::Key_F2);
    edit->setShortcutContext(Qt::WidgetShortcut);
    addAction(m_clear, QKeySequence::Delete);
    addAction(m_set, {});
    addAction(m_text, {});
    auto *buttons = new QHBoxLayout;
    for (QAction *action : m_table->actions())
        buttons->addWidget(buttonFor(action, Qt::ToolButtonTextBesideIcon, this));
    m_table->addAction(edit);
    buttons->addStretch(1);
    body()->addWidget(m_table, 1);
    body()->addLayout(buttons);
    keepPlaceForNotes();
}

void TimeOutsSection::addAction(QAction *action, const QKeySequence &keys)
{
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetShortcut);
    m_table->addAction(action);
}

void TimeOutsSection::onDocument(Document *document)
{
    m_model->setDocument(document);
}

void TimeOutsSection::showValues()
{
    m_table->setEnabled(document() && document()->text().isValid());
    m_model->refresh();
    updateActions();
}

QList<Finding> TimeOutsSection::placed(const QList<Finding> &findings)
{
    m_model->setFindings(findings);
    return findings; // In their rows for the eye, and below with what fixes them.
}

bool TimeOutsSection::showField(const QString &pointer)
{
    const int row = m_model->rowOf(pointer);
    if (row >= 0)
        m_table->setCurrentIndex(m_model->index(row, 1));
    m_table->setFocus(Qt::OtherFocusReason);
    return true;
}

QList<int> TimeOutsSection::selectedRows() const
{
    QList<int> rows;
    const QModelIndexList indexes = m_table->selectionModel()->selectedRows();
    for (const QModelIndex &index : indexes)
        rows.append(index.row());
    std::sort(rows.begin(), rows.end());
    return rows;
}

void TimeOutsSection::updateActions()
{
    const QList<int> rows = selectedRows();
    const bool usable = m_table->isEnabled();
    m_clear->setEnabled(usable && std::any_of(rows.begin(), rows.end(), [this](int row) {
                            return m_model->isSet(row);
                        }));
    m_set->setEnabled(usable && !rows.isEmpty());
    m_text->setEnabled(usable && !rows.isEmpty() && m_model->isSet(rows.first()));
}

void TimeOutsSection::clearSelected()
{
    (void)succeeded(m_model->clear(selectedRows()));
}

void TimeOutsSection::setSelected()
{
    auto *dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title());
    dialog->setMinimumWidth(fontMetrics().averageCharWidth() * 50); // The title is not cut.
    dialog->setLabelText(tr("Milliseconds; -1 for none:"));
    dialog->setInputMode(QInputDialog::IntInput);
    dialog->setIntRange(-1, std::numeric_limits<int>::max());
    dialog->setIntValue(60000);
    connect(dialog, &QInputDialog::intValueSelected, this,
            [this, rows = selectedRows()](int value) {
                (void)succeeded(m_model->setAll(rows, value));
            });
    dialog->open();
}

void TimeOutsSection::showCurrentInText()
{
    if (const QList<int> rows = selectedRows(); !rows.isEmpty())
        emit textWanted(
            m_model->index(rows.first(), 0).data(TimeOutsModel::PointerRole).toString());
}

} // namespace hubkeeper
