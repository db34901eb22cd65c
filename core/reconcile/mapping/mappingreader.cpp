// SPDX-License-Identifier: MIT
#include "reconcile/mapping/mappingreader.h"

#include "filter/crestparser.h"
#include "reconcile/reconciletext.h"

#include <array>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// Takes one mapping apart; the first thing that breaks a run is kept.
class MappingReader
{
public:
    explicit MappingReader(const QJsonObject &json)
        : m_json(json)
    {
        m_mapping.asWritten = json;
    }

    SyncMapping read()
    {
        m_mapping.name = m_json["name"_L1].toString();
        m_mapping.source = m_json["source"_L1].toString();
        m_mapping.target = m_json["target"_L1].toString();
        m_mapping.links = m_json["links"_L1].toString(m_mapping.name);
        readProperties();
        readPolicies();
        m_mapping.validSource = optionalScript(u"validSource"_s);
        m_mapping.validTarget = optionalScript(u"validTarget"_s);
        m_mapping.sourceCondition = condition(m_json["sourceCondition"_L1], u"sourceCondition"_s);
        readCorrelation();
        readLinkQualifiers();
        readHooks();
        readSettings();
        return std::move(m_mapping);
    }

private:
    void breaks(const QString &reason)
    {
        if (m_mapping.breaks.isEmpty())
            m_mapping.breaks = reason;
    }

    std::optional<MappingScript> optionalScript(const QString &key)
    {
        const QJsonValue value = m_json.value(key);
        if (value.isUndefined() || value.isNull())
            return std::nullopt;
        auto script = readScript(value);
        if (!script)
            breaks(ReconcileText::tr("%1 is not a script.").arg(key));
        return script;
    }

    SyncCondition condition(const QJsonValue &value, const QString &where)
    {
        if (value.isUndefined() || value.isNull())
            return {};
        if (value.isString()) {
            auto filter = parseCrestFilter(value.toString());
            if (filter)
                return std::move(*filter);
            breaks(ReconcileText::tr("The condition of %1 is a filter that cannot be read.")
                       .arg(where));
            return {};
        }
        if (auto script = readScript(value))
            return std::move(*script);
        breaks(
            ReconcileText::tr("The condition of %1 is neither a filter nor a script.").arg(where));
        return {};
    }

    void readProperties()
    {
        const QJsonArray list = m_json["properties"_L1].toArray();
        for (const QJsonValue &entry : list)
            readProperty(entry.toObject());
    }

    void readProperty(const QJsonObject &json)
    {
        MappedProperty property;
        if (!json["target"_L1].isString())
            return breaks(ReconcileText::tr("A property has no target."));
        property.targetText = json["target"_L1].toString();
        property.target = PropertyPointer(property.targetText);
        if (json["source"_L1].isString()) {
            property.sourceText = json["source"_L1].toString();
            property.source = PropertyPointer(property.sourceText);
        }
        property.condition = condition(json["condition"_L1],
                                       ReconcileText::tr("property %1").arg(property.targetText));
        property.fallback = json["default"_L1];
        const QJsonValue transform = json["transform"_L1];
        if (!transform.isUndefined() && !transform.isNull()) {
            property.transform = readScript(transform);
            if (!property.transform)
                breaks(ReconcileText::tr("The transform of property %1 is not a script.")
                           .arg(property.targetText));
        }
        m_mapping.properties.push_back(std::move(property));
    }

    void readPolicies()
    {
        const QJsonArray list = m_json["policies"_L1].toArray();
        for (const QJsonValue &entry : list)
            readPolicy(entry.toObject());
    }

    void readPolicy(const QJsonObject &json)
    {
        const QString word = json["situation"_L1].toString();
        const auto situation = situationOf(word.toUpper());
        if (!situation)
            return breaks(
                ReconcileText::tr("A policy names the situation %1, which does not exist.")
                    .arg(word));
        SyncPolicy policy;
        policy.situation = *situation;
        if (!readAction(json["action"_L1], policy))
            return;
        policy.condition =
            condition(json["condition"_L1], ReconcileText::tr("the policy for %1").arg(word));
        const QJsonValue after = json["postAction"_L1];
        if (!after.isUndefined() && !after.isNull()) {
            policy.postAction = readScript(after);
            if (!policy.postAction)
                breaks(ReconcileText::tr("The postAction of the policy for %1 is not a script.")
                           .arg(word));
        }
        if (word == wordOf(*situation)) // In lower case it is taken and never matches.
            m_mapping.policies.push_back(std::move(policy));
    }

    bool readAction(const QJsonValue &value, SyncPolicy &policy)
    {
        if (value.isString()) {
            const auto action = actionOf(value.toString().toUpper());
            if (!action) {
                breaks(ReconcileText::tr("A policy names the action %1, which does not exist.")
                           .arg(value.toString()));
                return false;
            }
            policy.action = *action;
            return true;
        }
        auto script = readScript(value);
        if (!script) {
            breaks(ReconcileText::tr("The action of the policy for %1 is neither a word nor a "
                                     "script.")
                       .arg(wordOf(policy.situation)));
            return false;
        }
        policy.action = std::move(*script);
        return true;
    }

    void readCorrelation()
    {
        const QJsonValue query = m_json["correlationQuery"_L1];
        const QJsonValue script = m_json["correlationScript"_L1];
        const bool hasQuery = !query.isUndefined() && !query.isNull();
        const bool hasScript = !script.isUndefined() && !script.isNull();
        if (hasQuery && hasScript)
            breaks(ReconcileText::tr("It has a correlationQuery and a correlationScript."));
        if (hasQuery)
            readCorrelations(query, true);
        if (hasScript)
            readCorrelations(script, false);
    }

    void readCorrelations(const QJsonValue &value, bool isQuery)
    {
        const QJsonArray list = value.isArray() ? value.toArray() : QJsonArray {value};
        for (const QJsonValue &entry : list) {
            auto script = readScript(entry);
            if (!script) {
                breaks(ReconcileText::tr("A correlation is not a script."));
                continue;
            }
            const QJsonObject json = entry.toObject();
            Correlation correlation;
            correlation.script = std::move(*script);
            correlation.tree = json["expressionTree"_L1];
            correlation.treeMapping = json["mapping"_L1].toString();
            correlation.isQuery = isQuery;
            // Of two for one qualifier the later counts.
            m_mapping.correlations.insert(json["linkQualifier"_L1].toString(u"default"_s),
                                          std::move(correlation));
        }
    }

    void readLinkQualifiers()
    {
        const QJsonValue value = m_json["linkQualifiers"_L1];
        m_mapping.linkQualifierScript = readScript(value);
        const QJsonArray list = value.toArray();
        for (const QJsonValue &qualifier : list)
            m_mapping.linkQualifiers.append(qualifier.toString());
        if (m_mapping.linkQualifiers.isEmpty())
            m_mapping.linkQualifiers = {u"default"_s};
    }

    void readHooks()
    {
        static constexpr std::array names {u"onCreate", u"onUpdate", u"onDelete", u"onLink",
                                           u"onUnlink", u"onRecon",  u"result",   u"postMapping"};
        for (const char16_t *name : names) {
            const QString key = QString::fromUtf16(name);
            if (auto script = optionalScript(key))
                m_mapping.hooks.insert(key, std::move(*script));
        }
    }

    std::optional<bool> flag(QLatin1StringView key) const
    {
        const QJsonValue value = m_json.value(key);
        return value.isBool() ? std::optional(value.toBool()) : std::nullopt;
    }

    void readSettings()
    {
        m_mapping.enableSync = flag("enableSync"_L1).value_or(true);
        m_mapping.enableLinking = flag("enableLinking"_L1).value_or(true);
        m_mapping.allowEmptySourceSet = flag("allowEmptySourceSet"_L1).value_or(false);
        m_mapping.runTargetPhase = flag("runTargetPhase"_L1);
        m_mapping.correlateEmptyTargetSet = flag("correlateEmptyTargetSet"_L1).value_or(false);
        m_mapping.prefetchLinks = flag("prefetchLinks"_L1).value_or(true);
        m_mapping.sourceIdsCaseSensitive = flag("sourceIdsCaseSensitive"_L1).value_or(true);
        m_mapping.targetIdsCaseSensitive = flag("targetIdsCaseSensitive"_L1).value_or(true);
        m_mapping.taskThreads = m_json["taskThreads"_L1].toInt(10);
        m_mapping.sourceQuery = m_json["sourceQuery"_L1].toObject();
        m_mapping.targetQuery = m_json["targetQuery"_L1].toObject();
        m_mapping.sourceQueryFullEntry = flag("sourceQueryFullEntry"_L1);
        m_mapping.targetQueryFullEntry = flag("targetQueryFullEntry"_L1);
    }

    const QJsonObject m_json;
    SyncMapping m_mapping;
};

/// Finds whose links a mapping uses; a sentence if that takes all mappings away.
QString resolveLinks(std::vector<SyncMapping> &mappings, SyncMapping &mapping)
{
    if (mapping.links == mapping.name)
        return {};
    for (const SyncMapping &owner : mappings) {
        if (owner.name != mapping.links)
            continue;
        mapping.linksReversed = owner.source == mapping.target && owner.target == mapping.source;
        if (mapping.linksReversed
            || (owner.source == mapping.source && owner.target == mapping.target))
            return {};
        return ReconcileText::tr("%1 uses the links of %2, which has other ends.")
            .arg(mapping.name, mapping.links);
    }
    return ReconcileText::tr("%1 uses the links of %2, which does not exist.")
        .arg(mapping.name, mapping.links);
}

} // namespace

std::optional<MappingScript> readScript(const QJsonValue &value)
{
    const QJsonObject json = value.toObject();
    if (!json["type"_L1].isString())
        return std::nullopt;
    MappingScript script;
    script.type = json["type"_L1].toString();
    script.text = json["source"_L1].toString();
    script.file = json["file"_L1].toString();
    for (auto it = json.begin(); it != json.end(); ++it) {
        static const QStringList own {u"type"_s, u"source"_s, u"file"_s, u"runAs"_s};
        if (it.key() == "globals"_L1) {
            const QJsonObject globals = it.value().toObject();
            for (auto global = globals.begin(); global != globals.end(); ++global)
                script.globals.insert(global.key(), global.value());
        } else if (!own.contains(it.key())) {
            script.globals.insert(it.key(), it.value());
        }
    }
    return script;
}

Result<SyncMappings> readMappings(const QJsonArray &mappings)
{
    SyncMappings all;
    for (const QJsonValue &value : mappings) {
        const QJsonObject json = value.toObject();
        for (const QString &key : {u"name"_s, u"source"_s, u"target"_s}) {
            if (json.value(key).toString().isEmpty())
                return fail(ErrorKind::InvalidInput,
                            ReconcileText::tr("Mapping %1 has no %2.")
                                .arg(QString::number(all.mappings.size() + 1), key));
        }
        all.mappings.push_back(MappingReader(json).read());
    }
    for (SyncMapping &mapping : all.mappings) {
        const QString unknown = resolveLinks(all.mappings, mapping);
        if (all.unknown.isEmpty())
            all.unknown = unknown;
    }
    return all;
}

} // namespace hubkeeper
