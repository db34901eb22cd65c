// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"

namespace hubkeeper {

/// Hands a call on and keeps its value when it arrives: `keep(const T &)` runs before callbacks
/// connected later. Dropped with `context`.
template <typename T, typename Keep>
Call<T> *remember(Call<T> *call, QObject *context, Keep keep)
{
    call->onDone(context, [keep](const Result<T> &outcome) {
        if (outcome)
            keep(*outcome);
    });
    return call;
}

} // namespace hubkeeper
