// SPDX-License-Identifier: MIT
#include "attributeinput.h"

#include "provisioner/text/jsontext.h"
#include "standardinput.h"

#include <QIODevice>
#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

constexpr qint64 largestInput = 16 << 20; // Bytes.

std::optional<QString> scalarText(const JsonText &json, int node)
{
    switch (json.node(node).kind) {
    case JsonKind::String:
        return json.stringOf(node);
    case JsonKind::Number: // As it was written: a double would lose digits.
    case JsonKind::Boolean:
        return QString::fromUtf8(json.rawOf(node));
    case JsonKind::Null:
        return u""_s;
    case JsonKind::Object:
    case JsonKind::Array:
    case JsonKind::Invalid:
        break;
    }
    return std::nullopt;
}

/// A list as HubSpot stores several values. The separator cannot be part of one.
std::optional<QString> joinedText(const JsonText &json, int list)
{
    QStringList texts;
    for (int item = json.node(list).firstChild; item != JsonText::none;
         item = json.node(item).next) {
        const auto text = scalarText(json, item);
        if (!text || text->isEmpty() || text->contains(u';'))
            return std::nullopt;
        texts.append(*text);
    }
    return texts.join(u';');
}

tl::unexpected<Error> notAnObject(const JsonText &json)
{
    if (json.faults().empty())
        return fail(ErrorKind::InvalidInput, u"Standard input holds JSON, but not an object."_s,
                    u"Pass {\"attribute\":\"value\",…}."_s);
    const SyntaxFault &fault = json.faults().front();
    const TextPosition place = json.positionOf(fault.at.begin);
    return fail(ErrorKind::InvalidInput,
                u"Standard input, line %1, column %2: %3"_s.arg(place.line)
                    .arg(place.column)
                    .arg(fault.message),
                u"Pass {\"attribute\":\"value\",…}."_s);
}

tl::unexpected<Error> invalid(const QString &name, const QString &what)
{
    auto error = fail(ErrorKind::InvalidInput, what, u"Nothing was sent."_s);
    error.value().fields = {{name, u"INVALID_VALUE"_s, what}};
    return error;
}

/// Adds the attribute, or puts it in the place of the one of its name.
void put(QList<GivenAttribute> &attributes, GivenAttribute attribute)
{
    for (GivenAttribute &known : attributes) {
        if (known.name == attribute.name) {
            known = std::move(attribute);
            return;
        }
    }
    attributes.append(std::move(attribute));
}

Result<void> readJson(const QByteArray &bytes, QList<GivenAttribute> &attributes)
{
    const JsonText json(bytes);
    if (!json.isValid() || json.node(json.root()).kind != JsonKind::Object)
        return notAnObject(json);
    for (int member = json.node(json.root()).firstChild; member != JsonText::none;
         member = json.node(member).next) {
        const QString name = json.keyOf(member);
        if (name == "_id"_L1 || name == "_rev"_L1)
            continue;
        const bool isTwice =
            std::any_of(attributes.cbegin(), attributes.cend(),
                        [&](const GivenAttribute &one) { return one.name == name; });
        if (isTwice)
            return invalid(name, u"The attribute %1 is given twice."_s.arg(name));
        attributes.append({name, json.valueOf(member),
                           json.node(member).kind == JsonKind::Array ? joinedText(json, member)
                                                                     : scalarText(json, member)});
    }
    return {};
}

} // namespace

Result<QList<GivenAttribute>> readAttributes(const std::vector<std::string> &settings,
                                             bool fromInput, QIODevice &input)
{
    QList<GivenAttribute> attributes;
    if (fromInput) {
        const auto bytes = readAllInput(input, largestInput);
        if (!bytes)
            return tl::unexpected(bytes.error());
        if (const auto read = readJson(*bytes, attributes); !read)
            return tl::unexpected(read.error());
    }
    for (const std::string &setting : settings) {
        const QString text = QString::fromStdString(setting);
        const qsizetype equals = text.indexOf(u'=');
        if (equals < 1) {
            return fail(ErrorKind::InvalidInput, u"\"%1\" is not a setting."_s.arg(text),
                        u"Use --set name=value; --set name= clears the value."_s);
        }
        put(attributes, {text.left(equals), text.mid(equals + 1), text.mid(equals + 1)});
    }
    if (attributes.isEmpty()) {
        return fail(ErrorKind::InvalidInput, u"There is nothing to write."_s,
                    u"Use --set name=value or --from-json."_s);
    }
    for (const GivenAttribute &attribute : std::as_const(attributes)) {
        if (!attribute.name.isValidUtf16() || (attribute.text && !attribute.text->isValidUtf16()))
            return invalid(attribute.name,
                           u"%1 holds half a character (a lone surrogate)."_s.arg(attribute.name));
    }
    return attributes;
}

QJsonObject jsonOf(const QList<GivenAttribute> &attributes)
{
    QJsonObject json;
    for (const GivenAttribute &attribute : attributes)
        json.insert(attribute.name, attribute.json);
    return json;
}

tl::unexpected<Error> noText(const GivenAttribute &attribute)
{
    return invalid(attribute.name,
                   attribute.json.isArray()
                       ? u"%1 is a list of values that a property cannot hold: nothing empty, no "
                         "semicolon and no list or object may be in it."_s.arg(attribute.name)
                       : u"%1 is an object, which a property cannot hold."_s.arg(attribute.name));
}

} // namespace hubkeeper::cli
