// SPDX-License-Identifier: MIT
#pragma once

#include "base/secret.h"

#include <QByteArray>
#include <QString>

namespace hubkeeper {

/// One line of the journal before it is chained.
struct JournalEntry
{
    qint64 number = 0; ///< From 1, without gaps.
    qint64 at = 0; ///< Milliseconds since 1970, UTC.
    QString run;
    QString kind; ///< "begin", "intent", "outcome", "end".
    QString subject; ///< "contacts/512": joins intents and outcomes. Empty for begin and end.
    QString outcome; ///< Outcomes: the state's name.
    QByteArray body; ///< Compact JSON.
};

/// SHA-256 over the hash of the entry before it and every member, each with its length in front,
/// so that no two entries have the same bytes.
[[nodiscard]] QByteArray hashOf(const JournalEntry &entry, const QByteArray &previousHash);
/// Of the end of the journal; covers the count, so that cutting off the end needs the key.
[[nodiscard]] QByteArray headHash(qint64 count, const QByteArray &lastHash);

/// What a seal says about the entry it belongs to.
enum class SealState {
    Good, ///< Made with this key.
    None, ///< There is no seal: nobody had a key then.
    NoKey, ///< There is one, and no key to compare it with.
    OtherKey, ///< It names another key.
    Bad, ///< It says it is of this key, and is not.
};

/// What entries are sealed with. A seal names its key, so that a seal of a key that was lost is
/// not taken for a forged one.
class JournalSeal
{
public:
    /// An empty key makes no seals.
    explicit JournalSeal(const Secret &key);

    [[nodiscard]] bool hasKey() const { return !m_key.isEmpty(); }
    /// Key's name and HMAC-SHA-256 of a hash; empty without a key.
    [[nodiscard]] QByteArray of(const QByteArray &hash) const;
    [[nodiscard]] SealState stateOf(const QByteArray &seal, const QByteArray &hash) const;

private:
    [[nodiscard]] QByteArray macOf(const QByteArray &hash) const;

    Secret m_key;
    QByteArray m_name; // Of the key: the start of its SHA-256.
};

} // namespace hubkeeper
