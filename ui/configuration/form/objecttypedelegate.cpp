// SPDX-License-Identifier: MIT
#include "configuration/form/objecttypedelegate.h"

#include "configuration/form/objecttypesmodel.h"
#include "provisioner/model/objecttypes.h"
#include "provisioner/model/provisionerfields.h"
#include "widgets/editagain.h"
#include "widgets/tones.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QLineEdit>
#include <QMouseEvent>
#include <QStandardItemModel>
#include <QStylePainter>

using namespace Qt::StringLiterals;

namespace hubkeeper {

FlagsChoice::FlagsChoice(QWidget *parent)
    : QComboBox(parent)
{
    setModel(new QStandardItemModel(this));
    view()->viewport()->installEventFilter(this);
}

void FlagsChoice::setFlags(const QStringList &flags)
{
    auto *items = static_cast<QStandardItemModel *>(model());
    items->clear();
    QStringList offered = flags;
    for (const QString &flag : attributeFlags()) {
        if (!offered.contains(flag))
            offered.append(flag);
    }
    for (const QString &flag : std::as_const(offered)) {
        auto *item = new QStandardItem(flag);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(flags.contains(flag) ? Qt::Checked : Qt::Unchecked);
        items->appendRow(item);
    }
}

QStringList FlagsChoice::flags() const
{
    QStringList flags;
    for (int row = 0; row < count(); ++row) {
        if (itemData(row, Qt::CheckStateRole).toInt() == Qt::Checked)
            flags.append(itemText(row));
    }
    return flags;
}

void FlagsChoice::paintEvent(QPaintEvent *)
{
    QStylePainter painter(this);
    QStyleOptionComboBox option;
    initStyleOption(&option);
    option.currentText = flags().join(u", "_s);
    painter.drawComplexControl(QStyle::CC_ComboBox, option);
    painter.drawControl(QStyle::CE_ComboBoxLabel, option);
}

bool FlagsChoice::eventFilter(QObject *watched, QEvent *event)
{
    // A click checks and keeps the list open; Esc, Return or a click elsewhere closes it.
    if (event->type() == QEvent::MouseButtonRelease && watched == view()->viewport()) {
        const QModelIndex index = view()->indexAt(static_cast<QMouseEvent *>(event)->pos());
        if (!index.isValid())
            return true;
        const bool on = index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
        model()->setData(index, on ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
        update();
        return true;
    }
    return QComboBox::eventFilter(watched, event);
}

void ObjectTypeDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                               const QModelIndex &index) const
{
    QStyledItemDelegate::paint(painter, option, index);
    if (!index.data(Qt::CheckStateRole).isValid() || !isDark(option.palette))
        return;
    // The frame that the style gives a box is no lighter than a dark row.
    QStyleOptionViewItem box = option;
    initStyleOption(&box, index);
    const QStyle *style = box.widget ? box.widget->style() : QApplication::style();
    const QRect area =
        style->subElementRect(QStyle::SE_ItemViewItemCheckIndicator, &box, box.widget);
    const bool isSelected = option.state & QStyle::State_Selected;
    painter->save();
    painter->setPen(isSelected ? option.palette.color(QPalette::HighlightedText)
                               : tonesOf(option.palette).muted);
    painter->drawRect(area.adjusted(0, 0, -1, -1));
    painter->restore();
}

QWidget *ObjectTypeDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem &option,
                                          const QModelIndex &index) const
{
    QWidget *editor = nullptr;
    const bool isAttribute = index.parent().isValid();
    if (index.column() == ObjectTypesModel::FlagsColumn) {
        editor = new FlagsChoice(parent);
    } else if (index.column() == ObjectTypesModel::TypeColumn
               || index.column() == ObjectTypesModel::NativeTypeColumn) {
        auto *choice = new QComboBox(parent);
        choice->setEditable(index.column() == ObjectTypesModel::NativeTypeColumn);
        choice->setInsertPolicy(QComboBox::NoInsert);
        if (index.column() == ObjectTypesModel::TypeColumn)
            choice->addItems(attributeTypes());
        else if (isAttribute)
            choice->addItems(attributeNativeTypes());
        else
            for (const DeclaredObjectType &type : shippedObjectTypes())
                choice->addItem(type.nativeType);
        editor = choice;
    } else {
        editor = QStyledItemDelegate::createEditor(parent, option, index);
    }
    editor->setAccessibleName(index.model()->headerData(index.column(), Qt::Horizontal).toString());
    return editor;
}

void ObjectTypeDelegate::setEditorData(QWidget *editor, const QModelIndex &index) const
{
    if (auto *flags = qobject_cast<FlagsChoice *>(editor)) {
        flags->setFlags(index.data(ObjectTypesModel::FlagsRole).toStringList());
    } else if (auto *choice = qobject_cast<QComboBox *>(editor)) {
        const QString text = index.data(Qt::EditRole).toString();
        if (choice->findText(text) < 0 && !text.isEmpty())
            choice->addItem(text);
        choice->setCurrentIndex(choice->findText(text));
        if (choice->isEditable())
            choice->setEditText(text);
    } else if (auto *line = qobject_cast<QLineEdit *>(editor)) {
        showInEditor(*line, index);
    }
}

void ObjectTypeDelegate::setModelData(QWidget *editor, QAbstractItemModel *model,
                                      const QModelIndex &index) const
{
    if (auto *flags = qobject_cast<FlagsChoice *>(editor))
        model->setData(index, flags->flags(), Qt::EditRole);
    else if (auto *choice = qobject_cast<QComboBox *>(editor))
        model->setData(index, choice->currentText(), Qt::EditRole);
    else if (const auto *line = qobject_cast<QLineEdit *>(editor))
        setOrEditAgain(*static_cast<QAbstractItemView *>(parent()), *line, *model, index);
}

} // namespace hubkeeper
