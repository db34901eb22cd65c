// SPDX-License-Identifier: MIT
#include "provisioner/rules/cryptorules.h"
#include "provisioner/rules/examples.h"

namespace hubkeeper::crypto {

const Rule noCryptoType {
    "HK510",
    Severity::Error,
    RuleStage::Secrets,
    QT_TRANSLATE_NOOP("Rule", "Encrypted value without a type"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "IDM does not recognize the block as encrypted, and the connector refuses an object here."),
    QT_TRANSLATE_NOOP("Rule",
                      "Restore the whole block from the server that made it, or replace it."),
    "idm-connector 2.8",
    {secretPlace, R"({"$crypto": {"value": {"data": "YQ=="}}})", substitutedSecret},
};

const Rule unknownCryptoType {
    "HK511",
    Severity::Error,
    RuleStage::Secrets,
    QT_TRANSLATE_NOOP("Rule", "Encrypted value of an unknown type"),
    QT_TRANSLATE_NOOP("Rule",
                      "IDM knows no way to decrypt it, and the connector does not become active."),
    QT_TRANSLATE_NOOP("Rule",
                      "Restore the whole block from the server that made it, or replace it."),
    "idm-connector 2.8",
    {secretPlace, R"({"$crypto": {"type": "simple-encryption", "value": {"data": "YQ=="}}})",
     substitutedSecret},
};

const Rule noValue {
    "HK512",
    Severity::Error,
    RuleStage::Secrets,
    QT_TRANSLATE_NOOP("Rule", "Encrypted value without its content"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "IDM does not recognize the block as encrypted, and the connector refuses an object here."),
    QT_TRANSLATE_NOOP("Rule",
                      "Restore the whole block from the server that made it, or replace it."),
    "idm-connector 2.8",
    {secretPlace, R"({"$crypto": {"type": "x-simple-encryption"}})", substitutedSecret},
};

const Rule missingMember {
    "HK513",
    Severity::Error,
    RuleStage::Secrets,
    QT_TRANSLATE_NOOP("Rule", "Encrypted value with a part missing"),
    QT_TRANSLATE_NOOP("Rule", "IDM cannot decrypt it, and the connector does not become active."),
    QT_TRANSLATE_NOOP("Rule",
                      "Restore the whole block from the server that made it, or replace it."),
    "idm-connector 2.8",
    {secretPlace,
     R"({"$crypto": {"type": "x-simple-encryption", "value":
         {"data": "RkFLRS1DSVBIRVJURVhUIQ==", "cipher": "AES/CBC/PKCS5Padding", "key": "openidm-sym-default"}}})",
     R"({"$crypto": {"type": "x-simple-encryption", "value":
         {"data": "RkFLRS1DSVBIRVJURVhUIQ==", "cipher": "AES/CBC/PKCS5Padding", "key": "openidm-sym-default",
          "iv": "RkFLRS1JVi0xNi1CWVRFUw=="}}})"},
};

const Rule notBase64 {
    "HK514",
    Severity::Error,
    RuleStage::Secrets,
    QT_TRANSLATE_NOOP("Rule", "Encrypted value that is not Base64"),
    QT_TRANSLATE_NOOP("Rule", "IDM cannot decrypt it, and the connector does not become active."),
    QT_TRANSLATE_NOOP("Rule",
                      "Restore the whole block from the server that made it, or replace it."),
    "idm-connector 2.8",
    {secretPlace,
     R"({"$crypto": {"type": "x-simple-encryption", "value":
         {"data": "not base64!", "cipher": "AES/CBC/PKCS5Padding", "key": "openidm-sym-default",
          "iv": "RkFLRS1JVi0xNi1CWVRFUw=="}}})",
     substitutedSecret},
};

const Rule wrongLength {
    "HK515",
    Severity::Error,
    RuleStage::Secrets,
    QT_TRANSLATE_NOOP("Rule", "Encrypted value of an impossible length"),
    QT_TRANSLATE_NOOP("Rule",
                      "AES works on blocks of 16 bytes: something was cut off or added, so IDM "
                      "cannot decrypt it."),
    QT_TRANSLATE_NOOP("Rule",
                      "Restore the whole block from the server that made it, or replace it."),
    "idm-connector 2.8",
    {secretPlace,
     R"({"$crypto": {"type": "x-simple-encryption", "value":
         {"data": "RkFLRQ==", "cipher": "AES/CBC/PKCS5Padding", "key": "openidm-sym-default",
          "iv": "RkFLRS1JVi0xNi1CWVRFUw=="}}})",
     substitutedSecret},
};

const Rule otherPurpose {
    "HK516",
    Severity::Warning,
    RuleStage::Secrets,
    QT_TRANSLATE_NOOP("Rule", "Encrypted for another purpose"),
    QT_TRANSLATE_NOOP("Rule",
                      "IDM encrypts configuration with the purpose idm.config.encryption; a block "
                      "for another purpose"
                      " may belong to another key."),
    QT_TRANSLATE_NOOP(
        "Rule", "Replace it by a substitution or the plain text, and let IDM encrypt it anew."),
    "idm-connector 2.8",
    {secretPlace,
     R"({"$crypto": {"type": "x-simple-encryption", "value":
         {"data": "RkFLRS1DSVBIRVJURVhUIQ==", "cipher": "AES/CBC/PKCS5Padding", "stableId": "openidm-sym-default",
          "iv": "RkFLRS1JVi0xNi1CWVRFUw==", "salt": "YQ==", "mac": "YQ==", "keySize": 16,
          "purpose": "idm.password.encryption"}}})",
     substitutedSecret},
    false,
    {{},
     nullptr,
     QT_TRANSLATE_NOOP("Rule", "Replace it by the plain text, and let OpenIDM encrypt it anew.")},
};

const Rule hashed {
    "HK517",
    Severity::Error,
    RuleStage::Secrets,
    QT_TRANSLATE_NOOP("Rule", "Hash instead of an encrypted value"),
    QT_TRANSLATE_NOOP("Rule",
                      "A hash cannot be turned back into the secret, so the connector has nothing "
                      "to log in with."),
    QT_TRANSLATE_NOOP("Rule", "Enter the secret anew and let IDM encrypt it."),
    "idm-connector 2.8",
    {secretPlace,
     R"({"$crypto": {"type": "salted-hash", "value": {"algorithm": "SHA-256", "data": "YQ=="}}})",
     substitutedSecret},
};

const Rule notConfidential {
    "HK518",
    Severity::Warning,
    RuleStage::Secrets,
    QT_TRANSLATE_NOOP("Rule", "Encrypted value that is not a secret"),
    QT_TRANSLATE_NOOP("Rule",
                      "IDM decrypts every block wherever it is, so the value works; nobody can "
                      "read in the file what"
                      " it is, and the file no longer works on another server."),
    QT_TRANSLATE_NOOP("Rule", "Write the value itself."),
    "idm-connector 2.5",
    {"/configurationProperties/httpProxyHost",
     R"({"$crypto": {"type": "x-simple-encryption", "value":
         {"data": "q3x/AcKfmiQ56mcEIrQb+A==", "cipher": "AES/CBC/PKCS5Padding", "key": "openidm-sym-default",
          "iv": "RkFLRS1JVi0xNi1CWVRFUw=="}}})",
     "null"},
};

const Rule besideCrypto {
    "HK519",
    Severity::Warning,
    RuleStage::Secrets,
    QT_TRANSLATE_NOOP("Rule", "Members beside an encrypted value"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "IDM replaces the whole object by the decrypted secret; the other members are lost."),
    QT_TRANSLATE_NOOP("Rule", "Leave $crypto alone in its object."),
    "idm-connector 2.8",
    {secretPlace,
     R"({"comment": "of June", "$crypto": {"type": "x-simple-encryption", "value":
         {"data": "RkFLRS1DSVBIRVJURVhUIQ==", "cipher": "AES/CBC/PKCS5Padding", "key": "openidm-sym-default",
          "iv": "RkFLRS1JVi0xNi1CWVRFUw=="}}})",
     substitutedSecret},
    true,
};

const Rule sameBlock {
    "HK520",
    Severity::Warning,
    RuleStage::Secrets,
    QT_TRANSLATE_NOOP("Rule", "Two secrets with one encrypted value"),
    QT_TRANSLATE_NOOP("Rule", "Both decrypt to the same text, so HubSpot refuses one of the two."),
    QT_TRANSLATE_NOOP("Rule", "Enter the secret that was overwritten anew."),
    "idm-connector 2.8",
    {"/configurationProperties",
     R"({"clientId": "3f8a1c52-7b1e-4a6d-9c0e-5d2f6b7a8c91",
         "clientSecret": {"$crypto": {"type": "x-simple-encryption", "value":
         {"data": "RkFLRS1DSVBIRVJURVhUIQ==", "cipher": "AES/CBC/PKCS5Padding", "key": "openidm-sym-default",
          "iv": "RkFLRS1JVi0xNi1CWVRFUw=="}}},
         "refreshToken": {"$crypto": {"type": "x-simple-encryption", "value":
         {"data": "RkFLRS1DSVBIRVJURVhUIQ==", "cipher": "AES/CBC/PKCS5Padding", "key": "openidm-sym-default",
          "iv": "RkFLRS1JVi0xNi1CWVRFUw=="}}}})",
     R"({"clientId": "3f8a1c52-7b1e-4a6d-9c0e-5d2f6b7a8c91",
         "clientSecret": "&{hubspot.client.secret}", "refreshToken": "&{hubspot.refresh.token}"})"},
};

const Rule newerBlock {
    "HK521",
    Severity::Error,
    RuleStage::Secrets,
    QT_TRANSLATE_NOOP("Rule", "Encrypted value that OpenIDM cannot read"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "The community's server knows the older form with a key alias only and cannot decrypt this"
        " one."),
    QT_TRANSLATE_NOOP("Rule", "Replace it by the plain text, and let OpenIDM encrypt it."),
    "idm-connector 2.8, 7",
    {secretPlace,
     R"({"$crypto": {"type": "x-simple-encryption", "value":
         {"data": "RkFLRS1DSVBIRVJURVhUIQ==", "cipher": "AES/CBC/PKCS5Padding", "stableId": "openidm-sym-default",
          "iv": "RkFLRS1JVi0xNi1CWVRFUw==", "salt": "YQ==", "mac": "YQ==", "keySize": 16,
          "purpose": "idm.config.encryption"}}})",
     substitutedSecret, ServerProfile::Community},
};

const Rule mixedForms {
    "HK522",
    Severity::Warning,
    RuleStage::Secrets,
    QT_TRANSLATE_NOOP("Rule", "Encrypted value of both forms at once"),
    QT_TRANSLATE_NOOP("Rule",
                      "The older form names its key with key, the newer one with stableId, salt "
                      "and mac. A block with"
                      " both was put together by hand: community OpenIDM decrypts it by the older "
                      "form and ignores "
                      "the"
                      " rest, another server may not."),
    QT_TRANSLATE_NOOP("Rule",
                      "Restore the whole block from the server that made it, or replace it."),
    "idm-connector 2.8",
    {secretPlace,
     R"({"$crypto": {"type": "x-simple-encryption", "value":
         {"data": "RkFLRS1DSVBIRVJURVhUIQ==", "cipher": "AES/CBC/PKCS5Padding", "key": "openidm-sym-default",
          "stableId": "openidm-sym-default", "iv": "RkFLRS1JVi0xNi1CWVRFUw=="}}})",
     substitutedSecret},
    false,
    {Severity::Info},
};

std::span<const Rule *const> rules()
{
    static constexpr const Rule *all[] {
        &noCryptoType, &unknownCryptoType, &noValue,    &missingMember,   &notBase64,
        &wrongLength,  &otherPurpose,      &hashed,     &notConfidential, &besideCrypto,
        &sameBlock,    &newerBlock,        &mixedForms,
    };
    return all;
}

} // namespace hubkeeper::crypto
