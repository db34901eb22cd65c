// SPDX-License-Identifier: MIT
#pragma once

#include "window/windowservices.h"

#include <QObject>

class QWidget;

namespace hubkeeper {

class CallBar;
class CurrentSession;
class LeaveGuard;
class MessageBar;
class PageNavigation;
class RecentFiles;

/// Opens connections: a file that somebody chooses, drops or has opened before, one of the list, or
/// the practice portal. Asks first about what would be lost, and says what could not be opened
/// until something else is opened.
class OpenActions final : public QObject
{
    Q_OBJECT

public:
    /// What it works with; all must outlive it.
    struct Parts
    {
        CurrentSession &keeper;
        PageNavigation &pages;
        LeaveGuard &leaving;
        RecentFiles &recent;
        MessageBar &messages;
        CallBar &progress;
    };

    /// Dialogs open over `window`.
    OpenActions(const WindowServices &services, const Parts &parts, QWidget &window);

    /// `thenConnect`: signInWanted() follows once it is open.
    void askForFile(bool thenConnect);
    void openFile(const QString &path);
    /// Whether a file is another page's: asked before it is opened as a provisioner.
    void setOtherFiles(std::function<bool(const QString &path)> take) { m_take = std::move(take); }
    /// One of the recent files, which may not be there any more.
    void openRecent(const QString &path);
    /// Takes the file that was not there out of the recent ones.
    void forgetMissingFile();
    /// One of the registry.
    void openConnection(const QString &id);
    void openPractice();

signals:
    void signInWanted();
    /// The practice portal runs, and its connection is open.
    void practiceOpened();

private:
    void open(const QString &path, bool thenConnect);
    [[nodiscard]] QString lastFolder() const;

    const WindowServices m_services;
    const Parts m_parts;
    QWidget &m_window;
    std::function<bool(const QString &path)> m_take;
    QString m_missingFile;
};

} // namespace hubkeeper
