// SPDX-License-Identifier: MIT
#include "idm/preview/previewentries.h"

#include "base/poolcall.h"
#include "widgets/masking.h"
#include "widgets/tones.h"

#include <QApplication>
#include <QPalette>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int blockRows = 200;
constexpr size_t mostBlocks = 20;

} // namespace

QString statusText(const ReconEntry &entry)
{
    if (entry.status == ReconEntry::Status::Unknown)
        return PreviewEntries::tr("not known");
    if (entry.failed)
        return PreviewEntries::tr("fails");
    return entry.certain ? PreviewEntries::tr("done") : PreviewEntries::tr("not certain");
}

PreviewEntries::PreviewEntries(const Masking &masking, QObject *parent)
    : QAbstractTableModel(parent)
    , m_masking(masking)
    , m_work(std::make_unique<QObject>())
{
    connect(&masking, &Masking::changed, this, [this] {
        if (rowCount() > 0)
            emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    });
}

PreviewEntries::~PreviewEntries() = default;

void PreviewEntries::setOutcome(std::shared_ptr<const PreviewOutcome> outcome)
{
    m_outcome = std::move(outcome);
    list();
}

void PreviewEntries::setFilter(const EntryFilter &filter)
{
    m_filter = filter;
    list();
}

/// What was there is gone at once: its numbers mean nothing any more.
void PreviewEntries::list()
{
    beginResetModel();
    m_work = std::make_unique<QObject>();
    m_blocks.clear();
    m_wanted.clear();
    m_listing = {};
    endResetModel();
    if (!m_outcome)
        return emit listed();
    const auto work = [outcome = m_outcome, filter = m_filter](const std::stop_token &) {
        return outcome->work->numbers(filter).and_then([&](const std::vector<qint64> &numbers) {
            return outcome->work->newIds(outcome->source).and_then([&](const auto &sources) {
                return outcome->work->newIds(outcome->target).map([&](const auto &targets) {
                    return Listing {numbers, sources, targets};
                });
            });
        });
    };
    auto *call = new PoolCall<Listing>(work, m_work.get());
    call->onDone(m_work.get(), [this](const Result<Listing> &listing) {
        if (!listing)
            return emit failed(listing.error());
        beginResetModel();
        m_listing = *listing;
        endResetModel();
        emit listed();
    });
}

const PreviewEntries::Block *PreviewEntries::blockOf(int row) const
{
    const int first = row - row % blockRows;
    const auto block = std::find_if(m_blocks.begin(), m_blocks.end(),
                                    [&](const Block &one) { return one.first == first; });
    return block == m_blocks.end() ? nullptr : &*block;
}

/// Asks for the block of a row, once.
void PreviewEntries::want(int row) const
{
    const int first = row - row % blockRows;
    if (m_wanted.contains(first))
        return;
    m_wanted.insert(first);
    const auto begin = m_listing.numbers.begin() + first;
    const auto end = m_listing.numbers.begin()
        + std::min<qsizetype>(first + blockRows, qsizetype(m_listing.numbers.size()));
    const auto work = [outcome = m_outcome, numbers = std::vector<qint64>(begin, end)](
                          const std::stop_token &) { return outcome->work->entries(numbers); };
    auto *self = const_cast<PreviewEntries *>(this); // Cells come later, as with any block cache.
    auto *call = new PoolCall<std::vector<KeptEntry>>(work, m_work.get());
    call->onDone(m_work.get(), [self, first](const Result<std::vector<KeptEntry>> &entries) {
        self->onBlock(first, entries);
    });
}

void PreviewEntries::onBlock(int first, const Result<std::vector<KeptEntry>> &entries)
{
    m_wanted.remove(first);
    if (!entries)
        return emit failed(entries.error());
    m_blocks.push_back({first, *entries});
    if (m_blocks.size() > mostBlocks)
        m_blocks.pop_front();
    if (!entries->empty())
        emit dataChanged(index(first, 0), index(first + int(entries->size()) - 1, ColumnCount - 1));
}

std::optional<KeptEntry> PreviewEntries::entry(int row) const
{
    if (row < 0 || row >= rowCount())
        return std::nullopt;
    const Block *block = blockOf(row);
    if (!block) {
        want(row);
        return std::nullopt;
    }
    const size_t place = size_t(row - block->first);
    return place < block->entries.size() ? std::optional(block->entries[place]) : std::nullopt;
}

int PreviewEntries::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_listing.numbers.size());
}

int PreviewEntries::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString PreviewEntries::shownId(const QString &id, bool isSource) const
{
    const auto &made = isSource ? m_listing.newSources : m_listing.newTargets;
    return made.contains(id) ? tr("(new)") : id;
}

QString PreviewEntries::text(const ReconEntry &entry, int column) const
{
    switch (column) {
    case SituationColumn:
        return entry.situation ? wordOf(*entry.situation) : u"?"_s;
    case ActionColumn:
        return entry.action ? wordOf(*entry.action) : u"?"_s;
    case SourceColumn:
        return shownId(entry.sourceId, true);
    case TargetColumn: {
        QStringList ids;
        for (const QString &id :
             QStringList {entry.targetId, entry.deletedTargetId} + entry.ambiguousTargetIds) {
            if (!id.isEmpty())
                ids.append(shownId(id, false));
        }
        return ids.join(u", "_s);
    }
    case StatusColumn:
        return statusText(entry);
    default:
        return m_masking.text(entry.reason);
    }
}

QVariant PreviewEntries::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole && role != Qt::ForegroundRole)
        return {};
    const auto kept = entry(index.row());
    if (!kept)
        return {};
    if (role == Qt::ForegroundRole) {
        const bool deletes = kept->entry.action == SyncAction::Delete && !kept->entry.failed;
        return deletes || kept->entry.failed ? QVariant(tonesOf(QApplication::palette()).bad)
                                             : QVariant();
    }
    return text(kept->entry, index.column());
}

QVariant PreviewEntries::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case SituationColumn:
        return tr("Situation");
    case ActionColumn:
        return tr("Action");
    case SourceColumn:
        return tr("Source");
    case TargetColumn:
        return tr("Target");
    case StatusColumn:
        return tr("Result");
    case ReasonColumn:
        return tr("Reason");
    default:
        return {};
    }
}

} // namespace hubkeeper
