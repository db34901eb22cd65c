// SPDX-License-Identifier: MIT
#include "reconcile/reconciletext.h"
#include "reconcile/run/objectsync.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

Step ObjectSync::assess()
{
    switch (m_start) {
    case Start::Source:
    case Start::ChangedSource:
        return assessSource();
    case Start::DeletedSource:
        return assessDeletedSource();
    case Start::Target:
        return assessTarget();
    }
    Q_UNREACHABLE();
}

Step ObjectSync::assessSource()
{
    if (m_run.mapping.enableLinking)
        m_link = m_run.linkOfSource(m_qualifier, m_source.id());
    if (m_link)
        m_target = LazyObject(m_run.targetIdOf(*m_link));
    const QJsonValue source = m_source.seen();
    const auto isValid = isSourceValid(source, true);
    if (!isValid)
        return tl::unexpected(isValid.error());
    if (m_link && !*isValid) {
        m_entry.situation = SyncSituation::Unqualified;
        return {};
    }
    if (m_link) {
        const auto exists = hasTarget();
        if (!exists)
            return tl::unexpected(exists.error());
        m_entry.situation = *exists ? SyncSituation::Confirmed : SyncSituation::Missing;
        return {};
    }
    const auto count = correlateSource(source);
    if (!count)
        return tl::unexpected(count.error());
    if (*count == 0)
        m_entry.situation = *isValid ? SyncSituation::Absent : SyncSituation::SourceIgnored;
    else if (!*isValid)
        m_entry.situation = SyncSituation::Unqualified;
    else if (*count > 1)
        m_entry.situation = SyncSituation::Ambiguous;
    else
        m_entry.situation =
            m_run.mapping.enableLinking && m_run.linkOfTarget(m_qualifier, m_target.id())
            ? SyncSituation::FoundAlreadyLinked
            : SyncSituation::Found;
    return {};
}

Step ObjectSync::assessDeletedSource()
{
    const auto wasValid = isSourceValid(m_before, true);
    if (!wasValid)
        return tl::unexpected(wasValid.error());
    if (m_run.mapping.enableLinking)
        m_link = m_run.linkOfSource(m_qualifier, m_source.id());
    if (m_link) {
        m_target = LazyObject(m_run.targetIdOf(*m_link));
        const auto exists = hasTarget();
        if (!exists)
            return tl::unexpected(exists.error());
        if (!*exists) {
            m_entry.situation = SyncSituation::LinkOnly;
            return {};
        }
        const auto isValid = isTargetValid();
        if (!isValid)
            return tl::unexpected(isValid.error());
        m_entry.situation = *isValid ? SyncSituation::SourceMissing : SyncSituation::TargetIgnored;
        return {};
    }
    const auto count = correlateSource(m_before);
    if (!count)
        return tl::unexpected(count.error());
    if (*count == 0)
        m_entry.situation = SyncSituation::AllGone;
    else if (*count == 1)
        m_entry.situation = *wasValid ? SyncSituation::Unassigned : SyncSituation::TargetIgnored;
    else
        m_entry.situation = *wasValid ? SyncSituation::Ambiguous : SyncSituation::Unqualified;
    return {};
}

Step ObjectSync::assessTarget()
{
    m_link = m_run.linkOfTarget(m_qualifier, m_target.id()); // Even where linking is off (fact 43).
    if (m_link && m_run.sourceIdOf(*m_link).isNull())
        return trouble(
            SyncTrouble::Break,
            ReconcileText::tr("The link to target %1 has no source id.").arg(m_target.id()));
    const auto isValid = isTargetValid();
    if (!isValid)
        return tl::unexpected(isValid.error());
    if (!*isValid) {
        m_entry.situation = SyncSituation::TargetIgnored;
        return {};
    }
    if (!m_link) {
        m_entry.situation = SyncSituation::Unassigned;
        return {};
    }
    m_source = LazyObject(m_run.sourceIdOf(*m_link));
    if (const Step step = m_source.load(m_run.world.objects, m_run.mapping.source); !step)
        return step;
    if (!m_source.object()) {
        m_entry.situation = SyncSituation::SourceMissing;
        return {};
    }
    const auto isSource = isSourceValid(m_source.seen(), false); // Without the condition (fact 4).
    if (!isSource)
        return tl::unexpected(isSource.error());
    m_entry.situation = *isSource ? SyncSituation::Confirmed : SyncSituation::Unqualified;
    return {};
}

Found<bool> ObjectSync::isSourceValid(const QJsonValue &source, bool withCondition)
{
    const auto values = [&] {
        return QJsonObject {{u"source"_s, source}, {u"linkQualifier"_s, m_qualifier}};
    };
    if (m_run.mapping.validSource) {
        const auto valid = m_run.evaluate(*m_run.mapping.validSource, u"validSource"_s, values());
        if (!valid)
            return tl::unexpected(valid.error());
        if (!valid->isBool())
            return trouble(SyncTrouble::Failure, ReconcileText::tr("validSource gave no boolean."));
        if (!valid->toBool())
            return false;
    }
    if (!withCondition)
        return true;
    return m_run.holds(
        m_run.mapping.sourceCondition, [] { return u"sourceCondition"_s; }, values);
}

Found<bool> ObjectSync::isTargetValid()
{
    if (!m_run.mapping.validTarget)
        return true;
    if (const Step step = m_target.load(m_run.world.objects, m_run.mapping.target); !step)
        return tl::unexpected(step.error());
    const auto valid =
        m_run.evaluate(*m_run.mapping.validTarget, u"validTarget"_s,
                       {{u"target"_s, m_target.seen()}, {u"linkQualifier"_s, m_qualifier}});
    if (!valid)
        return tl::unexpected(valid.error());
    if (!valid->isBool())
        return trouble(SyncTrouble::Failure, ReconcileText::tr("validTarget gave no boolean."));
    return valid->toBool();
}

/// By the list read at the start, if there is one (facts 10, 13).
Found<bool> ObjectSync::hasTarget()
{
    if (!m_target.isSet() || m_targetIsGone)
        return false;
    if (!m_target.isLoaded() && m_run.targets)
        return m_run.targets->contains(m_run.normalTarget(m_target.id()));
    if (const Step step = m_target.load(m_run.world.objects, m_run.mapping.target); !step)
        return tl::unexpected(step.error());
    return m_target.object().has_value();
}

/// How many targets there are; one becomes the target, several the ambiguous ones.
Found<int> ObjectSync::correlateSource(const QJsonValue &source)
{
    if (source.isNull())
        return trouble(SyncTrouble::Failure,
                       ReconcileText::tr("Source object %1 no longer exists.").arg(m_source.id()));
    const auto found = correlate(m_run, m_qualifier, source);
    if (!found)
        return tl::unexpected(found.error());
    if (found->ids.size() == 1)
        setTarget(found->ids.front(), found->objects.value(0));
    else
        m_entry.ambiguousTargetIds = found->ids;
    return int(found->ids.size());
}

/// A row with more than id and revision is the object.
void ObjectSync::setTarget(const QString &id, const QJsonObject &row)
{
    m_target = LazyObject(id);
    if (row.size() > 1 + (row.contains("_rev"_L1) ? 1 : 0))
        m_target.setObject(row);
}

} // namespace hubkeeper
