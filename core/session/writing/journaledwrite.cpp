// SPDX-License-Identifier: MIT
#include "session/writing/journaledwrite.h"

#include "connector/attributewrite.h"
#include "connector/readobject.h"
#include "session/open/session.h"
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

} // namespace

JournaledWrite::JournaledWrite(Session &session, WriteTrace &trace, CollectedWrite write,
                               QObject *parent)
    : Call(parent)
    , m_session(session)
    , m_trace(trace)
    , m_write(std::move(write))
{
    const auto known = objectClassFrom(m_write.objectClass);
    if (!known || !isWritable(*known)) {
        always(sent(), [this](const Result<ConnectorObject> &refusal) { complete(refusal); });
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
    m_row.type = m_records.value_or(definitionsOf(*m_class).value_or(ObjectType::Contacts));
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
                 onProperties(propertiesToWrite(info, m_write.attributes, kind, definitions));
             });
    });
}

void JournaledWrite::onProperties(const Result<QHash<QString, QString>> &properties)
{
    if (!properties)
        return complete(tl::unexpected(properties.error()));
    for (auto it = properties->cbegin(); it != properties->cend(); ++it)
        m_row.cells.insert(it.key(), {{}, it.value()});
    if (m_write.verb == CollectedWrite::Update)
        return readRecord();
    m_row.recordId = u"new"_s;
    m_row.label = labelOf(m_row.type, *properties, m_row.recordId);
    intend();
}

void JournaledWrite::readRecord()
{
    ReadOptions options;
    options.properties = m_row.cells.keys() + labelProperties(m_row.type);
    options.properties.removeDuplicates();
    then(m_session.portal().read(*m_records, m_write.uid, options, this),
         [this](const Record &record) {
             m_row.recordId = record.id; // Another one, if it was merged.
             m_row.label = labelOf(m_row.type, record.properties, record.id);
             for (auto cell = m_row.cells.begin(); cell != m_row.cells.end(); ++cell)
                 cell->before = record.text(cell.key());
             intend();
         });
}

void JournaledWrite::prepareDefinition()
{
    for (auto it = m_write.attributes.begin(); it != m_write.attributes.end(); ++it) {
        if (!it.key().startsWith(u'_'))
            m_row.cells.insert(it.key(), {{}, definitionText(*it)});
    }
    if (m_write.verb == CollectedWrite::Create) {
        m_row.recordId = definitionText(m_write.attributes["name"_L1]);
        m_row.label = u"%1 %2"_s.arg(m_write.objectClass, m_row.recordId);
        return intend();
    }
    m_row.label = u"%1 %2"_s.arg(m_write.objectClass, m_write.uid);
    then(m_session.connector().get(m_write.objectClass, m_write.uid, {}, this),
         [this](const ConnectorObject &object) {
             if (m_write.verb == CollectedWrite::Delete)
                 keepDefinition(object.attributes);
             for (auto cell = m_row.cells.begin(); cell != m_row.cells.end(); ++cell)
                 cell->before = definitionText(object.attributes[cell.key()]);
             intend();
         });
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

void JournaledWrite::intend()
{
    // An update of nothing sends nothing.
    if (m_write.verb == CollectedWrite::Update && m_row.cells.isEmpty())
        return send();
    const auto number = m_trace.intend(m_portalId, m_row);
    if (!number)
        return complete(tl::unexpected(number.error()));
    m_number = *number;
    send();
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
    Connector &connector = m_session.connector();
    if (m_write.verb == CollectedWrite::Create)
        return connector.create(m_write.objectClass, m_write.attributes, this, written);
    if (m_write.verb == CollectedWrite::Update)
        return connector.update(m_write.objectClass, m_write.uid, m_write.attributes, this, {},
                                written);
    return connector.remove(m_write.objectClass, m_write.uid, this);
}

void JournaledWrite::onAnswer(const Result<ConnectorObject> &answer)
{
    m_answer = answer;
    if (m_number == 0)
        return complete(answer);
    m_isWritten = m_isWritten || answer.has_value();
    if (!m_isWritten && failureOf(answer.error()) != Failure::Unclear)
        return settle(RowState::Failed, answer.error().sentence());
    if (wasReadBack())
        return judge(*answer->record);
    if (m_records && (m_isWritten || m_write.verb != CollectedWrite::Create))
        return prove();
    if (!m_isWritten)
        return settle(RowState::Unknown, answer.error().sentence());
    if (!answer)
        return settle(RowState::Applied, answer.error().sentence());
    // A delete answers with the object as it was.
    for (auto cell = m_row.cells.begin(); cell != m_row.cells.end(); ++cell) {
        if (m_row.kind != ChangeKind::Archive)
            cell->after = definitionText(answer->attributes[cell.key()]);
    }
    settle(RowState::Applied);
}

/// The connector reads what it wrote, to answer with it: as good a proof as reading it once more.
bool JournaledWrite::wasReadBack() const
{
    if (!*m_answer || !(*m_answer)->record || m_row.kind == ChangeKind::Archive)
        return false;
    const auto &properties = (*m_answer)->record->properties;
    const QStringList written = m_row.cells.keys();
    return std::all_of(written.begin(), written.end(),
                       [&](const QString &name) { return properties.contains(name); });
}

void JournaledWrite::prove()
{
    ReadOptions options;
    options.properties = m_row.cells.keys();
    always(m_session.portal().read(*m_records, m_row.recordId, options, this),
             [this](const Result<Record> &now) { onProof(now); });
}

void JournaledWrite::onProof(const Result<Record> &now)
{
    const bool isGone = !now && now.error().kind == ErrorKind::NotFound;
    if (m_row.kind == ChangeKind::Archive && isGone) {
        emit m_session.recordsArchived(m_row.type, {m_row.recordId});
        return settle(RowState::Applied);
    }
    if (now)
        return judge(*now);
    if (isGone)
        return settle(RowState::Failed, u"The record was gone after it had been written."_s);
    if (m_isWritten)
        return settle(RowState::Applied,
                      u"Written, but it could not be read again: %1"_s.arg(now.error().what));
    settle(RowState::Unknown, m_answer->error().sentence());
}

/// Compares what the portal has now with what was sent, as a run of a change set does.
void JournaledWrite::judge(const Record &now)
{
    if (m_row.kind == ChangeKind::Archive)
        return settle(RowState::Failed, u"The record is still there."_s);
    RowChange sent;
    sent.cells = m_row.cells;
    const Proof proof = proofOf(sent, now, {});
    if (proof == Proof::NotWritten && m_row.kind == ChangeKind::Update)
        return settle(RowState::Failed,
                      m_isWritten ? u"The portal took the change, but still has the old value."_s
                                  : m_answer->error().sentence());
    for (auto cell = m_row.cells.begin(); cell != m_row.cells.end(); ++cell)
        cell->after = now.text(cell.key());
    emit m_session.recordsWritten(m_row.type, {now});
    settle(RowState::Applied,
           proof == Proof::AsWanted ? QString()
                                    : u"The portal stored another text than the one sent."_s);
}

void JournaledWrite::settle(RowState state, const QString &message)
{
    m_row.outcome = nameOf(state);
    m_row.message = message;
    const auto noted = m_trace.settle(std::exchange(m_number, 0), m_row);
    complete(noted ? *m_answer : Result<ConnectorObject>(tl::unexpected(noted.error())));
}

/// The requests are dropped already; what they may have done is written down.
void JournaledWrite::abortWork()
{
    if (m_number == 0)
        return;
    m_row.outcome = nameOf(m_isWritten ? RowState::Applied : RowState::Unknown);
    m_row.message = m_isWritten ? u"Written; the run was stopped before it could be read again."_s
                                : u"The run was stopped while it was sent."_s;
    // The run is over; the journal shows the intent alone if this failed.
    (void)m_trace.settle(std::exchange(m_number, 0), m_row);
}

} // namespace hubkeeper
