// SPDX-License-Identifier: MIT
#include "session/snapshots/mergedids.h"

#include "session/sessiontext.h"

namespace hubkeeper {

Result<MergedIds> MergedIds::in(SnapshotReader &snapshot, ObjectType type,
                                const std::stop_token &stop)
{
    MergedIds merged;
    const qsizetype column = snapshot.columns(type).columnOf(QString(mergedIdsProperty));
    if (column < 0)
        return merged;
    const auto take = [&](const PackedRecord &record) {
        PackedValues values(record.cells);
        PackedValue value = values.next();
        while (value.column >= 0 && value.column < column)
            value = values.next();
        if (value.column != column)
            return !stop.stop_requested();
        for (const QByteArray &id : value.text.toByteArray().split(';')) {
            if (const qint64 number = id.trimmed().toLongLong(); number > 0)
                merged.m_survivors.emplace_back(number, record.id);
        }
        return !stop.stop_requested();
    };
    if (const auto read = snapshot.forEach(type, take); !read)
        return tl::unexpected(read.error());
    if (stop.stop_requested())
        return fail(ErrorKind::Cancelled, SessionText::tr("Stopped before it was finished."));
    std::sort(merged.m_survivors.begin(), merged.m_survivors.end());
    return merged;
}

qint64 MergedIds::survivorOf(qint64 id) const
{
    const auto found =
        std::lower_bound(m_survivors.begin(), m_survivors.end(), std::pair<qint64, qint64>(id, 0));
    return found != m_survivors.end() && found->first == id ? found->second : 0;
}

} // namespace hubkeeper
