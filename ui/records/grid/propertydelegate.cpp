// SPDX-License-Identifier: MIT
#include "records/grid/propertydelegate.h"

#include "records/grid/recordtablemodel.h"
#include "records/values/cellmark.h"
#include "records/values/propertyeditors.h"
#include "widgets/icons.h"
#include "widgets/tones.h"

#include <QApplication>
#include <QKeyEvent>
#include <QPlainTextEdit>
#include <QToolTip>

namespace hubkeeper {

namespace {

constexpr auto endedProperty = "ended";

QColor toneOf(CellMark mark, const Tones &tones)
{
    switch (mark) {
    case CellMark::Staged:
    case CellMark::Cleared:
        return tones.accent;
    case CellMark::Bad:
        return tones.bad;
    case CellMark::Conflict:
    case CellMark::Unknown:
    case CellMark::Archiving:
        return tones.warning;
    default:
        return {};
    }
}

/// Beside the id of a record that needs somebody.
QString iconOf(CellMark mark)
{
    switch (mark) {
    case CellMark::Bad:
        return QStringLiteral("dialog-error");
    case CellMark::Conflict:
        return QStringLiteral("merge");
    case CellMark::Unknown:
        return QStringLiteral("dialog-warning");
    default:
        return {};
    }
}

/// Whether the focus went outside the editor; its own pop-ups do not count.
bool leaves(const QWidget *editor)
{
    const QWidget *now = QApplication::focusWidget();
    return !QApplication::activePopupWidget() && (!now || !editor->isAncestorOf(now));
}

} // namespace

PropertyDelegate::PropertyDelegate(const PropertyNames &names, QObject *parent)
    : PropertyDelegate([&names](const QModelIndex &) -> const PropertyNames & { return names; },
                       parent)
{
}

PropertyDelegate::PropertyDelegate(NamesOf namesOf, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_namesOf(std::move(namesOf))
{
}

QWidget *PropertyDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem &,
                                        const QModelIndex &index) const
{
    const QString property = index.data(RecordTableModel::PropertyRole).toString();
    PropertyEditor *editor =
        makePropertyEditor(m_namesOf(index).definition(property), m_namesOf(index), true, parent);
    // The keys arrive at the widget inside; the delegate's filter has to sit there.
    if (QWidget *inner = editor->focusProxy())
        inner->installEventFilter(const_cast<PropertyDelegate *>(this));
    connect(
        editor, &PropertyEditor::chosen, this,
        [self = const_cast<PropertyDelegate *>(this), editor] { self->tryToEnd(editor, NoHint); });
    return editor;
}

void PropertyDelegate::end(QWidget *editor, EndEditHint hint)
{
    // The view hides the editor, which takes the focus from it: that must not end it once more.
    if (editor->property(endedProperty).toBool())
        return;
    editor->setProperty(endedProperty, true);
    if (QWidget *inner = editor->focusProxy())
        inner->removeEventFilter(this);
    if (hint != RevertModelCache)
        emit commitData(editor);
    emit closeEditor(editor, hint);
}

void PropertyDelegate::tryToEnd(QWidget *editor, EndEditHint hint)
{
    const auto *property = qobject_cast<PropertyEditor *>(editor);
    const QString why = property ? property->refusal() : QString();
    if (why.isEmpty())
        return end(editor, hint);
    QToolTip::showText(editor->mapToGlobal(QPoint(0, editor->height())), why, editor);
    emit refused(why);
}

void PropertyDelegate::setEditorData(QWidget *editor, const QModelIndex &index) const
{
    // Once: a row that is read again meanwhile must not take away what was typed.
    if (auto *property = qobject_cast<PropertyEditor *>(editor); property && !property->isFilled())
        property->setText(index.data(Qt::EditRole).toString());
}

void PropertyDelegate::setModelData(QWidget *editor, QAbstractItemModel *model,
                                    const QModelIndex &index) const
{
    const auto *property = qobject_cast<PropertyEditor *>(editor);
    if (property && property->isTouched())
        model->setData(index, property->text(), Qt::EditRole);
}

void PropertyDelegate::updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                                            const QModelIndex &) const
{
    const QSize wanted = editor->minimumSize().expandedTo(option.rect.size());
    editor->setGeometry(QRect(option.rect.topLeft(), wanted));
}

void PropertyDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const auto mark = CellMark(index.data(RecordTableModel::MarkRole).toInt());
    const bool isRecord = index.data(RecordTableModel::PropertyRole).toString().isEmpty();
    option->font.setBold(index.data(RecordTableModel::ChangedRole).toBool());
    option->font.setItalic(mark == CellMark::Cleared);
    option->font.setStrikeOut(mark == CellMark::Archiving || mark == CellMark::Archived);
    const Tones tones = tonesOf(option->palette);
    if (const QColor tone = toneOf(mark, tones); tone.isValid())
        option->backgroundBrush = washed(tone, option->palette.color(QPalette::Base));
    if (const QString name = iconOf(mark); isRecord && !name.isEmpty()) {
        option->icon = icon(name);
        option->features |= QStyleOptionViewItem::HasDecoration;
    }
    if (index.data(RecordTableModel::ReadOnlyRole).toBool()) {
        option->palette.setColor(
            QPalette::Text, option->palette.color(QPalette::Active, QPalette::PlaceholderText));
    }
    // Line breaks would be drawn as odd characters in a row of one line.
    option->text.replace(QLatin1Char('\n'), QChar(0x23CE));
}

bool PropertyDelegate::eventFilter(QObject *watched, QEvent *event)
{
    auto *widget = qobject_cast<QWidget *>(watched);
    QWidget *editor = widget;
    while (editor && !qobject_cast<PropertyEditor *>(editor))
        editor = editor->parentWidget();
    if (!editor || editor == watched)
        return QStyledItemDelegate::eventFilter(watched, event);
    if (event->type() == QEvent::FocusOut && leaves(editor)) {
        const QString why = static_cast<PropertyEditor *>(editor)->refusal();
        end(editor, why.isEmpty() ? NoHint : RevertModelCache);
        if (!why.isEmpty())
            emit refused(tr("%1 The value stays as it was.").arg(why));
        return false;
    }
    if (event->type() != QEvent::KeyPress)
        return false;

    const auto *key = static_cast<QKeyEvent *>(event);
    const bool isEnter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    const bool breaksLine =
        qobject_cast<QPlainTextEdit *>(widget) && !key->modifiers().testFlag(Qt::ControlModifier);
    if (isEnter && !breaksLine)
        tryToEnd(editor, NoHint);
    else if (key->key() == Qt::Key_Escape)
        end(editor, RevertModelCache);
    else if (key->key() == Qt::Key_Tab)
        tryToEnd(editor, EditNextItem);
    else if (key->key() == Qt::Key_Backtab)
        tryToEnd(editor, EditPreviousItem);
    else
        return false;
    return true;
}

} // namespace hubkeeper
