// SPDX-License-Identifier: MIT
#pragma once

#include "practice/data/portalcontents.h"
#include "practice/state/fault.h"
#include "practice/state/switches.h"
#include "practice/wire/requestreader.h"

#include <QStringList>

#include <chrono>
#include <optional>

namespace hubkeeper::practice {

/// How the authorize page behaves (hubspot-api 3.2).
enum class AuthorizeMode {
    Redirect, ///< Grants at once: redirect with code and state.
    Decline, ///< Refuses at once: redirect with error and error_description.
    Silent, ///< Shows a page and never redirects, as when a user closes it.
    Interactive, ///< A page with Allow and Decline.
};

/// "redirect", "decline", "silent" or "interactive"; InvalidInput for other words.
[[nodiscard]] Result<AuthorizeMode> authorizeModeFromText(QStringView text);

/// Calls a portal grants (hubspot-api 12.1). 0 means no limit.
struct RateLimits
{
    int staticPerWindow = 190; ///< Per 10 s for static tokens.
    int oauthPerWindow = 110; ///< Per 10 s for an OAuth app.
    int searchPerSecond = 5; ///< For the whole account.
    int associationsPerWindow = 150; ///< Per 10 s, association calls.
    int perDay = 625'000; ///< Static tokens, whole account, until midnight of its time zone.
};

/// Bounds of requests (hubspot-api 4.3, 5, 6.3, 9.2).
struct RequestBounds
{
    int listPage = 100;
    int listPageWithHistory = 50;
    int batchInputs = 100;
    int batchInputsWithHistory = 50;
    int searchPage = 200;
    int searchReach = 10'000; ///< Hits reachable by one query.
    int searchCharacters = 3000; ///< Of body, and of query.
    int filterGroups = 5;
    int filtersPerGroup = 6;
    int filtersInAll = 18;
    int ownersPage = 500;
    int customProperties = 1000; ///< Per object type.
    int uniqueProperties = 10; ///< Per object type.
    int linksPerRecord = 50'000; ///< Associations of a record with records of one type.
};

/// A value that must be there when another has one of certain values (2026-09 only; 2.4).
struct ConditionalRule
{
    QString property; ///< The one that decides.
    QStringList values; ///< Its deciding values; empty: any value.
    QStringList required; ///< What is then required.
};

/// What an administrator demands of new records (2026-09 only; 2.4).
struct WriteRules
{
    QStringList requiredOnCreate;
    QList<ConditionalRule> conditional;
};

/// Everything a practice portal is started with. Two portals of equal options behave alike.
struct PracticeOptions
{
    quint16 port = 0; ///< 0: any free one.
    bool ipv6 = false; ///< Listen on ::1 too.
    QString certificatePath; ///< PEM; with keyPath the portal speaks HTTPS only.
    QString keyPath;
    int contacts = 2000; ///< Live ones; a hundredth more are archived. 0 to 1,000,000.
    int companies = 500; ///< Likewise.
    /// In place of made-up records, schema and owners; null: those.
    std::shared_ptr<const PortalContents> contents;
    quint32 seed = 1; ///< Of data, ids of tokens and correlation ids.
    qint64 portalId = 0; ///< 0: follows from the made-up records; see portalIdOf().
    QString portalName; ///< Empty: likewise.
    qint64 firstContactId = 150'000'000'001; ///< Above 32 bits, as real ones are.
    qint64 firstCompanyId = 30'000'000'001;
    std::chrono::milliseconds latency {0}; ///< Before every answer, in real time.
    std::chrono::milliseconds indexDelay {2000}; ///< Until search sees a write; by the clock.
    std::chrono::seconds accessTokenLife {1800};
    std::chrono::seconds codeLife {600};
    QString accountType = QStringLiteral("DEVELOPER_TEST"); ///< hubspot-api 10.2.
    QStringList grantedScopes; ///< Of the made-up credentials; empty: all the portal knows.
    QStringList redirectUris; ///< Registered ones; empty: any http://localhost:port/...
    AuthorizeMode authorize = AuthorizeMode::Redirect;
    RateLimits limits;
    RequestBounds bounds;
    WireLimits wire;
    Switches switches;
    WriteRules contactRules;
    WriteRules companyRules;
    QList<Fault> faults;
    bool control = false; ///< Serve /practice/...; needs the control token.
    int keptRequests = 10'000; ///< Entries of the request log; counters go on beyond.
};

/// The account's id. Portals whose made-up records differ (by seed, numbers or first ids) are
/// different accounts, unless the option says otherwise.
[[nodiscard]] qint64 portalIdOf(const PracticeOptions &options);
/// The account's name: the option's, or one with the id in it.
[[nodiscard]] QString portalNameOf(const PracticeOptions &options);

} // namespace hubkeeper::practice
