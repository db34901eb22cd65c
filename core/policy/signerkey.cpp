// SPDX-License-Identifier: MIT
#include "policy/signerkey.h"

#include "base/qtcompat.h"
#include "policy/policytext.h"

#include <array>
#include <sodium.h>

namespace hubkeeper {

namespace {

/// Both keys as the library wants them, wiped when they go.
class KeyPair
{
public:
    KeyPair() = default;
    ~KeyPair()
    {
        sodium_memzero(m_seed.data(), m_seed.size());
        sodium_memzero(m_secret.data(), m_secret.size());
    }
    Q_DISABLE_COPY_MOVE(KeyPair)

    /// False if the text is not a seed.
    [[nodiscard]] bool read(const Secret &seed)
    {
        size_t size = 0;
        const int failed = seed.withClearText([&](std::string_view text) {
            return sodium_base642bin(m_seed.data(), m_seed.size(), text.data(), text.size(),
                                     nullptr, &size, nullptr, sodium_base64_VARIANT_ORIGINAL);
        });
        if (failed != 0 || size != m_seed.size())
            return false;
        return crypto_sign_seed_keypair(m_public.data(), m_secret.data(), m_seed.data()) == 0;
    }

    [[nodiscard]] Secret make()
    {
        randombytes_buf(m_seed.data(), m_seed.size());
        crypto_sign_seed_keypair(m_public.data(), m_secret.data(), m_seed.data());
        constexpr size_t length =
            sodium_base64_ENCODED_LEN(crypto_sign_SEEDBYTES, sodium_base64_VARIANT_ORIGINAL);
        std::array<char, length> text {};
        sodium_bin2base64(text.data(), text.size(), m_seed.data(), m_seed.size(),
                          sodium_base64_VARIANT_ORIGINAL);
        Secret seed(std::string_view(text.data()));
        sodium_memzero(text.data(), text.size());
        return seed;
    }

    [[nodiscard]] QByteArray publicKey() const
    {
        return {reinterpret_cast<const char *>(m_public.data()), qsizetype(m_public.size())};
    }
    [[nodiscard]] const uchar *secretKey() const { return m_secret.data(); }

private:
    std::array<uchar, crypto_sign_SEEDBYTES> m_seed {};
    std::array<uchar, crypto_sign_SECRETKEYBYTES> m_secret {};
    std::array<uchar, crypto_sign_PUBLICKEYBYTES> m_public {};
};

tl::unexpected<Error> notAKey()
{
    return fail(ErrorKind::InvalidInput,
                PolicyText::tr("What the keychain holds as a signing key is none."),
                PolicyText::tr("Forget it and create a new one."));
}

} // namespace

SignerKey newSignerKey()
{
    if (sodium_init() < 0)
        qFatal("libsodium cannot be used"); // No random numbers: nothing here would be secret.
    KeyPair pair;
    Secret seed = pair.make();
    return {std::move(seed), pair.publicKey()};
}

Result<SignerKey> signerKeyOf(Secret seed)
{
    KeyPair pair;
    if (!pair.read(seed))
        return notAKey();
    return SignerKey {std::move(seed), pair.publicKey()};
}

Result<Signature> signedBy(const Secret &seed, const QByteArray &digest, const QDateTime &now)
{
    KeyPair pair;
    if (!pair.read(seed))
        return notAKey();
    Signature signature;
    signature.key = pair.publicKey();
    signature.signedAt = QDateTime::fromSecsSinceEpoch(now.toSecsSinceEpoch(), utc);
    signature.digest = digest;
    const QByteArray text = signedText(signature);
    signature.value.resize(crypto_sign_BYTES);
    crypto_sign_detached(reinterpret_cast<uchar *>(signature.value.data()), nullptr,
                         reinterpret_cast<const uchar *>(text.constData()),
                         static_cast<unsigned long long>(text.size()), pair.secretKey());
    return signature;
}

} // namespace hubkeeper
