// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"

#include <QPointer>

#include <functional>
#include <memory>
#include <vector>

namespace hubkeeper {

/// The calls of a session that write, from their start to their end. One thread.
class WritesUnderWay final
{
public:
    /// `finishEarly` makes `call` end as soon as what it has sent is finished, `stop` at once.
    /// Neither is called once the call is over or gone.
    void add(CallBase *call, std::function<void()> finishEarly, std::function<void()> stop);
    [[nodiscard]] bool isEmpty() const;
    /// Ends them early; over when all are.
    [[nodiscard]] Call<void> *finish(QObject *parent);
    void stop();

private:
    struct Write
    {
        QPointer<CallBase> call;
        std::function<void()> finishEarly;
        std::function<void()> stop;

        [[nodiscard]] bool isOver() const { return !call || call->isFinished(); }
    };
    using List = std::vector<Write>;

    class FinishWrites;

    [[nodiscard]] static bool areOver(const List &writes);

    std::shared_ptr<List> m_writes = std::make_shared<List>(); // FinishWrites may outlive us.
};

} // namespace hubkeeper
