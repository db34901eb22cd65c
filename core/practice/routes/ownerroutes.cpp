// SPDX-License-Identifier: MIT
#include "practice/data/owners.h"
#include "practice/routes/routes.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

Reply listOwners(PortalState &state, const ApiCall &call)
{
    const auto limit = numberParam(call, "limit"_L1, 100, state.options.bounds.ownersPage);
    if (!limit)
        return limit.error();
    const bool archived = call.flag("archived"_L1);
    const QString email = call.param("email"_L1);
    const qint64 after = call.param("after"_L1).toLongLong();
    QJsonArray results;
    QJsonObject json;
    for (const Owner &owner : state.owners) {
        const bool fits = owner.archived == archived && owner.id > after
            && (email.isEmpty() || owner.email.compare(email, Qt::CaseInsensitive) == 0);
        if (!fits)
            continue;
        if (results.size() >= std::max(1, *limit)) {
            const QString next = results.last().toObject().value("id"_L1).toString();
            json.insert(
                u"paging"_s,
                QJsonObject {{u"next"_s,
                              QJsonObject {{u"after"_s, next}, {u"link"_s, u"?after="_s + next}}}});
            break;
        }
        results.append(toJson(owner));
    }
    json.insert(u"results"_s, results);
    return jsonReply(json);
}

Reply readOwner(PortalState &state, const ApiCall &call)
{
    const QString idProperty = call.param("idProperty"_L1);
    if (!idProperty.isEmpty() && idProperty != "id"_L1 && idProperty != "userId"_L1)
        return invalid(u"idProperty must be id or userId"_s);
    const qint64 id = call.args[0].toLongLong();
    for (const Owner &owner : state.owners) {
        const bool fits = idProperty == "userId"_L1 ? owner.userId == id : owner.id == id;
        if (fits && owner.archived == call.flag("archived"_L1))
            return jsonReply(toJson(owner));
    }
    return notFound();
}

} // namespace hubkeeper::practice
