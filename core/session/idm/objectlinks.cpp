// SPDX-License-Identifier: MIT
#include "session/idm/objectlinks.h"

#include "idm/reading/mappinglist.h"
#include "reconcile/mapping/mappingreader.h"
#include "reconcile/values/propertypointer.h"
#include "session/sessiontext.h"

#include <QRegularExpression>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// One question to the repository, and to whom the answer belongs.
struct LinkSearch
{
    QString type;
    LinkEnd end = LinkEnd::First;
    QString own; ///< Collection.
    QString other;
    QStringList mappings;
    QList<MappedPlaces> places;
};

bool isNamed(const QString &collection, const QString &pattern)
{
    const QStringList steps = collection.split(u'/');
    const QStringList wanted = pattern.split(u'/');
    if (steps.size() != wanted.size())
        return false;
    for (qsizetype i = 0; i < steps.size(); ++i) {
        if (wanted[i] != "*"_L1 && wanted[i] != steps[i])
            return false;
    }
    return true;
}

QList<MappedPlaces> placesOf(const SyncMapping &mapping, bool isSource)
{
    QList<MappedPlaces> places;
    for (const MappedProperty &property : mapping.properties) {
        const bool isTransformed = property.transform.has_value()
            || !property.fallback.isUndefined()
            || !std::holds_alternative<std::monostate>(property.condition);
        places.append({mapping.name, isSource ? property.sourceText : property.targetText,
                       isSource ? property.targetText : property.sourceText, isSource,
                       isTransformed});
    }
    return places;
}

/// Mappings that share their links ask once.
QList<LinkSearch> searchesIn(const SyncMappings &all, const QString &pattern)
{
    QList<LinkSearch> searches;
    const auto add = [&](const SyncMapping &mapping, bool isSource) {
        const QString own = isSource ? mapping.source : mapping.target;
        const LinkEnd end = isSource == mapping.linksReversed ? LinkEnd::Second : LinkEnd::First;
        auto known = std::find_if(searches.begin(), searches.end(), [&](const LinkSearch &search) {
            return search.type == mapping.links && search.end == end && search.own == own;
        });
        if (known == searches.end()) {
            searches.append(
                {mapping.links, end, own, isSource ? mapping.target : mapping.source, {}, {}});
            known = std::prev(searches.end());
        }
        known->mappings.append(mapping.name);
        known->places += placesOf(mapping, isSource);
    };
    for (const SyncMapping &mapping : all.mappings) {
        if (isNamed(mapping.source, pattern))
            add(mapping, true);
        if (isNamed(mapping.target, pattern))
            add(mapping, false);
    }
    return searches;
}

class ReadingObjectLinks final : public Call<QList<ObjectLinks>>
{
public:
    ReadingObjectLinks(ServerSession &session, QString pattern, QString id, QObject *parent)
        : Call(parent)
        , m_client(session.client())
        , m_pattern(std::move(pattern))
        , m_id(std::move(id))
    {
        then(session.ask(this), [this](const ServerFacts &facts) {
            then(readMappingList(m_client, facts.profile, this),
                 [this](const QJsonArray &mappings) { onMappings(mappings); });
        });
    }

private:
    void onMappings(const QJsonArray &list)
    {
        const auto mappings = readMappings(list);
        if (!mappings)
            return complete(tl::unexpected(mappings.error()));
        m_searches = searchesIn(*mappings, m_pattern);
        if (m_searches.isEmpty())
            return complete(
                fail(ErrorKind::NotFound,
                     SessionText::tr("No mapping of the server reads or writes %1.").arg(m_pattern),
                     SessionText::tr("`hubkeeper-cli idm mappings list` shows what they do.")));
        next();
    }

    ObjectLinks &resultOf(const QString &collection)
    {
        for (ObjectLinks &known : m_found) {
            if (known.collection == collection)
                return known;
        }
        m_found.append({collection, m_id, {}, {}});
        return m_found.last();
    }

    void next()
    {
        if (m_searches.isEmpty())
            return complete(m_found);
        const LinkSearch search = m_searches.takeFirst();
        then(readLinksOf(m_client, search.type, search.end, m_id, this),
             [this, search](const QList<ServerLink> &links) {
                 ObjectLinks &result = resultOf(search.own);
                 if (links.isEmpty())
                     result.unlinked += search.mappings;
                 for (const ServerLink &link : links) {
                     LinkedObject linked;
                     linked.link = link;
                     linked.mappings = search.mappings;
                     linked.collection = search.other;
                     linked.id = search.end == LinkEnd::First ? link.secondId : link.firstId;
                     linked.places = search.places;
                     m_wanted.append(linked);
                 }
                 readWanted(search.own);
             });
    }

    /// By a query: an id with a slash has no place in a path.
    void readWanted(const QString &own)
    {
        if (m_wanted.isEmpty())
            return next();
        const LinkedObject linked = m_wanted.takeFirst();
        if (!linked.id)
            return keep(own, linked);
        const QUrlQuery query {{u"_queryFilter"_s, u"_id eq "_s + quotedInFilter(*linked.id)}};
        always(
            m_client.get(linked.collection, this, query),
            [this, own, linked](const Result<IdmReply> &reply) { onObject(own, linked, reply); });
    }

    void onObject(const QString &own, LinkedObject linked, const Result<IdmReply> &reply)
    {
        if (!reply && reply.error().kind == ErrorKind::Cancelled)
            return complete(tl::unexpected(reply.error()));
        if (!reply)
            linked.whyNotRead = reply.error().what;
        else {
            const QJsonArray rows = reply->body["result"_L1].toArray();
            for (const QJsonValue &row : rows) {
                if (row["_id"_L1].toString() == *linked.id)
                    linked.object = row.toObject();
            }
        }
        keep(own, linked);
    }

    void keep(const QString &own, const LinkedObject &linked)
    {
        resultOf(own).linked.append(linked);
        readWanted(own);
    }

    IdmClient &m_client;
    const QString m_pattern;
    const QString m_id;
    QList<LinkSearch> m_searches;
    QList<LinkedObject> m_wanted;
    QList<ObjectLinks> m_found;
};

bool hasNoValue(const QJsonValue &value)
{
    return value.isUndefined() || value.isNull();
}

bool isServersOwn(const QString &property, const QJsonValue &value)
{
    static const QStringList own {u"_id"_s, u"_rev"_s, u"lastSync"_s};
    return own.contains(property) || value["$crypto"_L1].isObject();
}

} // namespace

Call<QList<ObjectLinks>> *readObjectLinks(ServerSession &session, const QString &collection,
                                          const QString &id, QObject *parent)
{
    return new ReadingObjectLinks(session, collection, id, parent);
}

QList<SideLine> sideBySide(const LinkedObject &linked, const QList<EyeLine> &record)
{
    QJsonObject seen;
    for (const EyeLine &line : record) {
        if (!line.attribute.isEmpty() && !line.value.isUndefined())
            seen.insert(line.attribute, line.value);
    }
    const QJsonObject object = linked.object.value_or(QJsonObject());
    QList<SideLine> lines;
    QSet<QString> mapped;
    for (const MappedPlaces &places : linked.places) {
        if (places.own.isEmpty() || places.other.isEmpty())
            continue;
        SideLine line;
        line.attribute = places.own;
        line.property = places.other;
        line.value = PropertyPointer(places.own).in(seen);
        line.linkedValue = PropertyPointer(places.other).in(object);
        line.isToLinked = places.isToOther;
        const bool isSame = line.value == line.linkedValue
            || (hasNoValue(line.value) && hasNoValue(line.linkedValue));
        line.note = isSame         ? SideNote::Same
            : places.isTransformed ? SideNote::Transformed
                                   : SideNote::Differs;
        mapped.insert(places.other.section(u'/', 0, 0, QString::SectionSkipEmpty));
        if (!lines.contains(line) && !isServersOwn(places.other, line.linkedValue))
            lines.append(line);
    }
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (!mapped.contains(it.key()) && !isServersOwn(it.key(), it.value()))
            lines.append(
                {{}, QJsonValue::Undefined, it.key(), it.value(), true, SideNote::OnlyLinked});
    }
    return lines;
}

} // namespace hubkeeper
