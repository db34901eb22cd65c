// SPDX-License-Identifier: MIT
#pragma once

#include <QMenu>
#include <QStringList>

class QSettings;

namespace hubkeeper {

/// A menu of the files opened last, kept in the window's state file.
class RecentFiles final : public QMenu
{
    Q_OBJECT

public:
    static constexpr int mostFiles = 10;

    /// `settings` must outlive the menu.
    RecentFiles(QSettings &settings, QWidget *parent);

    void add(const QString &path);
    void remove(const QString &path);
    [[nodiscard]] QStringList files() const;

signals:
    void chosen(const QString &path);
    void listChanged();

private:
    void fill();
    void clearList();

    QSettings &m_settings;
};

} // namespace hubkeeper
