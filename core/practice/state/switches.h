// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QJsonObject>

#include <vector>

namespace hubkeeper::practice {

/// Every behaviour of the portal that the facts leave open (their marks M, K and U), or that an
/// account can choose. Each value here is the behaviour practised by default; flip one to practise
/// the other. The numbers name the chapter of hubspot-api.
struct Switches
{
    // OAuth (3)
    bool oauthV1Gone = false; ///< /oauth/v1/* answers 404, as after 16 February 2027.
    bool rotateRefreshTokens = false; ///< A refresh ends the old refresh token. 3.1
    bool revokeAnswers200 = false; ///< 200 with a body instead of 204. 3.5
    bool revokeEndsAccessTokens = false; ///< Running access tokens die with the refresh token. 3.5
    bool pkceRefused = false; ///< A code challenge at the authorize page is refused. 3.2
    bool badClientHasStatus = true; ///< Wrong client: BAD_CLIENT_ID/BAD_CLIENT_SECRET. 3.6
    bool scopesAnsweredByV1 = true; ///< v1 token answers carry all fields. 3.4
    bool accountDeleted = false; ///< Token endpoints answer BAD_HUB. 3.6
    // Reads (4)
    bool systemPropertiesAlways = true; ///< createdate and its like come with any list. 4.2
    bool archivedReadFindsLive = false; ///< archived=true also finds a live record. 4.4
    bool emptyPages = false; ///< List pages may be empty though there is a next one. 4.3
    bool oldPagingLinks = false; ///< paging.next.link carries an internal host. 4.3
    bool associationsNeedScopes = true; ///< associations= needs the read scope of that type.
    // Writes (4, 8)
    bool nullClears = false; ///< JSON null clears a value; else it is refused. 4.6
    bool readOnlyRefused = true; ///< Read-only values are refused; else ignored. 8.3
    bool blankCompanyRefused = false; ///< Companies need name or domain. 4.5
    bool emailLowered = true; ///< E-mail is stored in lower case. 4.5
    bool additionalEmailsTaken = true; ///< Additional addresses count for uniqueness. 4.5
    bool additionalEmailsWritable = true; ///< hs_additional_emails can be set on create.
    bool emailConflictIs400 = true; ///< Changing to a taken address: 400 instead of 409. 4.6
    bool uniqueConflictIs400 = true; ///< Taken unique value: 400 instead of 409. 8.3
    bool stageMovesBack = false; ///< lifecyclestage may go backward. 4.6
    bool newContactsAreLeads = true; ///< A contact made without a stage gets "lead".
    bool companyIdReadOnly = true; ///< associatedcompanyid is refused; else it moves the primary.
    bool ownersChecked = true; ///< Owner ids must be of an owner.
    bool createLocation = false; ///< 201 carries a Location header. 4.5
    bool secondDeleteIs404 = false; ///< Deleting twice. 4.7
    bool unknownDeleteIs404 = false; ///< Deleting an id that never was; else 204. 4.7
    bool autoCompany = false; ///< A contact's e-mail domain finds or makes its company. 4.5
    bool mergeMakesNewId = true; ///< A merge yields a new id. 4.8
    bool mergedDroppedInBatch = false; ///< Batch update drops merged ids silently. 4.6
    bool wrongTypeIs415 = true; ///< A body that is not JSON by its content type. 8.3
    // Batch (5)
    bool shuffledResults = true; ///< Results of a batch in another order than its inputs.
    bool emailUpsertPartial = true; ///< Traced upserts by e-mail may succeed in part. 5
    bool batchCountsInputs = false; ///< A batch costs one call per input. 5
    // Search (6)
    bool neqFindsUnset = true; ///< NEQ also matches records without a value. 6.2
    bool notInFindsUnset = false; ///< NOT_IN likewise. 6.2
    bool betweenExcludesEnds = false; ///< BETWEEN without both ends. 6.2
    bool inNeedsLowerCase = true; ///< IN finds strings by lower-case values only. 6.2
    bool queryMatchesInside = false; ///< query matches inside words, not only prefixes. 6.4
    bool totalRunsAhead = false; ///< total counts records not yet in results. 6.5
    bool searchCountsDaily = true; ///< Searches count for the day. 12.1
    // Associations (9)
    bool textObjectIds = false; ///< toObjectId is a string. 9.2
    bool firstCompanyPrimary = true; ///< The first company becomes primary. 9.2
    bool labelsReplaced = false; ///< Setting labels drops those not named, else adds. 9.2
    bool missingListed = true; ///< batch/read lists records without associations as errors. 9.2
    bool editAssociationsDenied = false; ///< The OAuth user lacks the permission. 2.4
    // Limits (12)
    bool retryAfterOn429 = false; ///< 429 carries Retry-After. 12.2
    bool categoryOn429 = false; ///< 429 carries category RATE_LIMITS. 12.2
    bool userLacksPermission = false; ///< 403 USER_DOES_NOT_HAVE_PERMISSIONS on writes. 3.7
};

/// One switch, for start options, the control endpoint and the manual.
struct SwitchInfo
{
    const char *name; ///< As in Switches.
    bool Switches::*member;
    const char *text; ///< What happens when it is on. English.
};

/// All of them, in the order of Switches.
[[nodiscard]] const std::vector<SwitchInfo> &allSwitches();

/// Sets one by name; InvalidInput for an unknown one.
[[nodiscard]] Result<void> setSwitch(Switches &switches, QStringView name, bool on);

/// "name=true", "name=false", or the name alone for true. InvalidInput for another value, too.
[[nodiscard]] Result<void> setSwitchFromText(Switches &switches, QStringView text);

/// {"name":true,...}: all or none are set. InvalidInput names the first that is wrong.
[[nodiscard]] Result<void> setSwitches(Switches &switches, const QJsonObject &values);

[[nodiscard]] QJsonObject toJson(const Switches &switches);

} // namespace hubkeeper::practice
