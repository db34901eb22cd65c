// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QPointer>

class QLineEdit;
class QWidget;

namespace hubkeeper {

/// The line below `within`, a field or the open editor of a table, in which something is typed that
/// was not taken over yet; null if there is none. It need not be in the active window.
[[nodiscard]] QLineEdit *lineBeingTyped(const QWidget *within);

/// Takes over what is being typed below `within`, as leaving the field or the cell would; the focus
/// stays where it is.
void commitTyping(const QWidget *within);

/// Says when something is typed into a line below a widget, and when it was taken over or taken
/// back: a moment to look at lineBeingTyped() again.
class TypingWatch final : public QObject
{
    Q_OBJECT

public:
    /// Ends with `within`.
    explicit TypingWatch(QWidget *within);

signals:
    void changed();

private:
    void onFocus(QWidget *now);

    QWidget *m_within;
    QPointer<QLineEdit> m_line;
};

} // namespace hubkeeper
