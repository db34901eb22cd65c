// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

class QAction;
class QMenu;

namespace hubkeeper {

/// Cut, Copy, Paste and Select All of the Edit menu, for whatever has the focus. The menu shows the
/// keys only: each field and table has them itself, and may mean something of its own by them.
class ClipboardActions final : public QObject
{
    Q_OBJECT

public:
    /// Adds them to `menu`, which becomes the owner's parent.
    explicit ClipboardActions(QMenu &menu);

private:
    struct Entry
    {
        QAction *action;
        QByteArray slot; // Of the widget with the focus.
    };

    void add(QMenu &menu, const QString &name, const QString &text, const QString &keys,
             const QByteArray &slot);
    void showUsable();

    QList<Entry> m_entries;
};

} // namespace hubkeeper
