// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"
#include "connector/filtertranslation.h"
#include "portal/portalreader.h"

#include <functional>

namespace hubkeeper {

/// Reads the records a plan finds, in the order of their ids, each once, and gives them to a
/// sink. The outcome is whether there may be more (the sink stopped it).
///
/// Direct reads come first and are merged in; searches page by id (hs_object_id GT), so that none
/// of them ends at 10,000 hits; "everything" is the list of the portal. Memory holds one page per
/// search.
class RecordStream final : public Call<bool>
{
public:
    /// Takes the next record and the cursor of the list page it came in; false stops.
    using Sink = std::function<bool(const Record &record, const QString &after)>;

    struct Start
    {
        QString after; ///< List only: where to begin.
        QString lastId; ///< Only later records are delivered.
        int pageSize = 200; ///< How many to ask for at once, as a hint.
    };

    RecordStream(PortalReader &portal, ObjectType type, SearchPlan plan, QStringList properties,
                 Start start, Sink sink, QObject *parent);

private:
    struct Source
    {
        QList<QList<SearchFilter>> groups; // Empty for the direct reads.
        QList<Record> buffer; // Ascending by id.
        QString lastId; // Of what was fetched.
        bool ended = false;
    };

    void readList(const QString &after);
    void onList(const QString &after, const RecordPage &page);
    void readIds(qsizetype first);
    void readEmail(qsizetype index);
    void addDirect(const Record &record);
    void merge();
    [[nodiscard]] Source *emptySource();
    [[nodiscard]] bool deliverSmallest();
    void fetch(Source &source);
    void onFetched(Source &source, const RecordPage &page);

    PortalReader &m_portal;
    const ObjectType m_type;
    const SearchPlan m_plan;
    const QStringList m_properties;
    const Start m_start;
    const Sink m_sink;
    std::vector<Source> m_sources;
};

} // namespace hubkeeper
