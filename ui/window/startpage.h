// SPDX-License-Identifier: MIT
#pragma once

#include "widgets/choice.h"

#include <QWidget>

#include <functional>

class QLabel;
class QListWidget;
class QVBoxLayout;

namespace hubkeeper {

class RecentFiles;

/// What the window shows while no connection is open: what the program does, the ways in, and the
/// files opened last.
class StartPage final : public QWidget
{
    Q_OBJECT

public:
    /// `recent` must outlive the page.
    /// `hasDraft` says of a file whether edits of it were left behind by a crash.
    StartPage(const RecentFiles &recent, std::function<bool(const QString &)> hasDraft,
              bool offersPractice, QWidget *parent);

signals:
    /// "add-connection", "open", "new" or "practice".
    void wants(hubkeeper::Choice choice);
    void fileWanted(const QString &path);

protected:
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QWidget *buildHead();
    void addWay(QVBoxLayout *column, Choice choice, const QString &iconName, const QString &title,
                const QString &text);
    void fillRecent();
    void drawIcon();

    const RecentFiles &m_recent;
    const std::function<bool(const QString &)> m_hasDraft;
    QLabel *m_icon;
    QWidget *m_recentSide;
    QListWidget *m_list;
};

} // namespace hubkeeper
