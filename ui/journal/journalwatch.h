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
    explicit JournalWatch(QObject *parent);

    /// The journal's file; empty for none.
    void follow(const QString &path);
    /// As if it had been written to just now.
    void touch();

signals:
    /// It was written to. A run writes many entries: they are reported together.
    void touched();

private:
    using State = std::pair<qint64, QDateTime>; // Size and time of the last change.

    void watch();
    [[nodiscard]] QList<State> states() const;

    QString m_path;
    QList<State> m_states; // Of the file and its log.
    QFileSystemWatcher m_watcher;
    QTimer m_settling;
};

} // namespace hubkeeper
