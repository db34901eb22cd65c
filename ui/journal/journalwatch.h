// SPDX-License-Identifier: MIT
#pragma once

#include <QDateTime>
#include <QFileSystemWatcher>
#include <QTimer>

#include <utility>

namespace hubkeeper {

/// Notices that somebody writes to a journal, other programs too.
class JournalWatch final : public QObject
{
    Q_OBJECT

public:
    /// Size and time of the last change, of the file and its log.
    using State = std::pair<qint64, QDateTime>;

    explicit JournalWatch(QObject *parent);

    /// The journal's file; empty for none.
    void follow(const QString &path);
    /// As if it had been written to just now.
    void touch();
    /// The journal as it is now: another one after something was written to it.
    [[nodiscard]] QList<State> states() const;

signals:
    /// It was written to. A run writes many entries: they are reported together.
    void touched();

private:
    void watch();

    QString m_path;
    QList<State> m_states;
    QFileSystemWatcher m_watcher;
    QTimer m_settling;
};

} // namespace hubkeeper
