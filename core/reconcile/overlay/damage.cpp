// SPDX-License-Identifier: MIT
#include "reconcile/overlay/damage.h"

#include "reconcile/reconciletext.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

class Damage
{
public:
    Damage(const Preview &preview, const SyncMapping &mapping, const ReconRequest &request)
        : m_preview(preview)
        , m_mapping(mapping)
        , m_request(request)
    {
    }

    QList<ReconWarning> all(const QStringList &unassigned, int ofOtherSource, int undecided)
    {
        lookAtLinks();
        lookAtDeletions(unassigned, ofOtherSource, undecided);
        lookAtWrites();
        lookAtQueries();
        return std::move(m_warnings);
    }

private:
    void add(ReconWarning::Kind kind, qsizetype count, const QString &text)
    {
        if (count > 0)
            m_warnings.append({kind, int(count), text});
    }

    [[nodiscard]] const QString &sourceOf(const SyncLink &link) const
    {
        return m_mapping.linksReversed ? link.secondId : link.firstId;
    }

    [[nodiscard]] const QString &targetOf(const SyncLink &link) const
    {
        return m_mapping.linksReversed ? link.firstId : link.secondId;
    }

    [[nodiscard]] bool exists(const QString &targetId) const
    {
        const auto side = m_preview.objects().sides().find(m_mapping.target);
        return side != m_preview.objects().sides().end() && side->second.kept(targetId);
    }

    void lookAtLinks()
    {
        int withoutSource = 0;
        int toNowhere = 0;
        m_preview.links().visit([&](const SyncLink &link, bool isNew) {
            if (link.type != m_mapping.links)
                return;
            withoutSource += sourceOf(link).isNull() ? 1 : 0;
            toNowhere += isNew && !exists(targetOf(link)) ? 1 : 0;
        });
        add(ReconWarning::NullSourceLinks, withoutSource,
            ReconcileText::tr(
                "%Ln link(s) without a source id: every later run of the mapping breaks "
                "off until they are deleted.",
                nullptr, withoutSource));
        add(ReconWarning::LinkToNowhere, toNowhere,
            ReconcileText::tr("%Ln new link(s) to a target that does not exist.", nullptr,
                              toNowhere));
    }

    void lookAtDeletions(const QStringList &unassigned, int ofOtherSource, int undecided)
    {
        const int deleted = int(unassigned.size());
        const auto isLinked = [this](const QString &id) {
            return m_preview.links().isEnd(m_mapping.links, id, m_mapping.linksReversed);
        };
        const int ofOtherQualifier =
            int(std::count_if(unassigned.begin(), unassigned.end(), isLinked));
        add(ReconWarning::OtherQualifierDeleted, ofOtherQualifier,
            ReconcileText::tr(
                "%Ln target(s) that are linked under another link qualifier are deleted "
                "as UNASSIGNED; their links stay.",
                nullptr, ofOtherQualifier));
        add(ReconWarning::OtherSourcesTarget, ofOtherSource,
            ReconcileText::tr("%Ln target(s) of another source are deleted (FOUND_ALREADY_LINKED); "
                              "the links of those sources stay.",
                              nullptr, ofOtherSource));
        if (undecided > 0)
            add(ReconWarning::DeletedAfterFailure, deleted,
                ReconcileText::tr(
                    "%Ln target(s) are deleted as UNASSIGNED while the situation of some "
                    "source objects could not be found: they may belong to those.",
                    nullptr, deleted));
    }

    void lookAtWrites()
    {
        int forEver = 0;
        int blind = 0;
        int widened = 0;
        for (const auto &[collection, side] : m_preview.objects().sides()) {
            forEver += side.emptyUpdates();
            const bool isOfRun = collection == m_mapping.target || collection == m_mapping.source;
            widened += isOfRun ? side.widenedQueries() : 0;
            blind += isOfRun ? side.blindSearches() : 0;
        }
        add(ReconWarning::WrittenForEver, forEver,
            ReconcileText::tr(
                "%Ln update(s) are sent that change nothing, and will be in every run: a "
                "property without a value is sent as null, or its type differs.",
                nullptr, forEver));
        add(ReconWarning::FilterNotApplied, widened,
            ReconcileText::tr(
                "%Ln query or queries whose filter the system does not apply as it is "
                "written: \"pr\" finds every object there, and so does its negation. "
                "They are computed as the system answers them.",
                nullptr, widened));
        add(ReconWarning::BlindSearch, blind,
            ReconcileText::tr(
                "%Ln search(es) for a value with an apostrophe, a backslash or a line "
                "end: the server never finds managed objects by it, and creates "
                "duplicates.",
                nullptr, blind));
    }

    void lookAtQueries()
    {
        const QJsonValue override = m_request.overrides["sourceQuery"_L1];
        const ObjectQuery query {override.isObject() ? override.toObject() : m_mapping.sourceQuery};
        const QStringList fields = query.fields();
        if (fields.size() > 1 && m_mapping.sourceQueryFullEntry.value_or(true))
            add(ReconWarning::WipedFields, 1,
                ReconcileText::tr(
                    "The source query asks for some fields only, and its rows count as "
                    "whole objects: what is missing in them is wiped in the targets."));
        if (m_mapping.taskThreads != 0 && hasInlineScripts())
            add(ReconWarning::FirstRunAfterChange, 1,
                ReconcileText::tr(
                    "The mapping has scripts and runs in %1 threads: in the first run "
                    "after a script was changed, some objects fail by chance. Run it "
                    "twice, or set taskThreads to 0.")
                    .arg(m_mapping.taskThreads));
    }

    /// Of those that ran into it: validSource, correlation, transforms.
    [[nodiscard]] bool hasInlineScripts() const
    {
        const auto isInline = [](const Correlation &correlation) {
            return !correlation.script.text.isEmpty();
        };
        return m_mapping.validSource || m_mapping.validTarget
            || std::any_of(m_mapping.correlations.begin(), m_mapping.correlations.end(), isInline)
            || std::any_of(m_mapping.properties.begin(), m_mapping.properties.end(),
                           [](const MappedProperty &property) { return property.transform; });
    }

    const Preview &m_preview;
    const SyncMapping &m_mapping;
    const ReconRequest &m_request;
    QList<ReconWarning> m_warnings;
};

} // namespace

QString nameOf(ReconWarning::Kind kind)
{
    switch (kind) {
    case ReconWarning::NullSourceLinks:
        return u"nullSourceLinks"_s;
    case ReconWarning::OtherQualifierDeleted:
        return u"otherQualifierDeleted"_s;
    case ReconWarning::OtherSourcesTarget:
        return u"otherSourcesTarget"_s;
    case ReconWarning::DeletedAfterFailure:
        return u"deletedAfterFailure"_s;
    case ReconWarning::WrittenForEver:
        return u"writtenForEver"_s;
    case ReconWarning::LinkToNowhere:
        return u"linkToNowhere"_s;
    case ReconWarning::BlindSearch:
        return u"blindSearch"_s;
    case ReconWarning::WipedFields:
        return u"wipedFields"_s;
    case ReconWarning::FirstRunAfterChange:
        return u"firstRunAfterChange"_s;
    case ReconWarning::ChangedMeanwhile:
        return u"changedMeanwhile"_s;
    case ReconWarning::ByAssignments:
        return u"byAssignments"_s;
    case ReconWarning::UncheckedPolicies:
        return u"uncheckedPolicies"_s;
    case ReconWarning::HiddenValues:
        return u"hiddenValues"_s;
    case ReconWarning::FilterNotApplied:
        return u"filterNotApplied"_s;
    }
    Q_UNREACHABLE();
}

void DamageWatch::take(const ReconEntry &entry)
{
    const bool deletes =
        entry.action == SyncAction::Delete && entry.status == ReconEntry::Status::Success;
    if (deletes && entry.situation == SyncSituation::Unassigned)
        m_unassigned.append(entry.targetId);
    m_ofOtherSource += deletes && entry.situation == SyncSituation::FoundAlreadyLinked ? 1 : 0;
    m_undecided += !entry.ofTargetPhase && !entry.situation ? 1 : 0;
}

QList<ReconWarning> DamageWatch::warnings(const Preview &preview, const QString &mapping,
                                          const ReconRequest &request) const
{
    const SyncMapping *found = preview.mappings().find(mapping);
    if (!found)
        return {};
    return Damage(preview, *found, request).all(m_unassigned, m_ofOtherSource, m_undecided);
}

} // namespace hubkeeper
