// SPDX-License-Identifier: MIT
#pragma once

#include "session/views/recordview.h"
#include "session/views/viewfilter.h"

namespace hubkeeper {

class Session;

/// What a view shows, read from the portal.
struct ReadViewResult
{
    std::shared_ptr<RecordSet> set; ///< With the columns, and what filter and order look at.
    RowOrder rows; ///< Of the set, in the order of the view.
    QStringList columns; ///< Those of them that the portal defines.
    QList<PropertyDefinition> definitions;
    ViewSearch search; ///< How it was found; `resolved` is the filter of this reading.
    BrowseSummary summary;
};

/// Reads the records of a view into a record set of its own. Sorts texts as they are stored. Fails
/// as planViewSearch() and reading do. Progress is in records.
class ReadView final : public Call<ReadViewResult>
{
public:
    /// `also`: a filter over HubSpot's properties that has to hold as well. `now`: for terms of
    /// dates. `columns` replace those of the view where there are any. The session must outlive
    /// the call.
    ReadView(Session &session, const RecordView &view, const CrestFilter &also,
             const QStringList &columns, const QDateTime &now, QObject *parent);

private:
    void read(const QList<PropertyDefinition> &definitions);
    void sort();

    Session &m_session;
    const RecordView m_view;
    const CrestFilter m_also;
    QStringList m_columns;
    const QDateTime m_now;
    ReadViewResult m_result;
};

} // namespace hubkeeper
