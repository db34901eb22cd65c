// SPDX-License-Identifier: MIT
#include "configuration/form/valuetree.h"

#include "widgets/actionbutton.h"
#include "widgets/editagain.h"
#include "widgets/icons.h"
#include "widgets/selectalone.h"

#include <QAction>
#include <QBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QStyledItemDelegate>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// A line that says which column it edits.
class NamedLineDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const override
    {
        QWidget *editor = QStyledItemDelegate::createEditor(parent, option, index);
        editor->setAccessibleName(
            index.model()->headerData(index.column(), Qt::Horizontal).toString());
        return editor;
    }

    void setEditorData(QWidget *editor, const QModelIndex &index) const override
    {
        if (auto *line = qobject_cast<QLineEdit *>(editor))
            showInEditor(*line, index);
        else
            QStyledItemDelegate::setEditorData(editor, index);
    }

    void setModelData(QWidget *editor, QAbstractItemModel *model,
                      const QModelIndex &index) const override
    {
        if (const auto *line = qobject_cast<QLineEdit *>(editor))
            setOrEditAgain(*static_cast<QAbstractItemView *>(parent()), *line, *model, index);
        else
            QStyledItemDelegate::setModelData(editor, model, index);
    }
};

} // namespace

ValueTree::ValueTree(const QString &name, const QString &step, const QStringList &fixedNames,
                     const NewMember &top, QWidget *parent)
    : QWidget(parent)
    , m_model(step, fixedNames, nullptr)
    , m_top(top)
    , m_hasFixedNames(!fixedNames.isEmpty())
    , m_view(new QTreeView(this))
    , m_add(makeAction(u"list-add"_s, tr("Add"), Qt::Key_Insert, &ValueTree::add))
    , m_remove(makeAction(u"list-remove"_s, tr("Remove"), QKeySequence::Delete, &ValueTree::remove))
    , m_text(makeAction(u"text"_s, tr("Show in Text"), {}, &ValueTree::showInText))
{
    m_view->setAccessibleName(name);
    build();
    connect(&m_model, &ValueTreeModel::failed, this, &ValueTree::failed);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &ValueTree::updateActions);
    updateActions();
}

QAction *ValueTree::makeAction(const QString &icon, const QString &text, const QKeySequence &keys,
                               void (ValueTree::*slot)())
{
    auto *action = new QAction(hubkeeper::icon(icon), text, this);
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetShortcut);
    connect(action, &QAction::triggered, this, slot);
    return action;
}

void ValueTree::build()
{
    m_view->setModel(&m_model);
    m_view->setItemDelegate(new NamedLineDelegate(m_view));
    m_view->setUniformRowHeights(true);
    m_view->setAlternatingRowColors(true);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    m_view->setContextMenuPolicy(Qt::ActionsContextMenu);
    const int character = fontMetrics().averageCharWidth();
    m_view->header()->resizeSection(ValueTreeModel::NameColumn, character * 24);
    m_view->header()->resizeSection(ValueTreeModel::ValueColumn, character * 24);
    auto *buttons = new QHBoxLayout;
    for (QAction *action : {m_add, m_remove, m_text}) {
        m_view->addAction(action);
        buttons->addWidget(buttonFor(action, Qt::ToolButtonTextBesideIcon, this));
    }
    buttons->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_view, 1);
    layout->addLayout(buttons);
}

void ValueTree::setPlace(Document *document, const QString &base)
{
    m_document = document;
    m_model.setPlace(document, base);
    showValues();
}

void ValueTree::showValues()
{
    m_model.refresh();
    m_view->setEnabled(m_document && m_document->text().isValid());
    updateActions();
}

void ValueTree::showField(const QString &pointer)
{
    if (const QModelIndex index = m_model.indexOf(pointer); index.isValid()) {
        m_view->expand(index.parent());
        selectAlone(*m_view, index);
    }
    m_view->setFocus(Qt::OtherFocusReason);
}

QStringList ValueTree::selected() const
{
    QStringList pointers;
    const auto collect = [&](const auto &self, const QModelIndex &parent) -> void {
        for (int row = 0; row < m_model.rowCount(parent); ++row) {
            const QModelIndex index = m_model.index(row, 0, parent);
            if (m_view->selectionModel()->isSelected(index) && m_model.isSet(index))
                pointers.append(index.data(ValueTreeModel::PointerRole).toString());
            self(self, index);
        }
    };
    collect(collect, {});
    return pointers;
}

void ValueTree::updateActions()
{
    const bool isUsable = m_view->isEnabled();
    const QStringList pointers = isUsable ? selected() : QStringList();
    m_add->setEnabled(isUsable && (!m_hasFixedNames || m_view->currentIndex().isValid()));
    m_remove->setEnabled(!pointers.isEmpty());
    m_text->setEnabled(pointers.size() == 1);
}

void ValueTree::add()
{
    const QModelIndex current = m_view->currentIndex().siblingAtColumn(0);
    const QModelIndex holder =
        current.data(ValueTreeModel::HolderRole).toBool() ? current : current.parent();
    const int level = !holder.isValid() ? 0 : holder.parent().isValid() ? 2 : 1;
    const bool isTop = level == (m_hasFixedNames ? 1 : 0);
    const NewMember added = isTop ? m_top : NewMember {tr("name"), R"("")"};
    const auto pointer = m_model.add(
        holder.isValid() ? holder.data(ValueTreeModel::PointerRole).toString() : m_model.base(),
        added.name, added.json);
    if (!pointer)
        return emit failed(pointer.error());
    showValues();
    const QModelIndex index = m_model.indexOf(*pointer);
    m_view->expand(index.parent());
    const bool hasName = index.flags() & Qt::ItemIsEditable;
    const QModelIndex first =
        index.siblingAtColumn(hasName ? ValueTreeModel::NameColumn : ValueTreeModel::ValueColumn);
    selectAlone(*m_view, first);
    m_view->edit(first);
}

void ValueTree::remove()
{
    if (const auto done = m_model.remove(selected()); !done)
        emit failed(done.error());
}

void ValueTree::showInText()
{
    emit textWanted(selected().value(0));
}

} // namespace hubkeeper
