// SPDX-License-Identifier: MIT
#include "policy/policy.h"

#include "policy/policytext.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// Keeps the stricter of two: the smaller one, of modes too.
template <typename T>
void tighten(std::optional<Ruled<T>> &limit, const std::optional<Ruled<T>> &other)
{
    if (other && (!limit || other->value < limit->value))
        limit = other;
}

void tighten(PortalLimits &limits, const PortalLimits &rule)
{
    tighten(limits.mode, rule.mode);
    tighten(limits.mostRows, rule.mostRows);
    tighten(limits.mostArchives, rule.mostArchives);
    tighten(limits.mostPercent, rule.mostPercent);
    if (!limits.noArchiving)
        limits.noArchiving = rule.noArchiving;
    limits.protectedProperties += rule.protectedProperties;
    if (rule.signatures
        && (!limits.signatures || rule.signatures->value > limits.signatures->value))
        limits.signatures = rule.signatures;
}

} // namespace

PortalLimits Policy::limitsOf(qint64 portal) const
{
    PortalLimits limits;
    if (!isPresent())
        return limits;
    limits.file = file;
    limits.contact = contact;
    limits.portal = portal;
    limits.trustedKeys = trustedKeys;
    const QString id = QString::number(portal);
    if (allowedPortals && portal == 0)
        limits.unclear = allowedPortals->place;
    else if (allowedPortals && !allowedPortals->value.contains(id))
        limits.notAllowed = allowedPortals->place;
    for (qsizetype i = 0; i < portals.size(); ++i) {
        const PortalRule &rule = portals[i];
        if (rule.ids.isEmpty() || rule.ids.contains(id))
            tighten(limits, rule.limits);
        else if (portal == 0 && !limits.unclear)
            limits.unclear = RulePlace {u"portals[%1].ids"_s.arg(i), rule.limits.unclear->line};
    }
    return limits;
}

ServerLimits Policy::limitsOf(const QUrl &server) const
{
    ServerLimits limits;
    if (!isPresent())
        return limits;
    limits.file = file;
    limits.contact = contact;
    const QString address = comparedAddress(server);
    if (allowedServers && !allowedServers->value.contains(address))
        limits.notAllowed = allowedServers->place;
    for (const ServerRule &rule : servers) {
        if (rule.addresses.isEmpty() || rule.addresses.contains(address))
            tighten(limits.mode, std::optional(rule.mode));
    }
    return limits;
}

QString comparedAddress(const QUrl &address)
{
    QUrl url = address.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment
                                | QUrl::NormalizePathSegments | QUrl::StripTrailingSlash);
    url.setPort(address.port(address.scheme() == "http"_L1 ? 80 : 443));
    return url.toString(QUrl::FullyEncoded).toLower();
}

Error refusedBy(const QString &what, const RulePlace &place, const QString &contact)
{
    //: %1 is a phrase that names the policy file, %2 a rule in it: "portals[0].mode".
    const QString sentence =
        PolicyText::tr("%1 (%2, line %3).").arg(what, place.rule, QString::number(place.line));
    const QString remedy = contact.isEmpty()
        ? PolicyText::tr("Ask the administrator of this computer.")
        //: %1 is what the file says about whom to ask.
        : PolicyText::tr("Ask the administrator of this computer: %1").arg(contact);
    return fail(ErrorKind::Refused, sentence, remedy).value();
}

} // namespace hubkeeper
