// SPDX-License-Identifier: MIT
#include "practice/data/valuerules.h"
#include "practice/routes/recordwrites.h"
#include "practice/routes/routes.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

const QString &additionalEmails()
{
    static const QString name = u"hs_additional_emails"_s;
    return name;
}

Reply addressesReply(const PortalState &state, const Record &contact)
{
    const QStringList addresses =
        contact.values.value(additionalEmails()).split(u';', Qt::SkipEmptyParts);
    return jsonReply({{u"portalId"_s, state.options.portalId},
                      {u"vid"_s, contact.id},
                      {u"secondaryEmails"_s, QJsonArray::fromStringList(addresses)}});
}

std::optional<Record> contactOf(PortalState &state, const ApiCall &call)
{
    const auto id = locate(state, ObjectType::Contact, call.args.value(0), {});
    auto contact = id ? state.store(ObjectType::Contact).find(*id) : std::nullopt;
    return contact && !contact->archivedAt ? contact : std::nullopt;
}

Reply storedAddresses(PortalState &state, const ApiCall &call, Record contact,
                      const QStringList &addresses)
{
    setValues(contact, ObjectType::Contact, {{additionalEmails(), addresses.join(u';')}},
              state.now(), writerOf(state, call));
    contact.updated = state.now();
    state.store(ObjectType::Contact).put(contact, state.visibleAt());
    return addressesReply(state, contact);
}

} // namespace

Reply listAddresses(PortalState &state, const ApiCall &call)
{
    const auto contact = contactOf(state, call);
    return contact ? addressesReply(state, *contact) : notFound();
}

Reply addAddress(PortalState &state, const ApiCall &call)
{
    auto contact = contactOf(state, call);
    if (!contact)
        return notFound();
    const QString address = call.args.value(1).toLower();
    if (!isEmailAddress(address))
        return invalid(u"Email address %1 is invalid"_s.arg(address));
    const auto owner = state.store(ObjectType::Contact).withUnique(u"email"_s, address, true);
    if (owner && *owner != contact->id)
        return errorReply(409, u"CONFLICT"_s,
                          u"Contact already exists. Existing ID: %1"_s.arg(*owner));
    QStringList addresses =
        contact->values.value(additionalEmails()).split(u';', Qt::SkipEmptyParts);
    if (!addresses.contains(address) && contact->values.value(u"email"_s) != address)
        addresses.append(address);
    return storedAddresses(state, call, std::move(*contact), addresses);
}

Reply removeAddress(PortalState &state, const ApiCall &call)
{
    auto contact = contactOf(state, call);
    if (!contact)
        return notFound();
    QStringList addresses =
        contact->values.value(additionalEmails()).split(u';', Qt::SkipEmptyParts);
    addresses.removeAll(call.args.value(1).toLower());
    return storedAddresses(state, call, std::move(*contact), addresses);
}

} // namespace hubkeeper::practice
