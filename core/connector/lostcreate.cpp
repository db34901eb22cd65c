// SPDX-License-Identifier: MIT
#include "connector/lostcreate.h"

#include "connector/attributewrite.h"
#include "connector/connectortext.h"
#include "portal/jsontext.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace hubkeeper {

namespace {

using std::chrono::milliseconds;

/// The clocks of the portal's servers may differ by this much.
constexpr qint64 clockDifferenceSeconds = 300;
/// Of a create whose sending nobody noted.
constexpr milliseconds longAgo = 1h;

/// What can be read directly; empty if nothing can.
QString keyOf(const SentCreate &create)
{
    if (create.isDefinition)
        return create.values.value(u"name"_s);
    return create.type == ObjectType::Contacts ? create.values.value(u"email"_s) : QString();
}

QList<SearchFilter> filtersFor(const SentCreate &create)
{
    const QStringList keys = create.type == ObjectType::Contacts
        ? QStringList {u"firstname"_s, u"lastname"_s}
        : QStringList {u"domain"_s, u"name"_s};
    QList<SearchFilter> filters;
    for (const QString &key : keys) {
        const QString text = create.values.value(key);
        if (!text.isEmpty())
            filters.append({key, SearchOperator::Eq, text, {}, {}});
    }
    return filters;
}

milliseconds ageOf(const QDateTime &sentAt, const QDateTime &now)
{
    return sentAt.isValid() ? milliseconds(std::max<qint64>(sentAt.msecsTo(now), 0)) : longAgo;
}

} // namespace

bool isCompletedByPortal(const QString &member)
{
    return member == "options"_L1 || member == "displayOrder"_L1;
}

Record definitionRecord(const PropertyDefinition &definition)
{
    Record record;
    record.id = definition.name;
    for (auto member = definition.json.begin(); member != definition.json.end(); ++member)
        record.properties.insert(member.key(), definitionText(member.value()));
    record.createdAt = instantOf(definition.json["createdAt"_L1]);
    record.updatedAt = instantOf(definition.json["updatedAt"_L1]);
    return record;
}

LostCreate::LostCreate(PortalReader &portal, Clock &clock, SentCreate create,
                       DefinitionsByName definitions, QSet<QString> taken, QObject *parent)
    : Call(parent)
    , m_portal(portal)
    , m_clock(clock)
    , m_create(std::move(create))
    , m_definitions(std::move(definitions))
    , m_taken(std::move(taken))
    , m_key(keyOf(m_create))
    , m_startedAt(clock.now())
    , m_age(ageOf(m_create.sentAt, portal.client().portalTime()))
    , m_filters(m_key.isEmpty() ? filtersFor(m_create) : QList<SearchFilter>())
{
    if (m_key.isEmpty() && m_filters.isEmpty()) {
        complete(fail(
            ErrorKind::OutcomeUnknown,
            ConnectorText::tr("The record has no e-mail address, name or domain to look it up by."),
            ConnectorText::tr("Look for it in the portal.")));
        return;
    }
    // What is read directly is found at once; the second try is for a portal that was still
    // writing. The index of the search needs 10 seconds as a rule and up to 30.
    m_tries = m_key.isEmpty() ? QList<milliseconds> {10s, 30s} : QList<milliseconds> {0s, 3s};
    wait();
}

void LostCreate::wait()
{
    const auto since =
        m_age + std::chrono::duration_cast<milliseconds>(m_clock.now() - m_startedAt);
    while (m_tries.size() > 1 && m_tries.first() < since && m_tries[1] <= since)
        m_tries.removeFirst(); // One try is enough for two that are due.
    const auto due = m_tries.takeFirst();
    m_clock.after(std::max(due - since, milliseconds(0)), this, unlessOver([this] { ask(); }));
}

void LostCreate::ask()
{
    if (m_create.isDefinition) {
        return always(m_portal.property(m_create.type, m_key, this),
                      [this](const Result<PropertyDefinition> &found) {
                          onKeyRead(found.map(&definitionRecord));
                      });
    }
    const QStringList properties = m_create.values.keys();
    if (!m_key.isEmpty()) {
        ReadOptions options;
        options.properties = properties;
        options.idProperty = u"email"_s;
        return always(m_portal.read(m_create.type, m_key, options, this),
                      [this](const Result<Record> &record) { onKeyRead(record); });
    }
    SearchQuery query;
    query.groups = {m_filters};
    query.sortProperty = u"createdate"_s;
    query.descending = true;
    query.properties = properties;
    always(m_portal.search(m_create.type, query, this),
           [this](const Result<RecordPage> &page) { onSearched(page); });
}

void LostCreate::onKeyRead(const Result<Record> &record)
{
    if (!record && record.error().kind == ErrorKind::NotFound)
        return notThere();
    if (!record)
        return complete(tl::unexpected(record.error()));
    if (!isOlder(*record))
        return judge({*record});
    Error error =
        fail(ErrorKind::Conflict,
             m_create.isDefinition
                 ? ConnectorText::tr("A property of the name %1 was there before.").arg(m_key)
                 : ConnectorText::tr("A contact with the address %1 was there before.").arg(m_key),
             ConnectorText::tr("Edit that one instead."))
            .value();
    error.existingId = record->id;
    complete(tl::unexpected(std::move(error)));
}

void LostCreate::onSearched(const Result<RecordPage> &page)
{
    if (!page)
        return complete(tl::unexpected(page.error()));
    QList<Record> sinceThen;
    for (const Record &record : page->records) {
        if (!m_taken.contains(record.id) && !isOlder(record) && hasKey(record))
            sinceThen.append(record);
    }
    judge(sinceThen);
}

/// Among the records with the key that were made since the sending.
void LostCreate::judge(const QList<Record> &sinceThen)
{
    QList<Record> same;
    for (const Record &record : sinceThen) {
        if (hasWhatWasSent(record))
            same.append(record);
    }
    if (same.size() == 1)
        return complete(same.constFirst());
    if (sinceThen.isEmpty())
        return notThere();
    Error error =
        fail(ErrorKind::OutcomeUnknown,
             same.isEmpty()
                 ? ConnectorText::tr("%1 was made since, with other values than those sent.")
                       .arg(sinceThen.constFirst().id)
                 : ConnectorText::tr("%1 new records have the values that were sent.")
                       .arg(same.size()),
             ConnectorText::tr("Compare them in the portal before you create another."))
            .value();
    error.existingId = sinceThen.constFirst().id;
    complete(tl::unexpected(std::move(error)));
}

void LostCreate::notThere()
{
    if (m_tries.isEmpty())
        complete(std::optional<Record>());
    else
        wait();
}

/// The search may have answered with more than it was asked for.
bool LostCreate::hasKey(const Record &record) const
{
    return std::all_of(m_filters.cbegin(), m_filters.cend(), [&](const SearchFilter &filter) {
        return record.text(filter.property).compare(filter.value, Qt::CaseInsensitive) == 0;
    });
}

bool LostCreate::hasWhatWasSent(const Record &record) const
{
    for (auto sent = m_create.values.cbegin(); sent != m_create.values.cend(); ++sent) {
        if (m_create.isDefinition && isCompletedByPortal(sent.key()))
            continue;
        const QString present = record.text(sent.key());
        if (!sameValue(m_definitions, sent.key(), present, sent.value())
            && present.compare(sent.value(), Qt::CaseInsensitive) != 0)
            return false;
    }
    return true;
}

bool LostCreate::isOlder(const Record &record) const
{
    return m_create.sentAt.isValid() && record.createdAt.isValid()
        && record.createdAt < m_create.sentAt.addSecs(-clockDifferenceSeconds);
}

} // namespace hubkeeper
