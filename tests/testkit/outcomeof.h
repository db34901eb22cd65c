// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QTest>
#include <QTimer>

namespace hubkeeper::test {

/// Turns the event loop until the call is over, `patienceMs` at most; nothing then.
/// The outcome is copied: the call deletes itself.
template <typename T>
[[nodiscard]] std::optional<Result<T>> outcomeOf(Call<T> *call, int patienceMs = 10'000)
{
    std::optional<Result<T>> outcome;
    // An event loop of its own instead of qWaitFor(), which sleeps 10 ms between looks.
    QEventLoop loop;
    QTimer::singleShot(patienceMs, &loop, &QEventLoop::quit);
    call->onDone(&loop, [&](const Result<T> &result) {
        outcome.emplace(result);
        loop.quit();
    });
    loop.exec();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    return outcome;
}

} // namespace hubkeeper::test
