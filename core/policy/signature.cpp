// SPDX-License-Identifier: MIT
#include "policy/signature.h"

#include "policy/policytext.h"

#include <algorithm>
#include <sodium.h>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

const uchar *bytesOf(const QByteArray &bytes)
{
    return reinterpret_cast<const uchar *>(bytes.constData());
}

const TrustedKey *keyHolder(const QByteArray &key, const QList<TrustedKey> &trusted)
{
    const auto found = std::find_if(trusted.begin(), trusted.end(),
                                    [&](const TrustedKey &one) { return one.key == key; });
    return found == trusted.end() ? nullptr : &*found;
}

bool isOneOf(const TrustedKey &holder, const QString &account)
{
    return holder.accounts.contains(account, Qt::CaseInsensitive);
}

/// Somebody may have several keys.
bool isSamePerson(const TrustedKey &one, const TrustedKey &other)
{
    return std::any_of(one.accounts.begin(), one.accounts.end(),
                       [&](const QString &account) { return isOneOf(other, account); });
}

} // namespace

class ContentDigest::State
{
public:
    crypto_hash_sha512_state hash {};
};

ContentDigest::ContentDigest()
    : d(std::make_unique<State>())
{
    crypto_hash_sha512_init(&d->hash);
}

ContentDigest::~ContentDigest() = default;

void ContentDigest::add(QByteArrayView bytes)
{
    crypto_hash_sha512_update(&d->hash, reinterpret_cast<const uchar *>(bytes.data()),
                              static_cast<unsigned long long>(bytes.size()));
}

QByteArray ContentDigest::finish()
{
    QByteArray digest(crypto_hash_sha512_BYTES, Qt::Uninitialized);
    crypto_hash_sha512_final(&d->hash, reinterpret_cast<uchar *>(digest.data()));
    return digest;
}

QByteArray signedText(const Signature &signature)
{
    return "hubkeeper-changes-signature 1\n" + signature.key.toBase64() + '\n'
        + signature.signedAt.toUTC().toString(Qt::ISODate).toLatin1() + '\n'
        + signature.digest.toHex() + '\n';
}

bool isGenuine(const Signature &signature)
{
    if (signature.key.size() != crypto_sign_PUBLICKEYBYTES
        || signature.value.size() != crypto_sign_BYTES)
        return false;
    const QByteArray text = signedText(signature);
    return crypto_sign_verify_detached(bytesOf(signature.value), bytesOf(text),
                                       static_cast<unsigned long long>(text.size()),
                                       bytesOf(signature.key))
        == 0;
}

QList<JudgedSignature> judged(const QList<Signature> &signatures, const QByteArray &digest,
                              const QString &author, const QString &applier,
                              const QList<TrustedKey> &trusted)
{
    QList<JudgedSignature> all;
    QList<const TrustedKey *> counted;
    for (const Signature &signature : signatures) {
        JudgedSignature one {signature, {}, SignatureWorth::Counts};
        const TrustedKey *holder = keyHolder(signature.key, trusted);
        if (holder)
            one.signer = holder->name;
        if (signature.digest != digest || !isGenuine(signature))
            one.worth = SignatureWorth::Broken;
        else if (!holder)
            one.worth = SignatureWorth::NotTrusted;
        else if (isOneOf(*holder, author))
            one.worth = SignatureWorth::Author;
        else if (!applier.isEmpty() && isOneOf(*holder, applier))
            one.worth = SignatureWorth::Applier;
        else if (std::any_of(counted.begin(), counted.end(), [&](const TrustedKey *other) {
                     return isSamePerson(*other, *holder);
                 }))
            one.worth = SignatureWorth::Repeated;
        else
            counted.append(holder);
        all.append(one);
    }
    return all;
}

int countOf(const QList<JudgedSignature> &signatures)
{
    return int(std::count_if(signatures.begin(), signatures.end(),
                             [](const auto &one) { return one.worth == SignatureWorth::Counts; }));
}

QString nameOf(SignatureWorth worth)
{
    switch (worth) {
    case SignatureWorth::Counts:
        return u"counts"_s;
    case SignatureWorth::Broken:
        return u"broken"_s;
    case SignatureWorth::NotTrusted:
        return u"notTrusted"_s;
    case SignatureWorth::Author:
        return u"author"_s;
    case SignatureWorth::Applier:
        return u"applier"_s;
    case SignatureWorth::Repeated:
        return u"repeated"_s;
    }
    Q_UNREACHABLE();
}

QString sentenceOf(const JudgedSignature &signature)
{
    const QString signer = signature.signer.isEmpty()
        //: %1 is a public key.
        ? PolicyText::tr("the key %1").arg(QString::fromLatin1(signature.signature.key.toBase64()))
        : signature.signer;
    const QString when = signature.signature.signedAt.toUTC().toString(u"yyyy-MM-dd HH:mm 'UTC'"_s);
    switch (signature.worth) {
    case SignatureWorth::Counts:
        return PolicyText::tr("Signed by %1 on %2.").arg(signer, when);
    case SignatureWorth::Broken:
        return PolicyText::tr("The signature by %1 is void: the change set was changed after it "
                              "was signed.")
            .arg(signer);
    case SignatureWorth::NotTrusted:
        return PolicyText::tr("Signed by %1, which the policy file of this computer does not name.")
            .arg(signer);
    case SignatureWorth::Author:
        return PolicyText::tr("The signature by %1 does not count: the signer is the author.")
            .arg(signer);
    case SignatureWorth::Applier:
        return PolicyText::tr("The signature by %1 does not count: who applies it has to be "
                              "another person.")
            .arg(signer);
    case SignatureWorth::Repeated:
        return PolicyText::tr("The second signature by %1 does not count.").arg(signer);
    }
    Q_UNREACHABLE();
}

} // namespace hubkeeper
