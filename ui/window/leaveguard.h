// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"
#include "widgets/place.h"

#include <QPointer>

#include <functional>

class QMessageBox;
class QWidget;

namespace hubkeeper {

class MessageBar;
class Page;
class PageNavigation;
class CurrentSession;

/// Lets nobody leave a connection, or the window, while something would be lost by it: what is
/// being typed is taken over, writes that are on their way are awaited, and unsaved edits are asked
/// about last, so that edits made meanwhile are asked about as well.
class LeaveGuard final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it; questions open over `window`, which is closed when nothing is left to
    /// wait for.
    LeaveGuard(CurrentSession &keeper, const PageNavigation &pages, MessageBar &messages,
               QWidget &window);

    /// Asks about unsaved edits, if there are any; runs `then` unless the user stays.
    void leaveThen(std::function<void()> then);
    /// Whether the window may close at once. Otherwise it closes itself later, unless the user
    /// stays; asked a second time, writes are not waited for any longer.
    [[nodiscard]] bool mayClose();

signals:
    /// The page could not save its edits, and says why.
    void pageWanted(hubkeeper::PageId page);

private:
    [[nodiscard]] QList<Page *> unsavedPages() const;
    void ask(const QList<Page *> &pages, std::function<void()> then);
    void save(const QList<Page *> &pages, const std::function<void()> &then);
    void awaitWrites();

    CurrentSession &m_keeper;
    const PageNavigation &m_pages;
    MessageBar &m_messages;
    QWidget &m_window;
    QPointer<QMessageBox> m_question;
    QPointer<CallBase> m_finishingWrites; // The window closes when it is over.
    bool m_isAnswered = false; // The window is closing after a question.
};

} // namespace hubkeeper
