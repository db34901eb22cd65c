// SPDX-License-Identifier: MIT
#include "changes/set/stagedrows.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

std::optional<RowChange> StagedRows::find(const RowKey &key) const
{
    const qint64 sequence = index().find(key);
    return sequence == 0 ? std::nullopt : rows.get(sequence);
}

/// Numbers in use after a file was opened, or in steps that may come back, are never reused.
QString StagedRows::nextLocalId()
{
    return u"new-%1"_s.arg(rows.takeLocalNumber());
}

void StagedRows::put(const RowKey &key, const std::optional<RowChange> &row,
                     const QString &stepName)
{
    qint64 sequence = index().find(key);
    NumberedRow before {sequence, sequence == 0 ? std::nullopt : rows.get(sequence)};
    if (sequence == 0) {
        if (!row)
            return;
        sequence = steps.droppedAs(key);
        before.sequence = sequence == 0 ? sequence = rows.takeSequence() : sequence;
    }
    steps.record(std::move(before), stepName);
    if (!row)
        steps.noteDropped(key, sequence);
    revise(sequence, row);
    touch(key);
}

void StagedRows::revise(qint64 sequence, const std::optional<RowChange> &row)
{
    if (row)
        rows.put(sequence, *row);
    else
        rows.drop(sequence);
    touch(sequence);
}

void StagedRows::touchEnds(const std::vector<qint64> &sequences)
{
    if (!sequences.empty()) {
        touch(sequences.front());
        touchedSpan = {sequences.front(), sequences.back()};
    }
}

void StagedRows::swap(bool back, NumberedRow image)
{
    std::optional<RowChange> now = rows.get(image.sequence);
    if (now && image.row)
        image.row->excluded = now->excluded; // Undo does not send what a reviewer left out.
    if (now)
        touch(keyOf(*now));
    else if (image.row)
        touch(keyOf(*image.row));
    steps.putImage(back, {image.sequence, std::move(now)});
    revise(image.sequence, image.row);
}

} // namespace hubkeeper
