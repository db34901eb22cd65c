// SPDX-License-Identifier: MIT
#include "changes/run/findcreated.h"

#include "base/clock.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace hubkeeper {

namespace {

/// The portal's clock and ours may differ by this much.
constexpr qint64 clockDifferenceSeconds = 300;

QString emailOf(const RowChange &row)
{
    return row.type == ObjectType::Contacts ? row.cells.value(u"email"_s).after : QString();
}

QList<SearchFilter> filtersFor(const RowChange &row)
{
    const QStringList keys = row.type == ObjectType::Contacts
        ? QStringList {u"firstname"_s, u"lastname"_s}
        : QStringList {u"domain"_s, u"name"_s};
    QList<SearchFilter> filters;
    for (const QString &key : keys) {
        const QString text = row.cells.value(key).after;
        if (!text.isEmpty())
            filters.append({key, SearchOperator::Eq, text, {}, {}});
    }
    return filters;
}

} // namespace

FindCreated::FindCreated(Portal &portal, Clock &clock, RowChange row, DefinitionsByName definitions,
                         QSet<QString> taken, QObject *parent)
    : Call(parent)
    , m_portal(portal)
    , m_clock(clock)
    , m_row(std::move(row))
    , m_definitions(std::move(definitions))
    , m_taken(std::move(taken))
    , m_email(emailOf(m_row))
    , m_filters(filtersFor(m_row))
{
    if (m_email.isEmpty() && m_filters.isEmpty()) {
        complete(fail(ErrorKind::OutcomeUnknown,
                      u"The record has no e-mail address, name or domain to look it up by."_s,
                      u"Look for it in the portal."_s));
        return;
    }
    // An e-mail address is found at once; the second try is for a portal that was still writing.
    // The index of the search needs 10 seconds as a rule and up to 30.
    m_tries = m_email.isEmpty() ? QList<std::chrono::milliseconds> {10s, 30s}
                                : QList<std::chrono::milliseconds> {0s, 3s};
    wait();
}

void FindCreated::wait()
{
    const std::chrono::milliseconds since(
        m_row.basedOn.isValid() ? std::max<qint64>(m_row.basedOn.msecsTo(m_clock.utc()), 0)
                                : 3'600'000);
    while (m_tries.size() > 1 && m_tries.first() < since && m_tries[1] <= since)
        m_tries.removeFirst(); // One try is enough for two that are due.
    const auto due = m_tries.takeFirst();
    m_clock.after(std::max(due - since, std::chrono::milliseconds(0)), this, [this] {
        if (!isFinished())
            ask();
    });
}

void FindCreated::ask()
{
    const QStringList properties = m_row.cells.keys();
    if (!m_email.isEmpty()) {
        ReadOptions options;
        options.properties = properties;
        options.idProperty = u"email"_s;
        m_portal.read(m_row.type, m_email, options, this)
            ->onDone(this, [this](const Result<Record> &record) { onRead(record); });
        return;
    }
    SearchQuery query;
    query.groups = {m_filters};
    query.sortProperty = u"createdate"_s;
    query.descending = true;
    query.properties = properties;
    m_portal.search(m_row.type, query, this)->onDone(this, [this](const Result<RecordPage> &page) {
        onSearched(page);
    });
}

void FindCreated::onRead(const Result<Record> &record)
{
    if (isFinished())
        return;
    if (record && isOlder(*record)) {
        Error error = fail(ErrorKind::Conflict,
                           u"A contact with the address %1 was there before."_s.arg(m_email),
                           u"Edit that one instead."_s)
                          .value();
        error.existingId = record->id;
        complete(tl::unexpected(error));
    } else if (record) {
        complete(*record);
    } else if (record.error().kind == ErrorKind::NotFound) {
        notThere();
    } else {
        complete(tl::unexpected(record.error()));
    }
}

void FindCreated::onSearched(const Result<RecordPage> &page)
{
    if (isFinished())
        return;
    if (!page)
        return complete(tl::unexpected(page.error()));
    QList<Record> fitting;
    for (const Record &record : page->records) {
        if (fits(record))
            fitting.append(record);
    }
    if (fitting.size() == 1)
        complete(fitting.first());
    else if (fitting.isEmpty())
        notThere();
    else
        complete(fail(ErrorKind::OutcomeUnknown,
                      u"%1 records could be the one that was created."_s.arg(fitting.size()),
                      u"Look at them in the portal."_s));
}

void FindCreated::notThere()
{
    if (m_tries.isEmpty())
        complete(std::optional<Record>());
    else
        wait();
}

bool FindCreated::fits(const Record &record) const
{
    if (m_taken.contains(record.id) || isOlder(record))
        return false;
    for (auto cell = m_row.cells.cbegin(); cell != m_row.cells.cend(); ++cell) {
        const QString present = record.text(cell.key());
        if (!sameText(m_definitions, cell.key(), present, cell->after)
            && present.compare(cell->after, Qt::CaseInsensitive) != 0)
            return false;
    }
    return true;
}

bool FindCreated::isOlder(const Record &record) const
{
    return m_row.basedOn.isValid() && record.createdAt.isValid()
        && record.createdAt < m_row.basedOn.addSecs(-clockDifferenceSeconds);
}

} // namespace hubkeeper
