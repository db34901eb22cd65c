// SPDX-License-Identifier: MIT
#pragma once

#include "session/idm/previewjob.h"

#include <QAbstractTableModel>
#include <QPointer>

#include <deque>

namespace hubkeeper {

class CallBase;
class Masking;

/// The entries of a preview, deletions first. Holds their numbers and some blocks of them; blocks
/// are read in another thread when they are looked at, and their cells are empty until then.
class PreviewEntries final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        SituationColumn,
        ActionColumn,
        SourceColumn,
        TargetColumn,
        StatusColumn,
        ReasonColumn,
        ColumnCount
    };

    /// `masking` must outlive it.
    PreviewEntries(const Masking &masking, QObject *parent);
    ~PreviewEntries() override;

    /// Null shows nothing.
    void setOutcome(std::shared_ptr<const PreviewOutcome> outcome);
    [[nodiscard]] const std::shared_ptr<const PreviewOutcome> &outcome() const { return m_outcome; }
    void setFilter(const EntryFilter &filter);
    [[nodiscard]] const EntryFilter &filter() const { return m_filter; }
    /// Nothing if it is not read yet.
    [[nodiscard]] std::optional<KeptEntry> entry(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

signals:
    /// The entries of the outcome and the filter are there.
    void listed();
    /// What the preview kept cannot be read.
    void failed(const hubkeeper::Error &error);

private:
    struct Block
    {
        int first = 0;
        std::vector<KeptEntry> entries;
    };
    struct Listing
    {
        std::vector<qint64> numbers;
        QSet<QString> newSources;
        QSet<QString> newTargets;
    };

    void list();
    void want(int row) const;
    void onBlock(int first, const Result<std::vector<KeptEntry>> &entries);
    [[nodiscard]] const Block *blockOf(int row) const;
    [[nodiscard]] QString text(const ReconEntry &entry, int column) const;
    [[nodiscard]] QString shownId(const QString &id, bool isSource) const;

    const Masking &m_masking;
    std::shared_ptr<const PreviewOutcome> m_outcome;
    EntryFilter m_filter;
    Listing m_listing;
    std::unique_ptr<QObject> m_work; // Parent of what is read for the present listing.
    std::deque<Block> m_blocks; // The newest last.
    mutable QSet<int> m_wanted; // First rows of blocks that are being read.
};

/// What became of an entry, in a word.
[[nodiscard]] QString statusText(const ReconEntry &entry);

} // namespace hubkeeper
