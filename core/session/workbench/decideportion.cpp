// SPDX-License-Identifier: MIT
#include "session/workbench/decideportion.h"

#include "base/poolcall.h"
#include "session/open/session.h"
#include "session/reading/recordlabel.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

void add(FoundRecords &all, const FoundRecords &some)
{
    for (auto found = some.byKey.cbegin(); found != some.byKey.cend(); ++found) {
        QList<Record> &records = all.byKey[found.key()];
        for (const Record &record : found.value()) {
            const bool isKnown =
                std::any_of(records.begin(), records.end(),
                            [&record](const Record &one) { return one.id == record.id; });
            if (!isKnown)
                records.append(record);
        }
    }
    all.survivors.insert(some.survivors);
}

/// Found by id, for rows that are found by something else.
FoundRecords byRecordKey(const FoundRecords &found)
{
    FoundRecords keyed;
    keyed.survivors = found.survivors;
    for (auto one = found.byKey.cbegin(); one != found.byKey.cend(); ++one)
        keyed.byKey.insert(RowPlan::recordKey(one.key()), one.value());
    return keyed;
}

/// What people call the records, by id.
QHash<QString, QString> namesOf(const FoundRecords &found, ObjectType type)
{
    QHash<QString, QString> names;
    for (const QList<Record> &records : found.byKey) {
        for (const Record &record : records)
            names.insert(record.id, labelOf(type, record.properties, record.id));
    }
    return names;
}

class Deciding
{
public:
    Deciding(const RowPlan &plan, const ImportFile &file, const FoundRecords &found,
             const std::vector<FoundRecords> &linked, const ImportedLinks::Kinds &kinds)
        : m_plan(plan)
        , m_file(file)
        , m_found(found)
        , m_linked(linked)
        , m_kinds(kinds)
        , m_names(plan.links().isEmpty() ? QHash<QString, QString>()
                                         : namesOf(found, plan.key().type))
    {
    }

    Result<PortionDecisions> decide(const std::vector<OpenRow> &rows)
    {
        m_decisions.differing.resize(size_t(m_plan.mapping().columns.size()));
        for (const OpenRow &open : rows)
            add(open);
        if (m_error)
            return tl::unexpected(*m_error);
        return std::move(m_decisions);
    }

private:
    void add(const OpenRow &open)
    {
        DecidedRow decided {open.place, open.row, {}};
        const QString localId = u"new-%1"_s.arg(open.place + 1);
        const auto staged = [this](const QString &key) { return stagedAt(key); };
        if (auto change =
                m_plan.decide(decided.row, m_found, localId, staged, m_decisions.differing))
            decided.changes.push_back(*std::move(change));
        if (!m_plan.links().isEmpty())
            order(decided, localId);
        m_decisions.rows.push_back(std::move(decided));
    }

    void order(DecidedRow &decided, const QString &localId)
    {
        ImportedRow &row = decided.row;
        const bool isNew = row.status == ImportedRow::Status::Creates;
        const QString id = isNew ? localId : row.id;
        if (row.status == ImportedRow::Status::Refused || id.isEmpty())
            return;
        const QString name = isNew ? decided.changes.front().label : m_names.value(id, id);
        const QList<LinkOrder> orders =
            m_plan.links().ordersOf(row, {m_plan.key().type, id}, name, m_linked, m_kinds);
        if (row.status == ImportedRow::Status::Refused)
            decided.changes.clear();
        m_decisions.orders += orders;
        m_decisions.rowOfOrder.insert(m_decisions.rowOfOrder.end(), size_t(orders.size()),
                                      m_decisions.rows.size());
        if (!isNew && row.status != ImportedRow::Status::Refused)
            nameAll(row, {m_plan.key().type, id}, name, orders);
    }

    void nameAll(const ImportedRow &row, const RecordReference &record, const QString &name,
                 const QList<LinkOrder> &orders)
    {
        for (const ObjectType type : m_plan.links().wholeTypes(row)) {
            WholeLinks whole {m_decisions.rows.size(), record, type, name, {}};
            for (const LinkOrder &order : orders) {
                const RecordReference &other = order.from == record ? order.to : order.from;
                if (other.type == type)
                    whole.named.append(other.id);
            }
            m_decisions.whole.push_back(std::move(whole));
        }
    }

    std::optional<RowChange> stagedAt(const QString &key)
    {
        const auto known = m_file.staged(key);
        if (known)
            return *known;
        m_error = known.error();
        return {};
    }

    const RowPlan &m_plan;
    const ImportFile &m_file;
    const FoundRecords &m_found;
    const std::vector<FoundRecords> &m_linked;
    const ImportedLinks::Kinds &m_kinds;
    const QHash<QString, QString> m_names;
    PortionDecisions m_decisions;
    std::optional<Error> m_error;
};

/// The associations become changes of their rows, unless they are staged.
void addLinks(DecidedRow &decided, const RowChange &link, const ImportFile &file,
              std::optional<Error> &error)
{
    const auto staged = file.staged(RowPlan::stagedLinkKey(link));
    if (!staged) {
        error = staged.error();
        return;
    }
    ImportedRow &row = decided.row;
    const bool isStaged = *staged && (*staged)->cells == link.cells;
    if (isStaged && row.status == ImportedRow::Status::Unchanged && row.message.isEmpty())
        row.message = RowPlan::stagedAlready();
    if (isStaged)
        return;
    decided.changes.push_back(link);
    if (row.status != ImportedRow::Status::Unchanged)
        return;
    row.status = ImportedRow::Status::Updates;
    if (row.message == RowPlan::stagedAlready())
        row.message.clear();
}

} // namespace

DecidePortion::DecidePortion(Session &session, const ReadImport &read, std::vector<OpenRow> rows,
                             QObject *parent)
    : Call(parent)
    , m_session(session)
    , m_plan(read.plan)
    , m_file(read.file)
    , m_linkKinds(read.linkKinds)
    , m_rows(std::move(rows))
    , m_linked(read.plan->links().columns().size())
{
    match();
}

void DecidePortion::match()
{
    QStringList keys;
    QStringList ids;
    for (const OpenRow &open : m_rows) {
        if (const QString id = m_plan->idInPlaceOfKey(open.row); !id.isEmpty())
            ids.append(id);
        else if (const QString text = m_plan->keyTextOf(open.row); !text.isEmpty())
            keys.append(text);
    }
    const QStringList properties = m_plan->properties();
    ask(m_plan->key(), keys, properties,
        [this](const FoundRecords &found) { add(m_found, found); });
    MatchKey byId {m_plan->key().type, {}};
    byId.property.name = recordIdColumn;
    ask(byId, ids, properties,
        [this](const FoundRecords &found) { add(m_found, byRecordKey(found)); });
    const std::vector<ImportedLinks::Column> &columns = m_plan->links().columns();
    for (size_t i = 0; i < columns.size(); ++i) {
        QStringList texts;
        for (const OpenRow &open : m_rows)
            texts += m_plan->links().textsIn(open.row, columns[i]);
        texts.removeDuplicates();
        ask(columns[i].key, texts, labelProperties(columns[i].key.type),
            [this, i](const FoundRecords &found) { add(m_linked[i], found); });
    }
    onAnswer();
}

void DecidePortion::ask(const MatchKey &key, const QStringList &texts,
                        const QStringList &properties,
                        const std::function<void(const FoundRecords &)> &take)
{
    for (qsizetype i = 0; i < texts.size(); i += mostBatchInputs) {
        ++m_waiting;
        then(matchRecords(m_session.portal(), key, texts.mid(i, mostBatchInputs), properties, this),
             [this, take](const FoundRecords &found) {
                 take(found);
                 onAnswer();
             });
    }
}

void DecidePortion::onAnswer()
{
    if (--m_waiting == 0)
        decide();
}

void DecidePortion::decide()
{
    auto *deciding = new PoolCall<PortionDecisions>(
        [rows = m_rows, plan = m_plan, file = m_file, found = m_found, linked = m_linked,
         kinds = m_linkKinds](const std::stop_token &) {
            return Deciding(*plan, *file, found, linked, kinds).decide(rows);
        },
        this);
    then(deciding, [this](const PortionDecisions &decisions) { readOthers(decisions); });
}

/// What the records are associated with now, where the rows name all that shall remain.
void DecidePortion::readOthers(const PortionDecisions &decisions)
{
    m_decisions = decisions;
    m_waiting = 1;
    for (const ObjectType type : allObjectTypes) {
        QStringList ids;
        for (const WholeLinks &whole : m_decisions.whole) {
            if (whole.type == type)
                ids.append(whole.record.id);
        }
        ids.removeDuplicates();
        for (qsizetype i = 0; i < ids.size(); i += mostAssociationReads) {
            ++m_waiting;
            then(new BatchAssociations(m_session.portal(), m_plan->key().type,
                                       ids.mid(i, mostAssociationReads), type, this),
                 [this, type](const AssociationsById &found) {
                     m_present[size_t(type)].insert(found);
                     onPresent();
                 });
        }
    }
    onPresent();
}

void DecidePortion::onPresent()
{
    if (--m_waiting > 0)
        return;
    for (const WholeLinks &whole : m_decisions.whole) {
        for (const Association &one : m_present[size_t(whole.type)].value(whole.record.id)) {
            if (whole.named.contains(one.toId))
                continue;
            m_decisions.orders.append(turned({whole.record,
                                              {whole.type, one.toId},
                                              LinkOrder::Remove,
                                              {},
                                              whole.name + u" - "_s + one.toId}));
            m_decisions.rowOfOrder.push_back(whole.row);
        }
    }
    planLinks();
}

void DecidePortion::planLinks()
{
    if (m_decisions.orders.isEmpty())
        return store({});
    then(new PlanLinks(m_session.portal(), m_decisions.orders, this),
         [this](const QList<PlannedLink> &links) { store(links); });
}

void DecidePortion::store(const QList<PlannedLink> &links)
{
    auto *storing = new PoolCall<std::vector<qint64>>(
        [decisions = std::move(m_decisions), links,
         file = m_file](const std::stop_token &) -> Result<std::vector<qint64>> {
            std::vector<DecidedRow> rows = decisions.rows;
            std::optional<Error> error;
            for (qsizetype i = 0; i < links.size() && !error; ++i) {
                if (links[i].row)
                    addLinks(rows[decisions.rowOfOrder[size_t(i)]], *links[i].row, *file, error);
            }
            if (error)
                return tl::unexpected(*error);
            return file->decide(rows).map([&decisions] { return decisions.differing; });
        },
        this);
    then(storing, [this](const std::vector<qint64> &differing) { complete(differing); });
}

} // namespace hubkeeper
