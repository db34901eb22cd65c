// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"
#include "interrupt.h"
#include "session/open/session.h"

#include <QEventLoop>
#include <QTimer>

namespace hubkeeper::cli {

/// Runs the event loop until the call is over and gives its outcome, TimedOut where --timeout
/// ended it.
template <typename T>
[[nodiscard]] Result<T> outcomeOf(Call<T> *call, Interrupt &interrupt)
{
    std::optional<Result<T>> outcome;
    QEventLoop loop;
    QTimer seconds;
    int waited = 0;
    QObject::connect(&seconds, &QTimer::timeout, &interrupt,
                     [&] { emit interrupt.stillWaiting(++waited); });
    seconds.start(std::chrono::seconds(1));
    call->onDone(&loop, [&](const Result<T> &result) {
        outcome.emplace(result);
        loop.quit();
    });
    loop.exec();
    if (!*outcome && outcome->error().kind == ErrorKind::Cancelled)
        return tl::unexpected(interrupt.reasonOf(outcome->error()));
    return std::move(*outcome);
}

/// The same; Ctrl+C cancels the call.
template <typename T>
[[nodiscard]] Result<T> waitFor(Call<T> *call, Interrupt &interrupt)
{
    QObject::connect(&interrupt, &Interrupt::requested, call, &CallBase::cancel);
    return outcomeOf(call, interrupt);
}

/// The same for what writes: nothing is sent once Ctrl+C came; later Ctrl+C first lets the requests
/// on their way end, so that their outcome is known, and cancels the call if that takes longer than
/// two seconds.
template <typename T>
[[nodiscard]] Result<T> waitForWrites(Call<T> *call, Session &session, Interrupt &interrupt)
{
    if (Interrupt::wasRequested()) // Before this began.
        call->cancel();
    QObject::connect(&interrupt, &Interrupt::requested, call, [call, &session] {
        (void)session.finishWrites(call);
        QTimer::singleShot(std::chrono::seconds(2), call, &CallBase::cancel);
    });
    return outcomeOf(call, interrupt);
}

} // namespace hubkeeper::cli
