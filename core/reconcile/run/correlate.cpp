// SPDX-License-Identifier: MIT
#include "reconcile/run/correlate.h"

#include "reconcile/reconciletext.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr auto treeScript = "ui/correlateTreeToQueryFilter.js"_L1;

/// The fields of one tree as text, with the values of one source object.
class TreeText
{
public:
    TreeText(SyncRun &run, const SyncMapping &mapping, const QString &qualifier,
             const QJsonValue &source)
        : m_run(run)
        , m_mapping(mapping)
        , m_qualifier(qualifier)
        , m_source(source)
    {
    }

    Found<QString> text(const QJsonValue &node, bool isOuter)
    {
        if (node.isString())
            return assertion(node.toString());
        const QJsonObject object = node.toObject();
        const bool isAny = object.contains("any"_L1);
        const QJsonArray operands = object.value(isAny ? "any"_L1 : "all"_L1).toArray();
        QStringList texts;
        for (const QJsonValue &operand : operands) {
            auto operandText = text(operand, false);
            if (!operandText)
                return operandText;
            texts.append(*operandText);
        }
        const QString joined = texts.join(isAny ? u" or "_s : u" and "_s);
        return isOuter || joined.isEmpty() ? joined : u'(' + joined + u')';
    }

private:
    Found<QString> assertion(const QString &field)
    {
        const auto value = valueOf(field);
        if (!value)
            return tl::unexpected(value.error());
        const bool isNothing = !value->isString() && !value->isObject() && !value->isArray()
            && !value->toBool() && value->toDouble() == 0.0; // null, missing, false, 0.
        if (!value->isString() && !isNothing)
            return trouble(SyncTrouble::Failure,
                           ReconcileText::tr("Correlation needs a text for %1, it has another "
                                             "value.")
                               .arg(field));
        QString text = value->toString();
        text.replace(u'\\', u"\\\\"_s).replace(u'\'', u"\\'"_s); // Not the quote: see the header.
        return u"%1 eq \"%2\""_s.arg(field, text);
    }

    /// By the first property with that target; null where there is none.
    Found<QJsonValue> valueOf(const QString &field)
    {
        const auto it = std::find_if(
            m_mapping.properties.cbegin(), m_mapping.properties.cend(),
            [&](const MappedProperty &property) { return property.targetText == field; });
        if (it == m_mapping.properties.cend())
            return QJsonValue::Null;
        if (const auto *script = std::get_if<MappingScript>(&it->condition)) {
            const auto holds =
                m_run.evaluate(*script, ReconcileText::tr("condition of %1").arg(field),
                               {{u"object"_s, m_source},
                                {u"source"_s, m_source},
                                {u"linkQualifier"_s, m_qualifier}});
            if (!holds)
                return holds;
            if (!holds->toBool(false))
                return QJsonValue::Null;
        }
        auto value = transformed(*it, m_source.toObject().value(it->sourceText));
        if (value && (value->isNull() || value->isUndefined()) && !it->fallback.isUndefined())
            return it->fallback;
        return value;
    }

    /// JavaScript given as text is applied, nothing else is.
    Found<QJsonValue> transformed(const MappedProperty &property, const QJsonValue &value)
    {
        if (!property.transform || property.transform->text.isEmpty()
            || !property.transform->type.contains("javascript"_L1, Qt::CaseInsensitive))
            return value;
        return m_run.evaluate(*property.transform,
                              ReconcileText::tr("transform of %1").arg(property.targetText),
                              {{u"source"_s, value.isUndefined() ? QJsonValue::Null : value},
                               {u"linkQualifier"_s, m_qualifier}});
    }

    SyncRun &m_run;
    const SyncMapping &m_mapping;
    const QString &m_qualifier;
    const QJsonValue &m_source;
};

/// Objects as correlation gives them, each with an id.
Found<Correlated> correlatedIn(const QJsonArray &list)
{
    Correlated found;
    for (const QJsonValue &element : list) {
        const QJsonObject object = element.toObject();
        const QString id = object["_id"_L1].toString();
        if (id.isEmpty())
            return trouble(SyncTrouble::Break,
                           ReconcileText::tr("Correlation gave an object without _id."));
        found.ids.append(id);
        found.objects.append(object);
    }
    return found;
}

SyncTrouble::Kind kindOf(const ObjectFault &fault)
{
    return fault.kind == ObjectFault::Malformed ? SyncTrouble::Break
        : fault.kind == ObjectFault::NotRead    ? SyncTrouble::OnServer
                                                : SyncTrouble::Failure;
}

Found<Correlated> queried(SyncRun &run, const QJsonObject &parameters)
{
    const ObjectQuery query {parameters};
    if (query.filter().isNull() && query.queryId().isNull())
        return trouble(SyncTrouble::Failure,
                       ReconcileText::tr("Correlation gave neither a filter nor a query id."));
    const auto rows = run.world.objects.query(run.mapping.target, query);
    if (!rows)
        return trouble(kindOf(rows.error()), rows.error().message);
    return Correlated {rows->ids, rows->rows};
}

Found<Correlated> correlateByQuery(SyncRun &run, const Correlation &correlation,
                                   const QString &qualifier, const QJsonValue &source)
{
    if (correlation.script.file == treeScript)
        return treeFilter(run, correlation, qualifier, source).and_then([&](const QString &text) {
            return queried(run, {{u"_queryFilter"_s, text}});
        });
    const auto value = run.evaluate(correlation.script, u"correlationQuery"_s,
                                    {{u"source"_s, source}, {u"linkQualifier"_s, qualifier}});
    if (!value)
        return tl::unexpected(value.error());
    if (!value->isObject())
        return trouble(SyncTrouble::Break, ReconcileText::tr("correlationQuery gave no query."));
    return queried(run, value->toObject());
}

Found<Correlated> correlateByScript(SyncRun &run, const Correlation &correlation,
                                    const QString &qualifier, const QJsonValue &source)
{
    const auto value = run.evaluate(correlation.script, u"correlationScript"_s,
                                    {{u"source"_s, source}, {u"linkQualifier"_s, qualifier}});
    if (!value)
        return tl::unexpected(value.error());
    if (value->isArray())
        return correlatedIn(value->toArray());
    if (value->isObject())
        return trouble(SyncTrouble::Break,
                       ReconcileText::tr("correlationScript gave an object, not a list."));
    return Correlated {};
}

} // namespace

Found<QString> treeFilter(SyncRun &run, const Correlation &correlation, const QString &qualifier,
                          const QJsonValue &source)
{
    const SyncMapping *mapping = run.all.find(correlation.treeMapping);
    const QJsonObject tree = correlation.tree.toObject();
    if (!mapping || (!tree.contains("any"_L1) && !tree.contains("all"_L1)))
        return QString();
    return TreeText(run, *mapping, qualifier, source).text(tree, true);
}

Found<Correlated> correlate(SyncRun &run, const QString &qualifier, const QJsonValue &source)
{
    const auto it = run.mapping.correlations.constFind(qualifier);
    if (it == run.mapping.correlations.constEnd())
        return Correlated {};
    if (run.targets && run.targets->isEmpty() && !run.mapping.correlateEmptyTargetSet)
        return Correlated {};
    return it->isQuery ? correlateByQuery(run, *it, qualifier, source)
                       : correlateByScript(run, *it, qualifier, source);
}

} // namespace hubkeeper
