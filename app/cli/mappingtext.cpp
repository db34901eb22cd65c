// SPDX-License-Identifier: MIT
#include "mappingtext.h"

#include "provisioner/confidential/maskeddiff.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

/// From what the server has to what would be sent, as `diff -u`.
QByteArray differenceOf(const MappingPlan &plan)
{
    const QByteArray before = plan.seen ? textOfMapping(*plan.seen) : QByteArray("{\n}\n");
    return maskedDiff(JsonText(before), JsonText(textOfMapping(plan.wanted)), u"server"_s,
                      u"file"_s);
}

QJsonArray findingsJson(const QList<Finding> &findings)
{
    QJsonArray list;
    for (const Finding &finding : findings)
        list.append(QJsonObject {{u"ruleId"_s, finding.ruleId},
                                 {u"severity"_s, nameOf(finding.severity)},
                                 {u"message"_s, finding.message},
                                 {u"effect"_s, finding.effect},
                                 {u"remedy"_s, finding.remedy},
                                 {u"pointer"_s, finding.pointer}});
    return list;
}

/// "what (if when)".
QString withCondition(const QString &what, const QString &condition)
{
    return condition.isEmpty() ? what : u"%1 (if %2)"_s.arg(what, condition);
}

void printTable(const QString &title, const QList<QStringList> &rows, Output &output)
{
    output.line({});
    output.line(title);
    output.table(rows);
}

void printProperties(const MappingTable &table, Output &output)
{
    QList<QStringList> rows {
        {u"SOURCE"_s, u"TARGET"_s, u"TRANSFORM"_s, u"CONDITION"_s, u"DEFAULT"_s}};
    for (const MappingTable::Property &one : table.properties)
        rows.append({one.source, one.target, one.transform, one.condition, one.fallback});
    printTable(u"Properties"_s, rows, output);
}

void printPolicies(const MappingTable &table, Output &output)
{
    QList<QStringList> rows {{u"SITUATION"_s, u"ACTION"_s, u"THEN"_s}};
    for (const MappingTable::Policy &one : table.policies)
        rows.append({one.situation,
                     withCondition(one.action, one.condition)
                         + (one.isDefault ? u" (default)"_s : QString()),
                     one.postAction});
    printTable(u"Policies"_s, rows, output);
}

void printSettings(const MappingTable &table, Output &output)
{
    QList<QStringList> rows {{u"SETTING"_s, u"VALUE"_s}};
    for (const MappingTable::Setting &one : table.settings)
        rows.append({one.name, one.isDefault ? one.value + u" (default)"_s : one.value});
    printTable(u"Settings"_s, rows, output);
}

} // namespace

QJsonArray mappingList(const QList<MappingTable> &tables)
{
    QJsonArray list;
    for (const MappingTable &table : tables)
        list.append(QJsonObject {{u"name"_s, table.name},
                                 {u"source"_s, table.source},
                                 {u"target"_s, table.target},
                                 {u"links"_s, table.links},
                                 {u"properties"_s, int(table.properties.size())},
                                 {u"hasCorrelation"_s, !table.correlation.isEmpty()}});
    return list;
}

void printMappings(const QList<MappingTable> &tables, Output &output)
{
    QList<QStringList> rows {{u"NAME"_s, u"SOURCE"_s, u"TARGET"_s, u"LINKS"_s, u"CORRELATION"_s}};
    for (const MappingTable &table : tables)
        rows.append({table.name, table.source, table.target,
                     table.links == table.name ? u"own"_s : table.links,
                     table.correlation.isEmpty() ? u"none"_s : table.correlation.first().value});
    output.table(rows);
}

void printMapping(const MappingTable &table, Output &output)
{
    output.line(u"%1: %2 to %3"_s.arg(table.name, table.source, table.target));
    output.line(table.links == table.name ? u"Links of its own"_s
                                          : u"Links of %1"_s.arg(table.links));
    printProperties(table, output);
    QList<QStringList> rows {{u"QUALIFIER"_s, u"QUERY"_s}};
    for (const MappingTable::Setting &one : table.correlation)
        rows.append({one.name, one.value});
    if (table.correlation.isEmpty()) {
        output.line({});
        output.line(u"No correlation: what has no link is created."_s);
    } else {
        printTable(u"Correlation"_s, rows, output);
    }
    printPolicies(table, output);
    printSettings(table, output);
}

void printPlan(const MappingPlan &plan, Output &output)
{
    if (!plan.seen)
        output.message(u"The server has no mapping %1: it would be new."_s.arg(plan.name));
    if (!plan.isSame())
        output.text(differenceOf(plan));
    if (plan.seen && !plan.isBaseKnown && !plan.isSame())
        output.message(
            u"It is not known what the mapping was when the file was made: if somebody else has "
            "changed it since, this write undoes that change. Start from `idm mappings get`, or "
            "pass --base, to find out."_s);
    for (const Finding &finding : plan.findings)
        output.message(
            u"%1 %2: %3"_s.arg(nameOf(finding.severity), finding.ruleId, finding.message));
}

QJsonObject asJson(const MappingPlan &plan)
{
    return {{u"name"_s, plan.name},
            {u"isNew"_s, !plan.seen},
            {u"equal"_s, plan.isSame()},
            {u"isBaseKnown"_s, plan.isBaseKnown},
            {u"conflict"_s, plan.hasConflict},
            {u"configId"_s, plan.write().object.id},
            {u"difference"_s, QString::fromUtf8(plan.isSame() ? QByteArray() : differenceOf(plan))},
            {u"findings"_s, findingsJson(plan.findings)}};
}

QJsonObject asJson(const MappingReport &report)
{
    return {{u"run"_s, report.written.run},
            {u"configId"_s, report.configId},
            {u"rollbackFile"_s, report.rollbackFile},
            {u"different"_s, QJsonArray::fromStringList(report.written.different)}};
}

} // namespace hubkeeper::cli
