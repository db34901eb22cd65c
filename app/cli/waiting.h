// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"
#include "interrupt.h"

#include <QEventLoop>

namespace hubkeeper::cli {

/// Runs the event loop until the call is over and gives its outcome; Ctrl+C cancels it.
template <typename T>
[[nodiscard]] Result<T> waitFor(Call<T> *call, Interrupt &interrupt)
{
    std::optional<Result<T>> outcome;
    QEventLoop loop;
    QObject::connect(&interrupt, &Interrupt::requested, call, &CallBase::cancel);
    call->onDone(&loop, [&](const Result<T> &result) {
        outcome.emplace(result);
        loop.quit();
    });
    loop.exec();
    return std::move(*outcome);
}

} // namespace hubkeeper::cli
