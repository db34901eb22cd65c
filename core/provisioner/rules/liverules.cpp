// SPDX-License-Identifier: MIT
#include "provisioner/rules/liverules.h"

#include "provisioner/rules/rulecheck.h"

namespace hubkeeper {

namespace live {

constexpr Rule credentialsRefused {
    "HK901",
    Severity::Error,
    RuleStage::Live,
    QT_TRANSLATE_NOOP("Rule", "Credentials refused by HubSpot"),
    QT_TRANSLATE_NOOP("Rule",
                      "The connector's test fails at activation with InvalidCredential, and IDM "
                      "answers every call"
                      " with 503."),
    QT_TRANSLATE_NOOP(
        "Rule",
        "Connect to HubSpot again for a new refresh token of this client ID, or correct the client"
        " secret."),
    "hubspot-api 3.6",
    {"/configurationProperties/refreshToken", R"("a token of another app")",
     R"("a token of this app")"},
};

constexpr Rule portalUnreachable {
    "HK902",
    Severity::Error,
    RuleStage::Live,
    QT_TRANSLATE_NOOP("Rule", "HubSpot cannot be reached"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "The connector cannot connect either, if it runs in the same network with the same proxy."),
    QT_TRANSLATE_NOOP("Rule",
                      "Check name resolution, firewall and proxy; httpProxyHost and httpProxyPort "
                      "are the only proxy"
                      " settings the connector has."),
    "idm-connector 1.2, 2.11",
    {"/configurationProperties/httpProxyHost", R"("no-such-proxy.example")", "null"},
};

constexpr Rule certificateUntrusted {
    "HK903",
    Severity::Error,
    RuleStage::Live,
    QT_TRANSLATE_NOOP("Rule", "Certificate not accepted"),
    QT_TRANSLATE_NOOP("Rule",
                      "The connector refuses the connection; behind an inspecting proxy this is "
                      "the usual reason."),
    QT_TRANSLATE_NOOP("Rule",
                      "Add the proxy's certification authority to the trust store of IDM's Java "
                      "instead of switching"
                      " the checks off."),
    "idm-connector 1.2",
    {"/configurationProperties/acceptSelfSignedCertificates", "false", "true"},
};

constexpr Rule portalRefuses {
    "HK904",
    Severity::Warning,
    RuleStage::Live,
    QT_TRANSLATE_NOOP("Rule", "HubSpot answered with an error"),
    QT_TRANSLATE_NOOP("Rule",
                      "The rest could not be checked; the connector may work all the same."),
    QT_TRANSLATE_NOOP("Rule", "Read the message, wait if it names a limit, and check again."),
    "hubspot-api 11",
    {"", "{}", "{}"},
};

constexpr Rule readScopeMissing {
    "HK905",
    Severity::Error,
    RuleStage::Live,
    QT_TRANSLATE_NOOP("Rule", "Scope for reading not granted"),
    QT_TRANSLATE_NOOP("Rule",
                      "Every read of this object type answers 403; a reconciliation that sees "
                      "nothing may delete on"
                      " the other side."),
    QT_TRANSLATE_NOOP("Rule",
                      "Add the scope to the HubSpot app and connect again: a refresh token keeps "
                      "the scopes it was"
                      " granted with."),
    "hubspot-api 3.3",
    {"/objectTypes/contact", "{}", "{}"},
};

constexpr Rule writeScopeMissing {
    "HK906",
    Severity::Warning,
    RuleStage::Live,
    QT_TRANSLATE_NOOP("Rule", "Scope for writing not granted"),
    QT_TRANSLATE_NOOP("Rule",
                      "Create, update and delete of this object type answer 403; reading works."),
    QT_TRANSLATE_NOOP("Rule",
                      "Add the scope to the HubSpot app and connect again, or mark the attributes "
                      "NOT_CREATABLE and"
                      " NOT_UPDATEABLE."),
    "hubspot-api 3.3",
    {"/objectTypes/contact", "{}", "{}"},
};

constexpr Rule scopeNotNeeded {
    "HK907",
    Severity::Info,
    RuleStage::Live,
    QT_TRANSLATE_NOOP("Rule", "More scopes granted than the connector uses"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "Nothing; whoever gets hold of the refresh token can do more than this connector does."),
    QT_TRANSLATE_NOOP("Rule", "Remove the scopes from the HubSpot app and connect again."),
    "hubspot-api 3.3",
    {"/configurationProperties/refreshToken", R"("granted crm.objects.deals.write")",
     R"("granted what is needed")"},
};

constexpr Rule definitionsNotReadable {
    "HK908",
    Severity::Warning,
    RuleStage::Live,
    QT_TRANSLATE_NOOP("Rule", "Property definitions not readable"),
    QT_TRANSLATE_NOOP("Rule",
                      "With readSchema true the connector's schema stays empty for this class; "
                      "here the object types"
                      " could not be compared."),
    QT_TRANSLATE_NOOP(
        "Rule", "Grant the scope for reading the object type or its schema, and connect again."),
    "hubspot-api 3.3, 7.1",
    {"/configurationProperties/readSchema", "true", "false"},
};

constexpr Rule attributeGone {
    "HK911",
    Severity::Error,
    RuleStage::Live,
    QT_TRANSLATE_NOOP("Rule", "Attribute that HubSpot does not have"),
    QT_TRANSLATE_NOOP("Rule",
                      "Reading never returns it, and HubSpot refuses a write that names it with"
                      " PROPERTY_DOESNT_EXIST: the whole object is not written."),
    QT_TRANSLATE_NOOP(
        "Rule", "Correct nativeName, create the property in HubSpot, or remove the attribute."),
    "hubspot-api 8.3",
    {"/objectTypes/contact/properties/shoe_size", R"({"type": "string"})", nullptr},
    true,
};

constexpr Rule typeDiffers {
    "HK912",
    Severity::Warning,
    RuleStage::Live,
    QT_TRANSLATE_NOOP("Rule", "Type other than HubSpot's"),
    QT_TRANSLATE_NOOP("Rule",
                      "IDM converts as the file says: texts that are not numbers fail, lists lose "
                      "members or arrive"
                      " as one text."),
    QT_TRANSLATE_NOOP("Rule", "Set the type HubSpot has today."),
    "idm-connector 2.6",
    {"/objectTypes/contact/properties/email", R"({"type": "array"})", R"({"type": "string"})"},
    true,
};

constexpr Rule writableButComputed {
    "HK913",
    Severity::Warning,
    RuleStage::Live,
    QT_TRANSLATE_NOOP("Rule", "Writable attribute that HubSpot keeps read-only"),
    QT_TRANSLATE_NOOP(
        "Rule", "IDM sends the value, and HubSpot refuses the whole write with READ_ONLY_VALUE."),
    QT_TRANSLATE_NOOP("Rule", "Mark it NOT_CREATABLE and NOT_UPDATEABLE."),
    "hubspot-api 7.2, 8.3",
    {"/objectTypes/contact/properties/hs_object_id", R"({"type": "string"})",
     R"({"type": "string", "flags": ["NOT_CREATABLE", "NOT_UPDATEABLE"]})"},
    true,
};

constexpr Rule requiredNotMapped {
    "HK914",
    Severity::Warning,
    RuleStage::Live,
    QT_TRANSLATE_NOOP("Rule", "Required attribute missing from the object type"),
    QT_TRANSLATE_NOOP("Rule",
                      "IDM cannot pass the value on, so every create of this object type fails."),
    QT_TRANSLATE_NOOP("Rule", "Add the attribute, or mark the other attributes NOT_CREATABLE."),
    "idm-connector 1.4",
    {"/objectTypes/contactProperties/properties/label", nullptr,
     R"({"type": "string", "required": true})"},
    true,
};

constexpr Rule requiredNotMarked {
    "HK915",
    Severity::Info,
    RuleStage::Live,
    QT_TRANSLATE_NOOP("Rule", "Required attribute not marked as required"),
    QT_TRANSLATE_NOOP("Rule",
                      "IDM sends a create without it, and HubSpot refuses it instead of IDM."),
    QT_TRANSLATE_NOOP(
        "Rule", "Set required to true, so that the mistake is noticed before anything is sent."),
    "idm-connector 2.6",
    {"/objectTypes/contactProperties/properties/label", R"({"type": "string"})",
     R"({"type": "string", "required": true})"},
    true,
};

constexpr Rule propertiesNotMapped {
    "HK916",
    Severity::Info,
    RuleStage::Live,
    QT_TRANSLATE_NOOP("Rule", "Properties of the portal without an attribute"),
    QT_TRANSLATE_NOOP("Rule", "IDM neither reads nor writes them."),
    QT_TRANSLATE_NOOP(
        "Rule",
        "Add those that a mapping needs; `schema diff` lists them and writes the attributes."),
    "idm-connector 1.2",
    {"/objectTypes/contact/properties", "{}", "{}"},
};

constexpr Rule permitsAboveLimit {
    "HK920",
    Severity::Warning,
    RuleStage::Live,
    QT_TRANSLATE_NOOP("Rule", "More calls a second than the account allows"),
    QT_TRANSLATE_NOOP("Rule",
                      "Under load HubSpot answers 429 and the connector fails with Retryable, "
                      "which IDM reports as"
                      " 503."),
    QT_TRANSLATE_NOOP("Rule",
                      "Lower permitsPerSecond; leave room for whatever else uses the account."),
    "hubspot-api 12.1",
    {"/configurationProperties/permitsPerSecond", "40", "9"},
    true,
};

constexpr Rule dailyLimitNear {
    "HK921",
    Severity::Warning,
    RuleStage::Live,
    QT_TRANSLATE_NOOP("Rule", "Daily limit nearly used up"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "When it is used up, every call fails until midnight of the account's time zone; a"
        " reconciliation stops halfway."),
    QT_TRANSLATE_NOOP("Rule",
                      "Move large runs to another day, or find out what else uses the account."),
    "hubspot-api 12.1",
    {"", "{}", "{}"},
};

} // namespace live

namespace {

constexpr const Rule *allLiveRules[] {
    &live::credentialsRefused, &live::portalUnreachable,      &live::certificateUntrusted,
    &live::portalRefuses,      &live::readScopeMissing,       &live::writeScopeMissing,
    &live::scopeNotNeeded,     &live::definitionsNotReadable, &live::attributeGone,
    &live::typeDiffers,        &live::writableButComputed,    &live::requiredNotMapped,
    &live::requiredNotMarked,  &live::propertiesNotMapped,    &live::permitsAboveLimit,
    &live::dailyLimitNear,
};

void checkNothing(RuleCheck &) { }

} // namespace

const RuleSet &liveRules()
{
    static constexpr RuleSet set {allLiveRules, checkNothing};
    return set;
}

} // namespace hubkeeper
