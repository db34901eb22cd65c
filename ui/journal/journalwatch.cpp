// SPDX-License-Identifier: MIT
#include "journal/journalwatch.h"

#include <QFileInfo>

#include <utility>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int settlingMs = 400;

} // namespace

JournalWatch::JournalWatch(QObject *parent)
    : QObject(parent)
{
    m_settling.setSingleShot(true);
    m_settling.setInterval(settlingMs);
    connect(&m_settling, &QTimer::timeout, this, &JournalWatch::touched);
    const auto onChanged = [this] {
        watch(); // A file that is made anew is another one.
        // Opening a database sets the owner of its files: nothing was written then.
        if (const QList<State> now = states(); std::exchange(m_states, now) != now)
            touch();
    };
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, onChanged);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, onChanged);
}

void JournalWatch::follow(const QString &path)
{
    m_path = path;
    watch();
    m_states = states();
}

void JournalWatch::touch()
{
    if (!m_settling.isActive())
        m_settling.start();
}

QList<JournalWatch::State> JournalWatch::states() const
{
    QList<State> states;
    for (const QString &one : {m_path, m_path + u"-wal"_s}) {
        const QFileInfo file(one);
        states.append({file.exists() ? file.size() : -1, file.lastModified()});
    }
    return states;
}

/// The log beside the file is what grows first; it goes with the last program that had it open, and
/// comes again: then the folder changes.
void JournalWatch::watch()
{
    const QStringList before = m_watcher.files() + m_watcher.directories();
    QStringList wanted;
    if (!m_path.isEmpty())
        wanted = {m_path, m_path + u"-wal"_s, QFileInfo(m_path).path()};
    for (const QString &one : before) {
        if (!wanted.contains(one))
            m_watcher.removePath(one);
    }
    for (const QString &one : std::as_const(wanted)) {
        if (!before.contains(one) && QFileInfo::exists(one))
            m_watcher.addPath(one);
    }
}

} // namespace hubkeeper
