// SPDX-License-Identifier: MIT
#pragma once

#include "base/clock.h"
#include "portal/portalreader.h"
#include "portal/samevalue.h"

namespace hubkeeper {

/// A create that was sent and not answered.
struct SentCreate
{
    ObjectType type = ObjectType::Contacts;
    bool isDefinition = false; ///< Of a property of `type`, not of a record.
    QHash<QString, QString> values; ///< What was sent: texts by property, or by member.
    /// By the portal's clock (RestClient::portalTime()); invalid: not known, long ago.
    QDateTime sentAt;
};

/// A property definition in the form of a record: its name as id, its members as texts.
[[nodiscard]] Record definitionRecord(const PropertyDefinition &definition);

/// Whether the portal completes this member of a definition by itself, so that it need not be as
/// sent.
[[nodiscard]] bool isCompletedByPortal(const QString &member);

/// The one look-up of a create whose answer was lost, by its key: a contact by its e-mail address
/// and a property definition by its name, which are read directly, at once and once more after 3
/// seconds; other records by name or domain, searched for 10 and 30 seconds after the sending,
/// when the index may know them (hubspot-api 6.5).
///
/// - Found: one record that was made since the sending and has every value that was sent. "Since"
///   is by the portal's clock and allows for five minutes between its servers.
/// - Not there (the outcome is empty): nothing with the key was made since, after the last try.
/// - Ambiguous, OutcomeUnknown: no key; several fit; or something with the key was made since, but
///   with other values. The first such record is Error::existingId.
/// - Conflict: the key is taken by something older than the create, which then cannot have worked.
/// Otherwise fails as the requests do. References must outlive the call.
class LostCreate final : public Call<std::optional<Record>>
{
public:
    /// Records in `taken` belong to other rows.
    LostCreate(PortalReader &portal, Clock &clock, SentCreate create, DefinitionsByName definitions,
               QSet<QString> taken, QObject *parent);

private:
    void wait();
    void ask();
    void onKeyRead(const Result<Record> &record);
    void onSearched(const Result<RecordPage> &page);
    void judge(const QList<Record> &sinceThen);
    void notThere();
    [[nodiscard]] bool hasKey(const Record &record) const;
    [[nodiscard]] bool hasWhatWasSent(const Record &record) const;
    [[nodiscard]] bool isOlder(const Record &record) const;

    PortalReader &m_portal;
    Clock &m_clock;
    const SentCreate m_create;
    const DefinitionsByName m_definitions;
    const QSet<QString> m_taken;
    const QString m_key; // E-mail address or name, which can be read directly; else empty.
    const Clock::Instant m_startedAt;
    const std::chrono::milliseconds m_age; // Of the sending, when this began.
    QList<SearchFilter> m_filters;
    QList<std::chrono::milliseconds> m_tries; // After the sending.
};

} // namespace hubkeeper
