// SPDX-License-Identifier: MIT
#pragma once

#include "session/reading/browse.h"

#include <QPointer>

namespace hubkeeper {

class Session;

/// Reads one search after the other, or the complete list, and keeps what BrowseQuery::keeps
/// takes. Progress is in records that were looked at; the total is that of the search under way.
class ReadSearches final : public Browse
{
public:
    /// Session and set must outlive the call.
    ReadSearches(Session &session, BrowseQuery query, RecordSet &set, QObject *parent);

    [[nodiscard]] std::optional<BrowseQuery> rest() const override;

private:
    void read();
    [[nodiscard]] Call<void> *take(const QList<Record> &records, QObject *owner);

    Session &m_session;
    BrowseQuery m_query; // From the search under way on.
    RecordSet &m_set;
    QPointer<Browse> m_reading;
    qint64 m_before = 0; // Records of the searches before.
    BrowseSummary m_summary;
};

} // namespace hubkeeper
