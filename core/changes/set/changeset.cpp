// SPDX-License-Identifier: MIT
#include "changes/set/changeset.h"

#include "changes/changestext.h"
#include "changes/set/changesetprivate.h"
#include "changes/set/changesfile.h"
#include "changes/set/rowedits.h"
#include "changes/set/signedchanges.h"
#include "changes/set/stagedtexts.h"

#include <QPointer>

using namespace Qt::StringLiterals;

namespace hubkeeper {

ChangeSet::ChangeSet(QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this))
{
    connect(&d->work, &Piecework::busyChanged, this, &ChangeSet::busyChanged);
    connect(&d->work, &Piecework::paused, this, &ChangeSet::changed);
}

ChangeSet::~ChangeSet()
{
    blockSignals(true);
    ChangeStore *store = d->staged.rows.store();
    if (isBusy()) { // Edits made meanwhile are not to be lost.
        d->work.finishNow([store] {
            if (store)
                store->waitForWriter();
        });
    }
    if (store && isEmpty())
        store->removeAtEnd();
}

const ChangeBinding &ChangeSet::binding() const
{
    return d->binding;
}

void ChangeSet::setBinding(const ChangeBinding &binding)
{
    d->binding = binding;
}

void ChangeSet::keepIn(const ChangeStore::Opened &opened)
{
    if (d->isLater([this, opened] { keepIn(opened); }))
        return;
    std::vector<RowChange> before = rows();
    d->staged.steps.forget();
    emit aboutToReset();
    d->staged.rows.attach(opened.store, opened.overview);
    d->staged.steps.attach(opened.overview);
    d->binding = opened.overview.binding;
    if (const auto kept = signedChangesFrom(opened.overview.signedAs))
        d->signedAs = std::make_shared<const SignedChanges>(*kept);
    emit wasReset();
    ChangeStore *store = opened.store.get();
    connect(store, &ChangeStore::written, this, [this](quint64 ticket) {
        d->staged.rows.onWritten(ticket);
        d->staged.steps.onWritten(ticket);
        d->work.resume();
    });
    connect(store, &ChangeStore::failed, this, &ChangeSet::failed);
    emit changed();
    if (!before.empty())
        (void)addRows(std::move(before), Adding::Merge, {}, this);
}

bool ChangeSet::isKept() const
{
    const ChangeStore *store = d->staged.rows.store();
    return store && !store->isFailing();
}

QString ChangeSet::storePath() const
{
    const ChangeStore *store = d->staged.rows.store();
    return store ? store->path() : QString();
}

bool ChangeSet::isSaved() const
{
    const ChangeStore *store = d->staged.rows.store();
    return store && !store->isBehind() && !isBusy();
}

Call<void> *ChangeSet::flush(QObject *parent)
{
    ChangeStore *store = d->staged.rows.store();
    if (!store)
        return new ReadyCall<void>({}, parent);
    if (!isBusy())
        return store->flush(parent);
    auto *call = new LaterCall<void>(parent);
    d->work.later([this, call = QPointer(call)] {
        if (call)
            flush(call)->onDone(call, [call](const Result<void> &done) { call->end(done); });
    });
    return call;
}

Call<TextsByRecord> *ChangeSet::texts(ObjectType type, QObject *parent)
{
    return new StagedTexts(*this, d->staged.rows.store(), type, parent);
}

bool ChangeSet::isBusy() const
{
    return d->work.isBusy();
}

void ChangeSet::setText(ObjectType type, const Record &baseline, const QString &label,
                        const QString &property, const QString &text)
{
    if (d->isLater([=, this] { setText(type, baseline, label, property, text); }))
        return;
    const RowKey key {type, baseline.id};
    const std::optional<RowChange> known = d->staged.find(key);
    if (known && isLocked(*known))
        return;
    const bool isEdit = known && known->state != RowState::Applied;
    if (isEdit && known->kind == ChangeKind::Archive)
        return;
    RowChange row;
    if (isEdit) {
        row = *known;
    } else {
        row.type = type;
        row.id = baseline.id;
        row.basedOn = baseline.updatedAt;
        row.label = label.isEmpty() ? baseline.id : label;
    }
    if (setCell(row, property, baseline.text(property), text))
        d->put(key, isWorthKeeping(row) ? std::optional(row) : std::nullopt, property);
}

void ChangeSet::beginStep(const QString &name)
{
    if (d->isLater([this, name] { beginStep(name); }))
        return;
    if (d->depth++ == 0)
        d->staged.steps.open(name);
}

void ChangeSet::endStep()
{
    if (d->isLater([this] { endStep(); }))
        return;
    if (d->depth == 0 || --d->depth > 0)
        return;
    d->staged.steps.close();
    d->publish();
}

QString ChangeSet::addCreate(ObjectType type, const QHash<QString, QString> &properties,
                             const QString &label)
{
    RowChange row;
    row.type = type;
    row.kind = ChangeKind::Create;
    row.id = d->staged.nextLocalId();
    row.label = label.isEmpty() ? row.id : label;
    for (auto cell = properties.cbegin(); cell != properties.cend(); ++cell) {
        if (!cell.value().isEmpty())
            row.cells.insert(cell.key(), {{}, cell.value()});
    }
    if (!d->isLater([this, row] { d->put(keyOf(row), row, row.label); }))
        d->put(keyOf(row), row, row.label);
    return row.id;
}

void ChangeSet::addArchive(ObjectType type, const Record &baseline, const QString &label)
{
    if (d->isLater([=, this] { addArchive(type, baseline, label); }))
        return;
    const RowKey key {type, baseline.id};
    const std::optional<RowChange> known = d->staged.find(key);
    const bool isEdit = known && known->state != RowState::Applied;
    if (known && (isLocked(*known) || (isEdit && known->kind == ChangeKind::Archive)))
        return;
    if (isEdit && known->kind == ChangeKind::Create)
        return d->put(key, std::nullopt, label);
    RowChange row;
    row.type = type;
    row.kind = ChangeKind::Archive;
    row.id = baseline.id;
    row.label = label.isEmpty() ? baseline.id : label;
    row.basedOn = baseline.updatedAt;
    d->put(key, row, row.label);
}

Call<AddedRows> *ChangeSet::addRows(std::vector<RowChange> rows, Adding adding, const QString &name,
                                    QObject *parent)
{
    auto *call = new LaterCall<AddedRows>(parent);
    if (adding == Adding::Replace && count(RowState::Sending) > 0) {
        call->end(fail(ErrorKind::Refused, ChangesText::tr("Staged changes are being sent."),
                       ChangesText::tr("Wait until the run has ended.")));
        return call;
    }
    const auto start = [this, adding, name, call = QPointer(call),
                        rows = std::make_shared<std::vector<RowChange>>(std::move(rows))] {
        d->add(std::make_shared<AddingRows>(d->staged, std::move(*rows), adding), name, call);
    };
    if (!d->isLater(start))
        start();
    return call;
}

std::optional<CellChange> ChangeSet::cell(ObjectType type, const QString &id,
                                          const QString &property) const
{
    const std::optional<RowChange> known = row(type, id);
    if (!known || !known->cells.contains(property))
        return {};
    return known->cells.value(property);
}

std::optional<RowChange> ChangeSet::row(ObjectType type, const QString &id) const
{
    return row(RowKey {type, id});
}

std::optional<RowChange> ChangeSet::row(const RowKey &key) const
{
    return d->staged.find(key);
}

std::vector<RowChange> ChangeSet::associationsOf(const RecordReference &record, size_t most) const
{
    std::vector<RowChange> found;
    index().forEach([&](const RowIndex::Slot &slot) {
        if (slot.subject != RowSubject::Association)
            return true;
        const std::optional<RowChange> row = rowOf(slot.sequence);
        if (row && (row->to == record || RecordReference {row->type, row->id} == record))
            found.push_back(*row);
        return found.size() < most;
    });
    return found;
}

bool ChangeSet::contains(ObjectType type, const QString &id) const
{
    return index().find({type, id}) != 0;
}

std::vector<RowChange> ChangeSet::rows(int first, int count) const
{
    std::vector<qint64> sequences;
    int place = 0;
    index().forEach([&](const RowIndex::Slot &slot) {
        if (place++ >= first)
            sequences.push_back(slot.sequence);
        return count < 0 || int(sequences.size()) < count;
    });
    return rowsOf(sequences);
}

RowChange ChangeSet::at(int place) const
{
    return d->staged.rows.get(index().at(place).sequence).value_or(RowChange());
}

std::optional<RowChange> ChangeSet::rowOf(qint64 sequence) const
{
    return d->staged.rows.get(sequence);
}

const RowIndex &ChangeSet::index() const
{
    return d->staged.index();
}

std::vector<RowChange> ChangeSet::rowsOf(const std::vector<qint64> &sequences) const
{
    std::vector<RowChange> rows;
    rows.reserve(sequences.size());
    for (const qint64 sequence : sequences) {
        if (auto row = d->staged.rows.get(sequence))
            rows.push_back(*std::move(row));
    }
    return rows;
}

int ChangeSet::uses(const QString &property) const
{
    return d->staged.rows.uses(property);
}

void ChangeSet::revertCell(ObjectType type, const QString &id, const QString &property)
{
    if (d->isLater([=, this] { revertCell(type, id, property); }))
        return;
    std::optional<RowChange> row = d->staged.find({type, id});
    if (!row || isLocked(*row) || !row->cells.contains(property))
        return;
    row->cells.remove(property);
    row->theirs.remove(property);
    stageAgain(*row);
    d->put({type, id}, isWorthKeeping(*row) ? row : std::nullopt, property);
}

void ChangeSet::revertRow(ObjectType type, const QString &id)
{
    revertRow(RowKey {type, id});
}

void ChangeSet::revertRow(const RowKey &key)
{
    if (d->isLater([=, this] { revertRow(key); }))
        return;
    const std::optional<RowChange> known = d->staged.find(key);
    if (known && known->state != RowState::Sending)
        d->put(key, std::nullopt, known->label);
}

void ChangeSet::revertAll()
{
    if (d->isLater([this] { revertAll(); }) || count(RowState::Sending) > 0)
        return;
    d->drop(index().sequences([](const RowIndex::Slot &) { return true; }), true, {});
}

void ChangeSet::setExcluded(const std::vector<qint64> &sequences, bool excluded)
{
    if (sequences.empty() || d->isLater([=, this] { setExcluded(sequences, excluded); }))
        return;
    d->marks.setExcluded(sequences, excluded);
    d->publishNow();
}

void ChangeSet::removeApplied()
{
    if (d->isLater([this] { removeApplied(); }))
        return;
    const QSet<qint64> needed = d->neededCreates();
    std::vector<qint64> gone;
    index().forEach([&](const RowIndex::Slot &slot) {
        if (slot.state == RowState::Applied && !needed.contains(slot.sequence))
            gone.push_back(slot.sequence);
        return true;
    });
    if (d->signedAs && int(gone.size()) == count()) {
        setSignedAs(nullptr); // All of it is done.
    } else if (d->signedAs) {
        auto rest = std::make_shared<SignedChanges>(*d->signedAs);
        rest->gone += qint64(gone.size());
        setSignedAs(std::move(rest));
    }
    d->drop(std::move(gone), false, {});
}

void ChangeSet::rebase(ObjectType type, const QString &id)
{
    rebase(RowKey {type, id});
}

void ChangeSet::rebase(const RowKey &key)
{
    if (d->isLater([=, this] { rebase(key); }))
        return;
    std::optional<RowChange> row = d->staged.find(key);
    if (!row || row->state != RowState::Conflicting)
        return;
    takeOverTheirs(*row);
    d->put(key, isWorthKeeping(*row) ? row : std::nullopt, row->label);
}

bool ChangeSet::canUndo() const
{
    return d->depth == 0 && d->staged.steps.canGoBack();
}

bool ChangeSet::canRedo() const
{
    return d->depth == 0 && d->staged.steps.canGoForward();
}

QString ChangeSet::undoName() const
{
    return canUndo() ? d->staged.steps.backName() : QString();
}

QString ChangeSet::redoName() const
{
    return canRedo() ? d->staged.steps.forwardName() : QString();
}

void ChangeSet::undo()
{
    if (!d->isLater([this] { undo(); }))
        d->travel(true);
}

void ChangeSet::redo()
{
    if (!d->isLater([this] { redo(); }))
        d->travel(false);
}

void ChangeSet::forgetUndo()
{
    if (d->isLater([this] { forgetUndo(); }))
        return;
    d->staged.steps.forget();
    emit changed();
}

} // namespace hubkeeper
