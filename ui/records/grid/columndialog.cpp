// SPDX-License-Identifier: MIT
#include "records/grid/columndialog.h"

#include <QBoxLayout>
#include <QDialogButtonBox>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int nameRole = Qt::UserRole;

} // namespace

ColumnDialog::ColumnDialog(const QList<PropertyDefinition> &definitions, const QStringList &chosen,
                           QWidget *parent)
    : QDialog(parent)
    , m_filter(new QLineEdit(this))
    , m_list(new QListWidget(this))
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this))
{
    setObjectName(u"columnDialog"_s);
    setWindowTitle(tr("Columns"));
    m_filter->setPlaceholderText(tr("Filter properties"));
    m_filter->setAccessibleName(tr("Filter properties"));
    m_filter->setClearButtonEnabled(true);
    m_list->setObjectName(u"columnList"_s);
    m_list->setAccessibleName(tr("Properties"));
    m_list->setDragDropMode(QAbstractItemView::InternalMove);
    m_list->setMinimumSize(fontMetrics().averageCharWidth() * 60, fontMetrics().lineSpacing() * 20);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setTextElideMode(Qt::ElideRight);

    auto *hint = new QLabel(tr("Ticked properties are columns, in this order. Drag them, or use "
                               "the buttons, to change it."),
                            this);
    hint->setWordWrap(true);
    auto *up = new QPushButton(tr("Move &Up"), this);
    auto *down = new QPushButton(tr("Move &Down"), this);
    connect(up, &QPushButton::clicked, this, [this] { move(-1); });
    connect(down, &QPushButton::clicked, this, [this] { move(1); });
    auto *moves = new QHBoxLayout; // Beside what they move, not among what ends the dialog.
    moves->addWidget(up);
    moves->addWidget(down);
    moves->addStretch();

    auto *layout = new QVBoxLayout(this);
    layout->addWidget(hint);
    layout->addWidget(m_filter);
    layout->addWidget(m_list);
    layout->addLayout(moves);
    layout->addWidget(m_buttons);

    for (const QString &name : chosen) {
        for (const PropertyDefinition &definition : definitions) {
            if (definition.name == name)
                add(definition, true);
        }
    }
    for (const PropertyDefinition &definition : definitions) {
        if (!chosen.contains(definition.name) && !definition.hidden)
            add(definition, false);
    }
    m_list->setCurrentRow(0);
    m_list->installEventFilter(this);
    m_filter->installEventFilter(this);
    m_filter->setFocus();
    connect(m_filter, &QLineEdit::textChanged, this, &ColumnDialog::filter);
    connect(m_list, &QListWidget::itemChanged, this, &ColumnDialog::updateButtons);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    updateButtons();
}

void ColumnDialog::add(const PropertyDefinition &definition, bool isChosen)
{
    const QString label = definition.label.isEmpty() ? definition.name : definition.label;
    //: A property as "label (name)", e.g. "First Name (firstname)".
    auto *item = new QListWidgetItem(tr("%1 (%2)").arg(label, definition.name), m_list);
    item->setData(nameRole, definition.name);
    item->setToolTip(definition.description);
    item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
    item->setCheckState(isChosen ? Qt::Checked : Qt::Unchecked);
}

QStringList ColumnDialog::chosen() const
{
    QStringList names;
    for (int i = 0; i < m_list->count(); ++i) {
        if (m_list->item(i)->checkState() == Qt::Checked)
            names.append(m_list->item(i)->data(nameRole).toString());
    }
    return names;
}

void ColumnDialog::filter(const QString &text)
{
    for (int i = 0; i < m_list->count(); ++i) {
        QListWidgetItem *item = m_list->item(i);
        item->setHidden(!item->text().contains(text, Qt::CaseInsensitive));
    }
    // Space must not tick what is out of sight.
    if (!m_list->currentItem() || m_list->currentItem()->isHidden())
        m_list->setCurrentRow(shownRow(0, 1));
}

int ColumnDialog::shownRow(int from, int step) const
{
    int row = from;
    while (row >= 0 && row < m_list->count() && m_list->item(row)->isHidden())
        row += step;
    return row >= 0 && row < m_list->count() ? row : -1;
}

/// The list's own Home and End go to rows that the filter hides.
bool ColumnDialog::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QDialog::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent *>(event)->key();
    if (watched == m_filter && key == Qt::Key_Down) {
        m_list->setFocus();
        return true;
    }
    if (watched == m_list && (key == Qt::Key_Home || key == Qt::Key_End)) {
        const bool toFirst = key == Qt::Key_Home;
        m_list->setCurrentRow(toFirst ? shownRow(0, 1) : shownRow(m_list->count() - 1, -1));
        return true;
    }
    return QDialog::eventFilter(watched, event);
}

void ColumnDialog::move(int by)
{
    const int from = m_list->currentRow();
    const int to = shownRow(from + by, by); // As it is seen.
    if (from < 0 || to < 0)
        return;
    QListWidgetItem *item = m_list->takeItem(from);
    m_list->insertItem(to, item);
    m_list->setCurrentRow(to);
}

void ColumnDialog::updateButtons()
{
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(!chosen().isEmpty());
}

} // namespace hubkeeper
