// SPDX-License-Identifier: MIT
#pragma once

#include "cliservices.h"
#include "session/snapshots/exportsnapshot.h"
#include "session/snapshots/keptsnapshots.h"

#include <thread>

namespace hubkeeper::cli {

// What the snapshot verbs have in common.

/// Opens it and looks whether it was changed after it was taken; an unfinished one is refused.
[[nodiscard]] Result<std::unique_ptr<SnapshotReader>> openWhole(const std::string &path,
                                                                Services &services);

/// What a snapshot is of, as JSON has it.
[[nodiscard]] QJsonObject snapshotJson(const QString &path, qint64 bytes, const SnapshotInfo &info);
/// The same for people, line by line.
[[nodiscard]] QStringList snapshotText(const QString &path, qint64 bytes, const SnapshotInfo &info);

/// A value in a line: in quotes, and cut where it is very long.
[[nodiscard]] QString quotedValue(const QString &value);

/// Ids of records from an option. InvalidInput for what is not a number.
[[nodiscard]] Result<std::vector<qint64>> recordIdsFrom(const QStringList &texts);

/// The types that --class names: "contact", "company", or empty for both.
[[nodiscard]] QList<ObjectType> typesFrom(const std::string &objectClass);
/// "contact", "company".
[[nodiscard]] QString classWordOf(ObjectType type);

/// Records of a type, by ids or by a filter over the snapshot's properties. Fails with
/// InvalidInput.
[[nodiscard]] Result<SnapshotChoice> snapshotChoice(SnapshotReader &snapshot, ObjectType type,
                                                    const QStringList &ids,
                                                    const std::string &filter);

/// For work on this thread that runs no event loop: asks for its end once Ctrl+C came.
class InterruptWatch
{
public:
    InterruptWatch();
    ~InterruptWatch();
    Q_DISABLE_COPY_MOVE(InterruptWatch)

    [[nodiscard]] std::stop_token token() const { return m_stop.get_token(); }

private:
    std::stop_source m_stop;
    std::jthread m_thread;
};

} // namespace hubkeeper::cli
