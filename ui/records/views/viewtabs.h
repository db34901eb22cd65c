// SPDX-License-Identifier: MIT
#pragma once

#include "portal/objecttype.h"

#include <QWidget>

class QAction;
class QMenu;
class QPushButton;
class QTabBar;
class QToolButton;

namespace hubkeeper {

class RecordViews;

/// The views as tabs: chosen by a click or by Ctrl and Page Up or Down, dragged into another order,
/// marked while they are worked with otherwise than they are kept; a menu, which is also that of a
/// tab, has what can be done with one.
class ViewTabs final : public QWidget
{
    Q_OBJECT

public:
    /// `views` must outlive it. The shortcuts work within `page`.
    ViewTabs(ObjectType type, RecordViews &views, QWidget *page);

    [[nodiscard]] QTabBar *bar() const { return m_bar; }
    /// What can be done with the view, while the tabs are shown for a connection.
    void addTo(QMenu &menu) const;
    /// What the view of all records is called.
    [[nodiscard]] static QString allName(ObjectType type);

protected:
    bool event(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QAction *add(const QString &name, const QString &text, void (ViewTabs::*run)());
    void addShortcuts(QWidget *page);
    void makeRow();
    void showTabs();
    void showActions();
    void onMoved();
    void openMenu(const QPoint &at);
    void askForName(const QString &title, const QString &label, const QString &name,
                    const std::function<void(const QString &)> &take);
    void save();
    void saveAs();
    void reset();
    void rename();
    void duplicate();
    void remove();
    void moveLeft() { moveBy(-1); }
    void moveRight() { moveBy(1); }
    void moveBy(int by);
    [[nodiscard]] QString nameOf(const QString &id) const;

    const ObjectType m_type;
    RecordViews &m_views;
    QTabBar *m_bar;
    QToolButton *m_saveButton;
    QToolButton *m_resetButton;
    QPushButton *m_menuButton;
    QMenu *m_menu;
    QAction *m_save = nullptr;
    QAction *m_reset = nullptr;
    QList<QAction *> m_actions;
    QList<QAction *> m_steps; // To the next and the previous view.
    bool m_isFilling = false;
};

} // namespace hubkeeper
