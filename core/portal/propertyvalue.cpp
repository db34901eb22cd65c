// SPDX-License-Identifier: MIT
#include "base/pseudonym.h"
#include "base/qtcompat.h"
#include "portal/jsontext.h"
#include "portal/portaltext.h"
#include "portal/samevalue.h"

#include <QRegularExpression>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr qsizetype longestText = 65'536; // hubspot-api 7.3

bool isPlainDecimal(const QString &text)
{
    static const QRegularExpression pattern(uR"(\A[+-]?(\d+(\.\d*)?|\.\d+)\z)"_s);
    return pattern.match(text).hasMatch();
}

bool isInstant(const QString &text)
{
    static const QRegularExpression zoned(
        uR"(\A\d{4}-\d\d-\d\dT\d\d:\d\d.*(Z|[+-]\d\d:?\d\d)\z)"_s);
    bool isNumber = false;
    (void)text.toLongLong(&isNumber);
    return isNumber || (zoned.match(text).hasMatch() && instantOf(text).isValid());
}

bool isEmail(const QString &text)
{
    static const QRegularExpression pattern(
        uR"(\A[^\s@<>(),;:\\"\[\]]+@[^\s@.<>(),;:\\"\[\]]+(\.[^\s@.<>(),;:\\"\[\]]+)+\z)"_s);
    return pattern.match(text).hasMatch();
}

bool isOption(const PropertyDefinition &property, const QString &value)
{
    return std::any_of(property.options.cbegin(), property.options.cend(),
                       [&](const PropertyOption &option) { return option.value == value; });
}

/// How HubSpot names what people add to its lists: owners, teams, stages.
bool isAssignedId(const QString &value)
{
    static const QRegularExpression digits(u"\\A[0-9]+\\z"_s);
    return digits.match(value).hasMatch();
}

QString refusalOfOption(const PropertyDefinition &property, const QString &text)
{
    const bool isOwner = property.referencedObjectType == "OWNER"_L1;
    if (property.options.isEmpty() && !isOwner)
        return {};
    // A leading ';' appends to the stored set (hubspot-api 4.6), so empty parts are skipped.
    const QStringList values =
        property.isMultiValued() ? text.split(u';', Qt::SkipEmptyParts) : QStringList {text};
    for (const QString &value : values) {
        // A list kept elsewhere may be sent in part; what it lacks is an id, never a label.
        const bool mayBeElsewhere = (property.externalOptions || isOwner) && isAssignedId(value);
        if (isOption(property, value) || mayBeElsewhere)
            continue;
        return isOwner ? PortalText::tr("“%1” is not the ID of an owner.").arg(value.left(80))
                       : PortalText::tr("“%1” is not one of the options of %2.")
                             .arg(value.left(80), property.name);
    }
    return {};
}

/// A company's domain is a bare host: HubSpot compares it as it stands, and finds nobody by an
/// address with a scheme or a path.
QString refusalOfDomain(const QString &text)
{
    static const QRegularExpression bare(uR"(\A[^\s/:@?#]+\z)"_s);
    if (bare.match(text).hasMatch())
        return {};
    // Of a line of a file there may be more than is seen: blanks, a carriage return.
    static const QRegularExpression unseen(uR"([\x00-\x1f\x7f]|\A\s+|\s+\z)"_s);
    QString host = QUrl::fromUserInput(QString(text).remove(unseen)).host().toLower();
    if (host.startsWith("www."_L1))
        host.remove(0, 4);
    const QString what = PortalText::tr("“%1” is not a bare domain").arg(text.left(80));
    const bool isHost = host.contains(u'.') && bare.match(host).hasMatch();
    return isHost ? what + PortalText::tr("; write %1.").arg(host) : what + u'.';
}

QString refusalOfText(const PropertyDefinition &property, const QString &text)
{
    if (text.size() > longestText)
        return PortalText::tr("%1 takes at most 65,536 characters.").arg(property.name);
    if (property.name == "domain"_L1 && property.hubspotDefined)
        return refusalOfDomain(text);
    const bool wantsEmail =
        property.name == "email"_L1 || property.json["textDisplayHint"_L1].toString() == "email"_L1;
    if (wantsEmail && !isEmail(text))
        return PortalText::tr("“%1” is not an e-mail address.").arg(text.left(80));
    return {};
}

} // namespace

namespace {

QString refusalOfInstant(const PropertyDefinition &property, const QString &text)
{
    // In milliseconds before March 1973, in seconds until the year 5138.
    constexpr qint64 leastLikely = 100'000'000'000;
    if (!isInstant(text))
        return PortalText::tr("%1 takes an instant with zone such as 2026-11-23T10:00:00Z.")
            .arg(property.name);
    bool isNumber = false;
    const qint64 number = text.toLongLong(&isNumber);
    if (!isNumber || number == 0 || number <= -leastLikely || number >= leastLikely)
        return {};
    const auto shown = [](qint64 ms) {
        return QDateTime::fromMSecsSinceEpoch(ms, utc).toString(Qt::ISODate);
    };
    return PortalText::tr(
               "%1 takes milliseconds, in which %2 is %3. If seconds are meant, write %4.")
        .arg(property.name, text, shown(number), shown(number * 1000));
}

} // namespace

QString refusalOf(const PropertyDefinition &property, const QString &text)
{
    if (property.readOnlyValue)
        return PortalText::tr("%1 is read-only: HubSpot sets it.").arg(property.name);
    if (text.isEmpty())
        return {};
    if (holdsPseudonym(text))
        return PortalText::tr("“%1” is a pseudonym of masking, not a value of %2.")
            .arg(text.left(80), property.name);
    if (property.type == "enumeration"_L1)
        return refusalOfOption(property, text);
    if (property.type == "string"_L1 || property.type == "phone_number"_L1)
        return refusalOfText(property, text);
    if (property.type == "bool"_L1)
        return text == "true"_L1 || text == "false"_L1
            ? QString()
            : PortalText::tr("%1 takes true or false.").arg(property.name);
    if (property.type == "number"_L1)
        return isPlainDecimal(text)
            ? QString()
            : PortalText::tr("%1 takes a plain number such as 1250 or 12.5.").arg(property.name);
    if (property.type == "date"_L1)
        return dayOf(text).isValid()
            ? QString()
            : PortalText::tr("%1 takes a day such as 2026-11-23.").arg(property.name);
    if (property.type == "datetime"_L1)
        return refusalOfInstant(property, text);
    return PortalText::tr("%1 has the type %2, which can be read only.")
        .arg(property.name, property.type);
}

bool mayBePersonal(const PropertyDefinition *property, const QString &name, const QString &text)
{
    static const QRegularExpression digits(u"^[0-9]+\\z"_s);
    if (text.isEmpty())
        return false;
    if (isPersonalProperty(name))
        return true;
    if (name == "hs_object_id"_L1)
        return !digits.match(text).hasMatch();
    if (!property)
        return true;
    if (property->referencedObjectType == "OWNER"_L1)
        return !digits.match(text).hasMatch();
    if (!property->options.isEmpty()) {
        const QStringList values =
            property->isMultiValued() ? text.split(u';', Qt::SkipEmptyParts) : QStringList {text};
        return !std::all_of(values.begin(), values.end(), [property](const QString &value) {
            return isOption(*property, value);
        });
    }
    if (property->type == "bool"_L1)
        return text != "true"_L1 && text != "false"_L1;
    if (!property->hubspotDefined)
        return true; // A birthday is a date and a personal number a number.
    if (property->type == "number"_L1)
        return !isPlainDecimal(text);
    if (property->type == "date"_L1)
        return !dayOf(text).isValid();
    if (property->type == "datetime"_L1)
        return !isInstant(text);
    return true;
}

} // namespace hubkeeper
