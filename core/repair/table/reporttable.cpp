// SPDX-License-Identifier: MIT
#include "repair/table/reporttable.h"

#include "base/similarname.h"
#include "repair/repairtext.h"
#include "repair/table/repaircolumns.h"
#include "tables/reading/readtable.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr qint64 rowsBetweenReports = 256;

const QStringList &reportedProperties()
{
    static const QStringList properties {
        u"email"_s,  u"work_email"_s, u"phone"_s,   u"mobilephone"_s, u"fax"_s,
        u"domain"_s, u"website"_s,    u"country"_s, u"createdate"_s,  u"closedate"_s};
    return properties;
}

/// What has to hold for each column of the header.
Result<QList<ValueRule>> rulesFor(const QStringList &titles, const TableReportRequest &request)
{
    QList<ValueRule> rules;
    for (const QString &title : titles) {
        ValueRule rule;
        rule.column = title;
        for (const QString &property : reportedProperties()) {
            if (columnOfProperty(titles, property) == rules.size())
                rule.property = property;
        }
        rule.kind = usualKindOf(rule.property);
        rules.append(rule);
    }
    const auto at = [&](const QString &name) -> Result<qsizetype> {
        const qsizetype exact = titles.indexOf(name);
        const qsizetype place = exact >= 0 ? exact : columnOfProperty(titles, name);
        if (place >= 0)
            return place;
        const auto near = mostSimilarName(name, titles);
        return fail(ErrorKind::InvalidInput,
                    RepairText::tr("The table has no column \"%1\".").arg(name),
                    near ? RepairText::tr("Did you mean \"%1\"?").arg(*near) : QString());
    };
    for (const QString &name : request.required) {
        const auto place = at(name);
        if (!place)
            return tl::unexpected(place.error());
        rules[*place].isRequired = true;
    }
    for (const QString &name : request.dates) {
        const auto place = at(name);
        if (!place)
            return tl::unexpected(place.error());
        rules[*place].kind = ValueRule::Date;
    }
    for (auto option = request.options.begin(); option != request.options.end(); ++option) {
        const auto place = at(option.key());
        if (!place)
            return tl::unexpected(place.error());
        rules[*place].kind = ValueRule::Options;
        rules[*place].options = option.value();
        rules[*place].isMultiple = true;
    }
    return rules;
}

class ReportingSink final : public TableSink
{
public:
    ReportingSink(const TableReportRequest &request,
                  const std::function<void(const ValueFault &)> &found,
                  const std::function<void(qint64)> &progress, const std::stop_token &stop)
        : m_request(request)
        , m_found(found)
        , m_progress(progress)
        , m_stop(stop)
    {
    }

    bool begin(const TableFormat &format) override
    {
        if (format.headerRow == 0)
            failure = fail(ErrorKind::InvalidInput, RepairText::tr("The table has no header."),
                           RepairText::tr("Say in which row it is with --header, or give the "
                                          "columns names."))
                          .value();
        return !failure;
    }

    bool row(const TableRow &row) override
    {
        QStringList cells;
        for (const std::string_view cell : row.cells)
            cells.append(QString::fromUtf8(cell.data(), qsizetype(cell.size())));
        if (row.isHeader)
            return takeHeader(cells);
        if (++report.rows % rowsBetweenReports == 0) {
            if (m_progress)
                m_progress(report.rows);
            if (m_stop.stop_requested())
                failure =
                    fail(ErrorKind::Cancelled, RepairText::tr("Stopped before it was finished."))
                        .value();
        }
        const auto faults = m_report->faultsOf(QString::number(row.number), cells);
        report.badRows += faults.isEmpty() ? 0 : 1;
        for (const ValueFault &fault : faults) {
            ++report.counts[{fault.column, fault.kind}];
            m_found(fault);
        }
        return !failure;
    }

    void fault(const TableFault &) override { }

    std::optional<Error> failure;
    TableReport report;

private:
    [[nodiscard]] bool takeHeader(const QStringList &titles)
    {
        auto rules = rulesFor(titles, m_request);
        if (!rules) {
            failure = rules.error();
            return false;
        }
        m_report = std::make_unique<ValueReport>(*rules, m_request.country);
        return true;
    }

    const TableReportRequest &m_request;
    const std::function<void(const ValueFault &)> &m_found;
    const std::function<void(qint64)> &m_progress;
    const std::stop_token m_stop;
    std::unique_ptr<ValueReport> m_report;
};

} // namespace

Result<TableReport> reportOnTable(const TableReportRequest &request,
                                  const std::function<void(const ValueFault &)> &found,
                                  const std::function<void(qint64)> &progress,
                                  const std::stop_token &stop)
{
    ReportingSink sink(request, found, progress, stop);
    const auto read = readTable(request.path, request.table, sink);
    if (!read)
        return tl::unexpected(read.error());
    if (sink.failure)
        return tl::unexpected(*sink.failure);
    return std::move(sink.report);
}

} // namespace hubkeeper
