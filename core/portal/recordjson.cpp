// SPDX-License-Identifier: MIT
#include "portal/recordjson.h"

#include "portal/jsontext.h"
#include "portal/portaltext.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

namespace dom = simdjson::dom;

QString toText(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString textFrom(const dom::element &value)
{
    std::string_view text;
    if (!value.get(text))
        return toText(text);
    if (value.is_null())
        return {};
    return QString::fromStdString(
        simdjson::minify(value)); // Numbers, booleans, and the unexpected.
}

QHash<QString, QString> propertiesFrom(const dom::object &record)
{
    QHash<QString, QString> properties;
    dom::object members;
    if (record["properties"].get(members))
        return properties;
    properties.reserve(static_cast<qsizetype>(members.size()));
    for (const dom::key_value_pair member : members)
        properties.insert(toText(member.key), textFrom(member.value));
    return properties;
}

QHash<QString, QStringList> associationsFrom(const dom::object &record)
{
    QHash<QString, QStringList> byType;
    dom::object types;
    if (record["associations"].get(types))
        return byType;
    for (const dom::key_value_pair type : types) {
        dom::array results;
        if (type.value["results"].get(results))
            continue;
        QStringList &ids = byType[toText(type.key)];
        for (const dom::element entry : results) {
            dom::object link;
            if (entry.get(link))
                continue;
            const QString id = memberText(link, "id");
            if (!id.isEmpty() && !ids.contains(id)) // Once per label (hubspot-api 4.3).
                ids.append(id);
        }
    }
    return byType;
}

QStringList warningsFrom(const dom::object &record)
{
    QStringList sentences;
    dom::array warnings;
    if (record["warnings"].get(warnings))
        return sentences;
    for (const dom::element entry : warnings) {
        dom::object warning;
        if (entry.get(warning))
            continue;
        const QString message = memberText(warning, "message");
        sentences.append(message.isEmpty() ? memberText(warning, "category") : message);
    }
    return sentences;
}

/// The four digits after "\u" at `at`, or -1.
int escapedUnit(const QByteArray &json, qsizetype at)
{
    bool isHex = false;
    const int unit = at + 6 <= json.size() && json[at] == '\\' && json[at + 1] == 'u'
        ? json.mid(at + 2, 4).toInt(&isHex, 16)
        : 0;
    return isHex ? unit : -1;
}

/// `json` with U+FFFD in the place of escaped halves of surrogate pairs and of bytes that are not
/// UTF-8. Portals hold such texts, and one of them must not make a page unreadable.
QByteArray withReplacements(const QByteArray &json)
{
    QByteArray whole = QString::fromUtf8(json).toUtf8();
    for (qsizetype at = whole.indexOf('\\'); at >= 0; at = whole.indexOf('\\', at)) {
        const int unit = escapedUnit(whole, at);
        const bool isHigh = unit >= 0xD800 && unit < 0xDC00;
        const bool isLow = unit >= 0xDC00 && unit < 0xE000;
        const int after = isHigh ? escapedUnit(whole, at + 6) : -1;
        const bool isPair = isHigh && after >= 0xDC00 && after < 0xE000;
        if ((isHigh && !isPair) || isLow)
            whole.replace(at, 6, "\\uFFFD");
        at += isPair ? 12 : unit >= 0 ? 6 : 2; // Of another escape, the character as well.
    }
    return whole;
}

} // namespace

Result<dom::object> parseObject(dom::parser &parser, const QByteArray &json, const QString &what)
{
    dom::object object;
    auto error = parser.parse(json.constData(), static_cast<size_t>(json.size())).get(object);
    if (error == simdjson::STRING_ERROR || error == simdjson::UTF8_ERROR) {
        const QByteArray whole = withReplacements(json);
        error = parser.parse(whole.constData(), static_cast<size_t>(whole.size())).get(object);
    }
    if (!error)
        return object;
    return fail(ErrorKind::BadReply,
                PortalText::tr("The portal's reply for %1 is not the JSON it should be: %2.")
                    .arg(what, QString::fromUtf8(simdjson::error_message(error))));
}

QString memberText(const dom::object &json, std::string_view key)
{
    dom::element value;
    if (json[key].get(value) || value.is_object() || value.is_array())
        return {};
    return textFrom(value);
}

QStringList memberTexts(const dom::object &json, std::string_view key)
{
    QStringList texts;
    dom::array values;
    if (json[key].get(values))
        return texts;
    for (const dom::element value : values)
        texts.append(textFrom(value));
    return texts;
}

Result<Record> recordFrom(const dom::object &members)
{
    Record record;
    record.id = memberText(members, "id");
    if (record.id.isEmpty())
        return fail(ErrorKind::BadReply,
                    PortalText::tr("A record in the portal's reply has no ID."));
    record.properties = propertiesFrom(members);
    record.createdAt = instantOf(memberText(members, "createdAt"));
    record.updatedAt = instantOf(memberText(members, "updatedAt"));
    record.archived = memberText(members, "archived") == "true"_L1;
    record.url = memberText(members, "url");
    record.warnings = warningsFrom(members);
    record.associatedIds = associationsFrom(members);
    return record;
}

Result<QList<Record>> recordsFrom(const dom::object &reply)
{
    dom::array results;
    if (reply["results"].get(results))
        return fail(ErrorKind::BadReply,
                    PortalText::tr("The portal's reply for records has no list of "
                                   "results."));
    QList<Record> records;
    records.reserve(static_cast<qsizetype>(results.size()));
    for (const dom::element entry : results) {
        dom::object members;
        if (entry.get(members))
            return fail(ErrorKind::BadReply,
                        PortalText::tr("A record in the portal's reply is not an object."));
        auto record = recordFrom(members);
        if (!record)
            return tl::unexpected(record.error());
        records.append(std::move(*record));
    }
    return records;
}

} // namespace hubkeeper
