// SPDX-License-Identifier: MIT
#include "idm/access/signingkey.h"

#include "base/knownsecrets.h"
#include "idm/idmtext.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// Frees what libcrypto made; numbers are wiped with it.
template <auto release>
struct Released
{
    template <typename T>
    void operator()(T *object) const
    {
        release(object);
    }
};

using Number = std::unique_ptr<BIGNUM, Released<BN_clear_free>>;
using Scratch = std::unique_ptr<BN_CTX, Released<BN_CTX_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Released<EVP_PKEY_CTX_free>>;
using Digest = std::unique_ptr<EVP_MD_CTX, Released<EVP_MD_CTX_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Released<OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, Released<OSSL_PARAM_free>>;

tl::unexpected<Error> unusable(const QString &reason)
{
    ERR_clear_error();
    return fail(ErrorKind::InvalidInput,
                IdmText::tr("This is not the key of a service account: %1.").arg(reason),
                IdmText::tr("Use the private key that the cloud's console hands out when the "
                            "service account is made, a file in the form of a JWK."));
}

/// A member of a JWK: base64url of a number without a sign.
Number numberFrom(const QString &text)
{
    auto decoded = QByteArray::fromBase64Encoding(
        text.toLatin1(), QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded || decoded.decoded.isEmpty())
        return {};
    QByteArray bytes = std::move(decoded.decoded); // So that wiping it wipes it.
    Number number(BN_bin2bn(reinterpret_cast<const unsigned char *>(bytes.constData()),
                            int(bytes.size()), nullptr));
    wipe(bytes);
    return number;
}

struct Numbers
{
    Number n;
    Number e;
    Number d;
    Number p; ///< Null without primes.
    Number q;
};

Numbers numbersIn(const QJsonObject &jwk)
{
    return {numberFrom(jwk["n"_L1].toString()), numberFrom(jwk["e"_L1].toString()),
            numberFrom(jwk["d"_L1].toString()), numberFrom(jwk["p"_L1].toString()),
            numberFrom(jwk["q"_L1].toString())};
}

/// d modulo a prime less one.
Number exponentOf(const Number &d, const Number &prime, BN_CTX *scratch)
{
    Number less(BN_dup(prime.get()));
    Number exponent(BN_secure_new());
    if (!less || !exponent || !BN_sub_word(less.get(), 1)
        || !BN_mod(exponent.get(), d.get(), less.get(), scratch))
        return {};
    return exponent;
}

/// The primes, and what speeds up signing with them.
bool pushPrimes(OSSL_PARAM_BLD *builder, const Numbers &numbers, std::vector<Number> &made)
{
    const Scratch scratch(BN_CTX_secure_new());
    made.push_back(exponentOf(numbers.d, numbers.p, scratch.get()));
    made.push_back(exponentOf(numbers.d, numbers.q, scratch.get()));
    made.emplace_back(BN_mod_inverse(nullptr, numbers.q.get(), numbers.p.get(), scratch.get()));
    return made[0] && made[1] && made[2]
        && OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_FACTOR1, numbers.p.get())
        && OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_FACTOR2, numbers.q.get())
        && OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_EXPONENT1, made[0].get())
        && OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_EXPONENT2, made[1].get())
        && OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_COEFFICIENT1, made[2].get());
}

std::shared_ptr<EVP_PKEY> keyOf(const Numbers &numbers)
{
    const Builder builder(OSSL_PARAM_BLD_new());
    std::vector<Number> made; // Has to live until the parameters are made.
    if (!builder || !OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, numbers.n.get())
        || !OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, numbers.e.get())
        || !OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_D, numbers.d.get())
        || (numbers.p && numbers.q && !pushPrimes(builder.get(), numbers, made)))
        return {};
    const Parameters parameters(OSSL_PARAM_BLD_to_param(builder.get()));
    const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
    EVP_PKEY *key = nullptr;
    if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1
        || EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_KEYPAIR, parameters.get()) != 1)
        return {};
    return {key, &EVP_PKEY_free};
}

const unsigned char *opensslBytes(const QByteArray &text)
{
    return reinterpret_cast<const unsigned char *>(text.constData());
}

QByteArray signatureOf(EVP_PKEY *key, const QByteArray &text)
{
    const Digest digest(EVP_MD_CTX_new());
    QByteArray signature(EVP_PKEY_get_size(key), '\0');
    size_t size = size_t(signature.size());
    if (!digest || EVP_DigestSignInit(digest.get(), nullptr, EVP_sha256(), nullptr, key) != 1
        || EVP_DigestSign(digest.get(), reinterpret_cast<unsigned char *>(signature.data()), &size,
                          opensslBytes(text), size_t(text.size()))
            != 1)
        return {};
    signature.truncate(qsizetype(size));
    return signature;
}

/// Whether the public part takes what the private part signs: the members belong together.
bool isWhole(EVP_PKEY *key)
{
    const QByteArray text = "hubkeeper";
    const QByteArray signature = signatureOf(key, text);
    const Digest digest(EVP_MD_CTX_new());
    return !signature.isEmpty() && digest
        && EVP_DigestVerifyInit(digest.get(), nullptr, EVP_sha256(), nullptr, key) == 1
        && EVP_DigestVerify(digest.get(), opensslBytes(signature), size_t(signature.size()),
                            opensslBytes(text), size_t(text.size()))
        == 1;
}

/// What is kept of a JWK, its private members hidden from now on.
Secret keptOf(const QJsonObject &jwk)
{
    QByteArray text = R"({"kty":"RSA")";
    for (const auto &name : {"n"_L1, "e"_L1, "d"_L1, "p"_L1, "q"_L1}) {
        QByteArray value = jwk[name].toString().toLatin1();
        if (value.isEmpty())
            continue;
        text += ",\"" + QByteArray(name.data(), name.size()) + "\":\"" + value + '"';
        if (name != "n"_L1 && name != "e"_L1)
            rememberSecret(Secret(std::move(value)));
    }
    text += '}';
    return Secret(std::move(text));
}

QJsonObject objectIn(const Secret &text, QJsonParseError *fault)
{
    return text.withClearText([fault](std::string_view clear) {
        return QJsonDocument::fromJson(
                   QByteArray::fromRawData(clear.data(), qsizetype(clear.size())), fault)
            .object();
    });
}

/// Why this object is not a private RSA key; empty if it may be one.
QString faultIn(const QJsonObject &jwk)
{
    if (jwk["keys"_L1].isArray())
        return IdmText::tr("it is a set of keys");
    const QString kind = jwk["kty"_L1].toString();
    if (kind.isEmpty())
        return IdmText::tr("it is not a JWK");
    if (kind != "RSA"_L1)
        return IdmText::tr("it is a key of the kind %1, not RSA").arg(kind.left(20));
    if (jwk["d"_L1].toString().isEmpty())
        return IdmText::tr("it is a public key");
    return {};
}

} // namespace

Result<SigningKey> SigningKey::fromJwk(const Secret &jwk)
{
    QJsonParseError fault;
    const QJsonObject object = objectIn(jwk, &fault);
    const bool isPem = jwk.withClearText(
        [](std::string_view text) { return text.find("-----BEGIN") != std::string_view::npos; });
    if (fault.error != QJsonParseError::NoError)
        return unusable(isPem ? IdmText::tr("it is a PEM file") : IdmText::tr("it is not JSON"));
    if (const QString reason = faultIn(object); !reason.isEmpty())
        return unusable(reason);
    const Numbers numbers = numbersIn(object);
    if (!numbers.n || !numbers.e || !numbers.d)
        return unusable(IdmText::tr("a number in it cannot be read"));
    const int bits = BN_num_bits(numbers.n.get());
    if (bits < fewestBits)
        return unusable(IdmText::tr("it has %1 bits, and %2 are needed").arg(bits).arg(fewestBits));
    SigningKey key;
    key.m_key = keyOf(numbers);
    if (!key.m_key || !isWhole(key.m_key.get()))
        return unusable(IdmText::tr("its parts do not belong together"));
    key.m_kept = std::make_shared<const Secret>(keptOf(object));
    return key;
}

Result<QByteArray> SigningKey::sign(const QByteArray &text) const
{
    QByteArray signature = signatureOf(m_key.get(), text);
    if (!signature.isEmpty())
        return signature;
    ERR_clear_error();
    return fail(ErrorKind::Storage, IdmText::tr("The key of the service account cannot sign."),
                IdmText::tr("Store the key again."));
}

Secret SigningKey::kept() const
{
    return m_kept->clone();
}

Result<Secret> keptKeyFrom(const Secret &text)
{
    const QJsonValue inner = objectIn(text, nullptr)["jwk"_L1];
    const Secret jwk = inner.isObject()
        ? Secret(QJsonDocument(inner.toObject()).toJson(QJsonDocument::Compact))
        : text.clone();
    return SigningKey::fromJwk(jwk).map([](const SigningKey &key) { return key.kept(); });
}

} // namespace hubkeeper
