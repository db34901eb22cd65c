// SPDX-License-Identifier: MIT
#pragma once

#include "testkit/scriptedserver.h"
#include "testkit/servicekey.h"

#include <QDateTime>
#include <QSet>
#include <QUrlQuery>

namespace hubkeeper::test {

/// A tenant of the cloud, as far as a service account sees it: hands out tokens for assertions
/// whose signature and claims are right, and answers below /openidm whoever has a good token.
class AmStub
{
public:
    using Idm = std::function<WireAnswer(const WireRequest &)>;

    AmStub(ServiceKey key, QString account, Idm idm)
        : server([this](const WireRequest &request) { return answerTo(request); })
        , m_key(std::move(key))
        , m_account(std::move(account))
        , m_idm(std::move(idm))
    {
    }

    static WireAnswer json(const QByteArray &body, int status = 200)
    {
        WireAnswer answer;
        answer.status = status;
        answer.body = body;
        answer.headers = {{"Content-Type", "application/json"}};
        return answer;
    }

    /// Tokens that were handed out are refused from here on.
    void endTokens() { m_good.clear(); }

    int life = 899; ///< Seconds, of the tokens to come.
    QByteArray date; ///< The server's clock as its answers say it; empty: they do not.
    std::optional<WireAnswer> instead; ///< What the token endpoint answers in place of a token.
    QString fault; ///< What was wrong with the last assertion.
    QSet<QByteArray> handedOut;
    QString lastAudience;
    ScriptedServer server;

private:
    WireAnswer answerTo(const WireRequest &request)
    {
        if (request.target == "/am/oauth2/access_token") {
            WireAnswer answer = tokenAnswer(request);
            if (!date.isEmpty())
                answer.headers.append(std::pair<QByteArray, QByteArray>("Date", date));
            return answer;
        }
        const QByteArray token = request.headers.value("authorization").mid(7);
        if (!m_good.contains(token))
            return json(R"({"code":401,"reason":"Unauthorized","message":"Access Denied"})", 401);
        return m_idm(request);
    }

    WireAnswer tokenAnswer(const WireRequest &request)
    {
        using namespace Qt::StringLiterals;
        if (instead)
            return *instead;
        const QUrlQuery form(QString::fromLatin1(request.body));
        const auto field = [&](const QString &name) {
            return form.queryItemValue(name, QUrl::FullyDecoded);
        };
        fault = request.verb != "POST"                      ? u"not a POST"_s
            : field(u"client_id"_s) != "service-account"_L1 ? u"client_id"_s
            : field(u"grant_type"_s) != "urn:ietf:params:oauth:grant-type:jwt-bearer"_L1
            ? u"grant_type"_s
            : field(u"scope"_s) != "fr:idm:*"_L1 ? u"scope"_s
                                                 : faultIn(field(u"assertion"_s).toLatin1());
        if (!fault.isEmpty())
            return json(R"({"error":"invalid_grant","error_description":"JWT is not good"})", 400);
        const QByteArray token = "token-" + QByteArray::number(handedOut.size() + 1);
        handedOut.insert(token);
        m_good.insert(token);
        return json(R"({"access_token":")" + token
                    + R"(","scope":"fr:idm:*","token_type":"Bearer","expires_in":)"
                    + QByteArray::number(life) + '}');
    }

    QString faultIn(const QByteArray &assertion)
    {
        using namespace Qt::StringLiterals;
        const QList<QByteArray> parts = assertion.split('.');
        const auto decoded = [](const QByteArray &part) {
            return QByteArray::fromBase64(part, QByteArray::Base64UrlEncoding);
        };
        if (parts.size() != 3 || !m_key.verifies(parts[0] + '.' + parts[1], decoded(parts[2])))
            return u"signature"_s;
        const QJsonObject head = QJsonDocument::fromJson(decoded(parts[0])).object();
        const QJsonObject claims = QJsonDocument::fromJson(decoded(parts[1])).object();
        const qint64 left = claims["exp"_L1].toInteger() - QDateTime::currentSecsSinceEpoch();
        const QString id = claims["jti"_L1].toString();
        lastAudience = claims["aud"_L1].toString();
        const bool isNew = !id.isEmpty() && !m_ids.contains(id);
        m_ids.insert(id);
        return head["alg"_L1] != "RS256"_L1                                          ? u"alg"_s
            : claims["iss"_L1] != m_account || claims["sub"_L1] != m_account         ? u"iss, sub"_s
            : lastAudience != server.url().toString() + u"/am/oauth2/access_token"_s ? u"aud"_s
            : left <= 0 || left > 180                                                ? u"exp"_s
            : !isNew                                                                 ? u"jti"_s
                                                                                     : QString();
    }

    ServiceKey m_key;
    QString m_account;
    Idm m_idm;
    QSet<QByteArray> m_good;
    QSet<QString> m_ids;
};

} // namespace hubkeeper::test
