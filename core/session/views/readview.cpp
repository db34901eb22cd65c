// SPDX-License-Identifier: MIT
#include "session/views/readview.h"

#include "session/open/session.h"
#include "session/reading/browserecords.h"
#include "session/sessiontext.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace hubkeeper {

ReadView::ReadView(Session &session, const RecordView &view, const CrestFilter &also,
                   const QStringList &columns, const QDateTime &now, QObject *parent)
    : Call(parent)
    , m_session(session)
    , m_view(view)
    , m_also(also)
    , m_columns(columns)
    , m_now(now)
{
    then(session.definitions(view.type, false, this),
         [this](const QList<PropertyDefinition> &definitions) { read(definitions); });
}

void ReadView::read(const QList<PropertyDefinition> &definitions)
{
    QStringList known;
    for (const PropertyDefinition &definition : definitions)
        known.append(definition.name);
    const QStringList wanted =
        m_view.columns.isEmpty() ? usualColumns(m_view.type) : m_view.columns;
    if (m_columns.isEmpty()) {
        for (const QString &name : wanted) {
            if (known.contains(name))
                m_columns.append(name);
        }
    }
    const auto own = filterOf(m_view);
    if (!own)
        return complete(tl::unexpected(own.error()));
    auto search = planViewSearch(m_view.type, m_view.words, CrestFilter::allOf({*own, m_also}),
                                 definitions, m_now);
    if (!search)
        return complete(tl::unexpected(search.error()));
    m_result.search = std::move(*search);
    m_result.columns = m_columns;
    m_result.definitions = definitions;
    BrowseQuery query = m_result.search.query;
    query.properties += m_columns;
    for (const RowSort &sort : m_view.sorts) {
        if (known.contains(sort.property))
            query.properties.append(sort.property);
    }
    query.properties.removeDuplicates();
    auto set = RecordSet::create(m_session.recordFolder(), m_view.type, query.properties);
    if (!set)
        return complete(tl::unexpected(set.error()));
    m_result.set = std::move(*set);
    auto *browse = browseRecords(m_session, query, *m_result.set, this);
    connect(browse, &CallBase::progressed, this, &CallBase::progressed);
    then(browse, [this](const BrowseSummary &summary) {
        m_result.summary = summary;
        sort();
    });
}

void ReadView::sort()
{
    RowQuery query;
    bool isFirst = true; // Of those that the portal has.
    for (const RowSort &sort : m_view.sorts) {
        if (!sort.property.isEmpty() && !m_result.set->properties().contains(sort.property))
            continue; // The portal no longer has it.
        if (std::exchange(isFirst, false)) {
            query.sortProperty = sort.property;
            query.descending = sort.descending;
        } else {
            query.thenBy.append(sort);
        }
    }
    for (const PropertyDefinition &definition : std::as_const(m_result.definitions)) {
        if (definition.type == "number"_L1)
            query.numericProperties.append(definition.name);
        else if (definition.type.startsWith("date"_L1))
            query.temporalProperties.append(definition.name);
    }
    then(m_result.set->order(query, this), [this](const RowOrder &rows) {
        m_result.rows = rows;
        complete(std::move(m_result));
    });
}

} // namespace hubkeeper
