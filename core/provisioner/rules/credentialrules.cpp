// SPDX-License-Identifier: MIT
#include "provisioner/model/connectorproperties.h"
#include "provisioner/provisionertext.h"
#include "provisioner/rules/rulecheck.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr Rule placeholder {
    "HK450",
    Severity::Error,
    RuleStage::Properties,
    QT_TRANSLATE_NOOP("Rule", "Placeholder instead of a value"),
    QT_TRANSLATE_NOOP("Rule",
                      "The connector sends it to HubSpot as it is; the sign-in is refused and the "
                      "connector does not"
                      " become active."),
    QT_TRANSLATE_NOOP("Rule", "Enter the value of the HubSpot app."),
    "idm-connector 1.2",
    {"/configurationProperties/clientId", R"("<client id>")",
     R"("3f8a1c52-7b1e-4a6d-9c0e-5d2f6b7a8c91")"},
};

constexpr Rule clientIdForm {
    "HK451",
    Severity::Info,
    RuleStage::Properties,
    QT_TRANSLATE_NOOP("Rule", "Client ID that does not look like one"),
    QT_TRANSLATE_NOOP("Rule",
                      "HubSpot's client IDs are UUIDs: 32 hexadecimal digits in five groups. "
                      "Another text is refused"
                      " with BAD_CLIENT_ID."),
    QT_TRANSLATE_NOOP("Rule", "Copy the client ID from the page of the HubSpot app."),
    "idm-connector 1.2, 2.10",
    {"/configurationProperties/clientId", R"("hubspot-client")",
     R"("3f8a1c52-7b1e-4a6d-9c0e-5d2f6b7a8c91")"},
};

constexpr Rule appId {
    "HK452",
    Severity::Error,
    RuleStage::Properties,
    QT_TRANSLATE_NOOP("Rule", "App ID instead of the client ID"),
    QT_TRANSLATE_NOOP("Rule",
                      "A number is the ID of the app or of the account, not of the client; HubSpot "
                      "refuses it with"
                      " BAD_CLIENT_ID."),
    QT_TRANSLATE_NOOP("Rule", "Copy the client ID from the page of the HubSpot app; it is a UUID."),
    "idm-connector 1.2, 2.10",
    {"/configurationProperties/clientId", R"("1234567")",
     R"("3f8a1c52-7b1e-4a6d-9c0e-5d2f6b7a8c91")"},
};

constexpr Rule privateAppToken {
    "HK453",
    Severity::Error,
    RuleStage::Properties,
    QT_TRANSLATE_NOOP("Rule", "Token of a private app"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "The connector knows only OAuth: it would send the token to be refreshed, which HubSpot"
        " refuses with BAD_REFRESH_TOKEN."),
    QT_TRANSLATE_NOOP(
        "Rule",
        "Use the refresh token of an OAuth app, and rotate this token if the file was shared."),
    "idm-connector 1.2; hubspot-api 3.1",
    {"/configurationProperties/refreshToken", R"("pat-na1-11111111-2222-3333-4444-555555555555")",
     R"("&{hubspot.refresh.token}")"},
};

constexpr Rule accessToken {
    "HK454",
    Severity::Error,
    RuleStage::Properties,
    QT_TRANSLATE_NOOP("Rule", "Access token instead of the refresh token"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "An access token lives for 30 minutes and cannot be refreshed; HubSpot answers"
        " BAD_REFRESH_TOKEN."),
    QT_TRANSLATE_NOOP(
        "Rule", "Take refresh_token from the answer of the token endpoint, not access_token."),
    "idm-connector 1.5; hubspot-api 3.1",
    {"/configurationProperties/refreshToken",
     R"("CJSP5qf1KhICAQEYs-gDIIGOBii1hQIyGQAf3xBKmlwHjX7OIpuIFEavB2-qYAGQsF4")",
     R"("&{hubspot.refresh.token}")"},
};

constexpr Rule wholeHeader {
    "HK455",
    Severity::Error,
    RuleStage::Properties,
    QT_TRANSLATE_NOOP("Rule", "Header instead of a secret"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "The word before the blank becomes a part of the secret, which HubSpot then refuses."),
    QT_TRANSLATE_NOOP("Rule", "Enter the secret alone."),
    "hubspot-api 3.1",
    {"/configurationProperties/refreshToken", R"("Bearer 11111111")",
     R"("&{hubspot.refresh.token}")"},
};

constexpr Rule wholeAddress {
    "HK456",
    Severity::Error,
    RuleStage::Properties,
    QT_TRANSLATE_NOOP("Rule", "Address instead of a credential"),
    QT_TRANSLATE_NOOP("Rule",
                      "The connector sends the whole address to HubSpot, which refuses it."),
    QT_TRANSLATE_NOOP("Rule",
                      "Enter the value alone. The code of an address ?code=... is not a refresh "
                      "token either: it has"
                      " to be exchanged for one."),
    "idm-connector 1.5",
    {"/configurationProperties/refreshToken", R"("https://example.com/?code=1234")",
     R"("&{hubspot.refresh.token}")"},
};

constexpr Rule lineBreak {
    "HK457",
    Severity::Error,
    RuleStage::Properties,
    QT_TRANSLATE_NOOP("Rule", "Line break inside a credential"),
    QT_TRANSLATE_NOOP("Rule", "It was pasted with more than itself; HubSpot refuses it."),
    QT_TRANSLATE_NOOP("Rule", "Enter the value again, on one line."),
    "idm-connector 1.2",
    {"/configurationProperties/clientSecret", R"("1111\n2222")", R"("&{hubspot.client.secret}")"},
};

constexpr const Rule *allCredentialRules[] {
    &placeholder, &clientIdForm, &appId,        &privateAppToken,
    &accessToken, &wholeHeader,  &wholeAddress, &lineBreak,
};

bool isPlaceholder(const QString &text)
{
    static const QRegularExpression form(
        u"^(<.*>|\\[.*\\]|\\{\\{.*\\}\\}|%.*%|x{3,}|\\*{3,}|\\.{3,}|\\?+|-+"
        u"|change[ _-]?me|change[ _-]?it|todo|tbd|fixme|none|null|undefined|n/?a|dummy|example"
        u"|sample|test|secret|password|token|client[ _-]?id|client[ _-]?secret"
        u"|refresh[ _-]?token|(your|my|enter|insert|put|replace)[ _-].*|your[A-Z].*"
        u"|0{8}-0{4}-0{4}-0{4}-0{12})\\z"_s,
        QRegularExpression::CaseInsensitiveOption);
    return form.match(text).hasMatch();
}

bool isUuid(const QString &text)
{
    static const QRegularExpression form(
        u"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\z"_s,
        QRegularExpression::CaseInsensitiveOption);
    return form.match(text).hasMatch();
}

bool isNumber(const QString &text)
{
    return !text.isEmpty()
        && std::all_of(text.begin(), text.end(), [](QChar c) { return c.isDigit(); });
}

/// Access tokens begin with a C and are far longer than the UUIDs of refresh tokens.
bool isAccessToken(const QString &text)
{
    static const QRegularExpression form(u"^C[A-Za-z0-9_-]{40,}\\z"_s);
    return form.match(text).hasMatch() && !isUuid(text);
}

/// The mistakes any of the three can have; sentences name the property, never its value.
bool checkPasted(RuleCheck &check, int node, const QString &text)
{
    const QString name = check.text.keyOf(node);
    if (isPlaceholder(text))
        check.report(placeholder, node, ProvisionerText::tr("%1 holds a placeholder.").arg(name));
    else if (text.contains(u'\n') || text.contains(u'\r'))
        check.report(lineBreak, node, ProvisionerText::tr("%1 has a line break inside.").arg(name));
    else if (text.startsWith("Bearer "_L1, Qt::CaseInsensitive)
             || text.startsWith("Basic "_L1, Qt::CaseInsensitive)
             || text.startsWith("Authorization:"_L1, Qt::CaseInsensitive))
        check.report(wholeHeader, node,
                     ProvisionerText::tr("%1 holds the words of a header.").arg(name));
    else if (text.contains("://"_L1))
        check.report(wholeAddress, node, ProvisionerText::tr("%1 holds an address.").arg(name));
    else
        return false;
    return true;
}

void checkClientId(RuleCheck &check, int node, const QString &text)
{
    if (isNumber(text))
        check.report(appId, node,
                     ProvisionerText::tr("clientId is %1, which looks like the ID of an app.")
                         .arg(shownName(text)));
    else if (!isUuid(text)) // Not shown: it may be a secret in the wrong place.
        check.report(clientIdForm, node, ProvisionerText::tr("clientId is not a UUID."));
}

void checkSecret(RuleCheck &check, int node, const QString &text)
{
    const QString name = check.text.keyOf(node);
    if (text.startsWith("pat-"_L1))
        check.report(privateAppToken, node,
                     ProvisionerText::tr("%1 holds the token of a private app.").arg(name));
    else if (isAccessToken(text))
        check.report(accessToken, node,
                     ProvisionerText::tr("%1 looks like an access token.").arg(name));
}

void checkCredentialRules(RuleCheck &check)
{
    for (const ConnectorProperty &property : connectorProperties()) {
        const int node =
            check.text.at(u"/configurationProperties/"_s + QLatin1StringView(property.name));
        if (!property.required || !check.isGiven(node) || !check.isKind(node, JsonKind::String))
            continue;
        const QString text = check.text.stringOf(node).trimmed();
        // An attempt at a substitution, and an encrypted value in quotes, are other findings.
        if (text.isEmpty() || text.contains("${"_L1) || text.contains("$crypto"_L1)
            || checkPasted(check, node, text))
            continue;
        if (property.isConfidential())
            checkSecret(check, node, text);
        else
            checkClientId(check, node, text);
    }
}

} // namespace

const RuleSet &credentialRules()
{
    static constexpr RuleSet set {allCredentialRules, checkCredentialRules, false, true};
    return set;
}

} // namespace hubkeeper
