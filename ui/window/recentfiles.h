// SPDX-License-Identifier: MIT
#pragma once

#include "base/settings.h"

#include <QMenu>
#include <QStringList>

namespace hubkeeper {

/// A menu of the files opened last, shared by all windows.
class RecentFiles final : public QMenu
{
    Q_OBJECT

public:
    static constexpr int mostFiles = 10;

    /// `settings` must outlive the menu.
    RecentFiles(Settings &settings, QWidget *parent);

    void add(const QString &path);
    void remove(const QString &path);
    [[nodiscard]] QStringList files() const;

signals:
    void chosen(const QString &path);
    void listChanged();

private:
    void fill();
    void clearList();

    Settings &m_settings;
};

} // namespace hubkeeper
