// SPDX-License-Identifier: MIT
#include "store/sets/visitrows.h"

namespace hubkeeper {

namespace {

constexpr size_t rowsPerPortion = 256;

} // namespace

VisitRows::VisitRows(RecordSet &set, std::vector<qint64> rows, Visit visit, QObject *parent)
    : Call(parent)
    , m_set(set)
    , m_rows(std::move(rows))
    , m_visit(std::move(visit))
{
    readNext();
}

void VisitRows::readNext()
{
    if (m_done == m_rows.size())
        return complete({});
    const auto from = m_rows.begin() + qsizetype(m_done);
    const size_t count = std::min(rowsPerPortion, m_rows.size() - m_done);
    then(m_set.read({from, from + qsizetype(count)}, this),
         [this, count](const QList<Record> &records) {
             if (size_t(records.size()) != count)
                 return complete(fail(ErrorKind::Storage,
                                      QStringLiteral("The local store lacks some of its rows."),
                                      QStringLiteral("Load the records again.")));
             for (const Record &record : records)
                 m_visit(m_done++, record);
             emit progressed(qint64(m_done), qint64(m_rows.size()));
             readNext();
         });
}

} // namespace hubkeeper
