// SPDX-License-Identifier: MIT
#include "reconcile/overlay/targetrules.h"

#include "reconcile/reconciletext.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

std::optional<ObjectFault> TargetRules::remove(const QJsonObject &, const QString &) const
{
    return std::nullopt;
}

Answer<CrestFilter> TargetRules::understood(const CrestFilter &filter) const
{
    return filter;
}

Answer<QString> TargetRules::queryAttribute(const QString &queryId) const
{
    if (queryId == "query-all-ids"_L1)
        return QString();
    return tl::unexpected(
        ObjectFault {ObjectFault::Unsupported, 400,
                     ReconcileText::tr("The query id %1 is not known.").arg(queryId)});
}

Answer<KeptObject> FreeRules::create(const QJsonObject &object, const Taken &) const
{
    return KeptObject {object, {}, {}};
}

Answer<KeptObject> FreeRules::update(const QJsonObject &, const QJsonObject &object,
                                     const Taken &) const
{
    return KeptObject {object, {}, {}};
}

} // namespace hubkeeper
