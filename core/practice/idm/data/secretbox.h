// SPDX-License-Identifier: MIT
#pragma once

#include <QHash>
#include <QJsonObject>

#include <optional>

namespace hubkeeper::practice {

/// Stands in for the server's key store: makes {"$crypto": …} blocks of the shape a server gives
/// back, and knows what is in those it made. Blocks of other servers stay closed, as they would.
class SecretBox
{
public:
    /// Another block for each call, as long as AES would make it.
    [[nodiscard]] QJsonObject sealed(const QJsonValue &clear);

    /// The clear value of a block this box made; anything that is not a block is its own value.
    [[nodiscard]] std::optional<QJsonValue> opened(const QJsonValue &value) const;

    [[nodiscard]] static bool isBlock(const QJsonValue &value);

private:
    QHash<QString, QJsonValue> m_clear; // By the block's data.
};

} // namespace hubkeeper::practice
