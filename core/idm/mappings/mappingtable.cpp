// SPDX-License-Identifier: MIT
#include "idm/mappings/mappingtable.h"

#include "base/compactjson.h"
#include "idm/idmtext.h"
#include "provisioner/rules/rulecheck.h"
#include "reconcile/mapping/situation.h"

#include <QJsonArray>

#include <array>
#include <set>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr qsizetype longestLine = 200; // Characters of a script or a value.

QString shortened(const QString &text)
{
    const QString line = text.simplified();
    return line.size() <= longestLine ? line : line.left(longestLine) + u'…';
}

QString valueLine(const QJsonValue &value)
{
    if (value.isUndefined())
        return {};
    if (value.isString())
        return shortened(value.toString());
    const QByteArray list = compactJson(QJsonObject {{u"v"_s, value}});
    return shortened(QString::fromUtf8(list.mid(5, list.size() - 6)));
}

QString textMember(const QJsonObject &json, QLatin1StringView key)
{
    return valueLine(json[key]);
}

/// Reads one mapping line by line.
class TableReader
{
public:
    TableReader(const JsonText &text, int mapping)
        : m_text(text)
        , m_mapping(mapping)
        , m_json(text.valueOf(mapping).toObject())
    {
        m_table.pointer = text.pointerOf(mapping);
    }

    MappingTable read()
    {
        m_table.name = textMember(m_json, "name"_L1);
        m_table.source = textMember(m_json, "source"_L1);
        m_table.target = textMember(m_json, "target"_L1);
        m_table.links = m_json["links"_L1].toString(m_table.name);
        readProperties();
        readCorrelation("correlationQuery"_L1);
        readCorrelation("correlationScript"_L1);
        readPolicies();
        readSettings();
        return std::move(m_table);
    }

private:
    void readProperties()
    {
        for (const int node : Children(m_text, m_text.member(m_mapping, "properties"_L1))) {
            const QJsonObject json = m_text.valueOf(node).toObject();
            MappingTable::Property row;
            row.source = json["source"_L1] == QJsonValue(QString())
                ? IdmText::tr("(the whole object)")
                : textMember(json, "source"_L1);
            row.target = textMember(json, "target"_L1);
            row.transform = scriptLine(json["transform"_L1]);
            row.condition = scriptLine(json["condition"_L1]);
            const QJsonValue fallback = json["default"_L1];
            row.fallback = fallback.isString() ? u'"' + shortened(fallback.toString()) + u'"'
                                               : valueLine(fallback);
            row.pointer = m_text.pointerOf(node);
            m_table.properties.append(row);
        }
    }

    void readCorrelation(QLatin1StringView key)
    {
        const int node = m_text.member(m_mapping, key);
        if (node == JsonText::none)
            return;
        if (m_text.node(node).kind != JsonKind::Array)
            return addCorrelation(node);
        for (const int entry : Children(m_text, node))
            addCorrelation(entry);
    }

    void addCorrelation(int node)
    {
        const QJsonValue value = m_text.valueOf(node);
        const QJsonValue tree = value["expressionTree"_L1];
        m_table.correlation.append({value["linkQualifier"_L1].toString(u"default"_s),
                                    tree.isUndefined() ? scriptLine(value) : treeLine(tree), false,
                                    m_text.pointerOf(node)});
    }

    void readPolicies()
    {
        const int list = m_text.member(m_mapping, "policies"_L1);
        std::set<QString> closed;
        for (const int node : Children(m_text, list)) {
            const QJsonObject json = m_text.valueOf(node).toObject();
            MappingTable::Policy row;
            row.situation = textMember(json, "situation"_L1);
            row.action = scriptLine(json["action"_L1]);
            row.condition = scriptLine(json["condition"_L1]);
            row.postAction = scriptLine(json["postAction"_L1]);
            row.pointer = m_text.pointerOf(node);
            if (row.condition.isEmpty())
                closed.insert(row.situation);
            m_table.policies.append(row);
        }
        const QString pointer = list == JsonText::none ? m_table.pointer : m_text.pointerOf(list);
        QList<SyncSituation> all = reconSituations();
        all += {SyncSituation::LinkOnly, SyncSituation::AllGone};
        for (const SyncSituation situation : std::as_const(all)) {
            if (!closed.contains(wordOf(situation)))
                m_table.policies.append(
                    {wordOf(situation), wordOf(defaultAction(situation)), {}, {}, true, pointer});
        }
    }

    void readSettings()
    {
        static constexpr std::array scripts {
            "validSource"_L1, "validTarget"_L1, "sourceCondition"_L1, "linkQualifiers"_L1,
            "sourceQuery"_L1, "targetQuery"_L1, "onCreate"_L1,        "onUpdate"_L1,
            "onDelete"_L1,    "onLink"_L1,      "onUnlink"_L1,        "onRecon"_L1,
            "result"_L1,      "postMapping"_L1};
        for (const QLatin1StringView key : scripts)
            addSetting(key, {});
        addSetting("enableSync"_L1, u"true"_s);
        addSetting("enableLinking"_L1, u"true"_s);
        addSetting("runTargetPhase"_L1, IdmText::tr("true, false for single objects"));
        addSetting("allowEmptySourceSet"_L1, u"false"_s);
        addSetting("correlateEmptyTargetSet"_L1, u"false"_s);
        addSetting("prefetchLinks"_L1, u"true"_s);
        addSetting("taskThreads"_L1, u"10"_s);
        addRest();
    }

    void addSetting(QLatin1StringView key, const QString &byDefault)
    {
        const int node = m_text.member(m_mapping, key);
        if (node != JsonText::none)
            m_table.settings.append(
                {key, scriptLine(m_text.valueOf(node)), false, m_text.pointerOf(node)});
        else if (!byDefault.isEmpty())
            m_table.settings.append({key, byDefault, true, m_table.pointer});
    }

    /// What has no line yet.
    void addRest()
    {
        QStringList done {u"name"_s,
                          u"source"_s,
                          u"target"_s,
                          u"links"_s,
                          u"properties"_s,
                          u"policies"_s,
                          u"_id"_s,
                          u"_rev"_s,
                          u"correlationQuery"_s,
                          u"correlationScript"_s};
        for (const MappingTable::Setting &setting : std::as_const(m_table.settings))
            done.append(setting.name);
        for (const int node : Children(m_text, m_mapping)) {
            if (const QString key = m_text.keyOf(node); !done.contains(key))
                m_table.settings.append(
                    {key, scriptLine(m_text.valueOf(node)), false, m_text.pointerOf(node)});
        }
    }

    const JsonText &m_text;
    const int m_mapping;
    const QJsonObject m_json;
    MappingTable m_table;
};

QJsonArray asJson(const QList<MappingTable::Setting> &settings)
{
    QJsonArray list;
    for (const MappingTable::Setting &one : settings)
        list.append(QJsonObject {{u"name"_s, one.name},
                                 {u"value"_s, one.value},
                                 {u"isDefault"_s, one.isDefault},
                                 {u"pointer"_s, one.pointer}});
    return list;
}

} // namespace

MappingTable tableOf(const JsonText &text, int mapping)
{
    return TableReader(text, mapping).read();
}

QList<MappingTable> tablesOf(const JsonText &text)
{
    QList<MappingTable> tables;
    for (const int mapping : mappingsIn(text).mappings)
        tables.append(tableOf(text, mapping));
    return tables;
}

QJsonObject asJson(const MappingTable &table)
{
    QJsonArray properties;
    for (const MappingTable::Property &one : table.properties)
        properties.append(QJsonObject {{u"source"_s, one.source},
                                       {u"target"_s, one.target},
                                       {u"transform"_s, one.transform},
                                       {u"condition"_s, one.condition},
                                       {u"default"_s, one.fallback},
                                       {u"pointer"_s, one.pointer}});
    QJsonArray policies;
    for (const MappingTable::Policy &one : table.policies)
        policies.append(QJsonObject {{u"situation"_s, one.situation},
                                     {u"action"_s, one.action},
                                     {u"condition"_s, one.condition},
                                     {u"postAction"_s, one.postAction},
                                     {u"isDefault"_s, one.isDefault},
                                     {u"pointer"_s, one.pointer}});
    return {{u"name"_s, table.name},       {u"source"_s, table.source},
            {u"target"_s, table.target},   {u"links"_s, table.links},
            {u"properties"_s, properties}, {u"correlation"_s, asJson(table.correlation)},
            {u"policies"_s, policies},     {u"settings"_s, asJson(table.settings)}};
}

QString scriptLine(const QJsonValue &value)
{
    const QString type = value["type"_L1].toString();
    if (type.isEmpty())
        return value.isNull() ? QString() : valueLine(value);
    const QString source = value["source"_L1].toString();
    if (source.isEmpty())
        return IdmText::tr("file %1").arg(value["file"_L1].toString());
    const bool isJavaScript = type.contains("javascript"_L1, Qt::CaseInsensitive);
    const bool isGroovy = type.contains("groovy"_L1, Qt::CaseInsensitive);
    return (isJavaScript   ? u"JavaScript"_s
                : isGroovy ? u"Groovy"_s
                           : type)
        + u": "_s + shortened(source);
}

QString treeLine(const QJsonValue &tree) // NOLINT(misc-no-recursion): as deep as a text is read
{
    if (tree.isString())
        return tree.toString();
    const QJsonObject json = tree.toObject();
    if (json.size() != 1 || !json.begin().value().isArray())
        return valueLine(tree);
    QStringList parts;
    const QJsonArray operands = json.begin().value().toArray();
    for (const QJsonValue &operand : operands)
        parts.append(treeLine(operand));
    return IdmText::tr("%1 of (%2)").arg(json.begin().key(), parts.join(u", "_s));
}

} // namespace hubkeeper
