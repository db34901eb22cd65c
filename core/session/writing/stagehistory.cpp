// SPDX-License-Identifier: MIT
#include "session/writing/stagehistory.h"

#include "changes/set/changeset.h"
#include "portal/samevalue.h"
#include "session/open/session.h"
#include "session/reading/recordlabel.h"
#include "session/sessiontext.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// An edit that waits until everything is read.
struct EditThen
{
    Record baseline;
    QString label;
    QHash<QString, QString> texts;
};

class StageAsOf final : public Call<StagedHistory>
{
public:
    StageAsOf(Session &session, AsOfWish wish, std::function<void(const CellThen &)> tell,
              QObject *parent)
        : Call(parent)
        , m_session(session)
        , m_wish(std::move(wish))
        , m_tell(std::move(tell))
    {
        then(m_session.definitions(m_wish.type, false, this),
             [this](const QList<PropertyDefinition> &definitions) { onDefinitions(definitions); });
    }

private:
    void onDefinitions(const QList<PropertyDefinition> &definitions)
    {
        for (const PropertyDefinition &one : definitions)
            m_definitions.insert(one.name, one);
        for (const QString &name : std::as_const(m_wish.properties)) {
            if (!m_definitions.contains(name))
                return complete(fail(ErrorKind::InvalidInput,
                                     SessionText::tr("The portal has no property %1.").arg(name),
                                     SessionText::tr("`hubkeeper-cli schema` lists them.")));
        }
        auto *reading = new ReadRecordHistories(
            m_session.portal(), m_wish.type, m_wish.ids,
            m_wish.properties + labelProperties(m_wish.type),
            [this](const QList<RecordHistory> &some) {
                for (const RecordHistory &history : some)
                    look(history);
                return Result<void>();
            },
            this);
        connect(reading, &CallBase::progressed, this, &CallBase::progressed);
        then(reading, [this](const MissingHistories &missing) {
            m_result.missing = missing;
            stage();
        });
    }

    void look(const RecordHistory &history)
    {
        const Record &record = history.record;
        EditThen edit {record, labelOf(m_wish.type, record.properties, record.id), {}};
        for (const QString &property : std::as_const(m_wish.properties)) {
            CellThen cell {record.id,
                           edit.label,
                           property,
                           record.text(property),
                           valueAt(history, m_wish.type, property, m_wish.moment),
                           false,
                           {}};
            if (judge(cell))
                edit.texts.insert(property, cell.then.value);
        }
        if (edit.texts.isEmpty())
            return;
        ++m_result.records;
        m_result.cells += int(edit.texts.size());
        if (m_wish.stages)
            m_edits.push_back(std::move(edit));
    }

    /// Whether the cell is to be staged; counts and tells.
    bool judge(CellThen &cell)
    {
        const PropertyDefinition definition = m_definitions.value(cell.property);
        if (cell.then.knowledge == ValueThen::NotThere)
            ++m_result.notThere;
        else if (cell.then.knowledge != ValueThen::Known)
            ++m_result.unknown;
        else if (sameValue(definition, cell.now, cell.then.value)) {
            ++m_result.same;
            return false;
        } else if (definition.readOnlyValue || definition.calculated) {
            ++m_result.readOnly;
            cell.reason = SessionText::tr("HubSpot lets nobody set it.");
        } else {
            cell.isStaged = true;
        }
        if (cell.reason.isEmpty())
            cell.reason = reasonOf(cell.then, m_wish.type);
        if (m_tell)
            m_tell(cell);
        return cell.isStaged;
    }

    void stage()
    {
        if (m_edits.empty())
            return complete(std::move(m_result));
        ChangeSet &changes = m_session.changes();
        changes.beginStep(
            SessionText::tr("Values as of %1").arg(m_wish.moment.toUTC().toString(Qt::ISODate)));
        for (const EditThen &edit : m_edits) {
            for (auto text = edit.texts.cbegin(); text != edit.texts.cend(); ++text)
                changes.setText(m_wish.type, edit.baseline, edit.label, text.key(), text.value());
        }
        changes.endStep();
        complete(std::move(m_result));
    }

    Session &m_session;
    const AsOfWish m_wish;
    const std::function<void(const CellThen &)> m_tell;
    DefinitionsByName m_definitions;
    StagedHistory m_result;
    std::vector<EditThen> m_edits;
};

} // namespace

Call<StagedHistory> *stageAsOf(Session &session, AsOfWish wish,
                               std::function<void(const CellThen &)> tell, QObject *parent)
{
    return new StageAsOf(session, std::move(wish), std::move(tell), parent);
}

} // namespace hubkeeper
