// SPDX-License-Identifier: MIT
#include "idm/idmtext.h"
#include "idm/mappings/checkedmapping.h"
#include "idm/mappings/queryfields.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// Values that have neither quotes nor apostrophes to speak of.
bool isPlainKey(const QString &attribute)
{
    static const QStringList names {
        u"email"_s,           u"mail"_s,   u"_id"_s,          u"id"_s,        u"vid"_s,
        u"userName"_s,        u"domain"_s, u"hs_object_id"_s, u"companyId"_s, u"ownerId"_s,
        u"telephoneNumber"_s, u"phone"_s,  u"__NAME__"_s,     u"__UID__"_s};
    return names.contains(attribute);
}

class CorrelationCheck
{
public:
    CorrelationCheck(MappingCheck &all, const CheckedMapping &mapping)
        : m_all(all)
        , m_check(all.check)
        , m_text(all.text)
        , m_mapping(mapping)
        , m_target(all.options.collections.find(mapping.mapping.target))
    {
    }

    void checkAll()
    {
        const int query = given("correlationQuery"_L1);
        const int script = given("correlationScript"_L1);
        if (query != JsonText::none && script != JsonText::none)
            m_check.reportKey(mapping::twoCorrelations, script,
                              IdmText::tr("%1 has a correlationQuery and a correlationScript.")
                                  .arg(shownName(m_mapping.mapping.name)));
        const int any = query != JsonText::none ? query : script;
        if (any == JsonText::none)
            return checkMissing();
        const QList<int> entries = entriesOf(any);
        checkQualifiers(any, entries);
        if (query == JsonText::none)
            return;
        for (const int entry : entries) {
            const QJsonObject json = m_text.valueOf(entry).toObject();
            if (isCorrelationTree(json))
                checkTree(entry, json);
            else if (isJavaScript(json["type"_L1].toString()))
                checkQuery(m_text.member(entry, "source"_L1));
        }
    }

private:
    [[nodiscard]] int given(QLatin1StringView key) const
    {
        const int node = m_text.member(m_mapping.node, key);
        return m_check.isGiven(node) ? node : int(JsonText::none);
    }

    [[nodiscard]] QList<int> entriesOf(int node) const
    {
        if (!m_check.isKind(node, JsonKind::Array))
            return {node};
        QList<int> entries;
        for (const int entry : m_check.children(node))
            entries.append(entry);
        return entries;
    }

    void checkMissing()
    {
        if (!m_check.isWhole() || !m_mapping.mapping.enableLinking
            || !m_mapping.may(SyncSituation::Absent, SyncAction::Create))
            return;
        m_all.reportAt(mapping::noCorrelation, m_mapping, "name"_L1,
                       IdmText::tr("%1 creates objects in %2 and has no correlation.")
                           .arg(shownName(m_mapping.mapping.name), m_mapping.mapping.target));
    }

    void checkQualifiers(int node, const QList<int> &entries)
    {
        QSet<QString> asked;
        for (const int entry : entries) {
            const QJsonObject json = m_text.valueOf(entry).toObject();
            const QString qualifier = json["linkQualifier"_L1].toString(u"default"_s);
            if (asked.contains(qualifier))
                m_check.report(mapping::qualifierTwice, entry,
                               IdmText::tr("There is another query for the qualifier %1.")
                                   .arg(shownName(qualifier)));
            asked.insert(qualifier);
        }
        if (m_mapping.mapping.linkQualifierScript)
            return; // Which there are depends on the object.
        const QStringList &list = m_mapping.mapping.linkQualifiers;
        const QSet<QString> there(list.begin(), list.end());
        for (const QString &qualifier : there) {
            if (!asked.contains(qualifier))
                m_check.reportKey(
                    mapping::qualifierUnasked, node,
                    IdmText::tr("The qualifier %1 has no query.").arg(shownName(qualifier)));
        }
        for (const QString &qualifier : std::as_const(asked)) {
            if (!there.contains(qualifier))
                m_check.reportKey(
                    mapping::qualifierUnasked, node,
                    IdmText::tr("The mapping has no qualifier %1.").arg(shownName(qualifier)));
        }
    }

    void checkTree(int entry, const QJsonObject &json)
    {
        const int tree = m_text.member(entry, "expressionTree"_L1);
        const QString name = json["mapping"_L1].toString();
        const CheckedMapping *of = m_all.find(name);
        if (!of && m_all.knowsAll())
            m_check.report(mapping::brokenTree, placeIn(entry, "mapping"_L1),
                           IdmText::tr("The tree is of the mapping %1, which does not exist.")
                               .arg(shownName(name)));
        QStringList fields;
        if (tree == JsonText::none || !collect(tree, fields) || fields.isEmpty())
            return m_check.report(
                mapping::brokenTree, tree == JsonText::none ? entry : tree,
                IdmText::tr("The tree has to be a name, or names in a list of any or all."));
        if (of && of->node != JsonText::none) {
            fields.resize(std::min<qsizetype>(fields.size(), mostFields));
            for (const QString &field : std::as_const(fields))
                checkField(tree, field, *of);
        }
    }

    [[nodiscard]] int placeIn(int object, QLatin1StringView key) const
    {
        const int member = m_text.member(object, key);
        return member == JsonText::none ? object : member;
    }

    /// False for an operator that is not one, and for an empty list.
    bool collect(int node, QStringList &fields) const // NOLINT(misc-no-recursion): bounded by text
    {
        if (m_check.isKind(node, JsonKind::String)) {
            fields.append(m_text.stringOf(node));
            return true;
        }
        if (!m_check.isKind(node, JsonKind::Object) || m_text.node(node).childCount != 1)
            return false;
        const int list = m_text.node(node).firstChild;
        const QString op = m_text.keyOf(list);
        if ((op != "any"_L1 && op != "all"_L1) || !m_check.isKind(list, JsonKind::Array)
            || m_text.node(list).childCount == 0)
            return false;
        for (const int operand : m_check.children(list)) {
            if (!collect(operand, fields))
                return false;
        }
        return true;
    }

    void checkField(int tree, const QString &field, const CheckedMapping &of)
    {
        if (field.contains(u'/'))
            return m_check.report(
                mapping::treePointer, tree,
                IdmText::tr("The tree names %1, with a slash.").arg(shownName(field)));
        std::vector<const CheckedProperty *> writers;
        for (const CheckedProperty &property : of.properties) {
            if (property.target == field)
                writers.push_back(&property);
        }
        if (writers.empty())
            m_check.report(mapping::treeUnmapped, tree,
                           IdmText::tr("No property of %1 has the target %2.")
                               .arg(shownName(of.mapping.name), shownName(field)));
        else
            checkWriters(tree, field, of, writers);
        checkSearch(tree, {field, u"eq"_s, true});
    }

    void checkWriters(int tree, const QString &field, const CheckedMapping &of,
                      const std::vector<const CheckedProperty *> &writers)
    {
        const CheckedProperty &first = *writers.front();
        if (writers.size() > 1)
            m_check.report(mapping::treeTakesFirst, tree,
                           IdmText::tr("%1 properties have the target %2.")
                               .arg(QString::number(writers.size()), shownName(field)));
        if (first.source && first.source->contains(u'/') && !first.source->startsWith(u'/'))
            m_check.report(mapping::treePointer, tree,
                           IdmText::tr("%1 is read from %2, with a slash.")
                               .arg(shownName(field), shownName(*first.source)));
        const bool hasForeignTransform = first.hasTransform()
            && (!isJavaScript(first.transform["type"_L1].toString())
                || first.transform["source"_L1].toString().isEmpty());
        if (first.hasCondition() || hasForeignTransform)
            m_check.report(
                mapping::treeIgnores, tree,
                first.hasCondition()
                    ? IdmText::tr("The property for %1 has a condition.").arg(shownName(field))
                    : IdmText::tr("The transform for %1 is not JavaScript in the "
                                  "mapping.")
                          .arg(shownName(field)));
        const ConnectorType *source = m_all.options.collections.find(of.mapping.source);
        const QString attribute = first.sourceAttribute();
        if (!source || first.hasTransform() || !source->attributes.contains(attribute))
            return;
        const AttributeRule rule = source->attributes.value(attribute);
        if (rule.isList || rule.type != "string"_L1)
            m_check.report(mapping::treeNumber, tree,
                           IdmText::tr("%1 is read from %2, which is not a text.")
                               .arg(shownName(field), attribute));
    }

    void checkQuery(int source)
    {
        if (source == JsonText::none)
            return;
        for (const QueryField &field : queryFieldsIn(m_text.stringOf(source)))
            checkSearch(source, field);
    }

    void checkSearch(int node, const QueryField &field)
    {
        const QString name = field.attribute.section(u'/', 0, 0);
        const bool isToConnector = isConnector(m_mapping.mapping.target);
        if (field.op == "ne"_L1 || field.op == "in"_L1 || field.op == "regex"_L1)
            m_check.report(mapping::operatorUnknown, node,
                           IdmText::tr("The query compares %1 by %2.").arg(name, field.op));
        if (field.op == "pr"_L1 && isToConnector)
            m_check.report(mapping::presenceMatchesAll, node,
                           IdmText::tr("The query asks whether %1 is present.").arg(name));
        if (field.breaksOnQuotes && !isPlainKey(name))
            m_check.report(
                mapping::quotesBreak, node,
                IdmText::tr("The value for %1 is put between quotes as it is.").arg(name));
        if (m_mapping.mapping.target.startsWith("managed/"_L1) && !isPlainKey(name))
            m_check.report(mapping::neverFound, node,
                           IdmText::tr("Managed objects are searched by %1.").arg(name));
        if (isToConnector && m_target)
            checkAttribute(node, name, field.op);
    }

    void checkAttribute(int node, const QString &name, const QString &op)
    {
        const bool isOfIdm = name == "_id"_L1 || name.startsWith("__"_L1);
        if (!m_target->attributes.contains(name) && !isOfIdm) {
            const bool isDeclared = m_all.options.collections.isDeclared(m_mapping.mapping.target);
            return m_check.reportAs(isDeclared ? Severity::Error : Severity::Warning,
                                    mapping::searchUnknown, node,
                                    IdmText::tr("%1 has no attribute %2 to search by.")
                                        .arg(m_mapping.mapping.target, shownName(name)));
        }
        const auto &isSearchable = m_all.options.isSearchable;
        const SystemCollection parts = systemCollection(m_mapping.mapping.target);
        const bool isHubspot = parts.system.contains("hubspot"_L1, Qt::CaseInsensitive);
        static const QStringList asked {u"eq"_s, u"co"_s, u"sw"_s, u"ew"_s,
                                        u"lt"_s, u"le"_s, u"gt"_s, u"ge"_s};
        if (isSearchable && isHubspot && asked.contains(op) && !isSearchable(parts.type, name, op))
            m_check.report(mapping::notSearchable, node,
                           IdmText::tr("HubSpot cannot be asked exactly whether %1 %2 a value.")
                               .arg(name, op));
    }

    static constexpr qsizetype mostFields = 100; // Of a tree; people use three.

    MappingCheck &m_all;
    RuleCheck &m_check;
    const JsonText &m_text;
    const CheckedMapping &m_mapping;
    const ConnectorType *const m_target;
};

} // namespace

void checkCorrelations(MappingCheck &check)
{
    for (const CheckedMapping &mapping : check.own())
        CorrelationCheck(check, mapping).checkAll();
}

} // namespace hubkeeper
