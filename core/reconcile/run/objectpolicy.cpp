// SPDX-License-Identifier: MIT
#include "reconcile/reconciletext.h"
#include "reconcile/run/objectsync.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

/// The first policy of the situation whose condition holds, else the default action; then the first
/// policy's postAction runs all the same (fact 17).
Step ObjectSync::decide()
{
    const auto seen = [this] {
        const QJsonValue source = m_source.seen();
        return QJsonObject {{u"object"_s, source.isUndefined() ? QJsonValue::Null : source},
                            {u"linkQualifier"_s, m_qualifier}};
    };
    for (const SyncPolicy &policy : m_run.mapping.policies) {
        if (policy.situation != m_entry.situation)
            continue;
        if (!m_postPolicy)
            m_postPolicy = &policy;
        const auto holds = m_run.holds(
            policy.condition,
            [&] {
                return ReconcileText::tr("condition of the policy for %1")
                    .arg(wordOf(policy.situation));
            },
            seen);
        if (!holds && holds.error().kind == SyncTrouble::Failure)
            return trouble(SyncTrouble::Break, holds.error().reason); // Fact 20.
        if (!holds)
            return tl::unexpected(holds.error());
        if (!*holds)
            continue;
        m_postPolicy = &policy;
        if (const auto *script = std::get_if<MappingScript>(&policy.action))
            return decideByScript(*script);
        m_entry.action = std::get<SyncAction>(policy.action);
        return {};
    }
    m_entry.action = defaultAction(*m_entry.situation);
    return {};
}

Step ObjectSync::decideByScript(const MappingScript &script)
{
    if (const Step step = m_target.load(m_run.world.objects, m_run.mapping.target); !step)
        return step;
    QJsonObject seen = values();
    seen.insert(u"sourceAction"_s, m_start != Start::Target);
    seen.insert(u"recon"_s, QJsonObject {{u"actionParam"_s, actionParameters()}});
    const auto value = m_run.evaluate(
        script, ReconcileText::tr("action of the policy for %1").arg(wordOf(*m_entry.situation)),
        seen);
    if (value) {
        m_entry.action = actionOf(value->toString());
        if (m_entry.action)
            return {};
    }
    if (!value && value.error().kind != SyncTrouble::Failure)
        return tl::unexpected(value.error());
    m_entry.action = defaultAction(*m_entry.situation); // So the entry says (fact 19).
    return trouble(SyncTrouble::Failure,
                   value ? ReconcileText::tr("The action script gave no action.")
                         : value.error().reason);
}

QJsonObject ObjectSync::actionParameters() const
{
    const auto idOf = [](const LazyObject &object) {
        return object.isSet() ? QJsonValue(object.id()) : QJsonValue(QJsonValue::Null);
    };
    return {{u"mapping"_s, m_run.mapping.name},
            {u"situation"_s, wordOf(*m_entry.situation)},
            {u"sourceId"_s, idOf(m_source)},
            {u"targetId"_s, idOf(m_target)},
            {u"linkQualifier"_s, m_qualifier}};
}

/// After what did something, and after REPORT and NOREPORT (fact 16).
Step ObjectSync::runPostAction()
{
    if (!m_postPolicy || !m_postPolicy->postAction || m_entry.action == SyncAction::Ignore
        || m_entry.action == SyncAction::Async)
        return {};
    if (m_start == Start::Target) {
        if (const Step step = m_target.load(m_run.world.objects, m_run.mapping.target); !step)
            return step;
    }
    QJsonObject seen = values();
    seen.insert(u"sourceAction"_s, m_start != Start::Target);
    seen.insert(u"action"_s, wordOf(*m_entry.action));
    QJsonObject parameters = actionParameters();
    parameters.insert(u"action"_s, wordOf(*m_entry.action));
    seen.insert(u"recon"_s, QJsonObject {{u"actionParam"_s, parameters}});
    const auto value = m_run.evaluate(
        *m_postPolicy->postAction,
        ReconcileText::tr("postAction of the policy for %1").arg(wordOf(*m_entry.situation)), seen);
    return value ? Step() : tl::unexpected(value.error());
}

} // namespace hubkeeper
