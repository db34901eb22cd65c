// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"

#include <functional>

namespace hubkeeper {

/// A call made of steps: each is a call of its own, a failing one ends the whole with its error.
template <typename T>
class Operation : public Call<T>
{
public:
    using Call<T>::Call;

protected:
    /// Calls `next` with the value of `step`, unless it failed or this is over by then.
    template <typename U, typename Next>
    void then(Call<U> *step, Next next)
    {
        step->onDone(this, [this, next = std::move(next)](const Result<U> &outcome) mutable {
            if (this->isFinished())
                return;
            if (!outcome)
                return this->complete(tl::unexpected(outcome.error()));
            if constexpr (std::is_void_v<U>)
                next();
            else
                next(*outcome);
        });
    }

    /// Calls `next` with the outcome of `step`, good or bad, unless this is over by then.
    template <typename U, typename Next>
    void whatever(Call<U> *step, Next next)
    {
        step->onDone(this, [this, next = std::move(next)](const Result<U> &outcome) mutable {
            if (!this->isFinished())
                next(outcome);
        });
    }
};

} // namespace hubkeeper
