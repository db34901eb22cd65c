// SPDX-License-Identifier: MIT
#pragma once

#include "policy/policy.h"

#include <QDateTime>

#include <memory>

namespace hubkeeper {

/// SHA-512 of content that comes in pieces.
class ContentDigest final
{
public:
    ContentDigest();
    ~ContentDigest();
    void add(QByteArrayView bytes);
    /// 64 bytes; once, at the end.
    [[nodiscard]] QByteArray finish();

private:
    class State;
    std::unique_ptr<State> d;
};

/// A signature under a content, as a file holds it.
struct Signature
{
    QByteArray key; ///< The signer's public key, Ed25519, 32 bytes.
    QDateTime signedAt; ///< UTC, whole seconds; what the signer's clock said.
    QByteArray digest; ///< SHA-512 of what was signed, 64 bytes.
    QByteArray value; ///< 64 bytes.

    bool operator==(const Signature &) const = default;
};

/// What is signed: "hubkeeper-changes-signature 1", key, time and digest, a line each. So a key is
/// never made to sign bytes that somebody else chose, and time and key cannot be exchanged.
[[nodiscard]] QByteArray signedText(const Signature &signature);
/// Whether its value fits what it says. Says nothing about whose key it is.
[[nodiscard]] bool isGenuine(const Signature &signature);

/// What a signature under a content is worth by the policy.
enum class SignatureWorth {
    Counts,
    Broken, ///< It is not of this content, or not of this key: something was changed.
    NotTrusted, ///< The policy does not know the key.
    Author, ///< Its key is the author's own.
    Applier, ///< Its key belongs to the account that asks.
    Repeated, ///< The same key again, or another one of the same account.
};

struct JudgedSignature
{
    Signature signature;
    QString signer; ///< As the policy calls it; empty where it does not know the key.
    SignatureWorth worth = SignatureWorth::Broken;
};

/// In their order. `digest` is the content's as it is now, `author` the account the content names,
/// `applier` the account that wants to apply it, or empty: nobody does. Pure.
[[nodiscard]] QList<JudgedSignature> judged(const QList<Signature> &signatures,
                                            const QByteArray &digest, const QString &author,
                                            const QString &applier,
                                            const QList<TrustedKey> &trusted);
[[nodiscard]] int countOf(const QList<JudgedSignature> &signatures);
/// "counts", "broken", "notTrusted", "author", "applier", "repeated".
[[nodiscard]] QString nameOf(SignatureWorth worth);
/// A sentence: "Signed by Ada on 2026-11-30 10:00 UTC.", "The signature of … is broken: …".
[[nodiscard]] QString sentenceOf(const JudgedSignature &signature);

} // namespace hubkeeper
