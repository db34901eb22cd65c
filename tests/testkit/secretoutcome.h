// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"
#include "base/secret.h"

#include <QTest>

namespace hubkeeper::test {

/// outcomeOf() for calls that bring a secret, which cannot be copied.
[[nodiscard]] inline std::optional<Result<Secret>> secretOf(Call<Secret> *call,
                                                            int patienceMs = 10'000)
{
    std::optional<Result<Secret>> outcome;
    QObject context;
    call->onDone(&context, [&](const Result<Secret> &result) {
        if (result)
            outcome.emplace(result->clone());
        else
            outcome.emplace(tl::unexpected(result.error()));
    });
    (void)QTest::qWaitFor([&] { return outcome.has_value(); }, patienceMs);
    return outcome;
}

/// The clear text, to compare with.
[[nodiscard]] inline QByteArray clearText(const Secret &secret)
{
    return secret.withClearText(
        [](std::string_view text) { return QByteArray(text.data(), qsizetype(text.size())); });
}

} // namespace hubkeeper::test
