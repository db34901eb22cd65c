// SPDX-License-Identifier: MIT
#include "idm/links/linkfaults.h"

#include "idm/idmtext.h"

#include <QHash>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// Without the collection.
QString idIn(const QString &path, const QString &collection)
{
    return path.startsWith(collection + u'/') ? path.mid(collection.size() + 1) : path;
}

/// The sources that found their target linked already, by target and link qualifier.
QHash<std::pair<QString, QString>, QString> wantedTargets(const QList<AuditEntry> &entries,
                                                          const LinkUse &use)
{
    QHash<std::pair<QString, QString>, QString> wanted;
    for (const AuditEntry &entry : entries) {
        if (entry.situation != "FOUND_ALREADY_LINKED"_L1 || entry.targetId.isEmpty())
            continue;
        wanted.insert({idIn(entry.targetId, use.target), entry.linkQualifier},
                      idIn(entry.sourceId, use.source));
    }
    return wanted;
}

bool isGone(const std::optional<QString> &id, const std::optional<QSet<QString>> &known)
{
    return id && known && !known->contains(*id);
}

std::optional<LinkFault> faultOf(const std::optional<QString> &source,
                                 const std::optional<QString> &target, const SideIds &sides)
{
    if (!source)
        return LinkFault::NoSource;
    if (!target)
        return LinkFault::NoTarget;
    const bool sourceGone = isGone(source, sides.sources);
    const bool targetGone = isGone(target, sides.targets);
    if (sourceGone && targetGone)
        return LinkFault::BothGone;
    return sourceGone ? std::optional(LinkFault::SourceGone)
        : targetGone  ? std::optional(LinkFault::TargetGone)
                      : std::nullopt;
}

class ReadingIds final : public Call<QSet<QString>>
{
public:
    ReadingIds(IdmClient &client, const QString &collection, QObject *parent)
        : Call(parent)
    {
        PagedQuery query;
        query.path = collection;
        query.fields = {u"_id"_s};
        Call<qint64> *pages = readPages(
            client, query,
            [this](const QJsonArray &rows) {
                for (const QJsonValue &row : rows)
                    m_ids.insert(row["_id"_L1].toString());
            },
            this);
        connect(pages, &CallBase::progressed, this, &CallBase::progressed);
        then(pages, [this](qint64) { complete(m_ids); });
    }

private:
    QSet<QString> m_ids;
};

class Looking final : public Call<bool>
{
public:
    Looking(IdmClient &client, const QString &collection, const QString &id, QObject *parent)
        : Call(parent)
    {
        // By a query: an id with a slash has no place in a path.
        const QUrlQuery query {{u"_queryFilter"_s, u"_id eq "_s + quotedInFilter(id)},
                               {u"_fields"_s, u"_id"_s}};
        then(client.get(collection, this, query), [this, id](const IdmReply &reply) {
            const QJsonArray rows = reply.body["result"_L1].toArray();
            complete(std::any_of(rows.begin(), rows.end(), [&id](const QJsonValue &row) {
                return row["_id"_L1].toString() == id;
            }));
        });
    }
};

} // namespace

QString nameOf(LinkFault fault)
{
    switch (fault) {
    case LinkFault::NoSource:
        return u"noSource"_s;
    case LinkFault::NoTarget:
        return u"noTarget"_s;
    case LinkFault::SourceGone:
        return u"sourceGone"_s;
    case LinkFault::TargetGone:
        return u"targetGone"_s;
    case LinkFault::BothGone:
        return u"bothGone"_s;
    case LinkFault::Occupies:
        return u"occupies"_s;
    }
    Q_UNREACHABLE();
}

QString textOf(LinkFault fault)
{
    switch (fault) {
    case LinkFault::NoSource:
        return IdmText::tr("It has no source: every run of the mapping breaks off because of it.");
    case LinkFault::NoTarget:
        return IdmText::tr("It has no target.");
    case LinkFault::SourceGone:
        return IdmText::tr("Its source object is gone.");
    case LinkFault::TargetGone:
        return IdmText::tr("Its target object is gone.");
    case LinkFault::BothGone:
        return IdmText::tr("Both of its objects are gone.");
    case LinkFault::Occupies:
        return IdmText::tr("Another source object found this target linked already.");
    }
    Q_UNREACHABLE();
}

QList<FaultyLink> faultyLinks(const QList<ServerLink> &links, const LinkUse &use,
                              const SideIds &sides, const QList<AuditEntry> &entries)
{
    const auto wanted = wantedTargets(entries, use);
    QList<FaultyLink> faulty;
    for (const ServerLink &link : links) {
        const auto source = use.sourceId(link);
        const auto target = use.targetId(link);
        if (const auto fault = faultOf(source, target, sides)) {
            faulty.append({link, *fault, {}});
            continue;
        }
        const QString other = wanted.value({target.value_or(QString()), link.qualifier});
        if (!other.isEmpty() && other != source)
            faulty.append({link, LinkFault::Occupies, other});
    }
    return faulty;
}

Call<QSet<QString>> *readIds(IdmClient &client, const QString &collection, QObject *parent)
{
    return new ReadingIds(client, collection, parent);
}

Call<bool> *isThere(IdmClient &client, const QString &collection, const QString &id,
                    QObject *parent)
{
    return new Looking(client, collection, id, parent);
}

} // namespace hubkeeper
