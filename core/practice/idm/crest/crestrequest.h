// SPDX-License-Identifier: MIT
#pragma once

#include "filter/crestfilter.h"
#include "practice/idm/crest/crestreply.h"

#include <QList>
#include <QStringList>

namespace hubkeeper::practice {

/// What a request asks of a resource (CREST).
enum class CrestVerb { Read, Query, Create, Update, Patch, Delete, Action };

struct SortKey
{
    QStringList pointer;
    bool ascending = true;
};

/// The parameters of a query and of what is shown (idm-rest 1.3).
struct CrestQuery
{
    std::optional<CrestFilter> filter;
    QString queryId; ///< Instead of a filter.
    QString uid; ///< Of the query id "for-userName".
    QStringList fields; ///< Pointers as sent; empty: all.
    QList<SortKey> sortKeys;
    int pageSize = 0; ///< 0 and below: no paging.
    QString cookie;
    int offset = 0;
    bool wantsTotal = false; ///< ESTIMATE or EXACT.
};

/// A request as resources see it: headers and parameters are checked and taken apart.
struct CrestRequest
{
    CrestVerb verb = CrestVerb::Read;
    QStringList path; ///< Decoded segments below the context, without empty ones.
    QString action; ///< For Action.
    QString newId; ///< For Create by PUT: the id the client chose.
    QString revision; ///< If-Match without quotes; "*" for any; empty without the header.
    bool isUpsert = false; ///< PUT with neither If-Match nor If-None-Match: both verbs in turn.
    bool ifRevisionChanged = false; ///< GET with If-None-Match of a revision, in `revision`.
    QJsonValue content = QJsonValue::Undefined; ///< Object, or array of operations for Patch.
    CrestQuery query;
    QList<std::pair<QString, QString>> parameters; ///< Those without a leading "_".
    int protocol = 2; ///< Major version of the protocol.

    /// The first parameter of that name; empty without.
    [[nodiscard]] QString parameter(QLatin1StringView name) const;
    [[nodiscard]] QJsonObject body() const { return content.toObject(); }
    /// The revision asked for, "" if any will do.
    [[nodiscard]] QString exactRevision() const
    {
        return revision == QLatin1StringView("*") ? QString() : revision;
    }
    /// The request for what is below its first segment.
    [[nodiscard]] QString pathText() const { return path.join(u'/'); }
};

/// Takes a request below `context` ("/openidm") apart, by the rules of idm-rest 1.1 to 1.3 as
/// OpenIDM 6.3.0 was seen to apply them. Does not look at the login.
[[nodiscard]] CrestOutcome<CrestRequest> readCrestRequest(const Received &request,
                                                          const QByteArray &context);

} // namespace hubkeeper::practice
