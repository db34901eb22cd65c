// SPDX-License-Identifier: MIT
#include "requests/cliline.h"

#include "net/shellquote.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QUrl>
#include <QUrlQuery>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// A request as the templates of paths see it: /crm/v3/objects/contacts/512/...,
/// /crm/objects/2026-09/contacts/512.
struct ObjectCall
{
    QString objectClass; ///< "contact", "company".
    QString id; ///< Empty: the whole class.
    QString batch; ///< "create", "read", "update", "archive"; else empty.
};

QString wordOf(const QString &text)
{
    static const QRegularExpression plain(u"^[\\w./:@%+=-]+\\z"_s);
    return plain.match(text).hasMatch() ? text : shellQuoted(text);
}

std::optional<ObjectCall> objectCall(const QString &path)
{
    static const QRegularExpression pattern(
        u"/objects(?:/\\d{4}-\\d{2})?/(contacts|companies)"
        "(?:/batch/(create|read|update|archive)|/([^/]+))?\\z"_s);
    const auto match = pattern.match(path);
    if (!match.hasMatch() || match.captured(3) == "search"_L1 || match.captured(3) == "merge"_L1)
        return std::nullopt;
    return ObjectCall {match.captured(1) == "contacts"_L1 ? u"contact"_s : u"company"_s,
                       match.captured(3), match.captured(2)};
}

QString command(const QString &verb, const QString &provisioner, const QStringList &words)
{
    QString line = u"hubkeeper-cli %1 %2"_s.arg(verb, wordOf(provisioner));
    for (const QString &word : words)
        line += u' ' + wordOf(word);
    return line;
}

// Null clears a value as an empty text does (hubspot-api 4).
QStringList settings(const QJsonObject &properties)
{
    QStringList words;
    for (auto it = properties.begin(); it != properties.end(); ++it)
        words << u"--set"_s << it.key() + u'=' + it->toVariant().toString();
    return words;
}

/// One record of a write, or all that is asked of it.
std::optional<QString> lineFor(const QString &verb, const QString &objectClass,
                               const QJsonObject &input, const QString &provisioner)
{
    QStringList words {objectClass};
    if (verb != "create"_L1) {
        if (input.contains("idProperty"_L1) || !input[u"id"_s].isString())
            return std::nullopt;
        words << input[u"id"_s].toString();
    }
    if (verb == "create"_L1 || verb == "update"_L1) {
        const QJsonObject properties = input[u"properties"_s].toObject();
        if (properties.isEmpty() || input.contains("associations"_L1))
            return std::nullopt;
        words << settings(properties);
    }
    return command(verb, provisioner, words);
}

QString verbOf(const TrafficRecord &record, const ObjectCall &call)
{
    if (call.batch == "archive"_L1 || record.verb == Verb::Delete)
        return u"delete"_s;
    if (call.batch == "read"_L1)
        return u"get"_s;
    if (!call.batch.isEmpty())
        return call.batch;
    return record.verb == Verb::Patch ? u"update"_s : u"create"_s;
}

std::optional<QString> batchLines(const QString &verb, const ObjectCall &call,
                                  const QJsonObject &body, const QString &provisioner)
{
    if (body.contains("idProperty"_L1))
        return std::nullopt;
    QStringList lines;
    const QJsonArray inputs = body[u"inputs"_s].toArray();
    for (const auto &input : inputs) {
        const auto line = lineFor(verb, call.objectClass, input.toObject(), provisioner);
        if (!line)
            return std::nullopt;
        lines << *line;
    }
    return lines.isEmpty() ? std::nullopt : std::optional(lines.join(u'\n'));
}

std::optional<QString> writeLine(const TrafficRecord &record, const ObjectCall &call,
                                 const QString &provisioner, bool values)
{
    const QString verb = verbOf(record, call);
    if (record.verb == Verb::Delete)
        return command(verb, provisioner, {call.objectClass, call.id});
    if ((verb == "create"_L1 || verb == "update"_L1) && !values)
        return std::nullopt;
    QJsonObject body = QJsonDocument::fromJson(record.requestBody).object();
    if (!call.batch.isEmpty())
        return batchLines(verb, call, body, provisioner);
    if (verb == "update"_L1)
        body.insert(u"id"_s, call.id);
    return lineFor(verb, call.objectClass, body, provisioner);
}

/// The first page as the request asked for it. A later one begins where no verb can be said to.
std::optional<QString> listLine(const QUrl &url, const QString &objectClass,
                                const QString &provisioner)
{
    const QUrlQuery query(url);
    if (!query.queryItemValue(u"after"_s).isEmpty())
        return std::nullopt;
    QStringList words {objectClass};
    if (const QString limit = query.queryItemValue(u"limit"_s); !limit.isEmpty())
        words << u"--page-size"_s << limit;
    const QString fields = query.queryItemValue(u"properties"_s, QUrl::FullyDecoded);
    if (!fields.isEmpty())
        words << u"--fields"_s << fields;
    return command(u"search"_s, provisioner, words);
}

std::optional<QString> readLine(const QUrl &url, const QString &provisioner)
{
    const QString path = url.path();
    static const QRegularExpression owner(u"/owners(?:/\\d{4}-\\d{2})?/(\\d+)\\z"_s);
    static const QRegularExpression owners(u"/owners(?:/\\d{4}-\\d{2})?/?\\z"_s);
    static const QRegularExpression properties(
        u"/properties(?:/\\d{4}-\\d{2})?/(contacts|companies)\\z"_s);
    if (const auto call = objectCall(path); call && call->batch.isEmpty()) {
        return call->id.isEmpty() ? listLine(url, call->objectClass, provisioner)
                                  : command(u"get"_s, provisioner, {call->objectClass, call->id});
    }
    if (const auto match = owner.match(path); match.hasMatch())
        return command(u"get"_s, provisioner, {u"owner"_s, match.captured(1)});
    if (owners.match(path).hasMatch())
        return command(u"search"_s, provisioner, {u"owner"_s});
    if (properties.match(path).hasMatch())
        return command(u"schema"_s, provisioner, {u"--live"_s});
    return std::nullopt;
}

/// Whether the records of a call are named as the verbs name them: by id, one or a batch.
bool hasRecords(const TrafficRecord &record, const ObjectCall &call)
{
    if (QUrl(record.url).query().contains("idProperty"_L1))
        return false;
    return record.verb == Verb::Post ? call.id.isEmpty()
                                     : !call.id.isEmpty() && call.batch.isEmpty();
}

} // namespace

std::optional<QString> cliLine(const TrafficRecord &record, const QString &provisionerPath,
                               bool values)
{
    const QString path = QUrl(record.url).path();
    if (record.verb == Verb::Get)
        return readLine(QUrl(record.url), provisionerPath);
    const auto call = objectCall(path);
    return call && hasRecords(record, *call) ? writeLine(record, *call, provisionerPath, values)
                                             : std::nullopt;
}

} // namespace hubkeeper
