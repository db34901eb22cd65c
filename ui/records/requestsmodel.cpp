// SPDX-License-Identifier: MIT
#include "records/requestsmodel.h"

#include <QLocale>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace hubkeeper {

RequestsModel::RequestsModel(const TrafficLog &log, QObject *parent)
    : QAbstractTableModel(parent)
    , m_log(log)
    , m_rows(int(log.records().size()))
{
    connect(&m_log, &TrafficLog::added, this, &RequestsModel::onAdded);
    connect(&m_log, &TrafficLog::cleared, this, [this] {
        beginResetModel();
        m_rows = 0;
        endResetModel();
    });
}

void RequestsModel::onAdded(int dropped)
{
    if (dropped > 0) { // The log has changed already: rows cannot be taken out one by one now.
        beginResetModel();
        m_rows = int(m_log.records().size());
        endResetModel();
        return;
    }
    beginInsertRows({}, m_rows, m_rows);
    ++m_rows;
    endInsertRows();
}

const TrafficRecord &RequestsModel::recordAt(int row) const
{
    return m_log.records()[size_t(row)];
}

int RequestsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int RequestsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : 7;
}

QVariant RequestsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const TrafficRecord &record = recordAt(index.row());
    if (role == Qt::ToolTipRole)
        return record.error.isEmpty() ? record.url : record.error;
    if (role == Qt::TextAlignmentRole && index.column() >= StatusColumn)
        return QVariant(Qt::AlignTrailing | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case TimeColumn:
        return record.startedAt.toLocalTime().toString(u"HH:mm:ss.zzz"_s);
    case VerbColumn:
        return QString::fromLatin1(nameOf(record.verb));
    case PathColumn: {
        const QUrl url(record.url);
        return url.hasQuery() ? url.path() + u'?' + url.query() : url.path();
    }
    case StatusColumn:
        return record.status > 0 ? QVariant(record.status) : QVariant(tr("none", "no HTTP status"));
    case DurationColumn:
        return tr("%L1 ms").arg(record.duration.count());
    case SizeColumn:
        return QLocale().formattedDataSize(record.replySize);
    default:
        return record.windowRemaining >= 0 ? QVariant(record.windowRemaining) : QVariant();
    }
}

QVariant RequestsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::ToolTipRole && section == LeftColumn)
        return tr("Calls left in HubSpot's window of ten seconds");
    if (role != Qt::DisplayRole)
        return {};
    const QStringList titles {tr("Time"),     tr("Method"), tr("Path"), tr("Status"),
                              tr("Duration"), tr("Size"),   tr("Left")};
    return titles.value(section);
}

} // namespace hubkeeper
