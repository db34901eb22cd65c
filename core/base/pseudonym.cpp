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

QJsonValue masked(const Pseudonyms &pseudonyms, const QString &name, const QJsonValue &value);

QJsonObject maskedObject(const Pseudonyms &pseudonyms, const QJsonObject &object)
{
    // A search names the property beside the value: {"propertyName": "email", "value": ...}.
    const QString filtered = object[u"propertyName"_s].toString();
    QJsonObject result;
    for (auto it = object.begin(); it != object.end(); ++it) {
        const bool isFilterValue = !filtered.isEmpty()
            && (it.key() == "value"_L1 || it.key() == "values"_L1 || it.key() == "highValue"_L1);
        result[it.key()] = masked(pseudonyms, isFilterValue ? filtered : it.key(), *it);
    }
    return result;
}

QJsonValue masked(const Pseudonyms &pseudonyms, const QString &name, const QJsonValue &value)
{
    if (value.isObject())
        return maskedObject(pseudonyms, value.toObject());
    if (value.isArray()) {
        QJsonArray result;
        const QJsonArray array = value.toArray();
        for (const QJsonValue &item : array)
            result.append(masked(pseudonyms, name, item));
        return result;
    }
    if (!value.isString())
        return value;
    return isPersonalProperty(name) ? pseudonyms.of(value.toString())
                                    : pseudonyms.inText(value.toString());
}

} // namespace

bool isPersonalProperty(const QString &name)
{
    static const QStringList all {
        u"address"_s,    u"annualrevenue"_s, u"city"_s,          u"date_of_birth"_s,
        u"email"_s,      u"fax"_s,           u"firstname"_s,     u"lastname"_s,
        u"full_name"_s,  u"jobtitle"_s,      u"mobilephone"_s,   u"phone"_s,
        u"salutation"_s, u"street"_s,        u"twitterhandle"_s, u"work_email"_s,
        u"zip"_s};
    const QString lower = name.toLower();
    return all.contains(lower) || lower.startsWith("hs_additional_emails"_L1)
        || lower.startsWith("hs_searchable_calculated"_L1)
        || lower.startsWith("hs_calculated_phone"_L1) || lower.startsWith("hs_full_name"_L1);
}

Pseudonyms::Pseudonyms()
    : m_key(freshKey())
{
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
    if (document.isObject())
        return QJsonDocument(maskedObject(*this, document.object())).toJson();
    if (document.isArray())
        return QJsonDocument(masked(*this, {}, document.array()).toArray()).toJson();
    return inText(QString::fromUtf8(json)).toUtf8();
}

} // namespace hubkeeper
