// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"

#include <QFutureWatcher>
#include <QThreadPool>
#include <QtConcurrentRun>

#include <functional>
#include <stop_token>

namespace hubkeeper {

/// Runs a function on the program's worker threads, or on a pool of one's own, and brings its
/// result back to this thread.
///
/// For work that takes longer than a frame: parsing large files, sorting, validating.
/// `work` must own all it reads; it outlives this call when that is destroyed early. It should
/// look at its token now and then, and may return anything once the token says stop.
/// QFuture is used here and nowhere else: below it ends at the watcher, above all is Call.
template <typename T>
class PoolCall final : public Call<T>
{
public:
    using Work = std::function<Result<T>(std::stop_token)>;

    PoolCall(Work work, QObject *parent)
        : PoolCall(*QThreadPool::globalInstance(), std::move(work), parent)
    {
    }

    /// On `pool`, which must outlive the work: for work that has to keep its order.
    PoolCall(QThreadPool &pool, Work work, QObject *parent)
        : Call<T>(parent)
    {
        QObject::connect(&m_watcher, &QFutureWatcherBase::finished, this,
                         [this] { this->complete(m_watcher.future().takeResult()); });
        m_watcher.setFuture(QtConcurrent::run(&pool, std::move(work), m_stop.get_token()));
    }

    ~PoolCall() override { m_stop.request_stop(); }

protected:
    void abortWork() override { m_stop.request_stop(); }

private:
    std::stop_source m_stop;
    QFutureWatcher<Result<T>> m_watcher;
};

} // namespace hubkeeper
