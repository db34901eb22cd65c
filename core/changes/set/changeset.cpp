// SPDX-License-Identifier: MIT
#include "changes/set/changeset.h"

#include "changes/set/changesfile.h"
#include "changes/set/undosteps.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

bool isLocked(const RowChange &row)
{
    const bool written = row.kind == ChangeKind::Create && row.state == RowState::Applied;
    return written || row.state == RowState::Sending || row.state == RowState::Unknown;
}

/// Whether the row still changes something.
bool isWorthKeeping(const RowChange &row)
{
    return row.kind != ChangeKind::Update || !row.cells.isEmpty();
}

/// An edit of a row that was refused or skipped gives it another chance.
void stageAgain(RowChange &row)
{
    if (row.state != RowState::Failed && row.state != RowState::Skipped)
        return;
    row.state = RowState::Staged;
    row.error.reset();
}

} // namespace

class ChangeSet::Private
{
public:
    explicit Private(ChangeSet *owner)
        : q(owner)
    {
    }

    /// Puts `row` in the place of what is known of it, as (part of) an undo step.
    void put(const RowKey &key, std::optional<RowChange> row, const QString &stepName);
    void touched(const RowKey &key);
    void settled();
    void travel(bool back);
    [[nodiscard]] QString nextLocalId();
    [[nodiscard]] RowChange *stateOf(ObjectType type, const QString &id);

    ChangeSet *q;
    RowList rows;
    UndoSteps steps;
    int depth = 0;
    bool dirty = false;
};

void ChangeSet::Private::put(const RowKey &key, std::optional<RowChange> row,
                             const QString &stepName)
{
    RowDelta delta;
    delta.key = key;
    if (const RowChange *before = rows.find(key))
        delta.before = *before;
    delta.after = std::move(row);
    delta.sequence = rows.sequenceFor(key);
    rows.apply({delta}, false);
    steps.record(std::move(delta), depth == 0 ? stepName : QString());
    if (depth == 0)
        steps.close();
    touched(key);
}

void ChangeSet::Private::touched(const RowKey &key)
{
    dirty = true;
    emit q->rowTouched(key.type, key.id);
    if (depth == 0)
        settled();
}

void ChangeSet::Private::settled()
{
    if (std::exchange(dirty, false))
        emit q->changed();
}

void ChangeSet::Private::travel(bool back)
{
    if (back ? !q->canUndo() : !q->canRedo())
        return;
    const UndoStep &step = back ? steps.stepBack() : steps.stepForward();
    rows.apply(step.deltas, back);
    ++depth;
    for (const RowDelta &delta : step.deltas)
        touched(delta.key);
    --depth;
    settled();
}

QString ChangeSet::Private::nextLocalId()
{
    // Numbers in use after a draft was loaded, or in steps that may come back, are never reused.
    return u"new-%1"_s.arg(rows.takeLocalNumber());
}

RowChange *ChangeSet::Private::stateOf(ObjectType type, const QString &id)
{
    return rows.find({type, id});
}

ChangeSet::ChangeSet(QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this))
{
}

ChangeSet::~ChangeSet() = default;

void ChangeSet::setText(ObjectType type, const Record &baseline, const QString &label,
                        const QString &property, const QString &text)
{
    const RowKey key {type, baseline.id};
    const RowChange *known = d->rows.find(key);
    if (known && (isLocked(*known) || known->kind == ChangeKind::Archive))
        return;
    RowChange row;
    if (known && known->state != RowState::Applied) {
        row = *known;
    } else {
        row.type = type;
        row.id = baseline.id;
        row.basedOn = baseline.updatedAt;
        row.label = label.isEmpty() ? baseline.id : label;
    }
    CellChange cell = row.cells.value(property);
    if (!row.cells.contains(property)) {
        cell.before = row.kind == ChangeKind::Create ? QString() : baseline.text(property);
        cell.after = cell.before;
    }
    if (cell.after == text)
        return;
    cell.after = text;
    if (cell.after == cell.before) // Back to the baseline, null and empty being the same.
        row.cells.remove(property);
    else
        row.cells.insert(property, cell);
    row.theirs.remove(property);
    stageAgain(row);
    d->put(key, isWorthKeeping(row) ? std::optional(row) : std::nullopt, property);
}

void ChangeSet::beginStep(const QString &name)
{
    if (d->depth++ == 0)
        d->steps.open(name);
}

void ChangeSet::endStep()
{
    if (d->depth == 0 || --d->depth > 0)
        return;
    d->steps.close();
    d->settled();
}

QString ChangeSet::addCreate(ObjectType type, const QHash<QString, QString> &properties,
                             const QString &label)
{
    RowChange row;
    row.type = type;
    row.kind = ChangeKind::Create;
    row.id = d->nextLocalId();
    row.label = label.isEmpty() ? row.id : label;
    for (auto cell = properties.cbegin(); cell != properties.cend(); ++cell) {
        if (!cell.value().isEmpty())
            row.cells.insert(cell.key(), {{}, cell.value()});
    }
    d->put({type, row.id}, row, row.label);
    return row.id;
}

void ChangeSet::addArchive(ObjectType type, const Record &baseline, const QString &label)
{
    const RowKey key {type, baseline.id};
    const RowChange *known = d->rows.find(key);
    if (known && (isLocked(*known) || known->kind == ChangeKind::Archive))
        return;
    if (known && known->kind == ChangeKind::Create && known->writtenId.isEmpty()) {
        d->put(key, std::nullopt, label);
        return;
    }
    RowChange row;
    row.type = type;
    row.kind = ChangeKind::Archive;
    row.id = baseline.id;
    row.label = label.isEmpty() ? baseline.id : label;
    row.basedOn = baseline.updatedAt;
    d->put(key, row, row.label);
}

std::optional<CellChange> ChangeSet::cell(ObjectType type, const QString &id,
                                          const QString &property) const
{
    const RowChange *known = row(type, id);
    if (!known || !known->cells.contains(property))
        return {};
    return known->cells.value(property);
}

const RowChange *ChangeSet::row(ObjectType type, const QString &id) const
{
    return d->rows.find({type, id});
}

const std::vector<RowChange> &ChangeSet::rows() const
{
    return d->rows.rows();
}

int ChangeSet::count() const
{
    return static_cast<int>(d->rows.rows().size());
}

bool ChangeSet::isEmpty() const
{
    return d->rows.rows().empty();
}

void ChangeSet::revertCell(ObjectType type, const QString &id, const QString &property)
{
    const RowChange *known = row(type, id);
    if (!known || isLocked(*known) || !known->cells.contains(property))
        return;
    RowChange changed = *known;
    changed.cells.remove(property);
    changed.theirs.remove(property);
    stageAgain(changed);
    d->put({type, id}, isWorthKeeping(changed) ? std::optional(changed) : std::nullopt, property);
}

void ChangeSet::revertRow(ObjectType type, const QString &id)
{
    const RowChange *known = row(type, id);
    if (known && known->state != RowState::Sending)
        d->put({type, id}, std::nullopt, QString(known->label));
}

void ChangeSet::revertAll()
{
    setRows({});
}

bool ChangeSet::canUndo() const
{
    return d->depth == 0 && d->steps.canGoBack();
}

bool ChangeSet::canRedo() const
{
    return d->depth == 0 && d->steps.canGoForward();
}

QString ChangeSet::undoName() const
{
    return canUndo() ? d->steps.backName() : QString();
}

QString ChangeSet::redoName() const
{
    return canRedo() ? d->steps.forwardName() : QString();
}

void ChangeSet::undo()
{
    d->travel(true);
}

void ChangeSet::redo()
{
    d->travel(false);
}

void ChangeSet::forgetUndo()
{
    d->steps.forget();
    emit changed();
}

void ChangeSet::setWritten(ObjectType type, const QString &id, const QString &writtenId)
{
    if (RowChange *known = d->stateOf(type, id)) {
        known->writtenId = writtenId;
        d->touched({type, id});
    }
}

void ChangeSet::setSentAt(ObjectType type, const QString &id, const QDateTime &sentAt)
{
    if (RowChange *known = d->stateOf(type, id)) {
        known->basedOn = sentAt;
        d->touched({type, id});
    }
}

void ChangeSet::setState(ObjectType type, const QString &id, RowState state,
                         std::optional<Error> error, const QHash<QString, QString> &theirs)
{
    RowChange *known = d->stateOf(type, id);
    if (!known)
        return;
    if (state == RowState::Sending)
        d->steps.forget();
    known->state = state;
    known->error = std::move(error);
    known->theirs = theirs;
    d->touched({type, id});
}

void ChangeSet::removeApplied()
{
    std::vector<RowDelta> gone;
    for (const RowChange &row : d->rows.rows()) {
        if (row.state == RowState::Applied)
            gone.push_back({{row.type, row.id}, row, std::nullopt, 0});
    }
    if (gone.empty())
        return;
    d->rows.apply(gone, false);
    d->steps.forget();
    ++d->depth;
    for (const RowDelta &delta : gone)
        d->touched(delta.key);
    --d->depth;
    d->settled();
}

void ChangeSet::rebase(ObjectType type, const QString &id)
{
    const RowChange *known = row(type, id);
    if (!known || known->state != RowState::Conflicting)
        return;
    RowChange changed = *known;
    changed.basedOn = {};
    for (auto cell = changed.cells.begin(); cell != changed.cells.end();) {
        if (changed.theirs.contains(cell.key()))
            cell->before = changed.theirs.value(cell.key());
        cell = cell->before == cell->after ? changed.cells.erase(cell) : std::next(cell);
    }
    changed.theirs.clear();
    changed.error.reset();
    changed.state = RowState::Staged;
    d->put({type, id}, isWorthKeeping(changed) ? std::optional(changed) : std::nullopt,
           QString(changed.label));
}

QByteArray ChangeSet::toJson() const
{
    return changesToJson(rows());
}

Result<std::vector<RowChange>> ChangeSet::rowsFromJson(const QByteArray &json)
{
    return changesFromJson(json);
}

void ChangeSet::setRows(std::vector<RowChange> rows)
{
    if (std::any_of(d->rows.rows().begin(), d->rows.rows().end(),
                    [](const RowChange &row) { return row.state == RowState::Sending; }))
        return;
    beginStep({});
    const std::vector<RowChange> before = d->rows.rows();
    QSet<RowKey> kept;
    for (const RowChange &row : rows)
        kept.insert({row.type, row.id});
    std::vector<RowDelta> deltas;
    for (const RowChange &row : before) {
        if (!kept.contains({row.type, row.id}))
            deltas.push_back({{row.type, row.id}, row, std::nullopt, 0});
    }
    for (RowChange &row : rows) {
        const RowKey key {row.type, row.id};
        const RowChange *known = d->rows.find(key);
        deltas.push_back({key, known ? std::optional(*known) : std::nullopt, std::move(row), 0});
    }
    for (RowDelta &delta : deltas)
        delta.sequence = d->rows.sequenceFor(delta.key);
    d->rows.apply(deltas, false);
    for (RowDelta &delta : deltas) {
        const RowKey key = delta.key;
        d->steps.record(std::move(delta), {});
        d->touched(key);
    }
    endStep();
}

} // namespace hubkeeper
