// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QString>

#include <openssl/core_names.h>
#include <openssl/evp.h>

#include <memory>

namespace hubkeeper::test {

/// A made-up RSA key of a service account, and whoever has its public part. Needs OpenSSL::Crypto.
class ServiceKey
{
public:
    explicit ServiceKey(unsigned bits = 2048)
        : m_key(EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", size_t(bits)), &EVP_PKEY_free)
    {
    }

    /// With every member that the cloud's console writes.
    [[nodiscard]] QJsonObject jwk() const
    {
        using namespace Qt::StringLiterals;
        return {{u"kty"_s, u"RSA"_s},
                {u"kid"_s, u"made-up"_s},
                {u"alg"_s, u"RS256"_s},
                {u"n"_s, number(OSSL_PKEY_PARAM_RSA_N)},
                {u"e"_s, number(OSSL_PKEY_PARAM_RSA_E)},
                {u"d"_s, number(OSSL_PKEY_PARAM_RSA_D)},
                {u"p"_s, number(OSSL_PKEY_PARAM_RSA_FACTOR1)},
                {u"q"_s, number(OSSL_PKEY_PARAM_RSA_FACTOR2)},
                {u"dp"_s, number(OSSL_PKEY_PARAM_RSA_EXPONENT1)},
                {u"dq"_s, number(OSSL_PKEY_PARAM_RSA_EXPONENT2)},
                {u"qi"_s, number(OSSL_PKEY_PARAM_RSA_COEFFICIENT1)}};
    }
    [[nodiscard]] QByteArray jwkText() const
    {
        return QJsonDocument(jwk()).toJson(QJsonDocument::Compact);
    }

    /// Whether it signed this text (RS256).
    [[nodiscard]] bool verifies(const QByteArray &text, const QByteArray &signature) const
    {
        const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> digest(EVP_MD_CTX_new(),
                                                                             &EVP_MD_CTX_free);
        return EVP_DigestVerifyInit(digest.get(), nullptr, EVP_sha256(), nullptr, m_key.get()) == 1
            && EVP_DigestVerify(digest.get(), bytesOf(signature), size_t(signature.size()),
                                bytesOf(text), size_t(text.size()))
            == 1;
    }

private:
    static const unsigned char *bytesOf(const QByteArray &text)
    {
        return reinterpret_cast<const unsigned char *>(text.constData());
    }

    [[nodiscard]] QString number(const char *name) const
    {
        BIGNUM *value = nullptr;
        EVP_PKEY_get_bn_param(m_key.get(), name, &value);
        QByteArray bytes(BN_num_bytes(value), '\0');
        BN_bn2bin(value, reinterpret_cast<unsigned char *>(bytes.data()));
        BN_free(value);
        return QString::fromLatin1(
            bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
    }

    std::shared_ptr<EVP_PKEY> m_key;
};

} // namespace hubkeeper::test
