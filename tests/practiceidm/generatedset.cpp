// SPDX-License-Identifier: MIT
#include "generatedset.h"

#include <QJsonArray>
#include <QRandomGenerator>
#include <QSet>

using namespace Qt::StringLiterals;

namespace hubkeeper::practice::test {

namespace {

class Generator
{
public:
    explicit Generator(quint32 seed)
        : m_random(seed)
        , m_fromUsers(chance(50))
    {
    }

    QJsonObject set()
    {
        const QJsonObject one = mapping();
        QJsonArray users;
        QJsonArray contacts;
        const int userCount = below(6);
        const int contactCount = below(6);
        for (int i = 0; i < userCount; ++i)
            users.append(user(i));
        for (int i = 0; i < contactCount; ++i)
            contacts.append(contact(i));
        return {{u"mappings"_s, QJsonArray {one}},
                {u"objectsBefore"_s,
                 QJsonObject {{u"managed/user"_s, users}, {u"system/hubspot/contact"_s, contacts}}},
                {u"linksBefore"_s, links(userCount, contactCount)}};
    }

private:
    int below(int bound) { return int(m_random.bounded(bound)); }
    bool chance(int percent) { return below(100) < percent; }
    QString oneOf(const QStringList &words) { return words[below(int(words.size()))]; }

    QString mail()
    {
        return oneOf({u"a@x.org"_s, u"b@x.org"_s, u"c@x.org"_s, u"d@x.org"_s, u"A@x.org"_s,
                      u"o'neill@x.org"_s});
    }

    QJsonObject user(int number)
    {
        QJsonObject user {{u"_id"_s, u"u%1"_s.arg(number)},
                          {u"_rev"_s, u"1"_s},
                          {u"userName"_s, u"user%1"_s.arg(number)},
                          {u"givenName"_s, oneOf({u"Ada"_s, u"Bob"_s})},
                          {u"sn"_s, oneOf({u"One"_s, u"O'Two"_s, u"Three"_s})},
                          {u"mail"_s, mail()},
                          {u"accountStatus"_s, oneOf({u"active"_s, u"inactive"_s})}};
        if (chance(50))
            user.insert(u"telephoneNumber"_s, oneOf({u"1"_s, u"2"_s}));
        if (chance(30))
            user.insert(u"city"_s, oneOf({u"Bern"_s, u""_s}));
        return user;
    }

    /// No two of one address: the connector would not have them.
    QJsonObject contact(int number)
    {
        QString address = mail();
        while (m_addresses.contains(address))
            address = u"n%1"_s.arg(below(1000)) + address;
        m_addresses.insert(address);
        const QString id = QString::number(101 + number);
        QJsonObject contact {{u"_id"_s, id}, {u"email"_s, address}};
        if (chance(70))
            contact.insert(u"lastname"_s, oneOf({u"One"_s, u"O'Two"_s, u"Other"_s}));
        if (chance(60))
            contact.insert(u"firstname"_s, oneOf({u"Ada"_s, u"Bob"_s}));
        if (chance(40))
            contact.insert(u"phone"_s, oneOf({u"1"_s, u"2"_s}));
        return contact;
    }

    QJsonArray properties()
    {
        const QList<std::pair<QString, QString>> pairs {{u"mail"_s, u"email"_s},
                                                        {u"givenName"_s, u"firstname"_s},
                                                        {u"sn"_s, u"lastname"_s},
                                                        {u"telephoneNumber"_s, u"phone"_s}};
        QJsonArray properties;
        for (const auto &[ofUser, ofContact] : pairs) {
            if (chance(15))
                continue;
            QJsonObject property {{u"source"_s, m_fromUsers ? ofUser : ofContact},
                                  {u"target"_s, m_fromUsers ? ofContact : ofUser}};
            if (chance(25))
                property.insert(u"default"_s, oneOf({u"X"_s, u"3"_s}));
            if (chance(15))
                property.insert(u"condition"_s,
                                m_fromUsers ? u"/object/sn eq \"One\""_s
                                            : u"/object/lastname eq \"One\""_s);
            properties.append(property);
        }
        if (!m_fromUsers && chance(80)) // A user needs a name of its own.
            properties.append(
                QJsonObject {{u"source"_s, u"email"_s}, {u"target"_s, u"userName"_s}});
        return properties;
    }

    QJsonArray policies()
    {
        const QStringList situations {
            u"CONFIRMED"_s,   u"MISSING"_s,        u"ABSENT"_s,
            u"FOUND"_s,       u"AMBIGUOUS"_s,      u"FOUND_ALREADY_LINKED"_s,
            u"UNQUALIFIED"_s, u"SOURCE_IGNORED"_s, u"TARGET_IGNORED"_s,
            u"UNASSIGNED"_s,  u"SOURCE_MISSING"_s};
        const QStringList actions {u"CREATE"_s,   u"UPDATE"_s, u"DELETE"_s,    u"LINK"_s,
                                   u"UNLINK"_s,   u"IGNORE"_s, u"EXCEPTION"_s, u"REPORT"_s,
                                   u"NOREPORT"_s, u"ASYNC"_s};
        QJsonArray policies;
        for (const QString &situation : situations) {
            if (!chance(60))
                continue;
            QJsonObject policy {{u"situation"_s, situation}, {u"action"_s, oneOf(actions)}};
            if (chance(15))
                policy.insert(u"condition"_s, u"/linkQualifier eq \"default\""_s);
            policies.append(policy);
        }
        return policies;
    }

    QJsonObject mapping()
    {
        const QString user = u"managed/user"_s;
        const QString contact = u"system/hubspot/contact"_s;
        QJsonObject mapping {{u"name"_s, u"m"_s},
                             {u"source"_s, m_fromUsers ? user : contact},
                             {u"target"_s, m_fromUsers ? contact : user},
                             {u"taskThreads"_s, 0},
                             {u"enableSync"_s, false},
                             {u"properties"_s, properties()},
                             {u"policies"_s, policies()}};
        if (chance(75)) {
            const QStringList fields = m_fromUsers ? QStringList {u"email"_s, u"lastname"_s}
                                                   : QStringList {u"mail"_s, u"sn"_s};
            QJsonArray used {fields[0]};
            if (chance(30))
                used.append(fields[1]);
            mapping.insert(u"correlationQuery"_s,
                           QJsonObject {{u"type"_s, u"text/javascript"_s},
                                        {u"file"_s, u"ui/correlateTreeToQueryFilter.js"_s},
                                        {u"expressionTree"_s,
                                         QJsonObject {{chance(50) ? u"any"_s : u"all"_s, used}}},
                                        {u"mapping"_s, u"m"_s},
                                        {u"linkQualifier"_s, u"default"_s}});
        }
        addOptions(mapping);
        return mapping;
    }

    void addOptions(QJsonObject &mapping)
    {
        for (const QString &name : {u"allowEmptySourceSet"_s, u"correlateEmptyTargetSet"_s}) {
            if (chance(40))
                mapping.insert(name, true);
        }
        for (const QString &name : {u"runTargetPhase"_s, u"prefetchLinks"_s, u"enableLinking"_s,
                                    u"sourceIdsCaseSensitive"_s, u"targetIdsCaseSensitive"_s}) {
            if (chance(12))
                mapping.insert(name, false);
        }
        if (chance(20))
            mapping.insert(u"sourceCondition"_s,
                           m_fromUsers ? u"/source/accountStatus eq \"active\""_s
                                       : u"/source/lastname eq \"One\""_s);
        if (chance(10))
            mapping.insert(m_fromUsers ? u"sourceQuery"_s : u"targetQuery"_s,
                           QJsonObject {{u"_queryFilter"_s, u"givenName eq \"Ada\""_s}});
        if (chance(8)) // A script costs a process.
            mapping.insert(
                u"validSource"_s,
                QJsonObject {{u"type"_s, u"text/javascript"_s},
                             {u"source"_s, u"source._id != 'u1' && source._id != '102'"_s}});
    }

    QJsonArray links(int users, int contacts)
    {
        QJsonArray links;
        QSet<QString> taken;
        const int count = below(5);
        for (int i = 0; i < count; ++i) {
            const QString user = u"u%1"_s.arg(below(users + 2));
            const QString contact = QString::number(101 + below(contacts + 2));
            if (taken.contains(user) || taken.contains(contact))
                continue;
            taken << user << contact;
            QJsonObject link {{u"_id"_s, u"l%1"_s.arg(i)},
                              {u"_rev"_s, u"1"_s},
                              {u"linkType"_s, u"m"_s},
                              {u"linkQualifier"_s, u"default"_s},
                              {u"firstId"_s, m_fromUsers ? user : contact},
                              {u"secondId"_s, m_fromUsers ? contact : user}};
            if (chance(4))
                link.insert(u"firstId"_s, QJsonValue::Null);
            links.append(link);
        }
        return links;
    }

    QRandomGenerator m_random;
    const bool m_fromUsers;
    QSet<QString> m_addresses;
};

} // namespace

QJsonObject generatedSet(quint32 seed)
{
    return Generator(seed).set();
}

} // namespace hubkeeper::practice::test
