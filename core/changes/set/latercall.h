// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"

namespace hubkeeper {

/// A call that is ended from outside.
template <typename T>
class LaterCall final : public Call<T>
{
public:
    using Call<T>::Call;
    void end(Result<T> outcome) { this->complete(std::move(outcome)); }
};

} // namespace hubkeeper
