// SPDX-License-Identifier: MIT
#pragma once

#include "widgets/choice.h"

#include <QIcon>
#include <QWidget>

class QBoxLayout;
class QLabel;

namespace hubkeeper {

/// What a page shows instead of nothing: why it is empty and what to do about it.
class EmptyState final : public QWidget
{
    Q_OBJECT

public:
    explicit EmptyState(QWidget *parent);

    void setContents(const QIcon &icon, const QString &title, const QString &text);
    /// Adds a button; the first one is the default. `choice` comes back in pressed().
    void addButton(Choice choice, const QIcon &icon, const QString &text);
    void clearButtons();

signals:
    void pressed(hubkeeper::Choice choice);

protected:
    void changeEvent(QEvent *event) override;

private:
    void drawIcon();

    QIcon m_symbol;
    QLabel *m_icon;
    QLabel *m_title;
    QLabel *m_text;
    QBoxLayout *m_buttons;
};

} // namespace hubkeeper
