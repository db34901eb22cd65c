// SPDX-License-Identifier: MIT
#include "session/checks/livereport.h"

#include "base/shownname.h"
#include "portal/access/authorization.h"
#include "provisioner/model/connectorproperties.h"
#include "provisioner/rules/liverules.h"
#include "session/schema/schemamatch.h"
#include "session/sessiontext.h"

#include <QJsonValue>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int scarceShare = 10; // Below a tenth of the day's calls.

/// What an object type needs (hubspot-api 3.3); the first of `read` is the one to ask for.
struct NeededScopes
{
    QStringList read; ///< Any one of these.
    QString write; ///< Empty: cannot be written.
};

NeededScopes scopesFor(const QString &nativeType)
{
    if (nativeType == "contact"_L1)
        return {{u"crm.objects.contacts.read"_s}, u"crm.objects.contacts.write"_s};
    if (nativeType == "company"_L1)
        return {{u"crm.objects.companies.read"_s}, u"crm.objects.companies.write"_s};
    if (nativeType == "owner"_L1)
        return {{u"crm.objects.owners.read"_s}, {}};
    if (nativeType == "contactProperties"_L1)
        return {{u"crm.schemas.contacts.read"_s, u"crm.objects.contacts.read"_s},
                u"crm.schemas.contacts.write"_s};
    if (nativeType == "companyProperties"_L1)
        return {{u"crm.schemas.companies.read"_s, u"crm.objects.companies.read"_s},
                u"crm.schemas.companies.write"_s};
    return {};
}

bool holdsAny(const QStringList &granted, const QStringList &wanted)
{
    return std::any_of(wanted.begin(), wanted.end(),
                       [&granted](const QString &scope) { return granted.contains(scope); });
}

bool isWritten(const DeclaredObjectType &type)
{
    return std::any_of(type.attributes.begin(), type.attributes.end(),
                       [](const DeclaredAttribute &attribute) {
                           return attribute.isCreatable() || attribute.isUpdateable();
                       });
}

const Rule &ruleFor(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Unauthorized:
        return live::credentialsRefused;
    case ErrorKind::Untrusted:
        return live::certificateUntrusted;
    case ErrorKind::Offline:
    case ErrorKind::TimedOut:
    case ErrorKind::ConnectionLost:
        return live::portalUnreachable;
    default:
        return live::portalRefuses;
    }
}

/// The property that most likely has to be changed.
QString placeOf(const Error &error)
{
    const QString properties = u"/configurationProperties"_s;
    switch (error.kind) {
    case ErrorKind::Unauthorized:
        if (error.category == "BAD_CLIENT_ID"_L1)
            return properties + u"/clientId"_s;
        if (error.category == "BAD_CLIENT_SECRET"_L1)
            return properties + u"/clientSecret"_s;
        return properties + u"/refreshToken"_s;
    case ErrorKind::Untrusted:
        return properties + u"/acceptSelfSignedCertificates"_s;
    case ErrorKind::Offline:
        return properties + u"/httpProxyHost"_s;
    default:
        return {};
    }
}

QString definitionsOwner(ObjectType type)
{
    return type == ObjectType::Contacts ? u"contact"_s : u"company"_s;
}

} // namespace

LiveReport::LiveReport(const JsonText &text)
    : m_text(text)
    , m_check(text, m_options)
    , m_types(declaredObjectTypes(text))
{
}

QList<Finding> LiveReport::takeFindings()
{
    return m_check.takeFindings();
}

/// At the member, or at the nearest thing around it that is there.
void LiveReport::reportAt(const Rule &rule, const QString &pointer, const QString &message,
                          std::optional<Fix> fix)
{
    QString place = pointer;
    while (!place.isEmpty() && m_text.at(place) == JsonText::none)
        place.truncate(place.lastIndexOf(u'/'));
    if (place.isEmpty())
        m_check.reportFile(rule, message, std::move(fix));
    else
        m_check.reportKey(rule, m_text.at(place), message, std::move(fix));
}

void LiveReport::connectionFailed(const Error &error)
{
    reportAt(ruleFor(error.kind), placeOf(error), error.what);
}

void LiveReport::compareScopes(const QStringList &granted)
{
    m_granted = granted;
    if (granted.isEmpty())
        return;
    const ScopeChoice usual = ScopeChoice::forConnector();
    QStringList more;
    for (const QString &scope : granted) {
        if (!usual.required.contains(scope) && !usual.optional.contains(scope))
            more.append(scope);
    }
    if (!more.isEmpty())
        reportAt(live::scopeNotNeeded, u"/configurationProperties/refreshToken"_s,
                 SessionText::tr("Granted besides what the connector needs: %1.")
                     .arg(more.join(u", "_s)));
    for (const DeclaredObjectType &type : m_types) {
        const NeededScopes needed = scopesFor(type.nativeType);
        if (needed.read.isEmpty())
            continue;
        if (!holdsAny(granted, needed.read))
            reportAt(live::readScopeMissing, m_text.pointerOf(type.node),
                     SessionText::tr("%1 needs the scope %2, which was not granted.")
                         .arg(shownName(type.key), needed.read.first()));
        checkWriteScope(type, needed.write);
    }
}

void LiveReport::checkWriteScope(const DeclaredObjectType &type, const QString &scope)
{
    if (!scope.isEmpty() && isWritten(type) && !m_granted.contains(scope))
        reportAt(live::writeScopeMissing, m_text.pointerOf(type.node),
                 SessionText::tr("Writing %1 needs the scope %2, which was not granted.")
                     .arg(shownName(type.key), scope));
}

void LiveReport::definitionsFailed(ObjectType type, const Error &error)
{
    const Rule &rule =
        error.kind == ErrorKind::Forbidden ? live::definitionsNotReadable : ruleFor(error.kind);
    reportAt(rule, u"/configurationProperties/readSchema"_s,
             SessionText::tr("The property definitions of %1 could not be read: %2")
                 .arg(nameOf(type), error.what));
}

const DeclaredObjectType *LiveReport::typeOf(const QString &key) const
{
    // Of duplicate keys the last one counts.
    const auto found = std::find_if(m_types.rbegin(), m_types.rend(),
                                    [&key](const auto &type) { return type.key == key; });
    return found == m_types.rend() ? nullptr : &*found;
}

void LiveReport::compareSchema(const QHash<ObjectType, QList<PropertyDefinition>> &definitions)
{
    QStringList unknown; // Classes nothing can be said of.
    for (const ObjectType type : allObjectTypes) {
        if (!definitions.contains(type))
            unknown.append(definitionsOwner(type));
    }
    const Schema schema = liveSchema(definitions.value(ObjectType::Contacts),
                                     definitions.value(ObjectType::Companies));
    QHash<QString, int> notMapped;
    for (const SchemaDifference &difference : schemaDifferences(m_text, schema)) {
        const DeclaredObjectType *type = typeOf(difference.objectType);
        if (!type || unknown.contains(type->nativeType) || difference.attribute.isEmpty())
            continue;
        const ObjectClassInfo *live = classNamed(schema, type->nativeType);
        if (difference.isDrift)
            checkAttribute(difference, *type, live ? liveAttribute(*live, difference) : nullptr);
        else if (difference.kind == SchemaDifferenceKind::AttributeMissing)
            ++notMapped[type->key];
    }
    if (readsSchema(m_text))
        reportNotMapped(notMapped);
}

const AttributeInfo *LiveReport::liveAttribute(const ObjectClassInfo &live,
                                               const SchemaDifference &difference) const
{
    const DeclaredObjectType *type = typeOf(difference.objectType);
    for (const DeclaredAttribute &attribute : type->attributes) {
        if (attribute.name == difference.attribute)
            return live.find(attribute.nativeName);
    }
    return live.find(difference.attribute);
}

void LiveReport::checkAttribute(const SchemaDifference &difference, const DeclaredObjectType &type,
                                const AttributeInfo *live)
{
    const int node = m_text.at(difference.pointer);
    switch (difference.kind) {
    case SchemaDifferenceKind::AttributeGone:
        return reportGone(difference, node);
    case SchemaDifferenceKind::AttributeMissing:
        return reportRequired(difference, type, *live);
    case SchemaDifferenceKind::TypeDiffers:
        return reportCorrectable(live::typeDiffers, difference, type, *live,
                                 SessionText::tr("%1 of %2 is \"%3\" here and \"%4\" in HubSpot.")
                                     .arg(shownName(difference.attribute), shownName(type.key),
                                          difference.inFile, difference.inLive));
    case SchemaDifferenceKind::FlagsDiffer:
        return reportCorrectable(
            live::writableButComputed, difference, type, *live,
            SessionText::tr("%1 of %2 can be written here, HubSpot keeps it read-only.")
                .arg(shownName(difference.attribute), shownName(type.key)));
    case SchemaDifferenceKind::RequiredDiffers:
        return reportCorrectable(live::requiredNotMarked, difference, type, *live,
                                 SessionText::tr("%1 of %2 is required by HubSpot.")
                                     .arg(shownName(difference.attribute), shownName(type.key)));
    case SchemaDifferenceKind::ClassMissing:
    case SchemaDifferenceKind::ClassUnknown:
        return; // The file alone says so.
    }
}

void LiveReport::reportGone(const SchemaDifference &difference, int node)
{
    QString message = SessionText::tr("HubSpot has no property for %1 of %2.")
                          .arg(shownName(difference.attribute), shownName(difference.objectType));
    std::optional<Fix> fix;
    if (!difference.suggestion.isEmpty()) {
        message += SessionText::tr(" Is %1 meant?").arg(difference.suggestion);
        fix = Fix {SessionText::tr("Read and write %1 instead").arg(difference.suggestion),
                   setMembers(m_text, node, {{u"nativeName"_s, jsonQuoted(difference.suggestion)}}),
                   false};
    }
    m_check.reportKey(live::attributeGone, node, message, std::move(fix));
}

void LiveReport::reportRequired(const SchemaDifference &difference, const DeclaredObjectType &type,
                                const AttributeInfo &live)
{
    if (!isWritten(type))
        return;
    std::optional<Fix> fix;
    if (type.properties != JsonText::none)
        fix = Fix {
            SessionText::tr("Add %1").arg(shownName(difference.attribute)),
            setMembers(m_text, type.properties, {{difference.attribute, attributeJson(live)}})};
    reportAt(live::requiredNotMapped, difference.pointer,
             SessionText::tr("%1 lacks the attribute %2, which HubSpot requires.")
                 .arg(shownName(type.key), shownName(difference.attribute)),
             std::move(fix));
}

void LiveReport::reportCorrectable(const Rule &rule, const SchemaDifference &difference,
                                   const DeclaredObjectType &type, const AttributeInfo &live,
                                   const QString &message)
{
    const int node = m_text.at(difference.pointer);
    std::optional<Fix> fix;
    for (const DeclaredAttribute &attribute : type.attributes) {
        if (attribute.node == node)
            fix = Fix {SessionText::tr("Declare %1 as HubSpot has it")
                           .arg(shownName(difference.attribute)),
                       attributeCorrections(m_text, attribute, live)};
    }
    m_check.reportKey(rule, node, message, std::move(fix));
}

void LiveReport::reportNotMapped(const QHash<QString, int> &counts)
{
    for (const DeclaredObjectType &type : m_types) {
        const int count = counts.value(type.key);
        if (count > 0)
            reportAt(live::propertiesNotMapped, m_text.pointerOf(type.node) + u"/properties"_s,
                     count == 1 ? SessionText::tr("HubSpot defines one more property for %1.")
                                      .arg(shownName(type.key))
                                : SessionText::tr("HubSpot defines %1 more properties for %2.")
                                      .arg(count)
                                      .arg(shownName(type.key)));
    }
}

void LiveReport::compareLimits(const LimitReport &limits)
{
    const QString pointer = u"/configurationProperties/permitsPerSecond"_s;
    const int node = m_text.at(pointer);
    const QJsonValue set = node == JsonText::none
        ? QJsonValue()
        : converted(PropertyType::Integer, m_text.valueOf(node));
    const int permits = set.toInt(10); // The connector's default (idm-connector 1.2).
    if (limits.windowMax > 0 && limits.window.count() > 0) {
        const qint64 allowed = qint64(limits.windowMax) * 1000 / limits.window.count();
        if (permits > allowed && allowed > 0) {
            std::optional<Fix> fix;
            if (node != JsonText::none)
                fix = Fix {SessionText::tr("Set it to %1").arg(allowed),
                           {replaceValue(m_text, node, QByteArray::number(allowed))}};
            reportAt(live::permitsAboveLimit, pointer,
                     u"permitsPerSecond is %1; HubSpot allows this app %2 calls in %3 seconds, %4 a"
                     " second."_s.arg(permits)
                         .arg(limits.windowMax)
                         .arg(limits.window.count() / 1000)
                         .arg(allowed),
                     std::move(fix));
        }
    }
    const bool isScarce = limits.dailyMax > 0 && limits.dailyRemaining >= 0
        && limits.dailyRemaining < limits.dailyMax / scarceShare;
    if (isScarce)
        m_check.reportFile(live::dailyLimitNear,
                           SessionText::tr("%1 of today's %2 calls are left.")
                               .arg(limits.dailyRemaining)
                               .arg(limits.dailyMax));
}

} // namespace hubkeeper
