// SPDX-License-Identifier: MIT
#include "changes/run/mergebatch.h"

#include "base/clock.h"
#include "changes/changestext.h"
#include "changes/set/journalrows.h"

#include <QUuid>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int mostLooks = 2;
constexpr std::chrono::seconds betweenLooks {3};

Error mergeError(ErrorKind kind, const QString &what, const QString &remedy = {})
{
    return fail(kind, what, remedy).value();
}

Error changedMeanwhile(const QString &what)
{
    return mergeError(ErrorKind::Conflict, what,
                      ChangesText::tr("Look at the preview of the merge again."));
}

} // namespace

MergeBatch::MergeBatch(RunContext &context, std::vector<RowChange> rows, QObject *parent)
    : Call(parent)
    , m_context(context)
    , m_rows(std::move(rows), context.guard.signedAs())
    , m_definitions(context.definitionsOf(m_rows.type()))
{
    const RowChange &change = row().change;
    m_ids = {survivorOf(change.id, m_context.survivors),
             survivorOf(change.to->id, m_context.survivors)};
    begin();
}

void MergeBatch::begin()
{
    const RowChange &change = row().change;
    if (m_definitions.isEmpty())
        return finish(RowState::Failed,
                      mergeError(ErrorKind::Refused,
                                 ChangesText::tr("The properties of the portal are not known, so "
                                                 "nothing could be kept of the records.")));
    if (m_ids[0] == m_ids[1]) {
        row().journaled = change;
        row().journaled->cells.clear();
        return finish(RowState::Applied);
    }
    if (change.state == RowState::Unknown)
        return lookUpEarlier();
    if (const auto faults = faultsOf(change, m_definitions.values()); !faults.isEmpty()) {
        Error error = mergeError(ErrorKind::Refused, faults.first().message,
                                 ChangesText::tr("Correct the value, then apply again."));
        error.fields = faults;
        return finish(RowState::Failed, error);
    }
    readBoth();
}

/// What answers for the two ids now. Single reads follow a merge for certain (hubspot-api 4.6).
template <typename Next>
void MergeBatch::findOut(Next next)
{
    const QStringList few {u"hs_object_id"_s};
    always(m_context.portal.read(type(), m_ids[1], {few, {}, {}, false}, this),
           [this, next, few](const Result<Record> &second) {
               if (!second)
                   return next(Result<Where>(tl::unexpected(second.error())));
               always(
                   m_context.portal.read(type(), m_ids[0], {few, {}, {}, false}, this),
                   [next, second = second->id](const Result<Record> &first) {
                       next(first.map([&](const Record &one) { return Where {one.id, second}; }));
                   });
           });
}

/// Of an earlier run, which has its images.
void MergeBatch::lookUpEarlier()
{
    findOut([this](const Result<Where> &where) {
        if (!where)
            return finish(RowState::Unknown, asDoubt(where.error()));
        if (where->front() != where->back())
            return readBoth();
        m_images = {};
        onMerged(where->front());
    });
}

void MergeBatch::readBoth()
{
    readNext(0);
}

void MergeBatch::readNext(size_t which)
{
    if (which == m_ids.size())
        return readLinks(0);
    always(m_context.portal.read(type(), m_ids[which], {m_definitions.keys(), {}, {}, false}, this),
           [this, which](const Result<Record> &read) {
               if (!read)
                   return onMissing(which, read.error());
               if (read->id != m_ids[which])
                   return onMergedAway(which, read->id);
               m_images[which].record = *read;
               readNext(which + 1);
           });
}

/// Merged with each other already, by an earlier run or by somebody else: that is what was wanted.
void MergeBatch::onMergedAway(size_t which, const QString &survivor)
{
    findOut([this, which, survivor](const Result<Where> &where) {
        if (!where || where->front() != where->back())
            return finish(RowState::Failed, mergedAway(m_ids[which], survivor));
        m_images = {};
        onMerged(where->front());
    });
}

/// A wide read does not follow a merge everywhere.
void MergeBatch::onMissing(size_t which, const Error &error)
{
    if (error.kind != ErrorKind::NotFound)
        return failReading(error);
    always(m_context.portal.read(type(), m_ids[which], {{u"hs_object_id"_s}, {}, {}, false}, this),
           [this, which, error](const Result<Record> &read) {
               if (read && read->id != m_ids[which])
                   return onMergedAway(which, read->id);
               finish(RowState::Failed,
                      mergeError(ErrorKind::NotFound,
                                 ChangesText::tr("The record %1 is not there.").arg(m_ids[which]),
                                 ChangesText::tr("Take the change back.")));
           });
}

void MergeBatch::readLinks(size_t which)
{
    if (which == m_ids.size())
        return compare();
    always(new ReadImageLinks(m_context.portal, type(), m_ids[which], this),
           [this, which](const Result<QList<ImageLink>> &links) {
               if (!links)
                   return failReading(links.error());
               m_images[which].links = *links;
               readLinks(which + 1);
           });
}

void MergeBatch::failReading(const Error &error)
{
    if (failureOf(error) == Failure::NeverHappened && error.kind != ErrorKind::Refused)
        m_rows.report().stop = error;
    finish(RowState::Failed, error);
}

std::optional<Error> MergeBatch::conflictOf(QHash<QString, QString> *theirs) const
{
    const RowChange &change = const_cast<MergeBatch *>(this)->row().change;
    const QDateTime modified = m_images[1].record.updatedAt;
    const bool isFirst = m_ids[1] == change.to->id; // What this set made is nobody else's change.
    if (isFirst && change.basedOn.isValid() && modified.isValid() && change.basedOn != modified)
        return changedMeanwhile(
            ChangesText::tr("Somebody else changed the record %1 meanwhile.").arg(m_ids[1]));
    for (auto cell = change.cells.cbegin(); cell != change.cells.cend(); ++cell) {
        const auto kept = m_surviving.find(cell.key());
        const QString text = kept == m_surviving.end() ? QString() : kept->second;
        if (!sameValue(m_definitions, cell.key(), text, cell->before)
            && !sameValue(m_definitions, cell.key(), text, cell->after))
            theirs->insert(cell.key(), text);
    }
    if (theirs->isEmpty())
        return {};
    return changedMeanwhile(ChangesText::tr("Somebody else changed the records meanwhile."));
}

void MergeBatch::compare()
{
    m_surviving = survivingTexts(type(), m_images[0].record, m_images[1].record, m_definitions);
    QHash<QString, QString> theirs;
    if (const auto conflict = conflictOf(&theirs))
        return finish(RowState::Conflicting, conflict, theirs);
    std::map<QString, QString> wanted = m_surviving;
    const CellChanges &choice = row().change.cells;
    for (auto cell = choice.cbegin(); cell != choice.cend(); ++cell)
        wanted[cell.key()] = cell->after;
    row().images = imagesJson(m_images[0], m_images[1]);
    row().journaled = row().change;
    row().journaled->cells = mergeCells(type(), m_images[0].record, wanted, m_definitions);
    noteIntent();
}

/// As it is sent: what it fills in counts for protected properties, too.
std::vector<GuardedWrite> MergeBatch::writes() const
{
    std::vector<GuardedWrite> writes = m_rows.writesOf({0});
    const auto &journaled = const_cast<MergeBatch *>(this)->row().journaled;
    if (journaled)
        writes.front().properties = journaled->cells.keys();
    return writes;
}

/// Nothing is sent before the disk has both images.
void MergeBatch::noteIntent()
{
    if (m_context.dryRun) {
        ++m_rows.report().counts.sendable;
        return finish(row().change.state, row().change.error);
    }
    if (m_context.isStopping)
        return skip(stoppedBefore());
    always(m_context.journal.noteIntents(m_context.runId, {BatchRows::journalRow(row())}, this),
           [this](const Result<void> &noted) { onIntent(noted); });
}

void MergeBatch::onIntent(const Result<void> &noted)
{
    row().images = {}; // The disk has them; the outcome needs no second copy.
    if (!noted)
        return skip(noted.error());
    if (m_context.isStopping)
        return skip(stoppedBefore());
    if (const auto refusal = m_context.guard.admit(writes()))
        return skip(*refusal);
    send();
}

void MergeBatch::skip(const std::optional<Error> &why)
{
    if (!m_context.isStopping)
        m_rows.report().stop = why;
    finish(RowState::Skipped, why);
}

void MergeBatch::send()
{
    m_rows.setPhase({0}, BatchRows::Sent);
    always(m_context.portal.merge(type(), m_ids[0], m_ids[1], this),
           [this](const Result<Record> &record) { onSent(record); });
}

void MergeBatch::onSent(const Result<Record> &record)
{
    if (record)
        return onMerged(record->id);
    const Error &error = record.error();
    switch (failureOf(error)) {
    case Failure::Refused:
        return finish(RowState::Failed, error);
    case Failure::NeverHappened:
        m_rows.report().stop = error;
        return finish(RowState::Failed, error);
    case Failure::Unclear:
        break;
    }
    row().doubt = error;
    lookUp(1, error);
}

/// A request whose answer was lost may still be at work: what is not merged is looked at twice.
void MergeBatch::lookUp(int tries, const Error &doubt)
{
    findOut([this, tries, doubt](const Result<Where> &where) {
        if (!where)
            return finish(RowState::Unknown, asDoubt(doubt));
        if (where->front() == where->back())
            return onMerged(where->front());
        if (where->back() != m_ids[1] || where->front() != m_ids[0])
            return finish(RowState::Unknown, asDoubt(doubt));
        if (tries == mostLooks)
            return finish(RowState::Failed,
                          notWritten(doubt, ChangesText::tr("the second record is still there")));
        m_context.clock.after(betweenLooks, this,
                              unlessOver([this, tries, doubt] { lookUp(tries + 1, doubt); }));
    });
}

void MergeBatch::onMerged(const QString &survivor)
{
    BatchRows::setWritten(row(), survivor);
    if (survivor != m_ids[0])
        m_context.survivors.insert(m_ids[0], survivor);
    m_rows.report().archived.append(m_ids[1]);
    if (survivor != m_ids[0])
        m_rows.report().archived.append(m_ids[0]);
    readSurvivor(!row().change.cells.isEmpty());
}

void MergeBatch::readSurvivor(bool mayWrite)
{
    always(m_context.portal.read(type(), row().change.writtenId,
                                 {m_definitions.keys(), {}, {}, false}, this),
           [this, mayWrite](const Result<Record> &now) {
               if (now && mayWrite)
                   return writeChoice(*now);
               judge(now);
           });
}

void MergeBatch::writeChoice(const Record &now)
{
    BatchInput input;
    input.traceId = QUuid::createUuid().toString(QUuid::WithoutBraces);
    input.id = now.id;
    const CellChanges &choice = row().change.cells;
    const bool isOurs = !m_images[0].record.id.isEmpty(); // Merged by this run, a moment ago.
    for (auto cell = choice.cbegin(); cell != choice.cend(); ++cell) {
        const QString present = now.text(cell.key());
        const bool isAsBefore = sameValue(m_definitions, cell.key(), present, cell->before);
        if (!sameValue(m_definitions, cell.key(), present, cell->after) && (isOurs || isAsBefore))
            input.properties.insert(cell.key(), cell->after);
    }
    if (input.properties.isEmpty())
        return judge(now);
    always(m_context.portal.batchUpdate(type(), {input}, this),
           [this](const Result<QList<BatchOutcome>> &written) {
               if (!written)
                   m_choiceFault = written.error();
               else if (!written->isEmpty() && !written->first().record)
                   m_choiceFault = written->first().record.error();
               readSurvivor(false);
           });
}

void MergeBatch::judge(const Result<Record> &now)
{
    if (!now)
        return finish(RowState::Applied, outcomeOfUnread({}, now.error()).error);
    m_rows.report().written.append(*now);
    row().writtenAt = now->updatedAt;
    row().journaled = row().change;
    if (!m_images[0].record.id.isEmpty()) {
        std::map<QString, QString> texts;
        for (auto text = now->properties.cbegin(); text != now->properties.cend(); ++text)
            texts.emplace(text.key(), text.value());
        row().journaled->cells = mergeCells(type(), m_images[0].record, texts, m_definitions);
    } else {
        row().journaled->cells.clear();
    }
    const CellChanges &choice = row().change.cells;
    for (auto cell = choice.cbegin(); cell != choice.cend(); ++cell) {
        if (sameValue(m_definitions, cell.key(), now->text(cell.key()), cell->after))
            continue;
        Error note = m_choiceFault.value_or(mergeError(ErrorKind::BadReply, {}));
        note.what = ChangesText::tr("Merged, but %1 is not what was chosen. %2")
                        .arg(cell.key(), note.what)
                        .trimmed();
        return finish(RowState::Applied, note);
    }
    finish(RowState::Applied);
}

void MergeBatch::finish(RowState state, const std::optional<Error> &error,
                        const QHash<QString, QString> &theirs)
{
    m_rows.finish(row(), state, error, theirs);
    record();
}

/// The outcome to the journal first, then to the change set.
void MergeBatch::record()
{
    m_isNoted = true;
    if (m_context.dryRun) {
        m_rows.reportTo(m_context.changes);
        return complete(m_rows.report());
    }
    row().images = {};
    always(m_context.journal.noteOutcomes(m_context.runId, m_rows.outcomes(), this),
           [this](const Result<void> &noted) {
               m_rows.reportTo(m_context.changes);
               complete(noted ? Result<BatchReport>(m_rows.report())
                              : tl::unexpected(noted.error()));
           });
}

/// The requests are dropped already; what they may have done is written down.
void MergeBatch::abortWork()
{
    BatchRows::Row &one = row();
    if (one.phase == BatchRows::Waiting && m_context.dryRun)
        m_rows.finish(one, one.change.state);
    else if (one.phase == BatchRows::Waiting && one.change.state != RowState::Unknown)
        m_rows.finish(one, RowState::Skipped, stoppedBefore());
    else if (one.phase == BatchRows::Waiting)
        m_rows.finish(one, RowState::Unknown, one.change.error);
    else if (one.phase == BatchRows::Sent)
        m_rows.finish(one, RowState::Unknown,
                      mergeError(ErrorKind::OutcomeUnknown,
                                 ChangesText::tr("The run was stopped while the records were "
                                                 "merged."),
                                 ChangesText::tr("Apply again: the portal is asked first.")));
    else if (one.phase == BatchRows::Written)
        m_rows.finish(one, RowState::Applied,
                      mergeError(ErrorKind::Cancelled,
                                 ChangesText::tr("Merged; the run was stopped before the record "
                                                 "could be read again.")));
    if (!m_isNoted && !m_context.dryRun)
        m_context.journal.leaveOutcomes(m_context.runId, m_rows.outcomes());
    m_rows.reportTo(m_context.changes);
}

} // namespace hubkeeper
