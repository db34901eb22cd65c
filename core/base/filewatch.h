// SPDX-License-Identifier: MIT
#pragma once

#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

namespace hubkeeper {

/// Says when a file was written, replaced, made or removed, by whomever; it may be missing. Several
/// changes within some milliseconds are one. Its folder is made if it is missing, since nothing
/// could be noticed otherwise. Where the system cannot watch (some network drives) nothing comes:
/// what must not be missed is read again when it is needed.
class FileWatch final : public QObject
{
    Q_OBJECT

public:
    FileWatch(QString path, QObject *parent);

signals:
    void touched();

private:
    void watch();

    const QString m_path;
    QFileSystemWatcher m_watcher;
    QTimer m_settle;
};

} // namespace hubkeeper
