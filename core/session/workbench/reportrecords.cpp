// SPDX-License-Identifier: MIT
#include "session/workbench/reportrecords.h"

#include "base/poolcall.h"
#include "session/sessiontext.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr size_t recordsPerLook = 500;

ValueRule ruleOf(const PropertyDefinition &definition)
{
    ValueRule rule;
    rule.column = definition.name;
    rule.property = definition.name;
    rule.kind = usualKindOf(definition.name);
    const bool hasOptions = definition.type == "enumeration"_L1 && !definition.options.isEmpty()
        && !definition.externalOptions;
    if (hasOptions) {
        rule.kind = ValueRule::Options;
        rule.isMultiple = definition.isMultiValued();
        for (const PropertyOption &option : definition.options)
            rule.options.append({option.value, option.label});
    }
    if (rule.kind == ValueRule::Text)
        rule.refusal = [definition](const QString &text) { return refusalOf(definition, text); };
    return rule;
}

} // namespace

Result<QList<ValueRule>> valueRulesFor(const QStringList &properties,
                                       const QList<PropertyDefinition> &definitions,
                                       const QStringList &required)
{
    for (const QString &property : required) {
        if (!properties.contains(property))
            return fail(ErrorKind::InvalidInput,
                        SessionText::tr("The portal has no property \"%1\".").arg(property));
    }
    QList<ValueRule> rules;
    for (const QString &property : properties) {
        for (const PropertyDefinition &definition : definitions) {
            if (definition.name != property)
                continue;
            // Conflicts need the days that HubSpot sets, but do not judge them.
            ValueRule rule = ruleOf(definition);
            rule.isRequired = required.contains(property);
            if (definition.readOnlyValue) {
                rule.kind = ValueRule::Text;
                rule.refusal = nullptr;
            }
            rules.append(rule);
        }
    }
    return rules;
}

QStringList findingTitles(const QString &place)
{
    return {place, u"column"_s, u"kind"_s, u"value"_s, u"reason"_s, u"suggestion"_s};
}

QStringList findingCells(const ValueFault &fault)
{
    return {fault.place, fault.column, nameOf(fault.kind),
            fault.value, fault.reason, fault.suggestion};
}

QList<ValueFault> faultsOf(const ValueReport &report, const Record &record)
{
    QStringList cells;
    for (const ValueRule &rule : report.rules())
        cells.append(record.text(rule.property));
    return report.faultsOf(record.id, cells);
}

ReportRecords::ReportRecords(RecordSet &set, RowOrder rows, QList<ValueRule> rules,
                             const QString &country, Found found, QObject *parent)
    : Call(parent)
    , m_set(set)
    , m_rows(std::move(rows))
    , m_report(std::make_shared<ValueReport>(std::move(rules), country))
    , m_found(std::move(found))
{
    cancelWith(&m_set);
    readNext();
}

void ReportRecords::readNext()
{
    emit progressed(qint64(m_done), qint64(m_rows.size()));
    if (m_done >= m_rows.size())
        return complete(std::move(m_result));
    const size_t begin = m_done;
    const auto first = m_rows.begin() + qsizetype(m_done);
    const size_t count = std::min(recordsPerLook, m_rows.size() - m_done);
    m_done += count;
    then(m_set.read({first, first + qsizetype(count)}, this),
         [this, begin](const QList<Record> &records) {
             auto *work = new PoolCall<QList<QList<ValueFault>>>(
                 [report = m_report, records](const std::stop_token &stop) {
                     QList<QList<ValueFault>> found;
                     for (const Record &record : records) {
                         if (stop.stop_requested())
                             break;
                         found.append(record.archived ? QList<ValueFault>()
                                                      : faultsOf(*report, record));
                     }
                     return found;
                 },
                 this);
             then(work, [this, begin](const QList<QList<ValueFault>> &found) {
                 take(begin, found);
                 readNext();
             });
         });
}

void ReportRecords::take(size_t first, const QList<QList<ValueFault>> &found)
{
    for (qsizetype i = 0; i < found.size(); ++i) {
        ++m_result.rows;
        m_result.badRows += found[i].isEmpty() ? 0 : 1;
        for (const ValueFault &fault : found[i]) {
            ++m_result.counts[{fault.column, fault.kind}];
            m_found(fault, m_rows[first + size_t(i)]);
        }
    }
}

} // namespace hubkeeper
