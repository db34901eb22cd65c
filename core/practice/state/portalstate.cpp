// SPDX-License-Identifier: MIT
#include "practice/state/portalstate.h"

#include "practice/data/generatedrecords.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

Computed computedNamed(ObjectType type, const QString &name)
{
    static const QHash<QString, Computed> both {
        {u"hs_object_id"_s, Computed::ObjectId},     {u"createdate"_s, Computed::Created},
        {u"hs_createdate"_s, Computed::Created},     {u"hs_lastmodifieddate"_s, Computed::Updated},
        {u"days_to_close"_s, Computed::DaysToClose},
    };
    static const QHash<QString, Computed> contacts {
        {u"lastmodifieddate"_s, Computed::Updated},
        {u"associatedcompanyid"_s, Computed::PrimaryCompany},
        {u"hs_email_domain"_s, Computed::EmailDomain},
        {u"hs_full_name_or_email"_s, Computed::FullName},
        {u"hs_all_contact_vids"_s, Computed::AllIds},
        {u"hs_searchable_calculated_phone_number"_s, Computed::PhoneDigits},
        {u"hs_searchable_calculated_mobile_number"_s, Computed::MobileDigits},
    };
    if (type == ObjectType::Contact && contacts.contains(name))
        return contacts.value(name);
    if (type == ObjectType::Company && name == "num_associated_contacts"_L1)
        return Computed::ContactCount;
    return both.value(name, Computed::No);
}

/// Digits without the country code (hubspot-api 6.2): "+49 30 12" is "3012".
QString searchableDigits(const QString &phone)
{
    QString digits;
    const bool hasCode = phone.startsWith(u'+');
    const qsizetype from = hasCode ? std::max<qsizetype>(0, phone.indexOf(u' ')) : 0;
    for (const QChar c : QStringView(phone).mid(from)) {
        if (c.isDigit())
            digits += c;
    }
    return digits;
}

} // namespace

PropertyKey::PropertyKey(ObjectType type, const QString &property)
    : name(property)
    , field(fieldNamed(type, property))
    , computed(computedNamed(type, property))
{
}

namespace {

PracticeOptions named(PracticeOptions options)
{
    options.portalName = portalNameOf(options);
    options.portalId = portalIdOf(options);
    return options;
}

GeneratedRecords::Shape shapeOf(const PracticeOptions &options, ObjectType type)
{
    GeneratedRecords::Shape shape;
    shape.type = type;
    shape.seed = options.seed;
    const bool isContact = type == ObjectType::Contact;
    shape.live = std::clamp(isContact ? options.contacts : options.companies, 0, 1'000'000);
    shape.firstId = isContact ? options.firstContactId : options.firstCompanyId;
    shape.companies = std::clamp(options.companies, 0, 1'000'000);
    shape.firstCompanyId = options.firstCompanyId;
    return shape;
}

/// Made-up ones where the options have none.
std::shared_ptr<const PortalContents> contentsOf(const PracticeOptions &options)
{
    if (options.contents)
        return options.contents;
    const auto contacts =
        std::make_shared<const GeneratedRecords>(shapeOf(options, ObjectType::Contact));
    const auto companies =
        std::make_shared<const GeneratedRecords>(shapeOf(options, ObjectType::Company));
    auto contents = std::make_shared<PortalContents>();
    contents->records = {contacts, companies};
    contents->links = std::make_shared<const GeneratedLinks>(contacts, companies);
    contents->owners = allOwners();
    return contents;
}

} // namespace

PortalState::PortalState(const PracticeOptions &started, const Clock &givenClock)
    : options(named(started))
    , clock(givenClock)
    , associations(nullptr)
    , tokens(started.seed, started.grantedScopes.isEmpty() ? allScopes() : started.grantedScopes)
    , log(started.keptRequests)
    , m_started(options)
    , m_contents(contentsOf(started))
    , m_stores {RecordStore(m_contents->records[0]), RecordStore(m_contents->records[1])}
{
    fill();
    for (const Fault &fault : started.faults)
        faults.add(fault);
}

void PortalState::fill()
{
    associations = AssociationStore(m_contents->links);
    for (const LabelType &label : m_contents->labels)
        associations.takeLabel(label);
    owners = m_contents->owners;
    for (const ObjectType type : bothTypes) {
        const size_t at = size_t(type);
        m_catalogues[at] = m_contents->definitions[at].isEmpty()
            ? Catalogue::defaults(type)
            : Catalogue::of(m_contents->definitions[at], m_contents->groups[at]);
        m_stores[at] = RecordStore(m_contents->records[at]);
        for (const auto &[name, property] : m_catalogues[at].all()) {
            if (property.unique)
                m_stores[at].addUnique(name);
        }
    }
}

QString PortalState::value(ObjectType type, const RecordView &record, const PropertyKey &key) const
{
    const auto stored = [&](const char16_t *name) {
        const PropertyKey other(type, QString::fromUtf16(name));
        return record.stored(other.name, other.field);
    };
    switch (key.computed) {
    case Computed::No:
        return record.stored(key.name, key.field);
    case Computed::ObjectId:
        return QString::number(record.id());
    case Computed::Created:
        return isoText(record.created());
    case Computed::Updated:
        return isoText(record.updated());
    case Computed::ContactCount: {
        const qsizetype count =
            associations.links(ObjectType::Company, record.id(), ObjectType::Contact).size();
        return count > 0 ? QString::number(count) : QString();
    }
    case Computed::PrimaryCompany: {
        const auto company = associations.primaryCompany(record.id());
        return company ? QString::number(*company) : QString();
    }
    case Computed::EmailDomain:
        return stored(u"email").section(u'@', 1);
    case Computed::DaysToClose: {
        const auto closed = readInstant(stored(u"closedate"));
        return closed ? QString::number((*closed - record.created()) / dayMs) : QString();
    }
    case Computed::FullName: {
        const QString name = (stored(u"firstname") + u' ' + stored(u"lastname")).trimmed();
        return name.isEmpty() ? stored(u"email") : name;
    }
    case Computed::AllIds: {
        QStringList ids {QString::number(record.id())};
        if (const Record *written = record.storedRecord()) {
            for (const qint64 id : written->mergedIds)
                ids.append(QString::number(id));
        }
        return ids.join(u';');
    }
    case Computed::PhoneDigits:
        return searchableDigits(stored(u"phone"));
    case Computed::MobileDigits:
        return searchableDigits(stored(u"mobilephone"));
    }
    return {};
}

QString PortalState::nextCorrelationId()
{
    const QByteArray from =
        QByteArray::number(options.seed) + "/correlation/" + QByteArray::number(++m_correlations);
    const QString hex =
        QString::fromLatin1(QCryptographicHash::hash(from, QCryptographicHash::Sha1).toHex());
    return hex.left(8) + u'-' + hex.mid(8, 4) + u"-4"_s + hex.mid(13, 3) + u"-b"_s + hex.mid(17, 3)
        + u'-' + hex.mid(20, 12);
}

void PortalState::reset()
{
    const QString url = baseUrl;
    options = m_started;
    tokens = TokenBook(options.seed,
                       options.grantedScopes.isEmpty() ? allScopes() : options.grantedScopes);
    limiter.reset();
    faults.clear();
    for (const Fault &fault : options.faults)
        faults.add(fault);
    log.clear();
    blockedEmails.clear();
    searches.clear();
    fill();
    baseUrl = url;
}

} // namespace hubkeeper::practice
