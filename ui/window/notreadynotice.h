// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

namespace hubkeeper {

class MessageBar;
class PageNavigation;
class CurrentSession;
struct Error;

/// Says above the pages why the open connection has no session: what is not there yet in a neutral
/// tone, what failed as a failure. Silent while the page in front says it itself.
class NotReadyNotice final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it.
    NotReadyNotice(CurrentSession &keeper, PageNavigation &pages, MessageBar &bar, QObject *parent);

private:
    void onSession();
    void show();
    void showError(const Error &error);

    CurrentSession &m_keeper;
    PageNavigation &m_pages;
    MessageBar &m_bar;
    bool m_isDismissed = false; // By the user; until the next session.
};

} // namespace hubkeeper
