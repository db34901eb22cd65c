// SPDX-License-Identifier: MIT
#include "filter/crestparser.h"
#include "idm/idmtext.h"
#include "idm/mappings/checkedmapping.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

class RunCheck
{
public:
    RunCheck(MappingCheck &all, const CheckedMapping &mapping)
        : m_all(all)
        , m_check(all.check)
        , m_text(all.text)
        , m_mapping(mapping)
        , m_deletesUnassigned(mapping.may(SyncSituation::Unassigned, SyncAction::Delete))
    {
    }

    void checkAll()
    {
        const SyncMapping &own = m_mapping.mapping;
        if (own.allowEmptySourceSet
            && m_mapping.may(SyncSituation::SourceMissing, SyncAction::Delete))
            m_all.reportAt(mapping::emptySourceDeletes, m_mapping, "allowEmptySourceSet"_L1,
                           IdmText::tr("allowEmptySourceSet is true, and SOURCE_MISSING deletes."));
        if (own.runTargetPhase == true)
            reportTargetPhase();
        if (!own.enableLinking)
            m_all.reportAt(mapping::noLinking, m_mapping, "enableLinking"_L1,
                           IdmText::tr("enableLinking is false."));
        if (own.source.startsWith("managed/"_L1) && own.enableSync)
            m_all.reportAt(
                mapping::implicitSync, m_mapping, "enableSync"_L1,
                IdmText::tr("Each change of %1 runs %2.").arg(own.source, shownName(own.name)));
        checkQuery("sourceQuery"_L1);
        checkQuery("targetQuery"_L1);
        checkFullEntry();
        checkConditions();
        checkThreads();
        if (own.linkQualifiers.size() > 1 && m_deletesUnassigned)
            m_all.reportAt(mapping::qualifiersDelete, m_mapping, "linkQualifiers"_L1,
                           IdmText::tr("There are %1 qualifiers, and UNASSIGNED deletes.")
                               .arg(own.linkQualifiers.size()));
    }

private:
    void reportTargetPhase()
    {
        const int node = m_text.member(m_mapping.node, "runTargetPhase"_L1);
        const bool deletes =
            m_deletesUnassigned || m_mapping.may(SyncSituation::SourceMissing, SyncAction::Delete);
        m_check.reportAs(deletes ? Severity::Warning : Severity::Info, mapping::targetPhaseById,
                         node, IdmText::tr("runTargetPhase is true."),
                         Fix {IdmText::tr("Remove runTargetPhase"), {removeChild(m_text, node)}});
    }

    void checkQuery(QLatin1StringView key)
    {
        const int node = m_text.member(m_mapping.node, key);
        if (!m_check.isGiven(node))
            return;
        static const QStringList known {u"_queryFilter"_s, u"queryFilter"_s, u"_queryId"_s,
                                        u"queryId"_s, u"_queryExpression"_s};
        int query = JsonText::none;
        for (const int member : m_check.children(node)) {
            if (known.contains(m_text.keyOf(member)))
                query = member;
            if (m_text.keyOf(member) == "_fields"_L1 && key == "sourceQuery"_L1)
                m_check.reportKey(
                    mapping::wipingQuery, member,
                    IdmText::tr("The query reads %1 only.").arg(m_check.shown(member)));
        }
        if (query == JsonText::none)
            return reportUnknownQuery(node, key, known);
        if (m_text.keyOf(query).endsWith("queryFilter"_L1)
            && !parseCrestFilter(m_text.stringOf(query)))
            return m_check.report(
                mapping::badQuery, query,
                IdmText::tr("The filter %1 cannot be read.").arg(m_check.shown(query)));
        const bool isAll = m_text.stringOf(query) == "true"_L1
            || m_text.stringOf(query) == "query-all-ids"_L1
            || m_text.stringOf(query) == "query-all"_L1;
        if (!isAll)
            reportNarrow(node, key);
    }

    void reportUnknownQuery(int node, QLatin1StringView key, const QStringList &known)
    {
        const int first = m_text.node(node).firstChild;
        if (first != JsonText::none && m_check.isKind(node, JsonKind::Object))
            m_check.reportUnknownKey(mapping::queryKeyUnknown, first, known,
                                     IdmText::tr("key of a query"));
        else
            m_check.reportKey(mapping::queryKeyUnknown, node,
                              IdmText::tr("%1 has no _queryFilter and no _queryId.").arg(key));
    }

    void reportNarrow(int node, QLatin1StringView key)
    {
        if (key == "targetQuery"_L1)
            m_check.reportKey(
                mapping::targetQueryHides, node,
                IdmText::tr("The targets are narrowed by %1.").arg(m_check.shown(node)));
        else if (m_mapping.mapping.runTargetPhase != false)
            m_check.reportKey(
                mapping::leftOutIsWritten, node,
                IdmText::tr("The source is narrowed by %1.").arg(m_check.shown(node)));
    }

    /// A query that gives ids, said to give whole objects.
    void checkFullEntry()
    {
        const int node = m_text.member(m_mapping.node, "sourceQueryFullEntry"_L1);
        if (m_mapping.mapping.sourceQueryFullEntry != true)
            return;
        const QJsonObject &query = m_mapping.mapping.sourceQuery;
        const QString id =
            query["_queryId"_L1].toString(query["queryId"_L1].toString(u"query-all-ids"_s));
        const bool isFilter = query.contains("_queryFilter"_L1) || query.contains("queryFilter"_L1);
        if (!isFilter && id.endsWith("-ids"_L1))
            m_check.reportKey(
                mapping::wipingQuery, node,
                IdmText::tr("sourceQueryFullEntry is true, and the query gives ids only."));
    }

    void checkConditions()
    {
        if (!std::holds_alternative<std::monostate>(m_mapping.mapping.sourceCondition))
            m_all.reportAt(mapping::conditionInSourcePhase, m_mapping, "sourceCondition"_L1,
                           IdmText::tr("%1 excludes source objects by a sourceCondition.")
                               .arg(shownName(m_mapping.mapping.name)));
        if (m_mapping.mapping.validTarget)
            m_all.reportAt(mapping::validTargetLate, m_mapping, "validTarget"_L1,
                           IdmText::tr("%1 excludes targets by validTarget.")
                               .arg(shownName(m_mapping.mapping.name)));
    }

    void checkThreads()
    {
        if (m_mapping.mapping.taskThreads == 0 || !hasInlineScript())
            return;
        const int place = m_all.placeOf(m_mapping, "taskThreads"_L1);
        m_check.reportAs(m_deletesUnassigned ? Severity::Warning : Severity::Info,
                         mapping::firstRunFails, place,
                         IdmText::tr("taskThreads is %1, and the mapping has scripts of its own.")
                             .arg(m_mapping.mapping.taskThreads));
    }

    [[nodiscard]] bool hasInlineScript() const
    {
        const int end = endOf(m_mapping.node);
        for (int node = m_mapping.node; node < end; ++node) {
            if (m_check.isKind(node, JsonKind::Object)
                && m_text.member(node, "type"_L1) != JsonText::none
                && m_check.isKind(m_text.member(node, "source"_L1), JsonKind::String))
                return true;
        }
        return false;
    }

    /// Nodes are in the order of the text: those of a value follow it.
    [[nodiscard]] int endOf(int node) const
    {
        const qsizetype end = m_text.node(node).span.end;
        int next = node;
        while (next < m_text.nodeCount() && m_text.node(next).span.begin < end)
            ++next;
        return next;
    }

    MappingCheck &m_all;
    RuleCheck &m_check;
    const JsonText &m_text;
    const CheckedMapping &m_mapping;
    const bool m_deletesUnassigned;
};

} // namespace

void checkRuns(MappingCheck &check)
{
    for (const CheckedMapping &mapping : check.own())
        RunCheck(check, mapping).checkAll();
}

} // namespace hubkeeper
