// SPDX-License-Identifier: MIT
#pragma once

#include "practice/data/associations.h"
#include "practice/data/catalogue.h"
#include "practice/data/recordstore.h"
#include "practice/data/shiftedclock.h"
#include "practice/state/practiceoptions.h"
#include "practice/state/ratelimiter.h"
#include "practice/state/requestlog.h"
#include "practice/state/tokenbook.h"

#include <QSet>

#include <array>
#include <memory>

namespace hubkeeper::practice {

/// How the value of a property comes about.
enum class Computed : quint8 {
    No, ///< Stored.
    ObjectId,
    Created,
    Updated,
    ContactCount, ///< num_associated_contacts
    PrimaryCompany, ///< associatedcompanyid
    EmailDomain,
    DaysToClose,
    FullName, ///< hs_full_name_or_email
    AllIds, ///< hs_all_contact_vids
    PhoneDigits, ///< hs_searchable_calculated_phone_number
    MobileDigits,
};

/// A property name looked up once, for reading it from many records.
struct PropertyKey
{
    QString name;
    Field field = Field::None;
    Computed computed = Computed::No;

    PropertyKey() = default;
    PropertyKey(ObjectType type, const QString &property);
};

/// The hits of a search, kept while its pages are fetched.
struct SearchHits
{
    QByteArray key; ///< What was asked, without paging.
    std::array<quint64, 4> revisions {}; ///< Of everything the answer depends on.
    QList<qint64> ids; ///< As many as can be reached.
    int total = 0;
};

/// Everything a practice portal knows. Routes are functions over it.
class PortalState
{
public:
    PortalState(const PracticeOptions &options, const Clock &clock);

    [[nodiscard]] Catalogue &catalogue(ObjectType type) { return m_catalogues[size_t(type)]; }
    [[nodiscard]] RecordStore &store(ObjectType type) { return m_stores[size_t(type)]; }
    [[nodiscard]] const RecordStore &store(ObjectType type) const { return m_stores[size_t(type)]; }
    [[nodiscard]] const WriteRules &rules(ObjectType type) const
    {
        return type == ObjectType::Contact ? options.contactRules : options.companyRules;
    }

    [[nodiscard]] EpochMs now() const { return clock.utcMs(); }
    /// When search will see a write made now.
    [[nodiscard]] EpochMs visibleAt() const { return now() + options.indexDelay.count(); }

    /// The value of a property; empty if unset.
    [[nodiscard]] QString value(ObjectType type, const RecordView &record,
                                const PropertyKey &key) const;

    /// A correlation id: looks random, is the n-th of the seed.
    [[nodiscard]] QString nextCorrelationId();

    /// Back to the start: data, credentials' tokens, faults, log; switches and options as started.
    void reset();

    PracticeOptions options;
    ShiftedClock clock;
    AssociationStore associations;
    TokenBook tokens;
    RateLimiter limiter;
    FaultScript faults;
    RequestLog log;
    QSet<QString> blockedEmails; ///< By GDPR deletion (hubspot-api 4.7).
    QList<SearchHits> searches; ///< Newest first, a few.
    QList<Owner> owners; ///< By id ascending.
    QString baseUrl;

private:
    /// Data as at the start.
    void fill();

    PracticeOptions m_started;
    std::shared_ptr<const PortalContents> m_contents;
    std::array<Catalogue, 2> m_catalogues;
    std::array<RecordStore, 2> m_stores;
    quint64 m_correlations = 0;
};

} // namespace hubkeeper::practice
