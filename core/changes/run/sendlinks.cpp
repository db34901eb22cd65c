// SPDX-License-Identifier: MIT
#include "changes/run/sendlinks.h"

#include "changes/run/associationplan.h"

namespace hubkeeper {

SendLinks::SendLinks(RunContext &context, BatchRows &rows, const BatchRows::Group &group,
                     QObject *parent)
    : Call(parent)
    , m_context(context)
    , m_rows(rows)
{
    for (const Step step : {Remove, TakeOff, Add})
        queue(step, group);
    for (const size_t index : group) {
        const RowChange &change = m_rows[index].change;
        if (change.cells.contains(primaryCell))
            m_context.movedPrimaries.insert(m_rows[index].fromId);
    }
    sendNext();
}

void SendLinks::queue(Step step, const BatchRows::Group &group)
{
    for (const ObjectType to : allObjectTypes) {
        Portion portion {step, to, {}};
        for (const size_t index : group) {
            const BatchRows::Row &row = m_rows[index];
            if (row.change.to->type == to && !inputsFor(step, row).isEmpty())
                portion.rows.push_back(index);
        }
        if (!portion.rows.empty())
            m_portions.push_back(std::move(portion));
    }
}

void SendLinks::sendNext()
{
    if (m_portions.empty())
        return complete({});
    Portion portion = std::move(m_portions.back());
    m_portions.pop_back();
    std::erase_if(portion.rows, [this](size_t index) {
        return m_rows[index].phase == BatchRows::Finished || m_rows[index].doubt;
    });
    if (portion.rows.empty())
        return sendNext();
    m_rows.setPhase(portion.rows, BatchRows::Sent);
    PortalWriter &portal = m_context.portal;
    const QList<AssociationInput> inputs = inputsFor(portion);
    auto *call = portion.step == Add
        ? portal.batchAssociate(m_rows.type(), portion.to, inputs, this)
        : portion.step == TakeOff
        ? portal.batchRemoveLabels(m_rows.type(), portion.to, inputs, this)
        : portal.batchDisassociate(m_rows.type(), portion.to, inputs, this);
    always(call, [this, portion](const Result<QList<AssociationFault>> &faults) {
        onSent(portion, faults);
    });
}

QList<AssociationInput> SendLinks::inputsFor(const Portion &portion) const
{
    QList<AssociationInput> inputs;
    for (const size_t index : portion.rows)
        inputs += inputsFor(portion.step, m_rows[index]);
    return inputs;
}

QList<AssociationInput> SendLinks::inputsFor(Step step, const BatchRows::Row &row) const
{
    QList<AssociationInput> inputs;
    const bool goes = row.change.cells.value(associationCell).after.isEmpty();
    if (step == Remove && goes)
        inputs.append({row.fromId, row.toId, {}});
    const QList<AssociationKind> kinds = step == Add ? kindsToAdd(row.change)
        : step == TakeOff                            ? kindsToTakeOff(row.change)
                                                     : QList<AssociationKind>();
    if (!kinds.isEmpty())
        inputs.append({row.fromId, row.toId, kinds});
    if (const QString company = companyToPromote(row.change); step == Add && !company.isEmpty())
        inputs.append({row.fromId, company, {primaryKind()}});
    return inputs;
}

void SendLinks::onSent(const Portion &portion, const Result<QList<AssociationFault>> &faults)
{
    if (!faults)
        return onRefused(portion, faults.error());
    for (const size_t index : portion.rows) {
        BatchRows::Row &row = m_rows[index];
        const auto fault =
            std::find_if(faults->begin(), faults->end(), [&](const AssociationFault &one) {
                return one.fromId.isEmpty() || one.names(row.fromId, row.toId)
                    || one.names(row.fromId, companyToPromote(row.change));
            });
        if (fault == faults->end()) {
            row.phase = BatchRows::Written;
            m_begun.insert(index);
        } else if (fault->fromId.isEmpty() && portion.rows.size() > 1) {
            row.doubt = fault->error; // Of one of them; reading again shows of which.
        } else {
            refuse(index, fault->error);
        }
    }
    sendNext();
}

/// A row of which a part is written is not as it was: what the portal has now is read.
void SendLinks::refuse(size_t index, const Error &error)
{
    if (m_begun.contains(index))
        m_rows[index].doubt = error;
    else
        m_rows.finish(m_rows[index], RowState::Failed, error);
}

/// The request failed as a whole.
void SendLinks::onRefused(const Portion &portion, const Error &error)
{
    const Failure failure = failureOf(error);
    if (failure == Failure::Refused && portion.rows.size() > 1) {
        const auto middle = portion.rows.begin() + qsizetype(portion.rows.size() / 2);
        m_portions.push_back({portion.step, portion.to, {middle, portion.rows.end()}});
        m_portions.push_back({portion.step, portion.to, {portion.rows.begin(), middle}});
        for (const size_t index : portion.rows)
            m_rows[index].phase = m_begun.contains(index) ? BatchRows::Written : BatchRows::Waiting;
        return sendNext();
    }
    for (const size_t index : portion.rows) {
        if (failure == Failure::Unclear)
            m_rows[index].doubt = error;
        else
            refuse(index, error);
    }
    if (failure == Failure::NeverHappened) {
        m_rows.report().stop = error;
        m_portions.clear();
        m_rows.finish(m_rows.in(BatchRows::Waiting), RowState::Skipped, error);
    }
    sendNext();
}

} // namespace hubkeeper
