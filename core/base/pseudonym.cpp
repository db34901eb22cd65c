// SPDX-License-Identifier: MIT
#include "base/pseudonym.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMessageAuthenticationCode>
#include <QRandomGenerator>
#include <QRegularExpression>

#include <array>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

const QRegularExpression &address()
{
    static const QRegularExpression all(
        uR"([\p{L}\p{N}._+-]+(?:@|%40)[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+)"_s,
        QRegularExpression::UseUnicodePropertiesOption);
    return all;
}

QByteArray freshKey()
{
    std::array<quint32, 8> words {};
    QRandomGenerator::system()->fillRange(words.data(), words.size());
    return {reinterpret_cast<const char *>(words.data()), sizeof words};
}

bool isId(const QString &name, const QString &text)
{
    static const QStringList ids {u"id"_s, u"_id"_s, u"__uid__"_s, u"hs_object_id"_s, u"vid"_s};
    static const QRegularExpression digits(u"^[0-9]+\\z"_s);
    return ids.contains(name.toLower()) && digits.match(text).hasMatch();
}

} // namespace

/// Walks through JSON and hides what is personal in it.
class JsonMask
{
public:
    explicit JsonMask(const Pseudonyms &pseudonyms)
        : m_pseudonyms(pseudonyms)
    {
    }

    /// `ofRecord`: the value is one of a record's, and `name` its property.
    [[nodiscard]] QJsonValue value(const QString &name, const QJsonValue &value,
                                   bool ofRecord) const;

private:
    [[nodiscard]] QJsonObject object(const QString &name, const QJsonObject &object,
                                     bool ofRecord) const;
    [[nodiscard]] QString text(const QString &name, const QString &text, bool ofRecord) const;

    const Pseudonyms &m_pseudonyms;
};

QString JsonMask::text(const QString &name, const QString &text, bool ofRecord) const
{
    if (isPersonalProperty(name))
        return m_pseudonyms.of(text);
    if (!ofRecord || !m_pseudonyms.m_mayShow || isId(name, text)
        || m_pseudonyms.m_mayShow(name, text))
        return m_pseudonyms.inText(text);
    return m_pseudonyms.of(text);
}

QJsonValue JsonMask::value(const QString &name, const QJsonValue &value, bool ofRecord) const
{
    if (value.isObject())
        return object(name, value.toObject(), ofRecord);
    if (value.isArray()) {
        QJsonArray result;
        const QJsonArray array = value.toArray();
        for (const QJsonValue &item : array)
            result.append(this->value(name, item, ofRecord));
        return result;
    }
    if (value.isDouble() && isPersonalProperty(name))
        return m_pseudonyms.of(value.toVariant().toString());
    return value.isString() ? text(name, value.toString(), ofRecord) : value;
}

QJsonObject JsonMask::object(const QString &name, const QJsonObject &object, bool ofRecord) const
{
    // A search names the property beside the value: {"propertyName": "email", "value": ...}; an
    // entry of a property's history is below its name: "email": [{"value": ...}].
    const QString named = object[u"propertyName"_s].toString();
    const bool isFilter = !named.isEmpty();
    QJsonObject result;
    for (auto it = object.begin(); it != object.end(); ++it) {
        const QString &key = it.key();
        const bool isValue = key == "value"_L1 || key == "values"_L1 || key == "highValue"_L1;
        if (isValue && isFilter)
            result[key] = value(named, *it, true);
        else if (isValue && ofRecord)
            result[key] = value(name, *it, true);
        else if (key == "query"_L1 && it->isString())
            result[key] = m_pseudonyms.of(it->toString()); // The words of a search.
        else if (key == "properties"_L1 || key == "propertiesWithHistory"_L1)
            result[key] = value(key, *it, ofRecord || it->isObject());
        else
            result[key] = value(key, *it, ofRecord);
    }
    return result;
}

bool isPersonalProperty(const QString &name)
{
    static const QStringList all {u"address"_s,       u"annualrevenue"_s,
                                  u"city"_s,          u"date_of_birth"_s,
                                  u"email"_s,         u"fax"_s,
                                  u"firstname"_s,     u"gender"_s,
                                  u"lastname"_s,      u"full_name"_s,
                                  u"jobtitle"_s,      u"marital_status"_s,
                                  u"mobilephone"_s,   u"phone"_s,
                                  u"salutation"_s,    u"street"_s,
                                  u"work_email"_s,    u"relationship_status"_s,
                                  u"twitterhandle"_s, u"zip"_s};
    const QString lower = name.toLower();
    return all.contains(lower) || lower.startsWith("ip_"_L1)
        || lower.startsWith("hs_additional_emails"_L1) || lower.startsWith("hs_latitude"_L1)
        || lower.startsWith("hs_longitude"_L1) || lower.startsWith("hs_searchable_calculated"_L1)
        || lower.startsWith("hs_calculated_phone"_L1) || lower.startsWith("hs_full_name"_L1);
}

Pseudonyms::Pseudonyms()
    : m_key(freshKey())
{
}

void Pseudonyms::showOnly(MayShow mayShow)
{
    m_mayShow = std::move(mayShow);
}

QString Pseudonyms::of(const QString &value) const
{
    const QString plain = value.trimmed().toLower();
    if (plain.isEmpty())
        return value;
    const QByteArray code =
        QMessageAuthenticationCode::hash(plain.toUtf8(), m_key, QCryptographicHash::Sha256)
            .toHex()
            .left(8);
    const QString name = QString::fromLatin1(code);
    return address().match(plain).hasMatch() ? u"person-%1@masked.example"_s.arg(name)
                                             : u"masked-%1"_s.arg(name);
}

QString Pseudonyms::inText(QString text) const
{
    auto matches = address().globalMatch(text);
    QList<QRegularExpressionMatch> all;
    while (matches.hasNext())
        all.prepend(matches.next()); // From the end, so that places stay good.
    for (const QRegularExpressionMatch &match : std::as_const(all)) {
        const QString found = match.captured();
        if (holdsPseudonym(found))
            continue;
        const bool isEncoded = found.contains("%40"_L1);
        QString pseudonym = of(QString(found).replace(u"%40"_s, u"@"_s));
        if (isEncoded)
            pseudonym.replace(u"@"_s, u"%40"_s);
        text.replace(match.capturedStart(), match.capturedLength(), pseudonym);
    }
    return text;
}

QByteArray Pseudonyms::inJson(const QByteArray &json) const
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    const JsonMask mask(*this);
    if (document.isObject())
        return QJsonDocument(mask.value({}, document.object(), false).toObject()).toJson();
    if (document.isArray())
        return QJsonDocument(mask.value({}, document.array(), false).toArray()).toJson();
    const QByteArray start = json.trimmed().left(1);
    if (start == "{" || start == "[")
        return "(hidden: JSON that is cut cannot be masked)";
    return inText(QString::fromUtf8(json)).toUtf8();
}

QJsonValue Pseudonyms::inRecordJson(const QJsonValue &json) const
{
    return JsonMask(*this).value({}, json, true);
}

bool holdsPseudonym(const QString &text)
{
    static const QRegularExpression ours(
        u"\\bperson-[0-9a-f]{8}(?:@|%40)masked\\.example\\b|\\bmasked-[0-9a-f]{8}\\b"_s);
    return text.contains("masked"_L1) && ours.match(text).hasMatch();
}

} // namespace hubkeeper
