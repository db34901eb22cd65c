// SPDX-License-Identifier: MIT
#include "session/open/writesunderway.h"

#include <algorithm>

namespace hubkeeper {

/// Over when all are.
class WritesUnderWay::FinishWrites final : public Call<void>
{
public:
    FinishWrites(std::shared_ptr<const List> writes, QObject *parent)
        : Call(parent)
        , m_writes(std::move(writes))
    {
        for (const Write &write : *m_writes) {
            if (!write.call)
                continue;
            connect(write.call, &CallBase::finished, this, &FinishWrites::look);
            connect(write.call, &QObject::destroyed, this, &FinishWrites::look);
        }
        look();
    }

private:
    void look()
    {
        if (areOver(*m_writes))
            complete({});
    }

    const std::shared_ptr<const List> m_writes;
};

void WritesUnderWay::add(CallBase *call, std::function<void()> finishEarly,
                         std::function<void()> stop)
{
    std::erase_if(*m_writes, [](const Write &write) { return write.isOver(); });
    m_writes->push_back({call, std::move(finishEarly), std::move(stop)});
}

bool WritesUnderWay::areOver(const List &writes)
{
    return std::all_of(writes.begin(), writes.end(),
                       [](const Write &write) { return write.isOver(); });
}

bool WritesUnderWay::isEmpty() const
{
    return areOver(*m_writes);
}

Call<void> *WritesUnderWay::finish(QObject *parent)
{
    for (const Write &write : *m_writes) {
        if (!write.isOver())
            write.finishEarly();
    }
    return new FinishWrites(m_writes, parent);
}

void WritesUnderWay::stop()
{
    for (const Write &write : *m_writes) {
        if (!write.isOver())
            write.stop();
    }
}

} // namespace hubkeeper
