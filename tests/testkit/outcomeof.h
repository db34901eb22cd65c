// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"

#include <QTest>

namespace hubkeeper::test {

/// Turns the event loop until the call is over, `patienceMs` at most; nothing then.
/// The outcome is copied: the call deletes itself.
template <typename T>
[[nodiscard]] std::optional<Result<T>> outcomeOf(Call<T> *call, int patienceMs = 10'000)
{
    std::optional<Result<T>> outcome;
    QObject context;
    call->onDone(&context, [&](const Result<T> &result) { outcome.emplace(result); });
    (void)QTest::qWaitFor([&] { return outcome.has_value(); }, patienceMs);
    return outcome;
}

} // namespace hubkeeper::test
