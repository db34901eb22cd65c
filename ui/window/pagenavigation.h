// SPDX-License-Identifier: MIT
#pragma once

#include "base/settings.h"
#include "widgets/page.h"

#include <QSet>

class QDockWidget;
class QListWidget;
class QMainWindow;
class QStackedWidget;

namespace hubkeeper {

struct WindowActions;

/// The pages of the window beside their list, the panels in the docks below and the Inspector:
/// which of them is in front, and how the user wants them arranged.
class PageNavigation final : public QWidget
{
    Q_OBJECT

public:
    /// `actions` and `settings` must outlive it. It fills Go and View > Panels, and keeps the
    /// Inspector's entry there.
    PageNavigation(QMainWindow &window, WindowActions &actions, Settings &settings);

    void addPage(Page *page);
    void addPanel(Page *panel);
    /// After the last page and panel: the arrangement of the last time comes back.
    void restore();
    /// The arrangement as it is now, for the next time.
    void save();

    [[nodiscard]] QList<Page *> pages() const;
    [[nodiscard]] const QList<Page *> &panels() const { return m_panels; }
    [[nodiscard]] QList<Page *> pagesAndPanels() const { return pages() + m_panels; }
    [[nodiscard]] Page *page(PageId id) const; ///< Page or panel; null if unknown.
    [[nodiscard]] Page *current() const; ///< Null while no connection is open.
    /// The panel that has the focus, else the current page; null while no connection is open.
    [[nodiscard]] Page *focused() const;

    void showPlace(const Place &place);
    /// Brings the panel to the front that needs attention, and the page `id` with it; nothing if no
    /// panel does. The focus stays where it is.
    void showUrgent(PageId id);
    /// Without a connection no page is current and no dock is shown.
    void setOpen(bool open);
    void showTitles();
    /// Moves the focus to the next area, or the previous one for -1; `last` is the area after all.
    void focusArea(int step, QWidget *last);

signals:
    void currentChanged();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    [[nodiscard]] QWidget *scrollingStack();
    void addToGoMenu(Page *page, int number);
    void addReview(Page *changes);
    void showRow(int row);
    void placeDocks();
    void setWanted(const QString &dock, bool wanted);
    [[nodiscard]] bool haveDocksToSpeak() const;
    void ask(QDockWidget *dock);
    void raiseFront();
    void keepDockHeight();
    [[nodiscard]] int tabsHeight() const;

    QMainWindow &m_window;
    WindowActions &m_actions;
    Settings &m_settings;
    bool m_isOpen = false;
    bool m_docksSpeak = false; // Whether there was a reason to show them.
    bool m_isPlacing = false;
    QListWidget *m_list;
    QStackedWidget *m_stack;
    QDockWidget *m_inspectorDock;
    QStackedWidget *m_inspectors;
    QList<QDockWidget *> m_docks; // Of the panels, in their order.
    QList<Page *> m_panels;
    QList<QAction *> m_panelActions; // View > Panels, in the order of the panels.
    QAction *m_review = nullptr; // Changes > Show Changes.
    QSet<QString> m_wantedDocks; // By object name; what the user wants to see.
    QSet<QString>
        m_asked; // Docks that the user or the program asked for since the connection opened.
    QDockWidget *m_front = nullptr; // Of the docks below; as it was left.
    int m_dockHeight = 0; // As somebody left it; 0: not known yet.
    int m_windowHeight = 0; // When that was looked after last.
};

} // namespace hubkeeper
