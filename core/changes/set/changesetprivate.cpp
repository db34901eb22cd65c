// SPDX-License-Identifier: MIT
#include "changes/set/changesetprivate.h"

namespace hubkeeper {

namespace {

constexpr int mostAtOnce = 1000; // Rows that are worked on without slices.
constexpr size_t mostRanges = 64; // More of them, and a view had better look at everything.

} // namespace

bool ChangeSet::Private::inSlices(int size) const
{
    return depth == 0 && size > mostAtOnce;
}

void ChangeSet::Private::put(const RowKey &key, const std::optional<RowChange> &row,
                             const QString &stepName)
{
    staged.put(key, row, depth == 0 ? stepName : QString());
    if (depth > 0)
        return;
    staged.steps.close();
    publish();
}

/// Outside of undo.
void ChangeSet::Private::revise(const RowKey &key, const std::function<void(RowChange &)> &edit)
{
    marks.revise(key, edit);
    publishNow();
}

void ChangeSet::Private::publishNow()
{
    if (depth == 0)
        publish();
}

void ChangeSet::Private::claim(const QString &run, const std::vector<qint64> &sequences,
                               LaterCall<std::vector<qint64>> &call)
{
    const RunMarks::Before before = marks.claim(run, sequences);
    publish();
    std::vector<qint64> wanted;
    wanted.reserve(before.size());
    for (const auto &[sequence, state] : before)
        wanted.push_back(sequence);
    ChangeStore *store = staged.rows.store();
    if (!store)
        return call.end(std::move(wanted));
    store->claim(run, std::move(wanted), q)
        ->onDone(
            q, [this, before, call = QPointer(&call)](const Result<std::vector<qint64>> &claimed) {
                if (marks.correct(before, claimed))
                    publish();
                if (call)
                    call->end(claimed);
            });
}

QSet<qint64> ChangeSet::Private::neededCreates() const
{
    QSet<qint64> needed;
    staged.index().forEach([&](const RowIndex::Slot &slot) {
        if (slot.subject != RowSubject::Association || slot.state == RowState::Applied)
            return true;
        const std::optional<RowChange> row = staged.rows.get(slot.sequence);
        if (row && localNumber(row->id) > 0)
            needed.insert(staged.index().find({row->type, row->id}));
        if (row && row->to && localNumber(row->to->id) > 0)
            needed.insert(staged.index().find({row->to->type, row->to->id}));
        return true;
    });
    return needed;
}

/// A step or a piece of work is over: reports what it changed.
void ChangeSet::Private::publish()
{
    if (staged.touched.empty())
        return;
    publishOrder();
    reportTouched();
    reportFaults();
    emit q->changed();
}

void ChangeSet::Private::publishOrder()
{
    RowIndex &index = staged.rows.index();
    if (index.isOrdered())
        return;
    const std::vector<PlaceRange> leaving = index.leaving();
    if (leaving.size() > mostRanges) {
        emit q->aboutToReset();
        index.updateOrder();
        emit q->wasReset();
        return;
    }
    for (const PlaceRange &range : leaving) {
        emit q->aboutToRemove(range.first, range.last);
        index.takeOut(range);
        emit q->removed(range.first, range.last);
    }
    const std::vector<PlaceRange> arriving = index.arriving();
    if (arriving.size() > mostRanges) {
        emit q->aboutToReset();
        index.updateOrder();
        emit q->wasReset();
        return;
    }
    for (const PlaceRange &range : arriving) {
        emit q->aboutToInsert(range.first, range.last);
        index.takeIn(range);
        emit q->inserted(range.first, range.last);
    }
}

void ChangeSet::Private::reportTouched()
{
    std::vector<int> places;
    for (const qint64 sequence : std::exchange(staged.touched, {})) {
        if (const int place = staged.index().placeOf(sequence); place >= 0)
            places.push_back(place);
    }
    const auto [first, last] = std::exchange(staged.touchedSpan, {0, 0});
    if (last > 0)
        emit q->rowsChanged(staged.index().placeOf(first), staged.index().placeOf(last));
    std::sort(places.begin(), places.end());
    for (size_t i = 0; i < places.size();) {
        size_t end = i + 1;
        while (end < places.size() && places[end] <= places[end - 1] + 1)
            ++end;
        emit q->rowsChanged(places[i], places[end - 1]);
        i = end;
    }
    for (const RowKey &key : std::exchange(staged.touchedKeys, {})) {
        if (key.subject == RowSubject::Record)
            emit q->rowTouched(key.type, key.id);
    }
}

void ChangeSet::Private::reportFaults()
{
    if (const auto fault = staged.rows.takeFault())
        emit q->failed(*fault);
    if (const auto fault = staged.steps.takeFault())
        emit q->failed(*fault);
}

/// In slices; a view looks at everything afterwards.
void ChangeSet::Private::startWork(Piecework::Piece piece, std::function<void()> finished,
                                   std::function<bool()> isReady)
{
    ++depth;
    staged.isBulk = true;
    work.start(
        std::move(piece),
        [this, isReady = std::move(isReady)] {
            return !staged.rows.isCrowded() && (!isReady || isReady());
        },
        [this, finished = std::move(finished)] {
            --depth;
            staged.isBulk = false;
            finished();
            emit q->aboutToReset();
            staged.rows.index().updateOrder();
            emit q->wasReset();
            reportFaults();
            emit q->changed();
        });
}

void ChangeSet::Private::travel(bool back)
{
    if (back ? !q->canUndo() : !q->canRedo())
        return;
    const bool isReady = staged.steps.isReady(back);
    if (!isReady && staged.rows.store()->isFailing())
        return; // Its images cannot be had before the disk takes them.
    const bool slowly = inSlices(staged.steps.size(back)) || !isReady;
    staged.steps.begin(back);
    Piecework::Piece piece = swapping(back);
    if (slowly) {
        return startWork(
            std::move(piece), [this, back] { staged.steps.move(back); },
            [this, back] { return staged.steps.isReady(back); });
    }
    while (piece()) { }
    staged.steps.move(back);
    publish();
}

Piecework::Piece ChangeSet::Private::swapping(bool back)
{
    const auto next = std::make_shared<qint64>(0);
    return [this, back, next] {
        constexpr int some = 100;
        std::vector<NumberedRow> images = staged.steps.images(back, *next, some);
        for (NumberedRow &image : images) {
            *next = image.sequence + 1;
            staged.swap(back, std::move(image));
        }
        return int(images.size()) == some;
    };
}

/// As one step named `name`; the call hears of it.
void ChangeSet::Private::add(const std::shared_ptr<AddingRows> &rows, const QString &name,
                             const QPointer<LaterCall<AddedRows>> &call)
{
    const auto finish = [this, rows, call] {
        if (depth == 0)
            staged.steps.close();
        if (call)
            call->end(rows->outcome());
    };
    if (depth == 0)
        staged.steps.open(name);
    if (depth == 0 && inSlices(rows->size()))
        return startWork([rows] { return rows->next(); }, finish);
    while (rows->next()) { }
    finish();
    if (depth == 0)
        publish();
}

/// Takes rows out, as one step or for good.
void ChangeSet::Private::drop(std::vector<qint64> sequences, bool undoable, const QString &name)
{
    if (sequences.empty())
        return;
    const bool slowly = inSlices(int(sequences.size()));
    const auto next = std::make_shared<size_t>(0);
    if (undoable && depth == 0)
        staged.steps.open(name);
    const auto piece = [this, undoable, next, sequences = std::move(sequences)] {
        const qint64 sequence = sequences[(*next)++];
        const std::optional<RowChange> row = staged.rows.get(sequence);
        if (row && undoable) {
            staged.put(keyOf(*row), std::nullopt, {});
        } else if (row) {
            staged.revise(sequence, std::nullopt);
            staged.touch(keyOf(*row));
        }
        return *next < sequences.size();
    };
    const auto finish = [this, undoable] {
        if (!undoable)
            staged.steps.forget();
        else if (depth == 0)
            staged.steps.close();
    };
    if (slowly)
        return startWork(piece, finish);
    while (piece()) { }
    finish();
    if (depth == 0)
        publish();
}

} // namespace hubkeeper
