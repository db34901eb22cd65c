// SPDX-License-Identifier: MIT
#include "provisioner/confidential/secretvalue.h"
#include "provisioner/model/connectorproperties.h"
#include "provisioner/model/substitution.h"
#include "provisioner/provisionertext.h"
#include "provisioner/rules/rulecheck.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr Rule plainText {
    "HK501",
    Severity::Warning,
    RuleStage::Secrets,
    QT_TRANSLATE_NOOP("Rule", "Secret as plain text"),
    QT_TRANSLATE_NOOP("Rule",
                      "IDM encrypts it when it loads the file; until then, and in every copy, "
                      "backup and repository"
                      " of this file, anybody can read it."),
    QT_TRANSLATE_NOOP("Rule",
                      "Use a substitution &{name}, or let a running IDM encrypt it before the file "
                      "goes anywhere."),
    "idm-connector 1.2, 2.8",
    {"/configurationProperties/clientSecret", R"("b1946ac9-2492-4d23-a15e-000000000000")",
     R"("&{hubspot.client.secret}")"},
    false,
    {{},
     nullptr,
     QT_TRANSLATE_NOOP("Rule", "Let a running OpenIDM encrypt it before the file goes anywhere.")},
};

constexpr Rule neverSubstituted {
    "HK507",
    Severity::Error,
    RuleStage::Secrets,
    QT_TRANSLATE_NOOP("Rule", "Substitution in a secret that OpenIDM never fills in"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "OpenIDM encrypts the secret as it is when it takes the file, and encrypted values are not"
        " substituted: HubSpot gets the text &{...} itself and refuses it."),
    QT_TRANSLATE_NOOP("Rule",
                      "Write the secret itself; OpenIDM encrypts it as soon as it takes the file."),
    "OpenIDM 6.3.0: configurationProperties",
    {"/configurationProperties/clientSecret", R"("&{hubspot.client.secret}")",
     R"({"$crypto": {"type": "x-simple-encryption", "value":
         {"data": "MC9MKIdQdRe7TqxmgiQ56mcEIrQb+FtfxFWG2iqhEqSNfQZUFWLaMhA+0s+m2BeI",
          "cipher": "AES/CBC/PKCS5Padding", "key": "openidm-sym-default",
          "iv": "ZJUIVOf85QjYeosc9LnTng=="}}})",
     ServerProfile::Community},
};

constexpr Rule plainDefault {
    "HK502",
    Severity::Warning,
    RuleStage::Secrets,
    QT_TRANSLATE_NOOP("Rule", "Secret as the default of a substitution"),
    QT_TRANSLATE_NOOP("Rule",
                      "The default is in the file as plain text, and IDM does not encrypt it."),
    QT_TRANSLATE_NOOP("Rule", "Leave the default out and set the property."),
    "idm-connector 2.8",
    {"/configurationProperties/clientSecret",
     R"("&{hubspot.client.secret|b1946ac9-2492-4d23-a15e-000000000000}")",
     R"("&{hubspot.client.secret}")"},
};

constexpr Rule sameSecret {
    "HK503",
    Severity::Warning,
    RuleStage::Secrets,
    QT_TRANSLATE_NOOP("Rule", "Client secret and refresh token are the same"),
    QT_TRANSLATE_NOOP("Rule",
                      "HubSpot never issues the same text twice, so it refuses one of the two and "
                      "the connector does"
                      " not become active."),
    QT_TRANSLATE_NOOP("Rule", "Put each secret in its place again."),
    "idm-connector 1.2",
    {"/configurationProperties",
     R"({"clientId": "3f8a1c52-7b1e-4a6d-9c0e-5d2f6b7a8c91", "clientSecret": "&{hubspot.secret}",
         "refreshToken": "&{hubspot.secret}"})",
     R"({"clientId": "3f8a1c52-7b1e-4a6d-9c0e-5d2f6b7a8c91", "clientSecret": "&{hubspot.secret}",
         "refreshToken": "&{hubspot.refresh.token}"})"},
};

constexpr Rule secretIsClientId {
    "HK504",
    Severity::Warning,
    RuleStage::Secrets,
    QT_TRANSLATE_NOOP("Rule", "Secret with the value of the client ID"),
    QT_TRANSLATE_NOOP("Rule", "HubSpot refuses it, and the connector does not become active."),
    QT_TRANSLATE_NOOP("Rule",
                      "Copy the client secret from the app's page; it is below the client ID."),
    "idm-connector 1.2",
    {"/configurationProperties/clientSecret", R"("3f8a1c52-7b1e-4a6d-9c0e-5d2f6b7a8c91")",
     R"("&{hubspot.client.secret}")"},
};

constexpr Rule strayToken {
    "HK505",
    Severity::Warning,
    RuleStage::Secrets,
    QT_TRANSLATE_NOOP("Rule", "HubSpot token where no secret belongs"),
    QT_TRANSLATE_NOOP("Rule",
                      "IDM neither encrypts nor needs it here; whoever reads the file can use it."),
    QT_TRANSLATE_NOOP("Rule",
                      "Remove it, and rotate the token in HubSpot if the file was ever shared."),
    "hubspot-api 3.1",
    {"/description", R"("works with pat-na1-11111111-2222-3333-4444-555555555555")",
     R"("works with a private app")"},
};

constexpr Rule quotedCrypto {
    "HK506",
    Severity::Error,
    RuleStage::Secrets,
    QT_TRANSLATE_NOOP("Rule", "Encrypted value inside quotes"),
    QT_TRANSLATE_NOOP("Rule",
                      "IDM takes the quoted block itself as the value: HubSpot refuses such a "
                      "secret and such a client ID, and no proxy has such a name."),
    QT_TRANSLATE_NOOP("Rule", "Remove the quotes and the backslashes."),
    "idm-connector 2.8",
    {"/configurationProperties/clientSecret",
     R"("{\"$crypto\":{\"type\":\"x-simple-encryption\",\"value\":{}}}")",
     R"("&{hubspot.client.secret}")"},
};

constexpr const Rule *allSecretRules[] {
    &plainText,  &plainDefault, &sameSecret,       &secretIsClientId,
    &strayToken, &quotedCrypto, &neverSubstituted,
};

bool isQuotedBlock(const JsonText &text, int node)
{
    return text.node(node).kind == JsonKind::String && text.stringOf(node).contains("$crypto"_L1);
}

int propertyNamed(const RuleCheck &check, const char *name)
{
    return check.text.at(u"/configurationProperties/"_s + QLatin1String(name));
}

void checkSubstituted(RuleCheck &check, int node)
{
    const JsonText &text = check.text;
    const int value = text.node(node).kind == JsonKind::Object ? text.node(node).firstChild : node;
    if (!check.isKind(value, JsonKind::String))
        return;
    const QString whole = text.stringOf(value);
    for (const Substitution &part : substitutionsIn(whole)) {
        if (!part.defaultText(whole).trimmed().isEmpty())
            return check.report(plainDefault, value,
                                ProvisionerText::tr("%1 has a default that anybody can read.")
                                    .arg(text.keyOf(node)));
    }
}

void checkPlainText(RuleCheck &check, int node)
{
    const QString name = check.text.keyOf(node);
    const QString value = check.text.stringOf(node);
    if (isQuotedBlock(check.text, node))
        return check.report(
            quotedCrypto, node,
            ProvisionerText::tr("%1 is a text that holds an encrypted value.").arg(name));
    if (!check.options.secretsAreMadeUp)
        check.report(plainText, node, ProvisionerText::tr("%1 is here as plain text.").arg(name));
    const int clientId = propertyNamed(check, "clientId");
    if (check.isKind(clientId, JsonKind::String) && check.text.stringOf(clientId) == value)
        check.report(secretIsClientId, node,
                     ProvisionerText::tr("%1 is the same text as clientId.").arg(name));
}

/// A number or a switch refuses every such text; that is another finding.
void checkQuotedBlock(RuleCheck &check, const ConnectorProperty &property, int node)
{
    if (property.type == PropertyType::String && isQuotedBlock(check.text, node))
        check.report(quotedCrypto, node,
                     ProvisionerText::tr("%1 is a text that holds an encrypted value.")
                         .arg(check.text.keyOf(node)));
}

void checkSecrets(RuleCheck &check)
{
    for (const ConnectorProperty &property : connectorProperties()) {
        const int node = propertyNamed(check, property.name);
        if (node == JsonText::none)
            continue;
        if (!property.isConfidential()) {
            checkQuotedBlock(check, property, node);
            continue;
        }
        const SecretForm form = secretFormOf(check.text, node);
        if (check.isCommunity() && check.holdsSubstitutionSign(node))
            check.report(
                neverSubstituted, node,
                ProvisionerText::tr("%1 holds a substitution.").arg(check.text.keyOf(node)));
        else if (check.holdsSubstitutionSign(node) && form == SecretForm::PlainText)
            continue; // Broken; reported with the substitutions.
        else if (form == SecretForm::PlainText)
            checkPlainText(check, node);
        else if (form == SecretForm::Substituted)
            checkSubstituted(check, node);
    }
}

void checkSameSecret(RuleCheck &check)
{
    const int secret = propertyNamed(check, "clientSecret");
    const int token = propertyNamed(check, "refreshToken");
    if (!check.isKind(secret, JsonKind::String) || !check.isKind(token, JsonKind::String))
        return;
    const QString value = check.text.stringOf(secret);
    const bool isJudged = check.isCommunity() && check.holdsSubstitutionSign(secret);
    if (!isJudged && !value.isEmpty() && value == check.text.stringOf(token))
        check.report(sameSecret, token,
                     ProvisionerText::tr("clientSecret and refreshToken are the same text."));
}

/// Also in comments and keys: the whole text is looked through.
void checkStrayTokens(RuleCheck &check)
{
    const QByteArray &bytes = check.text.bytes();
    if (!bytes.contains("pat-"))
        return;
    static const QRegularExpression form(
        u"\\bpat-[a-z]{2}[0-9]-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\b"_s,
        QRegularExpression::CaseInsensitiveOption);
    const QString all = QString::fromLatin1(bytes); // A character for each byte.
    auto matches = form.globalMatch(all);
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        const Span at {match.capturedStart(), match.capturedEnd()};
        const int node = check.text.covering(at.begin);
        const ConnectorProperty *property =
            node == JsonText::none ? nullptr : connectorProperty(check.text.keyOf(node));
        if (!property || !property->isConfidential())
            check.reportBytes(strayToken, at,
                              ProvisionerText::tr("There is a token of a private app here."));
    }
}

void checkSecretRules(RuleCheck &check)
{
    checkSecrets(check);
    checkSameSecret(check);
    checkStrayTokens(check);
}

} // namespace

const RuleSet &secretRules()
{
    static constexpr RuleSet set {allSecretRules, checkSecretRules};
    return set;
}

} // namespace hubkeeper
