// SPDX-License-Identifier: MIT
#pragma once

#include "idm/access/idmclient.h"

#include <QJsonArray>
#include <QStringList>

#include <chrono>
#include <functional>

namespace hubkeeper {

/// How many rows of a page are new, and how many were seen before.
struct PageCount
{
    qint64 added = 0;
    qint64 seenTwice = 0;
};

/// What a list of many pages came to.
struct PagedTotals
{
    qint64 added = 0;
    qint64 seenTwice = 0;
    int pages = 0;
};

/// A list that is read page by page.
struct PagedQuery
{
    QString path; ///< "managed/user", "system/hubspot/contact", "repo/link", "audit/recon".
    QString filter =
        QStringLiteral("true"); ///< CREST; texts in it are quoted with quotedInFilter().
    QStringList fields; ///< `_fields`; none: all that the server gives.
    int pageSize = 1000;
    int tries = 1; ///< Of each page, where the server fails for the moment.
    std::chrono::milliseconds pause {1'000}; ///< Before the second try; then twice as long each.
};

/// Takes a page as it came, and says how many of its rows are new. The next page is asked for when
/// it is done.
using TakePage = std::function<Call<PageCount> *(const QByteArray &body, QObject *parent)>;

/// Takes the rows of a page, in their order.
using PageSink = std::function<void(const QJsonArray &rows)>;

/// Reads a list to its end: `_queryFilter` in pages, by the server's cookie, which is null at the
/// end; a short page is not the end (idm-rest 9.3.1). `progressed` counts rows.
///
/// A page is asked for again, as often as the query says, where the server fails for the moment
/// (5xx, 429, a lost connection, a list that ends in the middle). It fails as IdmClient::send()
/// with the name of the list before it; with BadReply where pages repeat: a cookie that was there
/// before, or three pages in a row without a new row. Never gives a part as the whole.
[[nodiscard]] Call<PagedTotals> *readPages(IdmClient &client, const PagedQuery &query,
                                           const TakePage &take, QObject *parent);

/// The same for whoever wants the rows alone, each of which counts as new; gives their number. What
/// the sink has got when it fails is not complete.
[[nodiscard]] Call<qint64> *readPages(IdmClient &client, const PagedQuery &query, PageSink sink,
                                      QObject *parent);

/// A text as a CREST filter has it: in quotes, with what ends it escaped.
[[nodiscard]] QString quotedInFilter(const QString &text);

} // namespace hubkeeper
