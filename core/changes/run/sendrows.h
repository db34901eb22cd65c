// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"
#include "changes/run/batchrows.h"
#include "changes/run/runcontext.h"

namespace hubkeeper {

/// Sends rows of a batch, whose intents are in the journal. A request that the portal refuses as a
/// whole is sent again in halves, until the bad row is alone.
///
/// It does not fail: afterwards each of its rows is Written, Sent with a doubt, or Finished, and
/// the report says whether further batches make sense. Context and rows must outlive it. A child
/// of the batch that owns the rows: cancelled with it, it leaves them as they were at that moment.
class SendRows final : public Call<void>
{
public:
    SendRows(RunContext &context, BatchRows &rows, BatchRows::Group group, QObject *parent);

private:
    void sendNext();
    void sendAddresses(const BatchRows::Group &group, size_t from);
    void sendUpdates(const BatchRows::Group &group);
    void sendInputs(const BatchRows::Group &group);
    void sendArchives(const BatchRows::Group &group);
    void onSent(const BatchRows::Group &group, const Result<QList<BatchOutcome>> &outcomes);
    void onRefused(const BatchRows::Group &group, const Error &error);
    void refuse(size_t index, const Error &error);

    RunContext &m_context;
    BatchRows &m_rows;
    std::vector<BatchRows::Group> m_groups; // To be sent, the next one last.
    QSet<size_t> m_begun; // Rows of which a part is written: their stage is cleared, or addresses.
};

} // namespace hubkeeper
