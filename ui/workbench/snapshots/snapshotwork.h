// SPDX-License-Identifier: MIT
#pragma once

#include "session/snapshots/comparesnapshots.h"
#include "session/snapshots/rehearse.h"
#include "session/snapshots/stagesnapshot.h"
#include "session/snapshots/takesnapshot.h"

#include <QObject>

namespace hubkeeper {

/// What takes a while on the page of snapshots: one at a time, and none of it outlives the session.
/// started() gives the call, for progress and cancelling.
class SnapshotWork final : public QObject
{
    Q_OBJECT

public:
    explicit SnapshotWork(QObject *parent);
    ~SnapshotWork() override;

    void setSession(std::shared_ptr<Session> session);
    /// Empty: nothing can be rehearsed.
    void setRehearsalPortal(StartRehearsalPortal start);
    [[nodiscard]] bool canRehearse() const { return bool(m_start); }
    [[nodiscard]] bool isBusy() const { return m_isBusy; }

    /// Takes one; `base` may be empty. Where an interrupted one is at `path`, it goes on.
    void take(const QString &path, const QString &base);
    /// Compares two files; an empty `after` is the portal as it is now.
    void compare(const QString &before, const QString &after);
    void putBack(const QString &path, ObjectType type, const std::vector<qint64> &ids,
                 const QStringList &properties);
    /// The session's staged changes, on a copy; with RehearsalSetting::faults.
    void rehearse(const QString &path, const QStringList &faults);

    /// Differences that are kept, at most; more are counted.
    static constexpr int mostDifferences = 20'000;

signals:
    void started(hubkeeper::CallBase *call, const QString &what);
    void busyChanged();
    void taken(const QString &path, const hubkeeper::SnapshotInfo &info);
    void compared(const QList<hubkeeper::SnapshotDifference> &differences,
                  const hubkeeper::ComparedSnapshots &found);
    void stagedBack(const hubkeeper::PutBack &outcome);
    void rehearsed(const hubkeeper::RehearsalReport &report);
    void failed(const hubkeeper::Error &error);

private:
    template <typename T>
    void follow(Call<T> *call, const QString &what, std::function<void(const T &)> done);
    void compareFiles(const QString &before, const QString &after, const QString &toRemove);
    void setBusy(bool busy);

    std::shared_ptr<Session> m_session;
    StartRehearsalPortal m_start;
    std::unique_ptr<QObject> m_work;
    bool m_isBusy = false;
};

} // namespace hubkeeper
