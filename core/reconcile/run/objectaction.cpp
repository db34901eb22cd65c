// SPDX-License-Identifier: MIT
#include "reconcile/reconciletext.h"
#include "reconcile/run/objectsync.h"
#include "reconcile/run/propertymapping.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

tl::unexpected<SyncTrouble> refusal(const ObjectFault &fault)
{
    return trouble(SyncTrouble::Failure, fault.message);
}

} // namespace

Step ObjectSync::perform()
{
    switch (*m_entry.action) {
    case SyncAction::Create:
        return create().and_then([this] { return postMapping(); });
    case SyncAction::Update:
    case SyncAction::Link:
        return updateOrLink(m_entry.action == SyncAction::Update).and_then([this] {
            return postMapping();
        });
    case SyncAction::Delete:
        return removeTarget().and_then([this] { return unlink(); });
    case SyncAction::Unlink:
        return unlink();
    case SyncAction::Exception:
        return trouble(SyncTrouble::Failure,
                       ReconcileText::tr("Situation %1 is marked as EXCEPTION.")
                           .arg(wordOf(*m_entry.situation)));
    case SyncAction::Ignore:
    case SyncAction::Report:
    case SyncAction::NoReport:
    case SyncAction::Async:
        return {};
    }
    Q_UNREACHABLE();
}

/// What hooks and action scripts see; what is not there is not defined.
QJsonObject ObjectSync::values() const
{
    QJsonObject seen {{u"linkQualifier"_s, m_qualifier},
                      {u"situation"_s, wordOf(*m_entry.situation)}};
    if (m_source.isSet())
        seen.insert(u"source"_s, m_source.seen());
    if (m_target.isSet())
        seen.insert(u"target"_s, m_target.seen());
    if (m_source.isSet())
        seen.insert(u"sourceId"_s, m_source.id());
    if (m_target.isSet())
        seen.insert(u"targetId"_s, m_target.id());
    return seen;
}

Step ObjectSync::runHook(const QString &name, const QString &targetId, const QJsonValue &target,
                         const QJsonValue &oldTarget, QJsonObject *changed)
{
    const auto hook = m_run.mapping.hooks.constFind(name);
    if (hook == m_run.mapping.hooks.constEnd())
        return {};
    QJsonObject seen = values();
    seen.insert(u"targetId"_s, targetId.isNull() ? QJsonValue::Null : QJsonValue(targetId));
    seen.remove(u"target"_s);
    if (!target.isUndefined() && !target.isNull())
        seen.insert(u"target"_s, target);
    if (!oldTarget.isUndefined())
        seen.insert(u"oldTarget"_s, oldTarget);
    QJsonObject after;
    const auto value = m_run.evaluate(*hook, name, seen,
                                      changed ? QStringList {u"target"_s} : QStringList(), &after);
    if (!value)
        return tl::unexpected(value.error());
    if (changed && after["target"_L1].isObject())
        *changed = after["target"_L1].toObject();
    return {};
}

Step ObjectSync::create()
{
    if (!m_source.object())
        return trouble(SyncTrouble::Failure,
                       ReconcileText::tr("There is no source object to create a target from."));
    const auto exists = hasTarget();
    if (!exists)
        return tl::unexpected(exists.error());
    if (*exists)
        return trouble(SyncTrouble::Failure,
                       ReconcileText::tr("The target object exists already."));
    m_target = LazyObject();
    QJsonObject target;
    Step step = applyProperties(m_run, m_qualifier, *m_source.object(), QJsonValue::Null, target);
    if (step)
        step = runHook(u"onCreate"_s, {}, target, QJsonValue::Undefined, &target);
    if (!step)
        return step;
    const auto created = m_run.world.objects.create(m_run.mapping.target, target);
    if (!created) {
        const QString wished = target["_id"_L1].toString();
        if (!wished.isEmpty()) { // The entry names it, as the server's does.
            m_target = LazyObject(wished);
            m_target.setObject(target);
        }
        return refusal(created.error());
    }
    m_target = LazyObject((*created)["_id"_L1].toString());
    m_target.setObject(*created);
    if (!m_run.mapping.enableLinking)
        return {};
    if (!m_link)
        return createLink(&target);
    SyncLink moved = m_run.linkBetween(m_qualifier, m_source.id(), m_target.id());
    moved.id = m_link->id;
    const auto updated = m_run.world.links.update(moved);
    if (!updated)
        return refusal(updated.error());
    m_link = *updated;
    return {};
}

/// With its hook first; a hook that fails leaves no link (fact 45).
Step ObjectSync::createLink(QJsonObject *target)
{
    const QJsonValue seen = target ? QJsonValue(*target) : m_target.seen();
    if (const Step step = runHook(u"onLink"_s, m_target.id(), seen, QJsonValue::Undefined, target);
        !step)
        return step;
    const QString sourceId =
        m_start == Start::Target && !m_source.isSet() ? QString() : m_source.id();
    const auto created =
        m_run.world.links.create(m_run.linkBetween(m_qualifier, sourceId, m_target.id()));
    if (!created)
        return refusal(created.error());
    m_link = *created;
    return {};
}

Step ObjectSync::updateOrLink(bool isUpdate)
{
    if (!m_target.isSet())
        return trouble(SyncTrouble::Failure,
                       ReconcileText::tr("There is no target object to link."));
    const bool mayRead = isUpdate || m_run.mapping.hooks.contains(u"onLink"_s);
    if (mayRead) {
        if (const Step step = m_target.load(m_run.world.objects, m_run.mapping.target); !step)
            return step;
    }
    const std::optional<QJsonObject> before = m_target.object();
    if (!m_link && m_run.mapping.enableLinking) {
        QJsonObject seen = before.value_or(QJsonObject());
        if (const Step step = createLink(before ? &seen : nullptr); !step)
            return step;
        if (before && isUpdate)
            m_target.setObject(seen);
    }
    if (!isUpdate || !before || !m_source.object())
        return {};
    return updateTarget(*before);
}

/// Sends the whole object, if it differs from what was read.
Step ObjectSync::updateTarget(const QJsonObject &before)
{
    QJsonObject target = *m_target.object();
    const QJsonObject oldTarget = target;
    Step step = applyProperties(m_run, m_qualifier, *m_source.object(), oldTarget, target);
    if (step)
        step = runHook(u"onUpdate"_s, m_target.id(), target, oldTarget, &target);
    if (!step)
        return step;
    if (target["_id"_L1] != before["_id"_L1])
        return trouble(SyncTrouble::Failure, ReconcileText::tr("The target's _id has changed."));
    if (target == before)
        return {};
    const auto updated = m_run.world.objects.update(m_run.mapping.target, m_target.id(), target);
    if (!updated)
        return refusal(updated.error());
    m_target.setObject(*updated);
    return {};
}

Step ObjectSync::removeTarget()
{
    const auto exists = hasTarget();
    if (!exists)
        return tl::unexpected(exists.error());
    if (!*exists)
        return {};
    if (const Step step = m_target.load(m_run.world.objects, m_run.mapping.target); !step)
        return step;
    if (!m_target.object())
        return {};
    if (const Step step =
            runHook(u"onDelete"_s, m_target.id(), m_target.seen(), QJsonValue::Undefined, nullptr);
        !step)
        return step;
    const auto removed = m_run.world.objects.remove(m_run.mapping.target, m_target.id());
    if (!removed)
        return refusal(removed.error());
    m_targetIsGone = true;
    m_target.setObject(std::nullopt);
    return {};
}

Step ObjectSync::unlink()
{
    if (!m_link)
        return {};
    if (m_run.mapping.hooks.contains(u"onUnlink"_s)) {
        if (const Step step = m_target.load(m_run.world.objects, m_run.mapping.target); !step)
            return step;
    }
    if (const Step step =
            runHook(u"onUnlink"_s, m_target.id(), m_target.seen(), QJsonValue::Undefined, nullptr);
        !step)
        return step;
    const auto removed = m_run.world.links.remove(*m_link);
    if (!removed)
        return refusal(removed.error());
    m_link.reset();
    return {};
}

/// The mapping's own script, or what the server does by itself: it keeps lastSync of a managed
/// source, and fails where there is no source (facts 2, 48).
Step ObjectSync::postMapping()
{
    if (const auto hook = m_run.mapping.hooks.constFind(u"postMapping"_s);
        hook != m_run.mapping.hooks.constEnd()) {
        const auto value = m_run.evaluate(*hook, u"postMapping"_s, values());
        return value ? Step() : tl::unexpected(value.error());
    }
    if (!m_source.object())
        return trouble(SyncTrouble::Failure,
                       ReconcileText::tr("The server's own postMapping script fails without a "
                                         "source object."));
    return keepLastSync();
}

Step ObjectSync::keepLastSync()
{
    if (!m_run.mapping.source.startsWith("managed/"_L1))
        return {};
    const QJsonObject &source = *m_source.object();
    if (!source.contains("effectiveAssignments"_L1)) // A row of a query has none (099, 184).
        return {};
    const QJsonArray assignments = assignmentsOf(m_run.mapping, source);
    const QJsonObject known = source["lastSync"_L1].toObject();
    if (known.contains(m_run.mapping.name)
        && assignmentsBefore(m_run.mapping, source) == assignments)
        return {};
    const auto stored = m_run.world.objects.read(m_run.mapping.source, m_source.id());
    if (!stored)
        return refusal(stored.error());
    if (!*stored)
        return {};
    QJsonObject lastSync = (**stored)["lastSync"_L1].toObject();
    lastSync.insert(m_run.mapping.name,
                    QJsonObject {{u"effectiveAssignments"_s, assignments},
                                 {u"timestamp"_s, m_run.world.objects.timestamp()}});
    const auto kept =
        m_run.world.objects.keepLastSync(m_run.mapping.source, m_source.id(), lastSync);
    return kept ? Step() : refusal(kept.error());
}

} // namespace hubkeeper
