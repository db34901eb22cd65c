// SPDX-License-Identifier: MIT
#include "base/secret.h"

#include <QDebug>

#include <atomic>
#include <cstring>

namespace hubkeeper {

namespace {

void overwrite(char *bytes, size_t size)
{
    volatile char *target = bytes;
    for (size_t i = 0; i < size; ++i)
        target[i] = 0;
    std::atomic_signal_fence(std::memory_order_seq_cst);
}

} // namespace

/// Owns the clear text at one address and wipes it.
class Secret::Buffer
{
public:
    explicit Buffer(std::string_view text)
        : m_size(text.size())
        , m_bytes(std::make_unique<char[]>(text.size()))
    {
        std::memcpy(m_bytes.get(), text.data(), text.size());
    }
    ~Buffer() { overwrite(m_bytes.get(), m_size); }
    Buffer(const Buffer &) = delete;
    Buffer &operator=(const Buffer &) = delete;

    [[nodiscard]] std::string_view view() const { return {m_bytes.get(), m_size}; }

private:
    const size_t m_size;
    const std::unique_ptr<char[]> m_bytes;
};

Secret::Secret(QByteArray &&text)
    : Secret(std::string_view(text.constData(), size_t(text.size())))
{
    if (text.isDetached())
        overwrite(text.data(), size_t(text.size()));
    text.clear();
}

Secret::Secret(std::string_view text)
{
    if (!text.empty())
        m_buffer = std::make_shared<const Buffer>(text);
}

Secret Secret::clone() const
{
    Secret other;
    other.m_buffer = m_buffer;
    return other;
}

bool Secret::isEmpty() const
{
    return !m_buffer;
}

bool Secret::equals(const Secret &other) const
{
    const std::string_view a = view();
    const std::string_view b = other.view();
    if (a.size() != b.size())
        return false;
    unsigned char difference = 0;
    for (size_t i = 0; i < a.size(); ++i)
        difference = static_cast<unsigned char>(difference | (a[i] ^ b[i]));
    return difference == 0;
}

std::string_view Secret::view() const
{
    return m_buffer ? m_buffer->view() : std::string_view();
}

QDebug operator<<(QDebug out, const Secret &secret)
{
    const QDebugStateSaver saver(out);
    return out.noquote() << (secret.isEmpty() ? "<no secret>" : "<secret>");
}

void wipe(QByteArray &bytes)
{
    overwrite(bytes.data(), size_t(bytes.size()));
    bytes.clear();
}

} // namespace hubkeeper
