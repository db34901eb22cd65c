// SPDX-License-Identifier: MIT
#include "idm/reading/mappinglist.h"

#include "idm/idmtext.h"
#include "reconcile/values/exactjson.h"

#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

class MappingList final : public Call<QJsonArray>
{
public:
    MappingList(IdmClient &client, IdmProfile profile, QObject *parent)
        : Call(parent)
        , m_client(client)
    {
        if (profile == IdmProfile::Community)
            readSync();
        else
            readMerged();
    }

private:
    [[nodiscard]] Call<IdmReply> *get(const QString &path, const QUrlQuery &query = {})
    {
        IdmRequest request;
        request.path = path;
        request.query = query;
        request.keepsBytes = true;
        return m_client.send(request, this);
    }

    void finish(const QByteArray &body, QLatin1StringView key)
    {
        const auto exact = parseExactJson(body);
        const QJsonValue list = exact ? exact->toObject().value(key) : QJsonValue();
        if (!list.isArray())
            return complete(fail(ErrorKind::BadReply,
                                 IdmText::tr("The server's list of mappings cannot be read.")));
        complete(list.toArray());
    }

    void readSync()
    {
        always(get(u"config/sync"_s), [this](const Result<IdmReply> &reply) {
            if (reply)
                return finish(reply->bytes, "mappings"_L1);
            if (reply.error().kind == ErrorKind::NotFound)
                return complete(QJsonArray());
            complete(tl::unexpected(reply.error()));
        });
    }

    void readMerged()
    {
        const QUrlQuery all({{u"_queryFilter"_s, u"true"_s}});
        always(get(u"sync/mappings"_s, all), [this](const Result<IdmReply> &reply) {
            if (reply)
                return finish(reply->bytes, "result"_L1);
            const ErrorKind kind = reply.error().kind;
            if (kind == ErrorKind::NotFound || kind == ErrorKind::Rejected
                || reply.error().httpStatus == 501)
                return readSync(); // Of a version before it.
            complete(tl::unexpected(reply.error()));
        });
    }

    IdmClient &m_client;
};

} // namespace

Call<QJsonArray> *readMappingList(IdmClient &client, IdmProfile profile, QObject *parent)
{
    return new MappingList(client, profile, parent);
}

} // namespace hubkeeper
