// SPDX-License-Identifier: MIT
#pragma once

#include "net/http.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QPointer>

#include <functional>
#include <map>

namespace hubkeeper::test {

/// As much of a portal as a run sees: batch read, create, update and archive, read by e-mail,
/// search. Records are kept per type name; `before` and `instead` bring in the faults.
class ScriptedPortal final : public HttpTransport
{
public:
    using Texts = QMap<QString, QString>;
    struct Stored
    {
        Texts texts;
        QDateTime createdAt;
        QDateTime updatedAt;
    };
    using Fault = std::function<std::optional<Result<HttpReply>>(const HttpRequest &)>;

    std::map<QString, std::map<QString, Stored>> records; ///< Type name, then id.
    QDateTime now = QDateTime::fromString(QStringLiteral("2026-11-23T10:00:00Z"), Qt::ISODate);
    std::vector<HttpRequest> sent;
    Fault before; ///< Answers instead; the request does nothing.
    Fault instead; ///< Answers instead; the request was carried out.
    bool silent = false; ///< Never answers what comes next.
    std::map<QString, QString> merged; ///< Ids that answer with another record.
    bool lowersEmails = true; ///< As HubSpot does (hubspot-api 4.5).

    void put(const QString &type, const QString &id, const Texts &texts)
    {
        records[type][id] = {texts, now.addDays(-1), now.addDays(-1)};
    }
    [[nodiscard]] QString text(const QString &type, const QString &id, const QString &property)
    {
        return records[type][id].texts.value(property);
    }
    /// Requests whose path ends so.
    [[nodiscard]] int count(const QString &end) const
    {
        return int(std::count_if(sent.begin(), sent.end(),
                                 [&](const auto &one) { return one.path.endsWith(end); }));
    }

    [[nodiscard]] QUrl base() const override
    {
        return QUrl(QStringLiteral("https://api.hubapi.com"));
    }
    [[nodiscard]] Call<HttpReply> *send(const HttpRequest &request, const Secret &,
                                        QObject *parent) override
    {
        sent.push_back(request);
        if (silent)
            return new Silence(parent);
        if (before) {
            if (auto answer = before(request))
                return new ReadyCall<HttpReply>(std::move(*answer), parent);
        }
        Result<HttpReply> reply = answer(request);
        if (instead) {
            if (auto other = instead(request))
                reply = std::move(*other);
        }
        if (reply)
            reply->headers.insert(
                "date",
                QLocale::c()
                    .toString(now, QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"))
                    .toLatin1());
        return new ReadyCall<HttpReply>(std::move(reply), parent);
    }

    [[nodiscard]] static HttpReply reply(int status, const QJsonObject &body = {})
    {
        return {status, {}, QJsonDocument(body).toJson(QJsonDocument::Compact)};
    }
    [[nodiscard]] static HttpReply refusal(int status, const QString &category,
                                           const QString &message, const QString &property = {})
    {
        QJsonObject body {{QStringLiteral("status"), QStringLiteral("error")},
                          {QStringLiteral("category"), category},
                          {QStringLiteral("message"), message}};
        if (!property.isEmpty()) {
            const QJsonObject context {{QStringLiteral("propertyName"), QJsonArray {property}}};
            body.insert(QStringLiteral("errors"),
                        QJsonArray {QJsonObject {{QStringLiteral("message"), message},
                                                 {QStringLiteral("code"), category},
                                                 {QStringLiteral("context"), context}}});
        }
        return reply(status, body);
    }

private:
    class Silence final : public Call<HttpReply>
    {
    public:
        using Call::Call;
    };

    [[nodiscard]] QJsonObject json(const QString &type, const QString &id)
    {
        const Stored &stored = records[type][id];
        QJsonObject properties;
        for (auto text = stored.texts.begin(); text != stored.texts.end(); ++text)
            properties.insert(text.key(), text.value());
        return {{QStringLiteral("id"), id},
                {QStringLiteral("properties"), properties},
                {QStringLiteral("createdAt"), stored.createdAt.toString(Qt::ISODateWithMs)},
                {QStringLiteral("updatedAt"), stored.updatedAt.toString(Qt::ISODateWithMs)}};
    }

    void write(Stored &stored, const QJsonObject &properties) const
    {
        for (auto text = properties.begin(); text != properties.end(); ++text) {
            const bool isEmail = text.key() == QStringLiteral("email");
            stored.texts[text.key()] = isEmail && lowersEmails ? text.value().toString().toLower()
                                                               : text.value().toString();
        }
        stored.updatedAt = now;
    }

    [[nodiscard]] Result<HttpReply> answer(const HttpRequest &request)
    {
        const QStringList path = request.path.split(u'/', Qt::SkipEmptyParts);
        const QString type = path.value(3);
        if (path.value(4) == QStringLiteral("search"))
            return found(type);
        if (path.value(4) != QStringLiteral("batch"))
            return byEmail(type, path.value(4));
        const QString verb = path.value(5);
        QJsonArray results;
        QJsonArray missing;
        const QJsonArray inputs =
            QJsonDocument::fromJson(request.body).object()[QStringLiteral("inputs")].toArray();
        for (const QJsonValue &value : inputs) {
            const QJsonObject input = value.toObject();
            QString id = input[QStringLiteral("id")].toString();
            if (verb == QStringLiteral("create")) {
                id = QString::number(1000 + qint64(records[type].size()));
                records[type][id] = {{}, now, now};
            }
            if (verb == QStringLiteral("read") && merged.count(id) > 0) {
                QJsonObject survivor = json(type, merged[id]);
                QJsonObject properties = survivor[QStringLiteral("properties")].toObject();
                properties.insert(QStringLiteral("hs_merged_object_ids"), id);
                survivor.insert(QStringLiteral("properties"), properties);
                results.append(survivor);
                continue;
            }
            if (records[type].count(id) == 0) {
                missing.append(id);
                continue;
            }
            if (verb == QStringLiteral("archive")) {
                records[type].erase(id);
                continue;
            }
            if (verb != QStringLiteral("read"))
                write(records[type][id], input[QStringLiteral("properties")].toObject());
            QJsonObject one = json(type, id);
            one.insert(QStringLiteral("objectWriteTraceId"),
                       input[QStringLiteral("objectWriteTraceId")]);
            results.append(one);
        }
        if (verb == QStringLiteral("archive"))
            return HttpReply {204, {}, {}};
        QJsonObject body {{QStringLiteral("results"), results}};
        if (!missing.isEmpty()) {
            const QJsonObject context {{QStringLiteral("ids"), missing}};
            body.insert(QStringLiteral("errors"),
                        QJsonArray {QJsonObject {
                            {QStringLiteral("category"), QStringLiteral("OBJECT_NOT_FOUND")},
                            {QStringLiteral("context"), context}}});
        }
        return reply(missing.isEmpty() ? 200 : 207, body);
    }

    [[nodiscard]] HttpReply byEmail(const QString &type, const QString &email)
    {
        for (const auto &[id, stored] : records[type]) {
            if (stored.texts.value(QStringLiteral("email")).compare(email, Qt::CaseInsensitive)
                == 0)
                return reply(200, json(type, id));
        }
        return refusal(404, QStringLiteral("OBJECT_NOT_FOUND"), QStringLiteral("not found"));
    }

    /// Everything: the caller has to look closely.
    [[nodiscard]] HttpReply found(const QString &type)
    {
        QJsonArray results;
        for (const auto &[id, stored] : records[type])
            results.append(json(type, id));
        return reply(
            200, {{QStringLiteral("total"), results.size()}, {QStringLiteral("results"), results}});
    }
};

} // namespace hubkeeper::test
