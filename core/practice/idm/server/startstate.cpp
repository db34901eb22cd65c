// SPDX-License-Identifier: MIT
#include "practice/idm/server/startstate.h"

#include "practice/idm/routes/idmroutes.h"
#include "practice/idm/systems/hubspotconnector.h"
#include "practice/idm/systems/hubspotobjects.h"
#include "practice/routes/recordwrites.h"
#include "practice/server/practiceportal.h"

#include <QFile>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

constexpr QLatin1StringView sampleLinks = "systemHubspotContact_managedUser"_L1;
constexpr QLatin1StringView ownLinks = "managedUser_hubspotContactByMail"_L1;
constexpr qsizetype specialContacts = 8; // Before those of ordinary users.

QString textOf(const Secret &secret)
{
    return secret.withClearText([](std::string_view text) {
        return QString::fromUtf8(text.data(), qsizetype(text.size()));
    });
}

QJsonObject thirdMapping()
{
    QFile file(u":/hubkeeper/practice/idm-mapping.json"_s);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object()
                                          : QJsonObject();
}

/// A contact that a user can be made of.
struct Person
{
    QString contactId;
    QString mail;
    QString givenName;
    QString sn;
    QString phone;
};

QList<Person> peopleOf(const PortalState &portal, qsizetype wanted)
{
    QList<Person> people;
    const RecordStore &store = portal.store(ObjectType::Contact);
    // Some have no address or no name, so more are looked at than are wanted.
    for (const qint64 id : store.idsFrom(0, int(wanted * 2), false)) {
        const auto record = store.find(id);
        const auto value = [&](const QString &name) { return record->values.value(name); };
        Person person {QString::number(id), value(u"email"_s), value(u"firstname"_s),
                       value(u"lastname"_s), value(u"phone"_s)};
        if (people.size() < wanted && !person.mail.isEmpty() && !person.givenName.isEmpty()
            && !person.sn.isEmpty())
            people.append(person);
    }
    return people;
}

/// Fills one server.
class StartFiller
{
public:
    StartFiller(IdmState &state, PortalState &portal, int users)
        : m_state(state)
        , m_portal(portal)
        , m_users(users)
        , m_people(peopleOf(portal, users + specialContacts))
    {
    }

    void fill()
    {
        const qsizetype ordinary = std::min<qsizetype>(m_users, m_people.size() - specialContacts);
        for (qsizetype i = 0; i < ordinary; ++i) {
            const Person &person = m_people[specialContacts + i];
            const QString id = addUser(person);
            if (i % 2 == 0)
                linkBoth(person.contactId, id);
        }
        if (ordinary > 0)
            addSpecial();
    }

private:
    QString addUser(const Person &person, const QString &status = u"active"_s)
    {
        const QString userName = person.mail.section(u'@', 0, 0);
        QJsonObject user {{u"userName"_s, userName},
                          {u"givenName"_s, person.givenName},
                          {u"sn"_s, person.sn},
                          {u"mail"_s, person.mail},
                          {u"accountStatus"_s, status}};
        if (!person.phone.isEmpty())
            user.insert(u"telephoneNumber"_s, person.phone);
        return m_state.managed.create(u"managed/user"_s, {}, user).id;
    }

    void link(QLatin1StringView type, const QString &first, const QString &second)
    {
        (void)m_state.links.add({{}, 1, type, u"default"_s, first, second}); // All are new.
    }

    void linkBoth(const QString &contactId, const QString &userId)
    {
        link(sampleLinks, contactId, userId);
        link(ownLinks, userId, contactId);
    }

    static Person nobody(const QString &name)
    {
        return {{}, name + u"@nowhere.example.com"_s, u"Robin"_s, name, {}};
    }

    /// One of each situation that ordinary users do not bring.
    void addSpecial()
    {
        link(ownLinks, addUser(nobody(u"missing"_s)), u"1"_s);
        Person twice = m_people[specialContacts];
        twice.sn += u" II"_s;
        addDouble(twice); // FOUND_ALREADY_LINKED: that contact is linked.
        Person unclear = m_people[0];
        unclear.phone = phoneOfAnother(m_people[0].phone);
        addUser(unclear); // AMBIGUOUS: the address of one, the telephone of another.
        link(ownLinks, addUser(m_people[1], u"inactive"_s), m_people[1].contactId);
        addUser(nobody(u"ignored"_s), u"inactive"_s);
        addUser(nobody(u"absent"_s));
        link(ownLinks, u"gone"_s, m_people[2].contactId); // SOURCE_MISSING
        link(sampleLinks, u"2"_s, u"gone"_s);
        link(sampleLinks, m_people[3].contactId, u"gone-too"_s); // MISSING for the sample.
        setCompany(m_people[4].contactId, u"Nobody Ltd"_s); // TARGET_IGNORED
        setCompany(m_people[5].contactId, u"Nobody Ltd"_s);
    }

    /// A user with somebody else's address; the name is taken, so it gets one of its own.
    void addDouble(const Person &person)
    {
        m_state.managed.create(u"managed/user"_s, {},
                               {{u"userName"_s, person.mail.section(u'@', 0, 0) + u".second"_s},
                                {u"givenName"_s, person.givenName},
                                {u"sn"_s, person.sn},
                                {u"mail"_s, person.mail},
                                {u"accountStatus"_s, u"active"_s}});
    }

    QString phoneOfAnother(const QString &own) const
    {
        for (qsizetype i = 6; i < m_people.size(); ++i) {
            if (!m_people[i].phone.isEmpty() && m_people[i].phone != own)
                return m_people[i].phone;
        }
        return own;
    }

    void setCompany(const QString &contactId, const QString &company)
    {
        auto write = prepareUpdate(m_portal, ApiCall(), ObjectType::Contact, contactId.toLongLong(),
                                   {{u"company"_s, company}});
        if (write)
            commit(m_portal, std::move(*write));
    }

    IdmState &m_state;
    PortalState &m_portal;
    int m_users;
    QList<Person> m_people;
};

} // namespace

QJsonObject provisionerOf(const PracticePortal &portal)
{
    QJsonObject provisioner = shippedProvisioner();
    QJsonObject properties = provisioner.value("configurationProperties"_L1).toObject();
    properties.insert(u"clientId"_s, portal.clientId());
    properties.insert(u"clientSecret"_s, textOf(portal.clientSecret()));
    properties.insert(u"refreshToken"_s, textOf(portal.refreshToken()));
    provisioner.insert(u"configurationProperties"_s, properties);
    provisioner.insert(u"name"_s, u"hubspot"_s);
    provisioner.insert(u"enabled"_s, true);
    return provisioner;
}

Result<void> fillStart(IdmState &state, PracticePortal &portal, int users)
{
    QJsonObject sync = shippedMappings();
    QJsonArray mappings = sync.value("mappings"_L1).toArray();
    mappings.append(thirdMapping());
    sync.insert(u"mappings"_s, mappings);
    const std::pair<QString, QJsonObject> configurations[] = {
        {u"provisioner.openicf/hubspot"_s, provisionerOf(portal)}, {u"sync"_s, sync}};
    for (const auto &[id, content] : configurations) {
        const auto stored = storeConfiguration(state, id, content, true);
        if (!stored)
            return fail(ErrorKind::Storage,
                        u"The practice IDM could not be filled: %1"_s.arg(
                            stored.error().json["message"_L1].toString()));
    }
    StartFiller(state, portal.state(), users).fill();
    return {};
}

} // namespace hubkeeper::practice
