// SPDX-License-Identifier: MIT
#include "session/writing/stagewrites.h"

#include "connector/attributewrite.h"
#include "connector/connector.h"
#include "session/open/session.h"
#include "session/reading/recordlabel.h"
#include "session/sessiontext.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

std::optional<ObjectType> typeOf(const CollectedWrite &write)
{
    const auto objectClass = objectClassFrom(write.objectClass);
    return objectClass ? recordTypeOf(*objectClass) : std::nullopt;
}

QString keyOf(ObjectType type, const QString &id)
{
    return nameOf(type) + u'/' + id;
}

QString placeOf(const CollectedWrite &write)
{
    const QString what = write.uid.isEmpty() ? u"new"_s : write.uid;
    return write.objectClass + u' ' + what;
}

/// The steps of stageWrites(): schema, definitions and present records, then everything at once.
class StageWrites final : public Call<StagedWrites>
{
public:
    StageWrites(Session &session, const QList<CollectedWrite> &writes, QString name,
                QObject *parent)
        : Call(parent)
        , m_session(session)
        , m_name(std::move(name))
    {
        cancelWith(&m_session);
        for (const CollectedWrite &write : writes) {
            if (typeOf(write))
                m_writes.append(write);
            else
                leave(write, SessionText::tr("a change set holds contacts and companies only"));
        }
        if (m_writes.isEmpty())
            complete(m_outcome);
        else
            begin();
    }

private:
    void begin()
    {
        then(m_session.connector().schema(this), [this](const Schema &schema) {
            m_schema = schema;
            readDefinitions({ObjectType::Contacts, ObjectType::Companies});
        });
    }

    void leave(const CollectedWrite &write, const QString &why)
    {
        m_outcome.left.append(u"%1: %2"_s.arg(placeOf(write), why));
    }

    void readDefinitions(QList<ObjectType> types)
    {
        if (types.isEmpty())
            return readRecords();
        const ObjectType type = types.takeFirst();
        then(m_session.definitions(type, false, this),
             [this, type, types](const QList<PropertyDefinition> &definitions) {
                 m_definitions.insert(type, definitions);
                 readDefinitions(types);
             });
    }

    /// The next hundred records that were not read yet, until there are none.
    void readRecords()
    {
        QStringList ids;
        std::optional<ObjectType> type;
        for (const CollectedWrite &write : std::as_const(m_writes)) {
            const ObjectType its = *typeOf(write);
            if (write.verb == CollectedWrite::Create || (type && type != its)
                || m_asked.contains(keyOf(its, write.uid)) || ids.size() >= mostBatchInputs)
                continue;
            type = its;
            ids.append(write.uid);
            m_asked.insert(keyOf(its, write.uid));
        }
        if (ids.isEmpty())
            return stageAll();
        QStringList properties;
        for (const PropertyDefinition &definition : std::as_const(m_definitions[*type]))
            properties.append(definition.name);
        then(m_session.portal().batchRead(*type, ids, properties, this),
             [this, type = *type](const BatchReadOutcome &found) {
                 for (const Record &record : found.records)
                     m_records.insert(keyOf(type, record.id), record);
                 for (auto it = found.survivors.cbegin(); it != found.survivors.cend(); ++it)
                     m_survivors.insert(keyOf(type, it.key()), it.value());
                 readRecords();
             });
    }

    void stageAll()
    {
        m_session.changes().beginStep(m_name);
        for (const CollectedWrite &write : std::as_const(m_writes))
            stage(write);
        m_session.changes().endStep();
        complete(m_outcome);
    }

    void stage(const CollectedWrite &write)
    {
        const ObjectType type = *typeOf(write);
        const auto record = m_records.constFind(keyOf(type, write.uid));
        const QString survivor = m_survivors.value(keyOf(type, write.uid));
        if (!survivor.isEmpty())
            return leave(write, mergedAway(write.uid, survivor).sentence());
        if (write.verb != CollectedWrite::Create && record == m_records.constEnd())
            return leave(write, SessionText::tr("the record does not exist any more"));
        if (write.verb == CollectedWrite::Delete) {
            m_session.changes().addArchive(type, *record,
                                           labelOf(type, record->properties, record->id));
            ++m_outcome.staged;
            return;
        }
        const auto kind =
            write.verb == CollectedWrite::Create ? WriteKind::Create : WriteKind::Update;
        const auto properties = propertiesToWrite(m_schema.of(*objectClassFrom(write.objectClass)),
                                                  write.attributes, kind, m_definitions[type]);
        if (!properties)
            return leave(write, properties.error().sentence());
        if (kind == WriteKind::Create)
            m_session.changes().addCreate(type, *properties, labelOf(type, *properties, u"new"_s));
        else
            stageUpdate(type, *record, *properties);
        ++m_outcome.staged;
    }

    void stageUpdate(ObjectType type, const Record &record, const QHash<QString, QString> &texts)
    {
        const QString label = labelOf(type, record.properties, record.id);
        QStringList names = texts.keys();
        names.sort(); // A hash has no order, a review should have one.
        for (const QString &name : std::as_const(names))
            m_session.changes().setText(type, record, label, name, texts.value(name));
    }

    Session &m_session;
    const QString m_name;
    QList<CollectedWrite> m_writes;
    StagedWrites m_outcome;
    Schema m_schema;
    QHash<ObjectType, QList<PropertyDefinition>> m_definitions;
    QSet<QString> m_asked;
    QHash<QString, Record> m_records;
    QHash<QString, QString> m_survivors; // Of records that were merged into others.
};

} // namespace

Call<StagedWrites> *stageWrites(Session &session, const QList<CollectedWrite> &writes,
                                const QString &name, QObject *parent)
{
    return new StageWrites(session, writes, name, parent);
}

} // namespace hubkeeper
