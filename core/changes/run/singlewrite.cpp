// SPDX-License-Identifier: MIT
#include "changes/run/singlewrite.h"

#include "changes/changestext.h"
#include "changes/run/readtotals.h"
#include "connector/attributewrite.h"
#include "connector/objectclass.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

ChangeKind kindOf(CollectedWrite::Verb verb)
{
    switch (verb) {
    case CollectedWrite::Create:
        return ChangeKind::Create;
    case CollectedWrite::Update:
        return ChangeKind::Update;
    case CollectedWrite::Delete:
        return ChangeKind::Archive;
    }
    Q_UNREACHABLE();
}

/// An object of property definitions as a record: its attributes as texts.
Record recordFrom(const ConnectorObject &object)
{
    Record record;
    record.id = object.uid;
    for (auto it = object.attributes.begin(); it != object.attributes.end(); ++it)
        record.properties.insert(it.key(), definitionText(*it));
    return record;
}

} // namespace

GuardedWrite guardedWrite(const CollectedWrite &write)
{
    const auto objectClass = objectClassFrom(write.objectClass);
    const bool isDefinition = objectClass && definitionsOf(*objectClass);
    const QString name = write.uid.isEmpty() ? write.attributes["name"_L1].toString() : write.uid;
    GuardedWrite guarded;
    guarded.kind = kindOf(write.verb);
    if (objectClass)
        guarded.records = recordTypeOf(*objectClass);
    guarded.label = u"%1 %2"_s.arg(write.objectClass, name).trimmed();
    // Attributes that can be written have the names of their properties (idm-connector 1.4).
    guarded.properties = isDefinition ? QStringList {name} : write.attributes.keys();
    return guarded;
}

SingleWrite::SingleWrite(const SingleWriteContext &context, SingleWritePlan plan, QObject *parent)
    : Call(parent)
    , m_context(context)
    , m_plan(std::move(plan))
{
    m_plan.row.kind = kindOf(m_plan.write.verb);
    m_plan.row.thing = m_plan.records ? WrittenThing::Record : WrittenThing::Definition;
    askGuard();
}

/// At the point of sending, by the policy of this moment.
void SingleWrite::askGuard()
{
    const QList<ObjectType> types =
        m_plan.records ? QList<ObjectType> {*m_plan.records} : QList<ObjectType>();
    then(readMissingTotals(m_context.portal, m_context.trace.guard(), types, this), [this] {
        if (const auto refusal = m_context.trace.guard().admit({guardedWrite(m_plan.write)}))
            return complete(tl::unexpected(*refusal));
        if (m_plan.dryRun)
            return complete(m_plan.present);
        intend();
    });
}

void SingleWrite::intend()
{
    // An update of nothing sends nothing.
    if (m_plan.write.verb == CollectedWrite::Update && m_plan.row.cells.isEmpty())
        return send();
    then(m_context.trace.intend(m_plan.portalId, m_plan.row, this), [this](int number) {
        m_number = number;
        send();
    });
}

void SingleWrite::send()
{
    always(sent(), [this](const Result<ConnectorObject> &answer) { onAnswer(answer); });
}

Call<ConnectorObject> *SingleWrite::sent()
{
    const auto written = [this](const QString &uid) {
        m_isWritten = true;
        m_plan.row.recordId = uid;
    };
    const CollectedWrite &write = m_plan.write;
    if (write.verb == CollectedWrite::Create)
        return m_context.writer.create(write.objectClass, write.attributes, this, written);
    if (write.verb == CollectedWrite::Update)
        return m_context.writer.update(write.objectClass, write.uid, write.attributes, this, {},
                                       written);
    return m_context.writer.remove(write.objectClass, write.uid, this);
}

void SingleWrite::onAnswer(const Result<ConnectorObject> &answer)
{
    m_answer = answer;
    if (m_number == 0)
        return complete(answer);
    m_isWritten = m_isWritten || answer.has_value();
    if (!m_isWritten && failureOf(answer.error()) != Failure::Unclear)
        return finish(RowState::Failed, answer.error().sentence());
    if (!m_isWritten && m_plan.write.verb == CollectedWrite::Create) // It was looked up already.
        return finish(RowState::Unknown, answer.error().sentence());
    if (wasReadBack())
        return judge(m_plan.records ? *answer->record : recordFrom(*answer));
    prove();
}

/// The connector reads what it wrote, to answer with it: as good a proof as reading it once more.
/// A delete answers with the object as it was.
bool SingleWrite::wasReadBack() const
{
    if (!*m_answer || m_plan.row.kind == ChangeKind::Archive)
        return false;
    if (!m_plan.records || !(*m_answer)->record)
        return !m_plan.records;
    const auto &properties = (*m_answer)->record->properties;
    const QStringList written = m_plan.row.cells.keys();
    return std::all_of(written.begin(), written.end(),
                       [&](const QString &name) { return properties.contains(name); });
}

void SingleWrite::prove()
{
    const QString &id = m_plan.row.recordId;
    if (!m_plan.records) {
        always(m_context.connector.get(m_plan.write.objectClass, id, {}, this),
               [this](const Result<ConnectorObject> &now) { judge(now.map(&recordFrom)); });
        return;
    }
    ReadOptions options;
    options.properties = m_plan.row.cells.keys();
    always(m_context.portal.read(*m_plan.records, id, options, this),
           [this](const Result<Record> &now) { judge(now); });
}

/// Compares what the portal has now with what was sent, as a run of a change set does.
void SingleWrite::judge(const Result<Record> &now)
{
    RowChange row;
    row.kind = m_plan.row.kind;
    row.id = m_plan.row.recordId;
    row.writtenId = m_plan.row.recordId;
    if (row.kind != ChangeKind::Archive)
        row.cells = m_plan.row.cells;
    const bool isGone = !now && now.error().kind == ErrorKind::NotFound;
    const Result<std::optional<Record>> found = isGone
        ? Result<std::optional<Record>>(std::nullopt)
        : now.map([](const Record &record) { return std::optional(record); });
    const auto doubt = m_isWritten ? std::nullopt : std::optional(m_answer->error());
    const Outcome outcome = outcomeOf(row, doubt, found, m_plan.definitions);
    if (outcome.state == RowState::Applied)
        noteApplied(now);
    // HubSpot completes a definition, e.g. the order of its options: nothing to warn of.
    const bool isSilent = !outcome.error
        || (outcome.state == RowState::Applied && outcome.isOtherText && !m_plan.records);
    finish(outcome.state, isSilent ? QString() : outcome.error->sentence());
}

/// The journal keeps what the portal stored, and grids show it.
void SingleWrite::noteApplied(const Result<Record> &now)
{
    if (m_plan.row.kind == ChangeKind::Archive) {
        if (m_plan.records)
            emit recordsArchived(*m_plan.records, {m_plan.row.recordId});
        return;
    }
    if (!now)
        return;
    for (auto cell = m_plan.row.cells.begin(); cell != m_plan.row.cells.end(); ++cell)
        cell->after = now->text(cell.key());
    if (m_plan.records)
        emit recordsWritten(*m_plan.records, {*now});
}

void SingleWrite::finish(RowState state, const QString &message)
{
    m_plan.row.outcome = nameOf(state);
    m_plan.row.message = message;
    always(m_context.trace.noteOutcome(std::exchange(m_number, 0), m_plan.row, this),
           [this](const Result<void> &noted) {
               complete(noted ? *m_answer : tl::unexpected(noted.error()));
           });
}

/// The requests are dropped already; what they may have done is written down.
void SingleWrite::abortWork()
{
    if (m_number == 0)
        return;
    m_plan.row.outcome = nameOf(m_isWritten ? RowState::Applied : RowState::Unknown);
    m_plan.row.message = m_isWritten
        ? ChangesText::tr("Written; the run was stopped before it could be read again.")
        : ChangesText::tr("The run was stopped while it was sent.");
    m_context.trace.leave(std::exchange(m_number, 0), m_plan.row);
}

} // namespace hubkeeper
