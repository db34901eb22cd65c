// SPDX-License-Identifier: MIT
#include "session/workbench/exportfindings.h"

#include "base/poolcall.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr size_t recordsPerWrite = 500;

} // namespace

ExportFindings::ExportFindings(RecordSet &set, FindingsPlan plan, QObject *parent)
    : Call(parent)
    , m_set(set)
    , m_plan(std::move(plan))
    , m_report(std::make_shared<ValueReport>(m_plan.rules, m_plan.country))
{
    cancelWith(&m_set);
    using Opened = std::shared_ptr<TableFiles>;
    const auto begin = [target = m_plan.target](const std::stop_token &) {
        QList<TableColumn> columns;
        for (const QString &title : findingTitles(u"id"_s))
            columns.append({title, false});
        return TableFiles::begin(target, columns).map([](TableFiles &&files) {
            return std::make_shared<TableFiles>(std::move(files));
        });
    };
    then<Opened>(new PoolCall<Opened>(begin, this), [this](const Opened &files) {
        m_files = files;
        writeNext();
    });
}

void ExportFindings::writeNext()
{
    emit progressed(qint64(m_done), qint64(m_plan.rows.size()));
    if (m_done >= m_plan.rows.size()) {
        auto *finish = new PoolCall<WrittenTable>(
            [files = m_files](const std::stop_token &) { return files->finish(); }, this);
        return then(finish, [this](const WrittenTable &written) { complete(written); });
    }
    const auto first = m_plan.rows.begin() + qsizetype(m_done);
    const size_t count = std::min(recordsPerWrite, m_plan.rows.size() - m_done);
    m_done += count;
    then(m_set.read({first, first + qsizetype(count)}, this),
         [this](const QList<Record> &records) { write(records); });
}

void ExportFindings::write(const QList<Record> &records)
{
    auto *work = new PoolCall<void>(
        [files = m_files, report = m_report, shown = m_plan.shown,
         records](const std::stop_token &stop) -> Result<void> {
            for (const Record &record : records) {
                if (stop.stop_requested())
                    break;
                if (record.archived)
                    continue;
                for (const ValueFault &fault : faultsOf(*report, record)) {
                    if (const auto added = files->add(findingCells(shown ? shown(fault) : fault));
                        !added)
                        return added;
                }
            }
            return {};
        },
        this);
    then(work, [this] { writeNext(); });
}

} // namespace hubkeeper
