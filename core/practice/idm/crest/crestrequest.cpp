// SPDX-License-Identifier: MIT
#include "practice/idm/crest/crestrequest.h"

#include "filter/crestparser.h"
#include "practice/state/apicall.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

CrestReply badRequest(const QString &message)
{
    return crestError(400, message);
}

CrestReply preconditionFailed(const QString &message)
{
    return crestError(412, message);
}

CrestReply unreadableParameter(const QString &name, const QString &value, const QString &type)
{
    return badRequest(u"The value '%1' for parameter '%2' could not be parsed as a valid %3"_s.arg(
        value, name, type));
}

/// "protocol=2.1,resource=1.0"; major protocol versions 1 and 2 are known, up to 2.1.
CrestOutcome<int> protocolOf(const QByteArray &header)
{
    if (header.isEmpty())
        return 2;
    int protocol = 2;
    const QString text = QString::fromLatin1(header).trimmed();
    for (const QString &part : text.split(u',')) {
        const QString name = part.section(u'=', 0, 0).trimmed();
        const QString version = part.section(u'=', 1).trimmed();
        bool isNumber = false;
        const int major = version.section(u'.', 0, 0).toInt(&isNumber);
        if (!isNumber || (name != "protocol"_L1 && name != "resource"_L1))
            return refuse(badRequest(u"Version string is in an invalid format: %1"_s.arg(text)));
        if (name != "protocol"_L1)
            continue;
        if (major > 2)
            return refuse(badRequest(u"Unsupported major version: %1"_s.arg(version)));
        if ((major == 2 && version.section(u'.', 1).toInt() > 1)
            || (major == 1 && version.section(u'.', 1).toInt() > 0))
            return refuse(badRequest(u"Unsupported minor version: %1"_s.arg(version)));
        protocol = major;
    }
    return protocol;
}

QString unquoted(const QByteArray &header)
{
    QString text = QString::fromLatin1(header).trimmed();
    if (text.size() >= 2 && text.startsWith(u'"') && text.endsWith(u'"'))
        text = text.mid(1, text.size() - 2);
    return text;
}

QStringList pointerOf(const QString &text)
{
    QStringList steps;
    for (const QString &step : text.split(u'/', Qt::SkipEmptyParts))
        steps.append(QString::fromUtf8(QByteArray::fromPercentEncoding(step.toUtf8())));
    return steps;
}

CrestOutcome<void> readSortKeys(CrestQuery &query, const QString &value)
{
    for (const QString &key : value.split(u',', Qt::SkipEmptyParts)) {
        const bool isSigned = key.startsWith(u'+') || key.startsWith(u'-');
        // A plus in a query is a blank unless it is encoded.
        const QString name = isSigned ? key.mid(1) : key.trimmed();
        query.sortKeys.append({pointerOf(name), !key.startsWith(u'-')});
    }
    return {};
}

CrestOutcome<int> integer(const QString &name, const QString &value)
{
    bool isNumber = false;
    const int number = value.toInt(&isNumber);
    if (!isNumber)
        return refuse(unreadableParameter(name, value, u"integer"_s));
    return number;
}

/// One parameter of paging or of what is shown; false if it is none.
CrestOutcome<bool> readShown(CrestQuery &query, const QString &name, const QString &value)
{
    if (name == "_fields"_L1) {
        query.fields += value.split(u',', Qt::SkipEmptyParts);
    } else if (name == "_sortKeys"_L1) {
        if (auto read = readSortKeys(query, value); !read)
            return refuse(read.error());
    } else if (name == "_pageSize"_L1) {
        auto size = integer(name, value);
        if (!size)
            return refuse(size.error());
        query.pageSize = *size;
    } else if (name == "_pagedResultsOffset"_L1) {
        auto offset = integer(name, value);
        if (!offset)
            return refuse(offset.error());
        query.offset = *offset;
    } else if (name == "_pagedResultsCookie"_L1) {
        query.cookie = value;
    } else if (name == "_totalPagedResultsPolicy"_L1) {
        if (!QStringList {u"NONE"_s, u"ESTIMATE"_s, u"EXACT"_s}.contains(value.toUpper()))
            return refuse(unreadableParameter(name, value, u"count policy"_s));
        query.wantsTotal = value.toUpper() != "NONE"_L1;
    } else if (name != "_prettyPrint"_L1) {
        return false;
    }
    return true;
}

struct RawParameters
{
    CrestRequest request;
    int queries = 0; // Of _queryFilter, _queryId, _queryExpression.
    bool isExpression = false;
    bool hasAction = false;
    bool hasCookie = false;
    bool hasOffset = false;
};

CrestOutcome<void> readParameter(RawParameters &raw, const QString &name, const QString &value)
{
    CrestQuery &query = raw.request.query;
    if (!name.startsWith(u'_')) {
        raw.request.parameters.emplaceBack(name, value);
        return {};
    }
    raw.hasCookie |= name == "_pagedResultsCookie"_L1;
    raw.hasOffset |= name == "_pagedResultsOffset"_L1;
    auto shown = readShown(query, name, value);
    if (!shown)
        return refuse(shown.error());
    if (*shown)
        return {};
    if (name == "_action"_L1) {
        raw.hasAction = true;
        raw.request.action = value;
    } else if (name == "_queryId"_L1) {
        ++raw.queries;
        query.queryId = value;
    } else if (name == "_queryExpression"_L1) {
        ++raw.queries;
        raw.isExpression = true;
    } else if (name == "_queryFilter"_L1) {
        ++raw.queries;
        auto filter = parseCrestFilter(value);
        if (!filter)
            return refuse(unreadableParameter(name, value, u"query filter"_s));
        query.filter = *filter;
    } else {
        return refuse(badRequest(u"Unrecognized request parameter '%1'"_s.arg(name)));
    }
    return {};
}

CrestOutcome<RawParameters> readParameters(const QByteArray &text)
{
    RawParameters raw;
    const auto fields = decodedFields(text);
    for (const auto &[name, value] : fields) {
        if (auto read = readParameter(raw, name, value); !read)
            return refuse(read.error());
    }
    if (raw.queries > 1)
        return refuse(badRequest(u"The parameters _queryId, _queryFilter and _queryExpression are "
                                 "mutually exclusive"_s));
    if (raw.hasCookie && raw.hasOffset)
        return refuse(badRequest(u"The parameters _pagedResultsOffset and _pagedResultsCookie are "
                                 "mutually exclusive"_s));
    if (raw.isExpression) // OpenIDM 6.3.0 was seen to refuse the administrator, too.
        return refuse(crestError(403, u"Access denied"_s));
    return raw;
}

/// What a JSON reader of Java says of text that ends too early; the place is ours.
QJsonValue detailOf(const QJsonParseError &error)
{
    return u"%1\n at [Source: (org.forgerock.http.io.BranchingStreamWrapper); line: 1, column: %2]"_s
        .arg(error.errorString())
        .arg(error.offset + 1);
}

CrestOutcome<QJsonValue> readContent(const Received &request)
{
    const QByteArray type = request.header("content-type");
    if (!type.isEmpty() && !type.startsWith("application/json") && !type.startsWith("multipart/"))
        return refuse(
            badRequest(u"The request could not be processed because it specified the "
                       "content-type '%1' when only the content-type 'application/json' "
                       "and 'multipart/form-data' are supported"_s.arg(QString::fromLatin1(type))));
    if (request.body.trimmed().isEmpty() || request.body.trimmed() == "null")
        return QJsonValue(QJsonValue::Undefined);
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(request.body, &error);
    if (error.error != QJsonParseError::NoError)
        return refuse(crestError(
            400,
            u"The request could not be processed because the provided content is not valid JSON"_s,
            detailOf(error)));
    return document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
}

CrestOutcome<void> needObject(const QJsonValue &content)
{
    if (content.isObject())
        return {};
    return refuse(badRequest(u"The request could not be processed because the provided content is "
                             "not a JSON object"_s));
}

bool isPatchWord(const QString &operation)
{
    static const QStringList words {u"add"_s,  u"remove"_s, u"replace"_s,  u"increment"_s,
                                    u"move"_s, u"copy"_s,   u"transform"_s};
    return words.contains(operation);
}

CrestOutcome<void> checkOperations(const QJsonValue &content)
{
    if (!content.isArray())
        return refuse(badRequest(u"The request could not be processed because the provided content "
                                 "is not a JSON array of patch operations"_s));
    const QJsonArray operations = content.toArray();
    for (const QJsonValue &operation : operations) {
        const QString word = operation["operation"_L1].toString();
        if (!isPatchWord(word))
            return refuse(badRequest(u"The request could not be processed because the provided "
                                     "content is not a valid JSON patch: Invalid patch operation "
                                     "type %1"_s.arg(word)));
        if (!operation["field"_L1].isString())
            return refuse(badRequest(u"The request could not be processed because the provided "
                                     "content is not a valid JSON patch: /field: Expecting a "
                                     "value"_s));
    }
    return {};
}

/// The headers a method takes (idm-rest 1.2).
struct Preconditions
{
    QString match; ///< If-Match; empty without.
    QString noneMatch;
};

CrestOutcome<void> readGet(RawParameters &raw, const Preconditions &conditions)
{
    CrestRequest &request = raw.request;
    if (!conditions.match.isEmpty())
        return refuse(preconditionFailed(u"If-Match not supported for GET requests"_s));
    if (raw.hasAction)
        return refuse(badRequest(u"Unrecognized request parameter '_action'"_s));
    if (raw.queries > 0) {
        if (!conditions.noneMatch.isEmpty())
            return refuse(preconditionFailed(u"If-None-Match not supported for query requests"_s));
        request.verb = CrestVerb::Query;
        return {};
    }
    if (conditions.noneMatch == "*"_L1)
        return refuse(preconditionFailed(u"If-None-Match * not appropriate for GET requests"_s));
    request.verb = CrestVerb::Read;
    request.revision = conditions.noneMatch;
    request.ifRevisionChanged = !conditions.noneMatch.isEmpty();
    return {};
}

CrestOutcome<void> readPost(RawParameters &raw, const Preconditions &conditions)
{
    CrestRequest &request = raw.request;
    if (!raw.hasAction && request.protocol < 2)
        return refuse(badRequest(u"Missing required parameter: _action"_s));
    if (!conditions.match.isEmpty())
        return refuse(preconditionFailed(u"Use of If-Match not supported for action requests"_s));
    if (!raw.hasAction || request.action == "create"_L1) {
        request.verb = CrestVerb::Create;
        return needObject(request.content);
    }
    if (!conditions.noneMatch.isEmpty())
        return refuse(
            preconditionFailed(u"Use of If-None-Match not supported for action requests"_s));
    request.verb = CrestVerb::Action;
    return {};
}

CrestOutcome<void> readPut(RawParameters &raw, const Preconditions &conditions)
{
    CrestRequest &request = raw.request;
    if (!conditions.match.isEmpty() && !conditions.noneMatch.isEmpty())
        return refuse(preconditionFailed(
            u"Simultaneous use of If-Match and If-None-Match not supported for PUT requests"_s));
    if (auto object = needObject(request.content); !object)
        return object;
    if (!conditions.noneMatch.isEmpty() && conditions.noneMatch != "*"_L1)
        return refuse(badRequest(u"\"If-None-Match\" header value must be \"*\""_s));
    request.revision = conditions.match;
    request.isUpsert = conditions.match.isEmpty() && conditions.noneMatch.isEmpty();
    request.verb = conditions.noneMatch.isEmpty() ? CrestVerb::Update : CrestVerb::Create;
    return {};
}

CrestOutcome<void> readMethod(RawParameters &raw, const QByteArray &method,
                              const Preconditions &conditions)
{
    CrestRequest &request = raw.request;
    if (method == "GET")
        return readGet(raw, conditions);
    if (method == "POST")
        return readPost(raw, conditions);
    if (method == "PUT")
        return readPut(raw, conditions);
    if (method != "PATCH" && method != "DELETE")
        return refuse(crestReply(QJsonValue::Undefined, 501));
    if (!conditions.noneMatch.isEmpty())
        return refuse(
            preconditionFailed(u"Use of If-None-Match not supported for %1 requests"_s.arg(
                QString::fromLatin1(method))));
    request.revision = conditions.match;
    request.verb = method == "PATCH" ? CrestVerb::Patch : CrestVerb::Delete;
    return method == "PATCH" ? checkOperations(request.content) : CrestOutcome<void>();
}

} // namespace

QString CrestRequest::parameter(QLatin1StringView name) const
{
    for (const auto &[key, value] : parameters) {
        if (key == name)
            return value;
    }
    return {};
}

CrestOutcome<CrestRequest> readCrestRequest(const Received &received, const QByteArray &context)
{
    auto protocol = protocolOf(received.header("accept-api-version"));
    if (!protocol)
        return refuse(protocol.error());
    if (!received.header("if-modified-since").isEmpty())
        return refuse(crestError(409, u"Header If-Modified-Since not supported"_s));
    auto raw = readParameters(received.query);
    if (!raw)
        return refuse(raw.error());
    CrestRequest &request = raw->request;
    request.protocol = *protocol;
    for (const QByteArray &segment : received.path.mid(context.size()).split('/')) {
        if (!segment.isEmpty())
            request.path.append(QString::fromUtf8(QByteArray::fromPercentEncoding(segment)));
    }
    const QByteArray over = received.header("x-http-method-override");
    const QByteArray method = over.isEmpty() ? received.method : over;
    if (method != "GET") {
        auto content = readContent(received);
        if (!content)
            return refuse(content.error());
        request.content = *content;
    }
    const Preconditions conditions {unquoted(received.header("if-match")),
                                    unquoted(received.header("if-none-match"))};
    if (auto read = readMethod(*raw, method, conditions); !read)
        return refuse(read.error());
    if (received.method == "PUT" && !request.path.isEmpty())
        request.newId = request.path.last();
    return request;
}

} // namespace hubkeeper::practice
