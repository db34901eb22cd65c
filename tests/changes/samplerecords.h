// SPDX-License-Identifier: MIT
#pragma once

#include "portal/record.h"

namespace hubkeeper::test {

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
