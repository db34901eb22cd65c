// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"
#include "changes/run/batchrows.h"
#include "changes/run/runcontext.h"

namespace hubkeeper {

/// Sends rows about links, whose intents are in the journal: labels and links that are added, then
/// labels taken off, then links removed. A request that the portal refuses as a whole is sent again
/// in halves, until the bad row is alone.
///
/// It does not fail: afterwards each of its rows is Written, Sent with a doubt, or Finished, and
/// the report says whether further batches make sense. Context and rows must outlive it. A child
/// of the batch that owns the rows: cancelled with it, it leaves them as they were at that moment.
class SendLinks final : public Call<void>
{
public:
    SendLinks(RunContext &context, BatchRows &rows, const BatchRows::Group &group, QObject *parent);

private:
    enum Step { Add, TakeOff, Remove };
    struct Portion
    {
        Step step;
        ObjectType to;
        BatchRows::Group rows;
    };

    void queue(Step step, const BatchRows::Group &group);
    void sendNext();
    [[nodiscard]] QList<AssociationInput> inputsFor(const Portion &portion) const;
    [[nodiscard]] QList<AssociationInput> inputsFor(Step step, const BatchRows::Row &row) const;
    void onSent(const Portion &portion, const Result<QList<AssociationFault>> &faults);
    void onRefused(const Portion &portion, const Error &error);
    void refuse(size_t index, const Error &error);

    RunContext &m_context;
    BatchRows &m_rows;
    std::vector<Portion> m_portions; // To be sent, the next one last.
    QSet<size_t> m_begun; // Rows of which a part is written.
};

} // namespace hubkeeper
