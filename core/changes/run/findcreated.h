// SPDX-License-Identifier: MIT
#pragma once

#include "changes/run/plan.h"

namespace hubkeeper {

/// Looks for a record whose create was sent and not answered, by its key: a contact with an
/// e-mail address is read by it, which is immediate; others are searched by name or domain, once
/// the index may know them (hubspot-api 6.5), and must have been created since and hold every
/// text that was sent.
///
/// The outcome is the record, or nothing when it is not there after the last try. Fails with
/// OutcomeUnknown when the row has no key or several records fit, with Conflict when a contact
/// with the address is older than the create, and otherwise as the requests do.
class FindCreated final : public Call<std::optional<Record>>
{
public:
    /// `row.basedOn` is when it was sent. Records in `taken` belong to other rows.
    FindCreated(Portal &portal, Clock &clock, RowChange row, DefinitionsByName definitions,
                QSet<QString> taken, QObject *parent);

private:
    void wait();
    void ask();
    void onRead(const Result<Record> &record);
    void onSearched(const Result<RecordPage> &page);
    void notThere();
    [[nodiscard]] bool fits(const Record &record) const;
    [[nodiscard]] bool isOlder(const Record &record) const;

    Portal &m_portal;
    Clock &m_clock;
    const RowChange m_row;
    const DefinitionsByName m_definitions;
    const QSet<QString> m_taken;
    const QString m_email;
    QList<SearchFilter> m_filters;
    QList<std::chrono::milliseconds> m_tries; // After the sending.
};

} // namespace hubkeeper
