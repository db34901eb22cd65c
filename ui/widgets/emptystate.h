// SPDX-License-Identifier: MIT
#pragma once

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
    /// Adds a button; the first one is the default. `id` comes back in pressed().
    void addButton(const QString &id, const QIcon &icon, const QString &text);
    void clearButtons();

signals:
    void pressed(const QString &id);

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
