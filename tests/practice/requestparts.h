// SPDX-License-Identifier: MIT
#pragma once

#include "portalclient.h"

namespace hubkeeper::practice::test {

// Pieces of the requests and replies of a practice portal.

inline const QByteArray contacts = "/crm/v3/objects/contacts";
inline const QByteArray companies = "/crm/v3/objects/companies";
inline const QByteArray aContact = "150000000001"; ///< Is there from the start.

/// The contacts that are there from the start.
inline QByteArray nthContact(int index)
{
    return QByteArray::number(150'000'000'001 + index);
}

inline QByteArray properties(const QByteArray &members)
{
    return R"({"properties":{)" + members + "}}";
}

inline QByteArray inputs(const QByteArray &rows)
{
    return R"({"inputs":[)" + rows + "]}";
}

inline QByteArray linkTo(const QByteArray &contact, const QByteArray &company)
{
    return "/crm/v4/objects/contacts/" + contact + "/associations/default/companies/" + company;
}

inline QString statusOf(const RawReply &reply)
{
    return QString::number(reply.status);
}

inline QJsonObject firstError(const RawReply &reply)
{
    return reply.json().value(QLatin1StringView("errors")).toArray().at(0).toObject();
}

inline QStringList contextOf(const QJsonObject &error, QLatin1StringView name)
{
    QStringList texts;
    const QJsonArray values = error.value(QLatin1StringView("context"))[name].toArray();
    for (const QJsonValue &value : values)
        texts.append(value.toString());
    return texts;
}

} // namespace hubkeeper::practice::test
