// SPDX-License-Identifier: MIT
#include "changes/run/sendrows.h"

#include "changes/run/mergeplan.h"
#include "changes/run/plan.h"
#include "changes/run/sendaddresses.h"

#include <QUuid>

using namespace Qt::StringLiterals;

namespace hubkeeper {

SendRows::SendRows(RunContext &context, BatchRows &rows, BatchRows::Group group, QObject *parent)
    : Call(parent)
    , m_context(context)
    , m_rows(rows)
    , m_groups {std::move(group)}
{
    sendNext();
}

void SendRows::sendNext()
{
    if (m_groups.empty())
        return complete({});
    const BatchRows::Group group = std::move(m_groups.back());
    m_groups.pop_back();
    m_rows.setPhase(group, BatchRows::Sent);
    if (m_rows.kind() == ChangeKind::Archive)
        sendArchives(group);
    else if (m_rows.kind() == ChangeKind::Update)
        sendAddresses(group, 0);
    else
        sendInputs(group);
}

/// Additional addresses first: what a revert frees may be the address that it gives back.
void SendRows::sendAddresses(const BatchRows::Group &group, size_t from)
{
    for (; from < group.size(); ++from) {
        BatchRows::Row &row = m_rows[group[from]];
        const auto cell = row.change.cells.constFind(u"hs_additional_emails"_s);
        if (row.phase != BatchRows::Sent || cell == row.change.cells.cend()
            || !isAddressesOfRevert(row.change, u"hs_additional_emails"_s))
            continue;
        always(new SendAddresses(m_context.portal, row.change.id, *cell, this),
               [this, group, from](const Result<void> &sent) {
                   BatchRows::Row &one = m_rows[group[from]];
                   m_begun.insert(group[from]);
                   if (!sent)
                       one.doubt = sent.error();
                   else if (one.change.cells.size() == 1)
                       one.phase = BatchRows::Written;
                   sendAddresses(group, from + 1);
               });
        return;
    }
    BatchRows::Group rest;
    for (const size_t index : group) {
        if (m_rows[index].phase == BatchRows::Sent && !m_rows[index].doubt)
            rest.push_back(index);
    }
    if (rest.empty())
        return sendNext();
    sendUpdates(rest);
}

/// A stage that goes back is cleared first, as a write of its own: a plain write only moves it
/// forward (hubspot-api 4.6).
void SendRows::sendUpdates(const BatchRows::Group &group)
{
    QList<BatchInput> clears;
    QSet<size_t> cleared;
    for (const size_t index : group) {
        const RowChange &change = m_rows[index].change;
        const CellChange stage = change.cells.value(stageProperty);
        if (change.revertOf.isEmpty() || stage.before.isEmpty() || stage.after.isEmpty())
            continue;
        BatchInput clear;
        clear.traceId = QUuid::createUuid().toString(QUuid::WithoutBraces);
        clear.id = change.id;
        clear.properties.insert(stageProperty, QString());
        clears.append(clear);
        cleared.insert(index);
    }
    if (clears.isEmpty())
        return sendInputs(group);
    always(m_context.portal.batchUpdate(m_rows.type(), clears, this),
           [this, group, cleared](const Result<QList<BatchOutcome>> &outcomes) {
               if (!outcomes)
                   return onRefused(group, outcomes.error());
               m_begun.unite(cleared);
               sendInputs(group);
           });
}

void SendRows::sendInputs(const BatchRows::Group &group)
{
    QList<BatchInput> inputs;
    for (const size_t index : group) {
        const RowChange &change = m_rows[index].change;
        BatchInput input;
        input.traceId = QUuid::createUuid().toString(QUuid::WithoutBraces);
        if (m_rows.kind() == ChangeKind::Update)
            input.id = change.id;
        for (auto cell = change.cells.cbegin(); cell != change.cells.cend(); ++cell) {
            if (change.kind == ChangeKind::Create || !isAddressesOfRevert(change, cell.key()))
                input.properties.insert(cell.key(), cell->after);
        }
        inputs.append(input);
    }
    auto *call = m_rows.kind() == ChangeKind::Create
        ? m_context.portal.batchCreate(m_rows.type(), inputs, this)
        : m_context.portal.batchUpdate(m_rows.type(), inputs, this);
    always(call,
           [this, group](const Result<QList<BatchOutcome>> &outcomes) { onSent(group, outcomes); });
}

void SendRows::sendArchives(const BatchRows::Group &group)
{
    always(m_context.portal.batchArchive(m_rows.type(), m_rows.idsOf(group), this),
           [this, group](const Result<void> &archived) {
               if (!archived)
                   return onRefused(group, archived.error());
               m_rows.setPhase(group, BatchRows::Written);
               sendNext();
           });
}

void SendRows::onSent(const BatchRows::Group &group, const Result<QList<BatchOutcome>> &outcomes)
{
    if (!outcomes)
        return onRefused(group, outcomes.error());
    for (size_t i = 0; i < group.size(); ++i) {
        BatchRows::Row &row = m_rows[group[i]];
        const BatchOutcome *outcome =
            qsizetype(i) < outcomes->size() ? &outcomes->at(qsizetype(i)) : nullptr;
        if (outcome && outcome->record) {
            row.phase = BatchRows::Written;
            if (m_rows.kind() == ChangeKind::Create) {
                BatchRows::setWritten(row, outcome->record->id);
                m_context.foundIds.insert(outcome->record->id);
            }
        } else if (outcome && outcome->record.error().kind != ErrorKind::OutcomeUnknown) {
            refuse(group[i], outcome->record.error());
        } else {
            row.doubt = notMentioned();
        }
    }
    sendNext();
}

/// A row of which a part was written before is not as it was: what it has now is read.
void SendRows::refuse(size_t index, const Error &error)
{
    if (m_begun.contains(index))
        m_rows[index].doubt = error;
    else
        m_rows.finish(m_rows[index], RowState::Failed, error);
}

/// The request failed as a whole.
void SendRows::onRefused(const BatchRows::Group &group, const Error &error)
{
    const Failure failure = failureOf(error);
    if (failure == Failure::Refused && group.size() > 1) {
        const auto middle = group.begin() + qsizetype(group.size() / 2);
        m_rows.setPhase(group, BatchRows::Waiting);
        m_groups.emplace_back(middle, group.end());
        m_groups.emplace_back(group.begin(), middle);
        return sendNext();
    }
    for (const size_t index : group) {
        if (failure == Failure::Unclear)
            m_rows[index].doubt = error;
        else
            refuse(index, error);
    }
    if (failure == Failure::NeverHappened) {
        m_rows.report().stop = error;
        m_groups.clear();
        m_rows.finish(m_rows.in(BatchRows::Waiting), RowState::Skipped, error);
    }
    sendNext();
}

} // namespace hubkeeper
