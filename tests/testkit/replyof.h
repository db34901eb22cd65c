// SPDX-License-Identifier: MIT
#pragma once

#include "net/http.h"

namespace hubkeeper::test {

[[nodiscard]] inline HttpReply replyOf(int status, const QByteArray &body,
                                       QHash<QByteArray, QByteArray> headers = {})
{
    return {status, std::move(headers), body};
}

} // namespace hubkeeper::test
