// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace hubkeeper {

/// What a repair makes of one value.
struct RepairedValue
{
    enum Outcome {
        Kept, ///< It is right already, or the repair is not about it.
        Changed,
        Doubtful, ///< Something is wrong or may be; it is left as it is, for a person to look at.
    };

    Outcome outcome = Kept;
    QString value; ///< As it is now to be; for Kept and Doubtful as it was.
    QString reason; ///< Doubtful: why, a sentence for people.
    QString suggestion; ///< Doubtful: what it probably means; may be empty.

    [[nodiscard]] static RepairedValue kept(const QString &value) { return {Kept, value, {}, {}}; }
    /// Kept, if `now` is what was there.
    [[nodiscard]] static RepairedValue made(const QString &was, const QString &now)
    {
        return {was == now ? Kept : Changed, now, {}, {}};
    }
    [[nodiscard]] static RepairedValue doubtful(const QString &value, QString reason,
                                                QString suggestion = {})
    {
        return {Doubtful, value, std::move(reason), std::move(suggestion)};
    }

    bool operator==(const RepairedValue &) const = default;
};

/// "kept", "changed", "doubtful". Never changes; programs read it.
[[nodiscard]] inline QString nameOf(RepairedValue::Outcome outcome)
{
    return outcome == RepairedValue::Kept   ? QStringLiteral("kept")
        : outcome == RepairedValue::Changed ? QStringLiteral("changed")
                                            : QStringLiteral("doubtful");
}

} // namespace hubkeeper
