// SPDX-License-Identifier: MIT
#include "idm/links/serverlink.h"

#include "idm/idmtext.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

std::optional<QString> endFrom(const QJsonValue &value)
{
    return value.isString() ? std::optional(value.toString()) : std::nullopt;
}

QJsonValue jsonOf(const std::optional<QString> &end)
{
    return end ? QJsonValue(*end) : QJsonValue(QJsonValue::Null);
}

class ReadingLinks final : public Call<QList<ServerLink>>
{
public:
    ReadingLinks(IdmClient &client, const QString &filter, QObject *parent)
        : Call(parent)
    {
        PagedQuery query;
        query.path = u"repo/link"_s;
        query.filter = filter;
        Call<qint64> *pages = readPages(
            client, query, [this](const QJsonArray &rows) { take(rows); }, this);
        connect(pages, &CallBase::progressed, this, &CallBase::progressed);
        always(pages, [this](const Result<qint64> &count) {
            if (!count)
                return complete(tl::unexpected(explained(count.error())));
            if (m_fault)
                return complete(tl::unexpected(*m_fault));
            complete(m_links);
        });
    }

private:
    void take(const QJsonArray &rows)
    {
        for (const QJsonValue &row : rows) {
            const auto link = serverLinkFrom(row.toObject());
            if (link)
                m_links.append(*link);
            else
                m_fault = link.error();
        }
    }

    static Error explained(Error error)
    {
        if (error.kind == ErrorKind::Forbidden || error.kind == ErrorKind::NotFound) {
            error.what = IdmText::tr("The server does not show its links: %1").arg(error.what);
            error.remedy = IdmText::tr("Links can be seen and repaired only where repo/link can be "
                                       "read; the cloud does not allow it.");
        }
        return error;
    }

    QList<ServerLink> m_links;
    std::optional<Error> m_fault;
};

QString ofType(const QString &type)
{
    return u"/linkType eq "_s + quotedInFilter(type);
}

class ReadingLink final : public Call<ServerLink>
{
public:
    ReadingLink(IdmClient &client, const QString &id, QObject *parent)
        : Call(parent)
    {
        then(client.get(u"repo/link/"_s + id, this),
             [this](const IdmReply &reply) { complete(serverLinkFrom(reply.body.toObject())); });
    }
};

} // namespace

QString ServerLink::text() const
{
    const QString none = u"null"_s;
    return u"%1 - %2 (%3)"_s.arg(firstId.value_or(none), secondId.value_or(none), qualifier);
}

Result<ServerLink> serverLinkFrom(const QJsonObject &json)
{
    ServerLink link;
    link.id = json["_id"_L1].toString();
    if (link.id.isEmpty())
        return fail(ErrorKind::BadReply, IdmText::tr("A link of the server has no id."));
    link.revision = json["_rev"_L1].toString();
    link.type = json["linkType"_L1].toString();
    link.qualifier = json["linkQualifier"_L1].toString();
    link.firstId = endFrom(json["firstId"_L1]);
    link.secondId = endFrom(json["secondId"_L1]);
    return link;
}

QJsonObject serverLinkJson(const ServerLink &link)
{
    return {{u"_id"_s, link.id},
            {u"_rev"_s, link.revision},
            {u"linkType"_s, link.type},
            {u"linkQualifier"_s, link.qualifier},
            {u"firstId"_s, jsonOf(link.firstId)},
            {u"secondId"_s, jsonOf(link.secondId)}};
}

std::optional<QString> LinkUse::sourceId(const ServerLink &link) const
{
    return isReversed ? link.secondId : link.firstId;
}

std::optional<QString> LinkUse::targetId(const ServerLink &link) const
{
    return isReversed ? link.firstId : link.secondId;
}

Call<QList<ServerLink>> *readLinks(IdmClient &client, const QString &type, QObject *parent)
{
    return new ReadingLinks(client, ofType(type), parent);
}

Call<QList<ServerLink>> *readLinksOf(IdmClient &client, const QString &type, LinkEnd end,
                                     const QString &id, QObject *parent)
{
    const QString key = end == LinkEnd::First ? u"/firstId"_s : u"/secondId"_s;
    return new ReadingLinks(client, u"%1 and %2 eq %3"_s.arg(ofType(type), key, quotedInFilter(id)),
                            parent);
}

Call<ServerLink> *readLink(IdmClient &client, const QString &id, QObject *parent)
{
    return new ReadingLink(client, id, parent);
}

} // namespace hubkeeper
