// SPDX-License-Identifier: MIT
#include "records/inspector/linksmodel.h"

#include "records/values/cellmark.h"
#include "widgets/masking.h"

#include <QFont>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr size_t mostStagedRead = 2'000; // Changes of links, of all records.

bool isOpenLinkChange(const std::optional<RowChange> &row)
{
    return row && row->state != RowState::Applied;
}

/// Reading them all must not take long: changes() comes with every edit.
bool areFewLinks(const ChangeSet &changes)
{
    size_t links = 0;
    changes.index().forEach([&links](const RowIndex::Slot &slot) {
        links += slot.subject == RowSubject::Association ? 1 : 0;
        return links <= mostStagedRead;
    });
    return links <= mostStagedRead;
}

QList<AssociationKind> kindsAfter(const RowChange &row)
{
    return kindsOf(row.cells.value(associationCell).after);
}

} // namespace

QList<AssociationKind> LinksModel::Line::wanted() const
{
    return isOpenLinkChange(staged) ? kindsAfter(*staged) : linked.link.kinds;
}

LinksModel::LinksModel(ObjectType from, ObjectType to, ChangeSet &changes, const Masking &masking,
                       QObject *parent)
    : QAbstractTableModel(parent)
    , m_from(from)
    , m_to(to)
    , m_changes(changes)
    , m_masking(masking)
{
    connect(&m_changes, &ChangeSet::changed, this, &LinksModel::follow);
}

void LinksModel::setRecord(const RecordReference &record, const QString &name)
{
    clear();
    m_record = record;
    m_name = name;
}

void LinksModel::setLinks(const LinkedRecords &links)
{
    beginResetModel();
    m_links = links;
    m_isKnown = true;
    m_lines = linesNow();
    endResetModel();
}

void LinksModel::clear()
{
    beginResetModel();
    m_links = {};
    m_lines.clear();
    m_isKnown = false;
    endResetModel();
}

void LinksModel::maskingChanged()
{
    if (rowCount() > 0)
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

void LinksModel::learnName(const RecordReference &record, const QString &name)
{
    if (record.type == m_to)
        m_names.insert(record.id, name);
}

qsizetype LinksModel::hidden() const
{
    return m_links.total - m_links.records.size();
}

RowKey LinksModel::keyOfLink(const RecordReference &other) const
{
    RowChange row;
    row.subject = RowSubject::Association;
    const bool isTurned = m_from == ObjectType::Companies && m_to == ObjectType::Contacts;
    row.type = isTurned ? other.type : m_record.type;
    row.id = isTurned ? other.id : m_record.id;
    row.to = isTurned ? m_record : other;
    return keyOf(row);
}

/// Those of the portal in its order, then those that are added.
std::vector<LinksModel::Line> LinksModel::linesNow() const
{
    std::vector<Line> lines;
    QSet<QString> known;
    for (const LinkedRecord &one : m_links.records) {
        lines.push_back({one, m_changes.row(keyOfLink(one.record))});
        known.insert(one.record.id);
    }
    const std::vector<RowChange> staged = areFewLinks(m_changes)
        ? m_changes.associationsOf(m_record, mostStagedRead)
        : std::vector<RowChange>();
    for (const RowChange &row : staged) {
        const bool isFirst = RecordReference {row.type, row.id} == m_record;
        const RecordReference other = isFirst ? *row.to : RecordReference {row.type, row.id};
        const bool isShown = other.type == m_to && !known.contains(other.id)
            && row.kind != ChangeKind::Archive && row.state != RowState::Applied;
        if (!isShown)
            continue;
        LinkedRecord added {other, m_names.value(other.id, row.label), {}};
        if (row.cells.contains(primaryCell))
            added.link.primary = row.cells.value(primaryCell).before;
        else if (m_from == ObjectType::Contacts && !m_links.records.isEmpty())
            added.link.primary = m_links.records.first().link.primary;
        lines.push_back({added, row});
    }
    return lines;
}

/// The order of lines does not change but at the end; the view keeps its place.
void LinksModel::follow()
{
    if (!m_isKnown)
        return;
    const auto isBeingWritten = [](const Line &line) { return isOpenLinkChange(line.staged); };
    const auto before = std::count_if(m_lines.begin(), m_lines.end(), isBeingWritten);
    std::vector<Line> now = linesNow();
    const bool wasWritten = std::any_of(m_lines.begin(), m_lines.end(), [this](const Line &line) {
        if (!isOpenLinkChange(line.staged))
            return false;
        const auto row = m_changes.row(keyOf(*line.staged));
        return row && row->state == RowState::Applied;
    });
    const auto after = std::count_if(now.begin(), now.end(), isBeingWritten);
    if (before == 0 && after == 0 && now.size() == m_lines.size())
        return;
    const int shown = rowCount();
    const int wanted = int(now.size());
    if (wanted < shown) {
        beginRemoveRows({}, wanted, shown - 1);
        m_lines.resize(now.size());
        endRemoveRows();
    } else if (wanted > shown) {
        beginInsertRows({}, shown, wanted - 1);
        m_lines = std::move(now);
        now = m_lines;
        endInsertRows();
    }
    m_lines = std::move(now);
    maskingChanged();
    if (wasWritten)
        emit written();
}

bool LinksModel::canEdit(int row) const
{
    const auto &staged = lineAt(row).staged;
    return !staged || staged->state != RowState::Sending;
}

void LinksModel::stage(int row, const QList<AssociationKind> &wanted, const QString &step)
{
    if (!canEdit(row))
        return;
    const Line line = lineAt(row);
    const bool isTurned = m_from == ObjectType::Companies && m_to == ObjectType::Contacts;
    const RecordReference other = line.linked.record;
    const auto change = associationRow({isTurned ? other : m_record, isTurned ? m_record : other,
                                        labelOfPair(line.linked), line.linked.link.kinds, wanted,
                                        line.linked.link.primary});
    if (change)
        (void)m_changes.addRows({*change}, Adding::Merge, step, &m_changes);
    else if (line.staged)
        m_changes.revertRow(keyOf(*line.staged));
}

bool LinksModel::losesPrimary(const Line &line) const
{
    if (!hasKind(line.wanted(), primaryKind()) || m_from != ObjectType::Contacts)
        return false;
    return std::any_of(m_lines.begin(), m_lines.end(), [&](const Line &other) {
        return isOpenLinkChange(other.staged) && other.linked.record.id != line.linked.record.id
            && other.staged->cells.value(primaryCell).after == other.linked.record.id;
    });
}

QString LinksModel::labelOfPair(const LinkedRecord &other) const
{
    const bool isTurned = m_from == ObjectType::Companies && m_to == ObjectType::Contacts;
    return isTurned ? u"%1 - %2"_s.arg(other.name, m_name) : u"%1 - %2"_s.arg(m_name, other.name);
}

int LinksModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_lines.size());
}

int LinksModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : 3;
}

QString LinksModel::labelsText(const Line &line) const
{
    QList<AssociationKind> kinds = line.wanted();
    if (losesPrimary(line))
        kinds = without(kinds, {primaryKind()});
    if (kinds.isEmpty()) // It goes: what it had.
        kinds = line.linked.link.kinds;
    return shownKinds(kindsText(kinds));
}

QString LinksModel::changeText(const Line &line) const
{
    if (!isOpenLinkChange(line.staged))
        return losesPrimary(line) ? tr("No longer primary") : QString();
    if (line.staged->state == RowState::Conflicting)
        return tr("Conflict");
    if (line.staged->state == RowState::Failed)
        return tr("Failed");
    switch (line.staged->kind) {
    case ChangeKind::Create:
        return tr("Added");
    case ChangeKind::Archive:
        return tr("Removed");
    case ChangeKind::Update:
        return tr("Changed");
    }
    Q_UNREACHABLE();
}

QVariant LinksModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Line &line = lineAt(index.row());
    const bool isStaged = isOpenLinkChange(line.staged);
    if (role == Qt::FontRole) {
        QFont font;
        font.setStrikeOut(isStaged && line.staged->kind == ChangeKind::Archive);
        font.setBold(isStaged && line.staged->kind != ChangeKind::Archive);
        return font;
    }
    if (role == Qt::ToolTipRole && isStaged && line.staged->error)
        return m_masking.text(line.staged->error->sentence(), {line.linked.name});
    if (role == Qt::ToolTipRole && index.column() == LabelsColumn && isStaged)
        return tr("Now: %1").arg(shownKinds(kindsText(line.linked.link.kinds)));
    if (role == Qt::ToolTipRole && index.column() == RecordColumn)
        return u"%1 (%2)"_s.arg(m_masking.name(line.linked.name), line.linked.record.id);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    switch (index.column()) {
    case RecordColumn:
        return m_masking.name(line.linked.name);
    case LabelsColumn:
        return labelsText(line);
    default:
        return changeText(line);
    }
}

QVariant LinksModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case RecordColumn:
        return m_to == ObjectType::Companies ? tr("Company") : tr("Contact");
    case LabelsColumn:
        return tr("Labels");
    default:
        return tr("Change");
    }
}

} // namespace hubkeeper
