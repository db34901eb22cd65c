// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

#include <memory>
#include <string_view>

class QDebug;

namespace hubkeeper {

/// A text that must not be seen: a client secret, a refresh token, an access token.
///
/// - The clear text (UTF-8) lies in one buffer of its own, which is overwritten with zeros when
///   the last Secret that shares it goes.
/// - It can be moved and clone()d, not copied, so it does not fit into a QVariant, a container of
///   variants or a signal by accident; it converts to nothing and prints as "<secret>".
/// - The clear text is visible only inside withClearText(). Whoever hands it on to Qt (a header,
///   a keychain job) makes a copy that nobody can wipe: do so as late and as briefly as possible.
/// Not thread-safe to modify; the buffer itself never changes and may be read from any thread.
class Secret
{
public:
    Secret() = default;
    /// Takes the text over. `text` is wiped if nobody else shares it.
    explicit Secret(QByteArray &&text);
    /// Copies the characters; the caller wipes his own.
    explicit Secret(std::string_view text);

    Secret(Secret &&) noexcept = default;
    Secret &operator=(Secret &&) noexcept = default;
    Secret(const Secret &) = delete;
    Secret &operator=(const Secret &) = delete;
    ~Secret() = default;

    /// Another handle on the same clear text.
    [[nodiscard]] Secret clone() const;

    [[nodiscard]] bool isEmpty() const;

    /// Compares the contents in constant time for equal lengths.
    [[nodiscard]] bool equals(const Secret &other) const;

    /// Calls `use(std::string_view)` with the clear text, which is valid only during the call.
    template <typename Use>
    auto withClearText(Use &&use) const
    {
        return std::forward<Use>(use)(view());
    }

private:
    class Buffer;

    [[nodiscard]] std::string_view view() const;

    std::shared_ptr<const Buffer> m_buffer;
};

/// Prints "<secret>" or "<no secret>".
QDebug operator<<(QDebug out, const Secret &secret);

/// Overwrites the bytes with zeros in a way the compiler does not remove. Detaches first, so only
/// an unshared array is really wiped.
void wipe(QByteArray &bytes);

} // namespace hubkeeper
