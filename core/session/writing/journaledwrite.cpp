// SPDX-License-Identifier: MIT
#include "session/writing/journaledwrite.h"

#include "changes/run/takenvalues.h"
#include "connector/attributewrite.h"
#include "connector/readobject.h"
#include "session/open/session.h"
#include "session/open/writeaccess.h"
#include "session/reading/recordlabel.h"
#include "session/sessiontext.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QString verbOf(const CollectedWrite &write)
{
    switch (write.verb) {
    case CollectedWrite::Create:
        return u"create"_s;
    case CollectedWrite::Update:
        return u"update"_s;
    case CollectedWrite::Delete:
        return u"delete"_s;
    }
    Q_UNREACHABLE();
}

} // namespace

JournaledWrite::JournaledWrite(Session &session, WriteTrace &trace, CollectedWrite write,
                               bool dryRun, QObject *parent)
    : Call(parent)
    , m_session(session)
    , m_trace(trace)
{
    m_plan.write = std::move(write);
    m_plan.dryRun = dryRun;
    // What is refused whatever the portal says needs no request.
    WriteGuard &guard = m_trace.guard();
    const auto refusal = guard.needsTotals() ? std::optional<Error>()
                                             : guard.refusalOf({guardedWrite(m_plan.write)});
    if (refusal) {
        complete(tl::unexpected(*refusal));
        return;
    }
    const auto known = writableClass(m_plan.write.objectClass, verbOf(m_plan.write));
    if (!known) {
        complete(tl::unexpected(known.error()));
        return;
    }
    m_class = *known;
    if (m_plan.write.verb != CollectedWrite::Create && !canBeUid(*m_class, m_plan.write.uid)) {
        complete(unknownUid(*m_class, m_plan.write.uid));
        return;
    }
    prepare();
}

void JournaledWrite::prepare()
{
    m_plan.records = recordTypeOf(*m_class);
    m_plan.row.recordId = m_plan.write.uid;
    m_type = m_plan.records.value_or(definitionsOf(*m_class).value_or(ObjectType::Contacts));
    m_plan.row.type = nameOf(m_type);
    then(m_session.account(this), [this](const AccountDetails &account) {
        m_plan.portalId = account.portalId;
        if (m_plan.records)
            prepareRecord();
        else
            prepareDefinition();
    });
}

void JournaledWrite::prepareRecord()
{
    if (m_plan.write.verb == CollectedWrite::Delete)
        return readRecord();
    const auto kind =
        m_plan.write.verb == CollectedWrite::Create ? WriteKind::Create : WriteKind::Update;
    then(m_session.connector().schema(this), [this, kind](const Schema &schema) {
        const ObjectClassInfo &info = schema.of(*m_class);
        if (!m_session.connector().options().readSchema)
            return onProperties(propertiesToWrite(info, m_plan.write.attributes, kind, {}));
        then(m_session.definitions(*m_plan.records, false, this),
             [this, info, kind](const QList<PropertyDefinition> &definitions) {
                 for (const PropertyDefinition &definition : definitions)
                     m_plan.definitions.insert(definition.name, definition);
                 onProperties(propertiesToWrite(info, m_plan.write.attributes, kind, definitions));
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
        auto error = fail(ErrorKind::InvalidInput, faults.first().message,
                          SessionText::tr("Nothing was sent."));
        error.value().fields = faults;
        return complete(std::move(error));
    }
    m_plan.row.cells = row.cells;
    if (m_plan.write.verb == CollectedWrite::Update)
        return readRecord();
    m_plan.row.recordId = u"new"_s;
    m_plan.row.label = labelOf(m_type, *properties, m_plan.row.recordId);
    if (m_plan.dryRun)
        return lookForTaken();
    write();
}

/// Of a dry run: what HubSpot would refuse because another record has it.
void JournaledWrite::lookForTaken()
{
    QHash<QString, QString> texts;
    for (auto cell = m_plan.row.cells.cbegin(); cell != m_plan.row.cells.cend(); ++cell)
        texts.insert(cell.key(), cell->after);
    then(new TakenValues(m_session.portal(), m_type, m_plan.definitions, {texts}, this),
         [this, texts](const ValueOwners &owners) {
             if (const auto refusal = takenValueError(owners, texts, m_plan.row.recordId))
                 return complete(tl::unexpected(*refusal));
             write();
         });
}

/// Of a dry run: a property of the name that is to be created.
void JournaledWrite::lookForTwin()
{
    const QString name = m_plan.row.recordId;
    auto *present = m_session.connector().get(m_plan.write.objectClass, name, {}, this);
    always(present, [this, name](const Result<ConnectorObject> &found) {
        if (!found && found.error().kind != ErrorKind::NotFound)
            return complete(tl::unexpected(found.error()));
        if (!found)
            return write();
        auto error =
            fail(ErrorKind::Conflict, SessionText::tr("There is a property %1 already.").arg(name),
                 SessionText::tr("Change that one with an update, or use another name."));
        error.value().existingId = name;
        complete(std::move(error));
    });
}

void JournaledWrite::readRecord()
{
    if (m_plan.dryRun)
        return readObject();
    ReadOptions options;
    options.properties = m_plan.row.cells.keys() + labelProperties(m_type);
    options.properties.removeDuplicates();
    then(m_session.portal().read(*m_plan.records, m_plan.write.uid, options, this),
         [this](const Record &record) { onRecord(record); });
}

void JournaledWrite::onRecord(const Record &record)
{
    if (!record.mergedId.isEmpty())
        return complete(tl::unexpected(mergedAway(record.mergedId, record.id)));
    m_plan.row.label = labelOf(m_type, record.properties, record.id);
    for (auto cell = m_plan.row.cells.begin(); cell != m_plan.row.cells.end(); ++cell)
        cell->before = record.text(cell.key());
    write();
}

void JournaledWrite::prepareDefinition()
{
    for (auto it = m_plan.write.attributes.begin(); it != m_plan.write.attributes.end(); ++it) {
        if (!it.key().startsWith(u'_'))
            m_plan.row.cells.insert(it.key(), {{}, definitionText(*it)});
    }
    const bool isCreate = m_plan.write.verb == CollectedWrite::Create;
    if (isCreate)
        m_plan.row.recordId = definitionText(m_plan.write.attributes["name"_L1]);
    m_plan.row.label = u"%1 %2"_s.arg(m_plan.write.objectClass, m_plan.row.recordId);
    then(m_session.connector().schema(this), [this, isCreate](const Schema &schema) {
        const auto definition = m_plan.write.verb == CollectedWrite::Delete
            ? Result<QJsonObject>()
            : definitionToWrite(schema.of(*m_class), m_plan.write.attributes,
                                isCreate ? WriteKind::Create : WriteKind::Update, m_plan.write.uid);
        if (!definition)
            return complete(tl::unexpected(definition.error()));
        if (isCreate && m_plan.dryRun)
            return lookForTwin();
        if (isCreate)
            return write();
        readObject();
    });
}

/// The object as the connector gives it: of definitions, and for a dry run.
void JournaledWrite::readObject()
{
    then(m_session.connector().get(m_plan.write.objectClass, m_plan.write.uid, {}, this),
         [this](const ConnectorObject &object) {
             m_plan.present = object;
             if (m_plan.records && object.uid != m_plan.write.uid)
                 return complete(tl::unexpected(mergedAway(m_plan.write.uid, object.uid)));
             if (!m_plan.records)
                 return onDefinition(object);
             lookForTaken();
         });
}

void JournaledWrite::onDefinition(const ConnectorObject &object)
{
    if (m_plan.write.verb == CollectedWrite::Delete)
        keepDefinition(object.attributes);
    for (auto cell = m_plan.row.cells.begin(); cell != m_plan.row.cells.end(); ++cell)
        cell->before = definitionText(object.attributes[cell.key()]);
    write();
}

/// All that is needed to make the property anew goes into the journal.
void JournaledWrite::keepDefinition(const QJsonObject &attributes)
{
    for (auto it = attributes.begin(); it != attributes.end(); ++it) {
        const QString text = definitionText(*it);
        if (!text.isEmpty() && definitionValueFrom(it.key(), text))
            m_plan.row.cells.insert(it.key(), {});
    }
}

SingleWriteContext JournaledWrite::context()
{
    return {m_session.connector(), m_session.portal(), m_session.writeAccess().m_connector,
            m_trace};
}

void JournaledWrite::write()
{
    auto *write = new SingleWrite(context(), m_plan, this);
    connect(write, &SingleWrite::recordsWritten, &m_session, &Session::recordsWritten);
    connect(write, &SingleWrite::recordsArchived, &m_session, &Session::recordsArchived);
    always<ConnectorObject>(write,
                            [this](const Result<ConnectorObject> &answer) { complete(answer); });
}

} // namespace hubkeeper
