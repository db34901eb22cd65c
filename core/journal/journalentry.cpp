// SPDX-License-Identifier: MIT
#include "journal/journalentry.h"

#include <QCryptographicHash>
#include <QMessageAuthenticationCode>
#include <QtEndian>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr qsizetype macSize = 32; // SHA-256. A seal of an old version is nothing else.
constexpr qsizetype nameSize = 8;

QByteArray number(qint64 value)
{
    QByteArray bytes(8, Qt::Uninitialized);
    qToBigEndian(value, bytes.data());
    return bytes;
}

} // namespace

QByteArray hashOf(const JournalEntry &entry, const QByteArray &previousHash)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    const auto add = [&hash](const QByteArray &bytes) {
        hash.addData(number(bytes.size()));
        hash.addData(bytes);
    };
    add(previousHash);
    add(number(entry.number));
    add(number(entry.at));
    add(entry.run.toUtf8());
    add(entry.kind.toUtf8());
    add(entry.subject.toUtf8());
    add(entry.outcome.toUtf8());
    add(entry.body);
    return hash.result();
}

QByteArray headHash(qint64 count, const QByteArray &lastHash)
{
    return number(count) + lastHash;
}

JournalSeal::JournalSeal(const Secret &key)
    : m_key(key.clone())
{
    if (!m_key.isEmpty())
        m_name =
            QCryptographicHash::hash("journal key " + macOf("name"), QCryptographicHash::Sha256)
                .first(nameSize);
}

QByteArray JournalSeal::macOf(const QByteArray &hash) const
{
    return m_key.withClearText([&](std::string_view text) {
        return QMessageAuthenticationCode::hash(
            hash, QByteArray::fromRawData(text.data(), qsizetype(text.size())),
            QCryptographicHash::Sha256);
    });
}

QByteArray JournalSeal::of(const QByteArray &hash) const
{
    return hasKey() ? m_name + macOf(hash) : QByteArray();
}

SealState JournalSeal::stateOf(const QByteArray &seal, const QByteArray &hash) const
{
    if (seal.isEmpty())
        return SealState::None;
    if (!hasKey())
        return SealState::NoKey;
    const QByteArray mac = macOf(hash);
    if (seal == mac || seal == m_name + mac)
        return SealState::Good;
    // A name that was altered must not turn a forged entry into one of another key.
    const bool namesAnother =
        seal.size() == nameSize + macSize && !seal.startsWith(m_name) && !seal.endsWith(mac);
    return namesAnother ? SealState::OtherKey : SealState::Bad;
}

} // namespace hubkeeper
