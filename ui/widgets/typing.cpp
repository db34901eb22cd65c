// SPDX-License-Identifier: MIT
#include "widgets/typing.h"

#include <QAbstractItemDelegate>
#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QInputMethod>
#include <QLineEdit>

namespace hubkeeper {

namespace {

QLineEdit *lineOf(QWidget *widget)
{
    if (const auto *choice = qobject_cast<QComboBox *>(widget))
        return choice->lineEdit();
    return qobject_cast<QLineEdit *>(widget);
}

/// What has the keyboard, or would have it if its window were active.
QWidget *focusBelow(const QWidget *within)
{
    QWidget *focused = within->window()->focusWidget();
    return focused && (focused == within || within->isAncestorOf(focused)) ? focused : nullptr;
}

/// The view whose open editor the widget is, or is part of; and that editor.
std::pair<QAbstractItemView *, QWidget *> viewAround(QWidget *widget)
{
    for (QWidget *part = widget; part && part->parentWidget(); part = part->parentWidget()) {
        auto *view = qobject_cast<QAbstractItemView *>(part->parentWidget()->parentWidget());
        if (view && view->viewport() == part->parentWidget())
            return {view, part};
    }
    return {};
}

} // namespace

QLineEdit *lineBeingTyped(const QWidget *within)
{
    QLineEdit *line = lineOf(focusBelow(within));
    return line && line->isModified() && !line->isReadOnly() ? line : nullptr;
}

void commitTyping(const QWidget *within)
{
    QPointer<QWidget> focused = focusBelow(within);
    if (!focused)
        return;
    if (QGuiApplication::focusObject() == focused.data())
        QGuiApplication::inputMethod()->commit(); // What is composed counts as typed.
    const auto [view, editor] = viewAround(focused);
    const QPointer<QLineEdit> line = lineBeingTyped(within);
    if (view)
        emit view->itemDelegateForIndex(view->currentIndex())->commitData(editor);
    else if (line)
        emit line->editingFinished();
    if (line)
        line->setModified(false);
}

TypingWatch::TypingWatch(QWidget *within)
    : QObject(within)
    , m_within(within)
{
    connect(qApp, &QApplication::focusChanged, this,
            [this](QWidget *, QWidget *now) { onFocus(now); });
}

void TypingWatch::onFocus(QWidget *now)
{
    QLineEdit *line = now && m_within->isAncestorOf(now) ? lineOf(now) : nullptr;
    if (line == m_line)
        return;
    if (m_line) {
        m_line->disconnect(this);
        emit changed();
    }
    m_line = line;
    if (!line)
        return;
    connect(line, &QLineEdit::textEdited, this, &TypingWatch::changed);
    connect(line, &QLineEdit::editingFinished, this, &TypingWatch::changed);
}

} // namespace hubkeeper
