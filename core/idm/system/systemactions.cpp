// SPDX-License-Identifier: MIT
#include "idm/system/systemactions.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// A reply, read as a value.
template <typename T, typename Read>
class Answer final : public Call<T>
{
public:
    Answer(IdmClient &client, const IdmRequest &request, Read read, QObject *parent)
        : Call<T>(parent)
    {
        this->then(client.send(request, this),
                   [this, read](const IdmReply &reply) { this->complete(read(reply.body)); });
    }
};

template <typename T, typename Read>
Call<T> *answerTo(IdmClient &client, const IdmRequest &request, Read read, QObject *parent)
{
    return new Answer<T, Read>(client, request, read, parent);
}

IdmRequest action(const QString &path, const QString &name, const QJsonObject &body)
{
    IdmRequest request;
    request.verb = Verb::Post;
    request.path = path;
    request.query.addQueryItem(u"_action"_s, name);
    request.body = body;
    return request;
}

Result<TestAnswer> oneFrom(const QJsonValue &body)
{
    return testAnswerFrom(body.toObject());
}

} // namespace

Call<QList<LoadedConnector>> *availableConnectors(IdmClient &client, QObject *parent)
{
    return answerTo<QList<LoadedConnector>>(
        client, action(u"system"_s, u"availableConnectors"_s, {}), &loadedConnectorsFrom, parent);
}

Call<QList<TestAnswer>> *testAll(IdmClient &client, QObject *parent)
{
    IdmRequest request = action(u"system"_s, u"test"_s, {});
    return answerTo<QList<TestAnswer>>(client, request, &testAnswersFrom, parent);
}

Call<TestAnswer> *testOne(IdmClient &client, const QString &name, QObject *parent)
{
    return answerTo<TestAnswer>(
        client, action(u"system"_s, u"test"_s, QJsonObject {{u"id"_s, name}}), &oneFrom, parent);
}

Call<TestAnswer> *testConfig(IdmClient &client, QJsonObject config, QObject *parent)
{
    config.remove("_id"_L1);
    config.remove("id"_L1);
    IdmRequest request = action(u"system"_s, u"testConfig"_s, config);
    request.bodyIsSecret = true;
    return answerTo<TestAnswer>(client, request, &oneFrom, parent);
}

} // namespace hubkeeper
