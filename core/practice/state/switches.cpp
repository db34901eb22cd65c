// SPDX-License-Identifier: MIT
#include "practice/state/switches.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

const std::vector<SwitchInfo> &allSwitches()
{
    static const std::vector<SwitchInfo> all {
        {"oauthV1Gone", &Switches::oauthV1Gone, "/oauth/v1/* answers 404, as after 16 February"},
        {"rotateRefreshTokens", &Switches::rotateRefreshTokens,
         "A refresh ends the old refresh token."},
        {"revokeAnswers200", &Switches::revokeAnswers200, "200 with a body instead of 204."},
        {"revokeEndsAccessTokens", &Switches::revokeEndsAccessTokens,
         "Running access tokens die with the refresh token."},
        {"pkceRefused", &Switches::pkceRefused,
         "A code challenge at the authorize page is refused."},
        {"badClientHasStatus", &Switches::badClientHasStatus,
         "Wrong client: BAD_CLIENT_ID/BAD_CLIENT_SECRET."},
        {"scopesAnsweredByV1", &Switches::scopesAnsweredByV1, "v1 token answers carry all fields."},
        {"accountDeleted", &Switches::accountDeleted,
         "The account is gone: token endpoints answer BAD_HUB."},
        {"systemPropertiesAlways", &Switches::systemPropertiesAlways,
         "createdate and its like come with any list."},
        {"archivedReadFindsLive", &Switches::archivedReadFindsLive,
         "archived=true also finds a live record."},
        {"emptyPages", &Switches::emptyPages,
         "List pages may be empty though there is a next one."},
        {"oldPagingLinks", &Switches::oldPagingLinks, "paging.next.link carries an internal host."},
        {"associationsNeedScopes", &Switches::associationsNeedScopes,
         "associations= needs the read scope of that type."},
        {"nullClears", &Switches::nullClears, "JSON null clears a value; else it is refused."},
        {"readOnlyRefused", &Switches::readOnlyRefused,
         "Read-only values are refused; else ignored."},
        {"blankCompanyRefused", &Switches::blankCompanyRefused, "Companies need name or domain."},
        {"emailLowered", &Switches::emailLowered, "E-mail is stored in lower case."},
        {"additionalEmailsTaken", &Switches::additionalEmailsTaken,
         "Additional addresses count for uniqueness."},
        {"additionalEmailsWritable", &Switches::additionalEmailsWritable,
         "hs_additional_emails can be set on create; else it is read-only."},
        {"emailConflictIs400", &Switches::emailConflictIs400,
         "Changing to a taken address: 400 instead of 409."},
        {"uniqueConflictIs400", &Switches::uniqueConflictIs400,
         "Taken unique value: 400 instead of 409."},
        {"stageMovesBack", &Switches::stageMovesBack, "lifecyclestage may go backward."},
        {"newContactsAreLeads", &Switches::newContactsAreLeads,
         "A contact made without a stage gets \"lead\"."},
        {"companyIdReadOnly", &Switches::companyIdReadOnly,
         "associatedcompanyid is refused; else it moves the primary company."},
        {"ownersChecked", &Switches::ownersChecked, "Owner ids must be of an owner."},
        {"createLocation", &Switches::createLocation, "201 carries a Location header."},
        {"secondDeleteIs404", &Switches::secondDeleteIs404, "Deleting twice."},
        {"unknownDeleteIs404", &Switches::unknownDeleteIs404,
         "Deleting an id that never was: 404 instead of 204."},
        {"autoCompany", &Switches::autoCompany,
         "A contact's e-mail domain finds or makes its company."},
        {"mergeMakesNewId", &Switches::mergeMakesNewId, "A merge yields a new id."},
        {"mergedDroppedInBatch", &Switches::mergedDroppedInBatch,
         "Batch update drops merged ids silently."},
        {"wrongTypeIs415", &Switches::wrongTypeIs415,
         "A body that is not JSON by its content type."},
        {"shuffledResults", &Switches::shuffledResults,
         "Results of a batch in another order than its inputs."},
        {"emailUpsertPartial", &Switches::emailUpsertPartial,
         "Traced upserts by e-mail may succeed in part."},
        {"batchCountsInputs", &Switches::batchCountsInputs, "A batch costs one call per input."},
        {"neqFindsUnset", &Switches::neqFindsUnset, "NEQ also matches records without a value."},
        {"notInFindsUnset", &Switches::notInFindsUnset, "NOT_IN likewise."},
        {"betweenExcludesEnds", &Switches::betweenExcludesEnds, "BETWEEN without both ends."},
        {"inNeedsLowerCase", &Switches::inNeedsLowerCase,
         "IN finds strings by lower-case values only."},
        {"queryMatchesInside", &Switches::queryMatchesInside,
         "query matches inside words, not only prefixes."},
        {"totalRunsAhead", &Switches::totalRunsAhead, "total counts records not yet in results."},
        {"searchCountsDaily", &Switches::searchCountsDaily, "Searches count for the day."},
        {"textObjectIds", &Switches::textObjectIds, "toObjectId is a string."},
        {"firstCompanyPrimary", &Switches::firstCompanyPrimary,
         "The first company becomes primary."},
        {"labelsReplaced", &Switches::labelsReplaced,
         "Setting labels drops those not named, else adds."},
        {"missingListed", &Switches::missingListed,
         "batch/read lists records without associations as errors."},
        {"editAssociationsDenied", &Switches::editAssociationsDenied,
         "The OAuth user lacks the permission."},
        {"retryAfterOn429", &Switches::retryAfterOn429, "429 carries Retry-After."},
        {"categoryOn429", &Switches::categoryOn429, "429 carries category RATE_LIMITS."},
        {"userLacksPermission", &Switches::userLacksPermission,
         "403 USER_DOES_NOT_HAVE_PERMISSIONS on writes."},
    };
    return all;
}

Result<void> setSwitch(Switches &switches, QStringView name, bool on)
{
    for (const SwitchInfo &info : allSwitches()) {
        if (name == QLatin1StringView(info.name)) {
            switches.*info.member = on;
            return {};
        }
    }
    return fail(ErrorKind::InvalidInput, u"There is no switch named '%1'."_s.arg(name));
}

Result<void> setSwitchFromText(Switches &switches, QStringView text)
{
    const qsizetype equals = text.indexOf(u'=');
    if (equals < 0)
        return setSwitch(switches, text, true);
    const QStringView value = text.sliced(equals + 1);
    if (value != "true"_L1 && value != "false"_L1)
        return fail(ErrorKind::InvalidInput,
                    u"'%1' is neither NAME=true nor NAME=false."_s.arg(text));
    return setSwitch(switches, text.first(equals), value == "true"_L1);
}

Result<void> setSwitches(Switches &switches, const QJsonObject &values)
{
    Switches changed = switches;
    for (auto it = values.begin(); it != values.end(); ++it) {
        if (!it->isBool())
            return fail(ErrorKind::InvalidInput,
                        u"The switch '%1' needs true or false."_s.arg(it.key()));
        if (auto set = setSwitch(changed, it.key(), it->toBool()); !set)
            return set;
    }
    switches = changed;
    return {};
}

QJsonObject toJson(const Switches &switches)
{
    QJsonObject json;
    for (const SwitchInfo &info : allSwitches())
        json.insert(QLatin1StringView(info.name), switches.*info.member);
    return json;
}

} // namespace hubkeeper::practice
