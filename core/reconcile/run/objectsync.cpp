// SPDX-License-Identifier: MIT
#include "reconcile/run/objectsync.h"

#include "reconcile/reconciletext.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

void LazyObject::setObject(std::optional<QJsonObject> object)
{
    m_object = std::move(object);
    m_isLoaded = true;
}

Step LazyObject::load(ObjectAccess &objects, const QString &collection)
{
    if (m_isLoaded || !isSet())
        return {};
    auto object = objects.read(collection, m_id);
    if (!object)
        return trouble(SyncTrouble::Failure, object.error().message);
    setObject(std::move(*object));
    return {};
}

QJsonValue LazyObject::seen() const
{
    if (!isSet())
        return QJsonValue::Undefined;
    return m_object ? QJsonValue(*m_object) : QJsonValue::Null;
}

ObjectSync::ObjectSync(SyncRun &run, QString qualifier)
    : m_run(run)
    , m_qualifier(std::move(qualifier))
{
    m_entry.linkQualifier = m_qualifier;
}

void ObjectSync::ofSource(const QString &id, const std::optional<QJsonObject> &object)
{
    m_source = LazyObject(id);
    m_source.setObject(object);
    m_entry.sourceId = id;
}

void ObjectSync::ofChangedSource(const QString &id, const QJsonObject &object)
{
    ofSource(id, object);
    m_start = Start::ChangedSource;
}

void ObjectSync::ofDeletedSource(const QString &id, const QJsonObject &before)
{
    m_start = Start::DeletedSource;
    m_source = LazyObject(id);
    m_source.setObject(std::nullopt);
    m_before = before;
    m_entry.sourceId = id;
}

void ObjectSync::ofTarget(const QString &id)
{
    m_start = Start::Target;
    m_target = LazyObject(id);
    if (auto row = m_run.targetRows.find(id))
        m_target.setObject(std::move(row));
    m_entry.ofTargetPhase = true;
    m_entry.targetId = id;
}

Step ObjectSync::sync()
{
    if (!m_run.mapping.breaks.isEmpty())
        return trouble(SyncTrouble::Break, m_run.mapping.breaks);
    using Part = Step (ObjectSync::*)();
    for (const Part part : {&ObjectSync::assess, &ObjectSync::decide, &ObjectSync::perform,
                            &ObjectSync::runPostAction}) {
        const Step step = (this->*part)();
        if (step)
            continue;
        if (step.error().kind == SyncTrouble::Break)
            return step;
        note(step.error());
        break;
    }
    return finish();
}

void ObjectSync::note(const SyncTrouble &trouble)
{
    m_entry.reason = trouble.reason;
    if (trouble.kind == SyncTrouble::OnServer) {
        m_entry.status = ReconEntry::Status::Unknown;
        m_entry.certain = false;
    } else if (m_entry.action != SyncAction::Exception) { // The server's word for it: SUCCESS.
        m_entry.status = ReconEntry::Status::Failure;
    }
}

/// The ids of the entry, as the server logs them.
Step ObjectSync::finish()
{
    m_entry.failed =
        m_entry.status == ReconEntry::Status::Failure || m_entry.action == SyncAction::Exception;
    if (m_start == Start::Target) {
        m_entry.sourceId = m_source.id();
        return {};
    }
    if (m_start != Start::Source) { // audit/sync has the id even of what is gone (196).
        m_entry.targetId = m_target.id();
        return {};
    }
    if (m_targetIsGone)
        m_entry.deletedTargetId = m_target.id();
    const auto id = shownTargetId();
    if (id)
        m_entry.targetId = *id;
    return {};
}

/// Null for a target that is not there (any more).
Found<QString> ObjectSync::shownTargetId()
{
    if (!m_target.isSet() || m_targetIsGone)
        return QString();
    if (!m_target.isLoaded() && m_run.targets
        && m_run.targets->contains(m_run.normalTarget(m_target.id())))
        return m_target.id();
    if (const Step step = m_target.load(m_run.world.objects, m_run.mapping.target); !step)
        return tl::unexpected(step.error());
    return m_target.object() ? m_target.id() : QString();
}

QStringList ObjectSync::touchedTargets() const
{
    QStringList touched = m_entry.ambiguousTargetIds;
    if (m_target.isSet())
        touched.append(m_target.id());
    return touched;
}

} // namespace hubkeeper
