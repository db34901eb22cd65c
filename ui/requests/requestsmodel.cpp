// SPDX-License-Identifier: MIT
#include "requests/requestsmodel.h"

#include "base/pseudonym.h"
#include "widgets/tones.h"

#include <QGuiApplication>
#include <QLocale>
#include <QPalette>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

bool isFailed(const TrafficRecord &record)
{
    return record.status < 200 || record.status >= 300;
}

QString pathOf(const QString &address)
{
    const QUrl url(address);
    return url.hasQuery() ? url.path() + u'?' + url.query() : url.path();
}

} // namespace

RequestsModel::RequestsModel(const TrafficLog &log, QObject *parent)
    : QAbstractTableModel(parent)
    , m_log(log)
    , m_rows(int(log.records().size()))
{
    connect(&m_log, &TrafficLog::added, this, &RequestsModel::onAdded);
    connect(&m_log, &TrafficLog::cleared, this, &RequestsModel::takeAll);
}

void RequestsModel::takeAll()
{
    beginResetModel();
    if (m_frozen)
        m_frozen = m_log.records();
    m_rows = int(m_log.records().size());
    endResetModel();
}

void RequestsModel::onAdded(int dropped)
{
    if (m_frozen)
        return;
    if (dropped > 0) // The log has changed already: rows cannot be taken out one by one now.
        return takeAll();
    beginInsertRows({}, m_rows, m_rows);
    ++m_rows;
    endInsertRows();
}

void RequestsModel::setMask(const Pseudonyms *mask)
{
    m_mask = mask;
    if (m_rows > 0)
        emit dataChanged(index(0, 0), index(m_rows - 1, columnCount() - 1));
}

void RequestsModel::setPaused(bool paused)
{
    if (paused == m_frozen.has_value())
        return;
    if (paused) {
        m_frozen = m_log.records();
        return;
    }
    m_frozen.reset();
    takeAll();
}

const std::deque<TrafficRecord> &RequestsModel::records() const
{
    return m_frozen ? *m_frozen : m_log.records();
}

const TrafficRecord &RequestsModel::recordAt(int row) const
{
    return records()[size_t(row)];
}

int RequestsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int RequestsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : 9;
}

QString RequestsModel::shown(const QString &text) const
{
    return m_mask ? m_mask->inText(text) : text;
}

QVariant RequestsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const TrafficRecord &record = recordAt(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return cell(record, index.column());
    case Qt::ToolTipRole:
        return shown(record.error.isEmpty() ? record.url : record.error);
    case Qt::TextAlignmentRole:
        return index.column() >= StatusColumn && index.column() < CorrelationColumn
            ? QVariant(Qt::AlignTrailing | Qt::AlignVCenter)
            : QVariant();
    case Qt::ForegroundRole:
        return isFailed(record) && index.column() == StatusColumn
            ? QVariant(tonesOf(QGuiApplication::palette()).bad)
            : QVariant();
    case SearchRole:
        return QStringList {cell(record, VerbColumn).toString(), shown(record.url),
                            cell(record, StatusColumn).toString(), record.correlationId,
                            shown(record.error)}
            .join(u' ');
    case FailedRole:
        return isFailed(record);
    default:
        return {};
    }
}

QVariant RequestsModel::cell(const TrafficRecord &record, int column) const
{
    switch (column) {
    case TimeColumn:
        return record.startedAt.toLocalTime().toString(u"HH:mm:ss.zzz"_s);
    case VerbColumn:
        return QString::fromLatin1(nameOf(record.verb));
    case PathColumn:
        return shown(pathOf(record.url));
    case StatusColumn:
        return record.status > 0 ? QVariant(record.status) : QVariant(tr("none", "no HTTP status"));
    case DurationColumn:
        return tr("%L1 ms").arg(record.duration.count());
    case SizeColumn:
        return QLocale().formattedDataSize(record.replySize);
    case TryColumn:
        return record.attempt;
    case LeftColumn:
        if (record.windowRemaining < 0)
            return {};
        //: Calls left of how many: "95 of 110".
        return record.windowMax < 0
            ? QVariant(record.windowRemaining)
            : QVariant(tr("%L1 of %L2").arg(record.windowRemaining).arg(record.windowMax));
    default:
        return record.correlationId;
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
    const QStringList titles {tr("Time"),   tr("Method"),   tr("Path"),
                              tr("Status"), tr("Duration"), tr("Size"),
                              tr("Try"),    tr("Left"),     tr("Correlation ID")};
    return titles.value(section);
}

void RequestsFilter::setText(const QString &text)
{
    m_text = text.trimmed();
    invalidateFilter();
}

void RequestsFilter::setOnlyFailed(bool only)
{
    m_onlyFailed = only;
    invalidateFilter();
}

bool RequestsFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    if (m_onlyFailed && !index.data(RequestsModel::FailedRole).toBool())
        return false;
    return m_text.isEmpty()
        || index.data(RequestsModel::SearchRole).toString().contains(m_text, Qt::CaseInsensitive);
}

} // namespace hubkeeper
