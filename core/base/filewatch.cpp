// SPDX-License-Identifier: MIT
#include "base/filewatch.h"

#include "base/log.h"
#include "base/paths.h"

#include <QFile>
#include <QFileInfo>

using namespace std::chrono_literals;

namespace hubkeeper {

FileWatch::FileWatch(QString path, QObject *parent)
    : QObject(parent)
    , m_path(std::move(path))
{
    const QString folder = QFileInfo(m_path).absolutePath();
    if (const auto made = makePrivateFolder(folder); !made)
        qCWarning(lcSession).noquote() << made.error().sentence();
    m_settle.setSingleShot(true);
    m_settle.setInterval(20ms);
    // Not started again by the next change: many writers would put it off for ever.
    const auto noted = [this] {
        if (!m_settle.isActive())
            m_settle.start();
    };
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, noted);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, noted);
    connect(&m_settle, &QTimer::timeout, this, [this] {
        watch(); // Whoever replaces a file takes the watch away with the old one.
        emit touched();
    });
    watch();
}

void FileWatch::watch()
{
    for (const QString &path : {QFileInfo(m_path).absolutePath(), m_path}) {
        const bool isWatched =
            m_watcher.files().contains(path) || m_watcher.directories().contains(path);
        if (!isWatched && QFile::exists(path))
            m_watcher.addPath(path);
    }
}

} // namespace hubkeeper
