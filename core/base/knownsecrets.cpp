// SPDX-License-Identifier: MIT
#include "base/knownsecrets.h"

#include "base/secret.h"

#include <QRandomGenerator>

#include <algorithm>
#include <deque>
#include <map>
#include <mutex>
#include <set>

namespace hubkeeper {

namespace {

constexpr qsizetype shortest = 8; // Bytes.
constexpr size_t mostKept = 500; // A long session renews its access token every half hour.

/// Hashes of secrets by their length. Never destroyed: messages are logged to the very end.
class KnownSecrets
{
public:
    static KnownSecrets &instance()
    {
        static auto &known = *new KnownSecrets;
        return known;
    }

    void add(QByteArrayView text)
    {
        if (text.size() < shortest)
            return;
        const std::scoped_lock lock(m_mutex);
        const Entry entry {text.size(), hashOf(text)};
        if (!m_hashes[entry.size].insert(entry.hash).second)
            return;
        m_order.push_back(entry);
        if (m_order.size() > mostKept) {
            drop(m_order.front());
            m_order.pop_front();
        }
    }

    QByteArray masked(const QByteArray &text)
    {
        const std::scoped_lock lock(m_mutex);
        QByteArray result = text;
        // The longest first: one secret may be the beginning of another.
        for (auto length = m_hashes.rbegin(); length != m_hashes.rend(); ++length)
            mask(result, length->first, length->second);
        return result;
    }

private:
    struct Entry
    {
        qsizetype size = 0;
        quint64 hash = 0;
    };

    void drop(const Entry &entry)
    {
        const auto found = m_hashes.find(entry.size);
        found->second.erase(entry.hash);
        if (found->second.empty())
            m_hashes.erase(found);
    }

    /// A polynomial in a base nobody can guess, so that it can be carried on from byte to byte.
    [[nodiscard]] quint64 hashOf(QByteArrayView text) const
    {
        quint64 hash = 0;
        for (const char c : text)
            hash = hash * m_base + static_cast<unsigned char>(c);
        return hash;
    }

    void mask(QByteArray &text, qsizetype size, const std::set<quint64> &hashes) const
    {
        if (text.size() < size)
            return;
        quint64 highest = 1; // The weight of the byte that leaves the window.
        for (qsizetype i = 1; i < size; ++i)
            highest *= m_base;
        QByteArray result;
        qsizetype copied = 0;
        quint64 hash = hashOf(QByteArrayView(text).first(size));
        for (qsizetype at = 0;; ++at) {
            if (at >= copied && hashes.count(hash) > 0) {
                result += text.mid(copied, at - copied) + "<secret>";
                copied = at + size;
            }
            if (at + size == text.size())
                break;
            hash -= highest * static_cast<unsigned char>(text[at]);
            hash = hash * m_base + static_cast<unsigned char>(text[at + size]);
        }
        if (copied > 0)
            text = result + text.mid(copied);
    }

    const quint64 m_base = QRandomGenerator::system()->generate64() | 1;
    std::map<qsizetype, std::set<quint64>> m_hashes;
    std::deque<Entry> m_order;
    std::mutex m_mutex;
};

} // namespace

void rememberSecret(const Secret &secret)
{
    secret.withClearText([](std::string_view text) {
        const auto clear = QByteArray::fromRawData(text.data(), qsizetype(text.size()));
        KnownSecrets::instance().add(clear);
        QByteArray encoded = clear.toPercentEncoding();
        KnownSecrets::instance().add(encoded);
        wipe(encoded);
    });
}

QByteArray withoutKnownSecrets(const QByteArray &text)
{
    return KnownSecrets::instance().masked(text);
}

} // namespace hubkeeper
