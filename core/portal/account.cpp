// SPDX-License-Identifier: MIT
#include "portal/account.h"

#include "portal/jsontext.h"
#include "portal/portaltext.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

Result<Owner> ownerFrom(const QJsonObject &json)
{
    Owner owner;
    owner.id = textOf(json["id"_L1]);
    if (owner.id.isEmpty())
        return fail(ErrorKind::BadReply,
                    PortalText::tr("An owner in the portal's reply has no ID."));
    owner.email = textOf(json["email"_L1]);
    owner.firstName = textOf(json["firstName"_L1]);
    owner.lastName = textOf(json["lastName"_L1]);
    owner.type = textOf(json["type"_L1]);
    owner.userId = textOf(json["userId"_L1]);
    owner.createdAt = instantOf(json["createdAt"_L1]);
    owner.updatedAt = instantOf(json["updatedAt"_L1]);
    owner.archived = json["archived"_L1].toBool();
    return owner;
}

} // namespace

QString Owner::displayName() const
{
    const QString name = (firstName + u' ' + lastName).simplified();
    if (!name.isEmpty())
        return name;
    return email.isEmpty() ? id : email;
}

Result<AccountDetails> parseAccountDetails(const QByteArray &json)
{
    const auto reply = objectFrom(json, PortalText::tr("the account"));
    if (!reply)
        return tl::unexpected(reply.error());
    AccountDetails account;
    account.portalId = textOf((*reply)["portalId"_L1]).toLongLong();
    if (account.portalId <= 0)
        return fail(ErrorKind::BadReply,
                    PortalText::tr("The portal's account details name no account."));
    account.accountType = textOf((*reply)["accountType"_L1]);
    account.portalName = textOf((*reply)["portalName"_L1]);
    account.timeZone = textOf((*reply)["timeZone"_L1]);
    account.currency = textOf((*reply)["companyCurrency"_L1]);
    account.uiDomain = textOf((*reply)["uiDomain"_L1]);
    account.dataHostingLocation = textOf((*reply)["dataHostingLocation"_L1]);
    return account;
}

Result<OwnerPage> parseOwnerPage(const QByteArray &json)
{
    const auto reply = objectFrom(json, u"owners"_s);
    if (!reply)
        return tl::unexpected(reply.error());
    const auto results = resultsFrom(*reply, u"owners"_s);
    if (!results)
        return tl::unexpected(results.error());

    OwnerPage page;
    page.after = cursorOf(*reply);
    for (const QJsonValue &value : *results) {
        auto owner = ownerFrom(value.toObject());
        if (!owner)
            return tl::unexpected(owner.error());
        page.owners.append(std::move(*owner));
    }
    return page;
}

Result<Owner> parseOwner(const QByteArray &json)
{
    const auto reply = objectFrom(json, PortalText::tr("an owner"));
    if (!reply)
        return tl::unexpected(reply.error());
    return ownerFrom(*reply);
}

} // namespace hubkeeper
