// SPDX-License-Identifier: MIT
#include "session/writing/journaledwrite.h"

#include "changes/run/readtotals.h"
#include "connector/attributewrite.h"
#include "connector/readobject.h"
#include "session/open/session.h"
#include "session/open/writeaccess.h"
#include "session/reading/recordlabel.h"
#include "session/writing/definitionwrites.h"
#include "session/writing/writetrace.h"

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

JournaledWrite::JournaledWrite(Session &session, WriteTrace &trace, CollectedWrite write,
                               bool dryRun, QObject *parent)
    : Call(parent)
    , m_session(session)
    , m_trace(trace)
    , m_write(std::move(write))
    , m_isDry(dryRun)
{
    // What is refused whatever the portal says needs no request.
    WriteGuard &guard = m_trace.guard();
    const auto refusal =
        guard.needsTotals() ? std::optional<Error>() : guard.refusalOf({guardedWrite(m_write)});
    if (refusal) {
        complete(tl::unexpected(*refusal));
        return;
    }
    const auto known = objectClassFrom(m_write.objectClass);
    if (!known || !isWritable(*known)) {
        always(sent(), [this](const Result<ConnectorObject> &answer) { complete(answer); });
        return;
    }
    m_class = *known;
    m_records = recordTypeOf(*m_class);
    if (m_write.verb != CollectedWrite::Create && !canBeUid(*m_class, m_write.uid)) {
        complete(unknownUid(*m_class, m_write.uid));
        return;
    }
    begin();
}

void JournaledWrite::begin()
{
    m_row.kind = kindOf(m_write.verb);
    m_row.recordId = m_write.uid;
    m_row.isDefinition = !m_records;
    m_type = m_records.value_or(definitionsOf(*m_class).value_or(ObjectType::Contacts));
    m_row.type = nameOf(m_type);
    then(m_session.account(this), [this](const AccountDetails &account) {
        m_portalId = account.portalId;
        if (m_records)
            prepareRecord();
        else
            prepareDefinition();
    });
}

void JournaledWrite::prepareRecord()
{
    if (m_write.verb == CollectedWrite::Delete)
        return readRecord();
    const auto kind =
        m_write.verb == CollectedWrite::Create ? WriteKind::Create : WriteKind::Update;
    then(m_session.connector().schema(this), [this, kind](const Schema &schema) {
        const ObjectClassInfo &info = schema.of(*m_class);
        if (!m_session.connector().options().readSchema)
            return onProperties(propertiesToWrite(info, m_write.attributes, kind, {}));
        then(m_session.definitions(*m_records, false, this),
             [this, info, kind](const QList<PropertyDefinition> &definitions) {
                 for (const PropertyDefinition &definition : definitions)
                     m_definitions.insert(definition.name, definition);
                 onProperties(propertiesToWrite(info, m_write.attributes, kind, definitions));
             });
    });
}

void JournaledWrite::onProperties(const Result<QHash<QString, QString>> &properties)
{
    if (!properties)
        return complete(tl::unexpected(properties.error()));
    RowChange row;
    for (auto it = properties->cbegin(); it != properties->cend(); ++it)
        row.cells.insert(it.key(), {{}, it.value()});
    const QList<FieldFault> faults = faultsOf(row, {});
    if (!faults.isEmpty()) {
        auto error = fail(ErrorKind::InvalidInput, faults.first().message, u"Nothing was sent."_s);
        error.value().fields = faults;
        return complete(std::move(error));
    }
    m_row.cells = row.cells;
    if (m_write.verb == CollectedWrite::Update)
        return readRecord();
    m_row.recordId = u"new"_s;
    m_row.label = labelOf(m_type, *properties, m_row.recordId);
    askGuard();
}

void JournaledWrite::readRecord()
{
    if (m_isDry)
        return readObject();
    ReadOptions options;
    options.properties = m_row.cells.keys() + labelProperties(m_type);
    options.properties.removeDuplicates();
    then(m_session.portal().read(*m_records, m_write.uid, options, this),
         [this](const Record &record) { onRecord(record); });
}

void JournaledWrite::onRecord(const Record &record)
{
    if (!record.mergedId.isEmpty())
        return complete(tl::unexpected(mergedAway(record.mergedId, record.id)));
    m_row.label = labelOf(m_type, record.properties, record.id);
    for (auto cell = m_row.cells.begin(); cell != m_row.cells.end(); ++cell)
        cell->before = record.text(cell.key());
    askGuard();
}

void JournaledWrite::prepareDefinition()
{
    for (auto it = m_write.attributes.begin(); it != m_write.attributes.end(); ++it) {
        if (!it.key().startsWith(u'_'))
            m_row.cells.insert(it.key(), {{}, definitionText(*it)});
    }
    const bool isCreate = m_write.verb == CollectedWrite::Create;
    if (isCreate)
        m_row.recordId = definitionText(m_write.attributes["name"_L1]);
    m_row.label = u"%1 %2"_s.arg(m_write.objectClass, m_row.recordId);
    then(m_session.connector().schema(this), [this, isCreate](const Schema &schema) {
        const auto definition = m_write.verb == CollectedWrite::Delete
            ? Result<QJsonObject>()
            : definitionToWrite(schema.of(*m_class), m_write.attributes,
                                isCreate ? WriteKind::Create : WriteKind::Update, m_write.uid);
        if (!definition)
            return complete(tl::unexpected(definition.error()));
        if (isCreate)
            return askGuard();
        readObject();
    });
}

/// The object as the connector gives it: of definitions, and for a dry run.
void JournaledWrite::readObject()
{
    then(m_session.connector().get(m_write.objectClass, m_write.uid, {}, this),
         [this](const ConnectorObject &object) {
             m_present = object;
             if (m_records && object.uid != m_write.uid)
                 return complete(tl::unexpected(mergedAway(m_write.uid, object.uid)));
             if (!m_records)
                 return onDefinition(object);
             askGuard();
         });
}

void JournaledWrite::onDefinition(const ConnectorObject &object)
{
    if (m_write.verb == CollectedWrite::Delete)
        keepDefinition(object.attributes);
    for (auto cell = m_row.cells.begin(); cell != m_row.cells.end(); ++cell)
        cell->before = definitionText(object.attributes[cell.key()]);
    askGuard();
}

/// All that is needed to make the property anew goes into the journal.
void JournaledWrite::keepDefinition(const QJsonObject &attributes)
{
    for (auto it = attributes.begin(); it != attributes.end(); ++it) {
        const QString text = definitionText(*it);
        if (!text.isEmpty() && definitionValueFrom(it.key(), text))
            m_row.cells.insert(it.key(), {});
    }
}

/// At the point of sending, by the policy of this moment.
void JournaledWrite::askGuard()
{
    const QList<ObjectType> types =
        m_records ? QList<ObjectType> {*m_records} : QList<ObjectType>();
    then(readMissingTotals(m_session.portal(), m_trace.guard(), types, this), [this] {
        if (const auto refusal = m_trace.guard().admit({guardedWrite(m_write)}))
            return complete(tl::unexpected(*refusal));
        if (m_isDry)
            return complete(m_present);
        intend();
    });
}

void JournaledWrite::intend()
{
    // An update of nothing sends nothing.
    if (m_write.verb == CollectedWrite::Update && m_row.cells.isEmpty())
        return send();
    then(m_trace.intend(m_portalId, m_row, this), [this](int number) {
        m_number = number;
        send();
    });
}

void JournaledWrite::send()
{
    always(sent(), [this](const Result<ConnectorObject> &answer) { onAnswer(answer); });
}

Call<ConnectorObject> *JournaledWrite::sent()
{
    const auto written = [this](const QString &uid) {
        m_isWritten = true;
        m_row.recordId = uid;
    };
    ConnectorWriter &writer = m_session.writeAccess().m_connector;
    if (m_write.verb == CollectedWrite::Create)
        return writer.create(m_write.objectClass, m_write.attributes, this, written);
    if (m_write.verb == CollectedWrite::Update)
        return writer.update(m_write.objectClass, m_write.uid, m_write.attributes, this, {},
                             written);
    return writer.remove(m_write.objectClass, m_write.uid, this);
}

void JournaledWrite::onAnswer(const Result<ConnectorObject> &answer)
{
    m_answer = answer;
    if (m_number == 0)
        return complete(answer);
    m_isWritten = m_isWritten || answer.has_value();
    if (!m_isWritten && failureOf(answer.error()) != Failure::Unclear)
        return settle(RowState::Failed, answer.error().sentence());
    if (!m_isWritten && m_write.verb == CollectedWrite::Create) // It was looked up already.
        return settle(RowState::Unknown, answer.error().sentence());
    if (wasReadBack())
        return judge(m_records ? *answer->record : recordFrom(*answer));
    prove();
}

/// The connector reads what it wrote, to answer with it: as good a proof as reading it once more.
/// A delete answers with the object as it was.
bool JournaledWrite::wasReadBack() const
{
    if (!*m_answer || m_row.kind == ChangeKind::Archive)
        return false;
    if (!m_records || !(*m_answer)->record)
        return !m_records;
    const auto &properties = (*m_answer)->record->properties;
    const QStringList written = m_row.cells.keys();
    return std::all_of(written.begin(), written.end(),
                       [&](const QString &name) { return properties.contains(name); });
}

void JournaledWrite::prove()
{
    if (!m_records) {
        always(m_session.connector().get(m_write.objectClass, m_row.recordId, {}, this),
               [this](const Result<ConnectorObject> &now) { judge(now.map(&recordFrom)); });
        return;
    }
    ReadOptions options;
    options.properties = m_row.cells.keys();
    always(m_session.portal().read(*m_records, m_row.recordId, options, this),
           [this](const Result<Record> &now) { judge(now); });
}

/// Compares what the portal has now with what was sent, as a run of a change set does.
void JournaledWrite::judge(const Result<Record> &now)
{
    RowChange row;
    row.kind = m_row.kind;
    row.id = m_row.recordId;
    row.writtenId = m_row.recordId;
    if (row.kind != ChangeKind::Archive)
        row.cells = m_row.cells;
    const bool isGone = !now && now.error().kind == ErrorKind::NotFound;
    const Result<std::optional<Record>> found = isGone
        ? Result<std::optional<Record>>(std::nullopt)
        : now.map([](const Record &record) { return std::optional(record); });
    const auto doubt = m_isWritten ? std::nullopt : std::optional(m_answer->error());
    const Outcome outcome = outcomeOf(row, doubt, found, m_definitions);
    const bool isApplied = outcome.state == RowState::Applied;
    if (isApplied && now && m_row.kind != ChangeKind::Archive) {
        for (auto cell = m_row.cells.begin(); cell != m_row.cells.end(); ++cell)
            cell->after = now->text(cell.key());
        if (m_records)
            emit m_session.recordsWritten(m_type, {*now});
    }
    if (isApplied && m_records && m_row.kind == ChangeKind::Archive)
        emit m_session.recordsArchived(m_type, {m_row.recordId});
    // HubSpot completes a definition, e.g. the order of its options: nothing to warn of.
    const bool isSilent = !outcome.error || (outcome.isOtherText && !m_records);
    settle(outcome.state, isSilent ? QString() : outcome.error->sentence());
}

void JournaledWrite::settle(RowState state, const QString &message)
{
    m_row.outcome = nameOf(state);
    m_row.message = message;
    always(m_trace.settle(std::exchange(m_number, 0), m_row, this),
           [this](const Result<void> &noted) {
               complete(noted ? *m_answer : tl::unexpected(noted.error()));
           });
}

/// The requests are dropped already; what they may have done is written down.
void JournaledWrite::abortWork()
{
    if (m_number == 0)
        return;
    m_row.outcome = nameOf(m_isWritten ? RowState::Applied : RowState::Unknown);
    m_row.message = m_isWritten ? u"Written; the run was stopped before it could be read again."_s
                                : u"The run was stopped while it was sent."_s;
    m_trace.leave(std::exchange(m_number, 0), m_row);
}

} // namespace hubkeeper
