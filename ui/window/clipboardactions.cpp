// SPDX-License-Identifier: MIT
#include "window/clipboardactions.h"

#include "widgets/icons.h"

#include <QAction>
#include <QApplication>
#include <QMenu>
#include <QMetaMethod>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QString keyText(QKeySequence::StandardKey key)
{
    return QKeySequence(key).toString(QKeySequence::NativeText);
}

bool has(const QWidget *widget, const QByteArray &slot)
{
    return widget && widget->metaObject()->indexOfMethod(slot + "()") >= 0;
}

} // namespace

ClipboardActions::ClipboardActions(QMenu &menu)
    : QObject(&menu)
{
    menu.addSeparator();
    add(menu, u"edit-cut"_s, tr("Cu&t"), keyText(QKeySequence::Cut), "cut");
    add(menu, u"edit-copy"_s, tr("&Copy"), keyText(QKeySequence::Copy), "copy");
    add(menu, u"edit-paste"_s, tr("&Paste"), keyText(QKeySequence::Paste), "paste");
    add(menu, u"edit-select-all"_s, tr("Select &All"), keyText(QKeySequence::SelectAll),
        "selectAll");
    connect(&menu, &QMenu::aboutToShow, this, &ClipboardActions::showUsable);
    connect(
        &menu, &QMenu::aboutToHide, this,
        [this] {
            for (const Entry &entry : std::as_const(m_entries))
                entry.action->setEnabled(true); // Known only when it is asked for.
        },
        Qt::QueuedConnection);
}

void ClipboardActions::add(QMenu &menu, const QString &name, const QString &text,
                           const QString &keys, const QByteArray &slot)
{
    QAction *action = menu.addAction(text + u'\t' + keys);
    action->setObjectName(name);
    action->setIcon(QIcon::fromTheme(name));
    m_entries.append({action, slot});
    connect(action, &QAction::triggered, this, [slot] {
        if (QWidget *widget = QApplication::focusWidget(); has(widget, slot))
            QMetaObject::invokeMethod(widget, slot.constData());
    });
}

void ClipboardActions::showUsable()
{
    const QWidget *widget = QApplication::focusWidget();
    for (const Entry &entry : std::as_const(m_entries))
        entry.action->setEnabled(has(widget, entry.slot));
}

} // namespace hubkeeper
