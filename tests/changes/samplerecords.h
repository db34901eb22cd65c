// SPDX-License-Identifier: MIT
#pragma once

#include "changes/set/changeset.h"
#include "portal/record.h"

namespace hubkeeper::test {

inline constexpr auto contacts = ObjectType::Contacts;
inline constexpr auto companies = ObjectType::Companies;

inline QStringList idsIn(const ChangeSet &changes)
{
    QStringList ids;
    for (const RowChange &row : changes.rows())
        ids.append(row.id);
    return ids;
}

/// Why a portal refused a row.
inline Error someError()
{
    Error error;
    error.kind = ErrorKind::Rejected;
    error.what = QStringLiteral("Not an option.");
    error.fields = {
        {QStringLiteral("firstname"), QStringLiteral("INVALID_OPTION"), QStringLiteral("no")}};
    error.existingId = QStringLiteral("7");
    return error;
}

inline Record ada()
{
    Record record;
    record.id = QStringLiteral("512");
    record.properties = {{QStringLiteral("firstname"), QStringLiteral("Ada")},
                         {QStringLiteral("phone"), QString()}};
    record.updatedAt =
        QDateTime::fromString(QStringLiteral("2026-11-23T10:00:00.120Z"), Qt::ISODateWithMs);
    return record;
}

inline Record other(const QString &id)
{
    Record record = ada();
    record.id = id;
    return record;
}

} // namespace hubkeeper::test
