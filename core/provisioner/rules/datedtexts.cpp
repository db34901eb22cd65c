// SPDX-License-Identifier: MIT
#include "provisioner/rules/datedtexts.h"

#include <QtGlobal>

namespace hubkeeper {

std::span<const char *const> datedTexts()
{
    static constexpr const char *texts[] {
        QT_TRANSLATE_NOOP("Rule", "Sign-in at an address that HubSpot removes"),
        QT_TRANSLATE_NOOP("Rule",
                          "The documented releases of the connector fetch their access tokens from "
                          "/oauth/v1/token."),
        QT_TRANSLATE_NOOP("Rule",
                          "HubSpot removes /oauth/v1 on that day; from then on such a release gets "
                          "no access token, and every operation fails."),
        QT_TRANSLATE_NOOP("Rule",
                          "Ask the vendor for a release that uses a newer token endpoint, and "
                          "install it before that day."),
        QT_TRANSLATE_NOOP("Rule", "Connector built on APIs that HubSpot gives up"),
        QT_TRANSLATE_NOOP("Rule",
                          "The connector is built on version 1 of HubSpot's contacts API and "
                          "version 2 of its companies API."),
        QT_TRANSLATE_NOOP("Rule",
                          "From September 2027 HubSpot calls versions 1 to 3 unsupported: they "
                          "receive no more fixes and may stop answering."),
        QT_TRANSLATE_NOOP(
            "Rule",
            "Ask the vendor for a release on the dated versions of the API, 2026-03 or newer."),
        QT_TRANSLATE_NOOP("Rule", "Object type that HubSpot's old API no longer serves"),
        QT_TRANSLATE_NOOP("Rule",
                          "The object type owner is read from version 2 of the owners API."),
        QT_TRANSLATE_NOOP("Rule",
                          "HubSpot removed that version; a release of the connector that still "
                          "uses it cannot read owners."),
        QT_TRANSLATE_NOOP(
            "Rule",
            "Test reading owners with the installed release; remove the object type if it fails."),
        QT_TRANSLATE_NOOP("Rule", "Contacts listed by an API that HubSpot removed"),
        QT_TRANSLATE_NOOP(
            "Rule",
            "The object type contact may be listed through version 1 of HubSpot's contact lists."),
        QT_TRANSLATE_NOOP("Rule",
                          "HubSpot removed it; whether the listing of all contacts under the same "
                          "path still answers is not documented."),
        QT_TRANSLATE_NOOP(
            "Rule", "Reconcile a test portal with the installed release before you rely on it."),
        QT_TRANSLATE_NOOP("Rule", "Contact attribute without a successor"),
        QT_TRANSLATE_NOOP(
            "Rule", "The attribute %1 of contacts exists only in HubSpot's old contacts API."),
        QT_TRANSLATE_NOOP("Rule",
                          "When that API ends, these attributes stay empty; no property of today's "
                          "API takes their place."),
        QT_TRANSLATE_NOOP(
            "Rule",
            "Take profile-token, form-submissions and merge-audits out of mappings and scripts."),
        QT_TRANSLATE_NOOP("Rule", "Company attribute without a successor"),
        QT_TRANSLATE_NOOP(
            "Rule", "The attribute %1 of companies exists only in HubSpot's old companies API."),
        QT_TRANSLATE_NOOP("Rule",
                          "Take stateChanges and form-submissions out of mappings and scripts."),
        QT_TRANSLATE_NOOP("Rule", "Older release of the connector"),
        QT_TRANSLATE_NOOP("Rule",
                          "bundleVersion takes no release from 1.5.20.34 on, the newest the "
                          "documentation names."),
        QT_TRANSLATE_NOOP(
            "Rule",
            "Newer releases of the framework bring rate limits per operation (1.5.20.26), "
            "time-outs of 15 s in new files (1.5.20.31) and instructions to test this connector."),
        QT_TRANSLATE_NOOP("Rule",
                          "Check which release is installed, and widen the range to "
                          "[1.5.0.0,1.6.0.0) if it is to be taken."),
        QT_TRANSLATE_NOOP("Rule", "Address of OAuth version 1"),
        QT_TRANSLATE_NOOP("Rule", "A text of the file names an address below /oauth/v1/."),
        QT_TRANSLATE_NOOP("Rule", "HubSpot removes it on that day; calls to it then fail."),
        QT_TRANSLATE_NOOP(
            "Rule",
            "Use /oauth/2026-03/token or /oauth/v3/token; they take their parameters in the body."),
        QT_TRANSLATE_NOOP("Rule", "Key in the address"),
        QT_TRANSLATE_NOOP("Rule", "A text of the file uses the query parameter hapikey."),
        QT_TRANSLATE_NOOP("Rule", "HubSpot answers 401 to it."),
        QT_TRANSLATE_NOOP("Rule", "Use a token in the Authorization header."),
        QT_TRANSLATE_NOOP("Rule", "Address of owners version 2"),
        QT_TRANSLATE_NOOP("Rule", "A text of the file names an address below /owners/v2."),
        QT_TRANSLATE_NOOP("Rule", "HubSpot took it away; calls to it fail."),
        QT_TRANSLATE_NOOP("Rule", "Use /crm/owners/2026-03."),
        QT_TRANSLATE_NOOP("Rule", "Address of contact lists version 1"),
        QT_TRANSLATE_NOOP("Rule", "A text of the file names an address below /contacts/v1/lists."),
        QT_TRANSLATE_NOOP("Rule",
                          "HubSpot removed contact lists version 1; calls to it fail with 404."),
        QT_TRANSLATE_NOOP("Rule", "Use the search or the lists API of a dated version."),
        QT_TRANSLATE_NOOP("Rule", "Address of a version 4 API"),
        QT_TRANSLATE_NOOP("Rule", "A text of the file names an address below /crm/v4/."),
        QT_TRANSLATE_NOOP("Rule",
                          "HubSpot calls it unsupported from that day on: it receives no more "
                          "fixes and may stop answering."),
        QT_TRANSLATE_NOOP("Rule", "Use a dated version, as /crm/associations/2026-03."),
        QT_TRANSLATE_NOOP("Rule", "Address of a version 1, 2 or 3 API"),
        QT_TRANSLATE_NOOP(
            "Rule", "A text of the file names an address of an undated version of HubSpot's API."),
        QT_TRANSLATE_NOOP("Rule",
                          "HubSpot calls these versions unsupported from September 2027: they "
                          "receive no more fixes and may stop answering."),
        QT_TRANSLATE_NOOP("Rule", "Use a dated version, as /crm/objects/2026-03."),
        QT_TRANSLATE_NOOP("Rule", "Pipelines version 1"),
        QT_TRANSLATE_NOOP("Rule", "A text of the file names an address below /crm-pipelines/v1/."),
        QT_TRANSLATE_NOOP("Rule", "HubSpot removes it on that day."),
        QT_TRANSLATE_NOOP("Rule", "Use the pipelines of a dated version."),
        QT_TRANSLATE_NOOP("Rule", "Connection on version 3 of the API"),
        QT_TRANSLATE_NOOP("Rule", "The connection of this file uses version 3 of HubSpot's API."),
        QT_TRANSLATE_NOOP("Rule",
                          "HubSpot calls it unsupported from September 2027: it receives no more "
                          "fixes and may stop answering."),
        QT_TRANSLATE_NOOP("Rule", "Choose a dated version for the connection."),
        QT_TRANSLATE_NOOP("Rule", "Connection on a version that will leave support"),
        QT_TRANSLATE_NOOP("Rule",
                          "The connection of this file uses version 2026-03 of HubSpot's API."),
        QT_TRANSLATE_NOOP(
            "Rule", "HubSpot supports a version for 18 months; then it receives no more fixes."),
        QT_TRANSLATE_NOOP("Rule",
                          "Choose 2026-09 or newer, and try updates in the practice portal first: "
                          "it enforces the new write rules."),
    };
    return texts;
}

} // namespace hubkeeper
