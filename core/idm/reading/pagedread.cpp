// SPDX-License-Identifier: MIT
#include "idm/reading/pagedread.h"

#include "idm/idmtext.h"

#include <QSet>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int mostIdlePages = 3; ///< In a row, without a new row.
constexpr qsizetype longestCookie = 4'000; ///< An address over 8 KB is refused (idm-rest 9.2.8).

bool isOfTheMoment(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::TimedOut:
    case ErrorKind::ConnectionLost:
    case ErrorKind::ServerFault:
    case ErrorKind::RateLimited:
        return true;
    default:
        return false;
    }
}

/// As it arrives, whatever is in it.
QString encoded(const QString &text)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(text));
}

/// The server's cookie; empty at the end.
QString cookieOf(const QJsonValue &body)
{
    const QJsonValue cookie = body["pagedResultsCookie"_L1];
    return cookie.isDouble() ? QString::number(cookie.toInteger()) : cookie.toString();
}

/// Takes a page; knows whether it wants its bytes as well.
struct Taking
{
    std::function<Call<PageCount> *(const IdmReply &page, QObject *parent)> take;
    bool wantsBytes = false;
};

class PagedRead final : public Call<PagedTotals>
{
public:
    PagedRead(IdmClient &client, PagedQuery query, Taking taking, QObject *parent)
        : Call(parent)
        , m_client(client)
        , m_query(std::move(query))
        , m_taking(std::move(taking))
    {
        ask();
    }

private:
    void ask()
    {
        IdmRequest request;
        request.path = m_query.path;
        request.keepsBytes = m_taking.wantsBytes;
        request.query.addQueryItem(u"_queryFilter"_s, encoded(m_query.filter));
        request.query.addQueryItem(u"_pageSize"_s, QString::number(m_query.pageSize));
        if (!m_query.fields.isEmpty())
            request.query.addQueryItem(u"_fields"_s, m_query.fields.join(u','));
        if (!m_cookie.isEmpty() && m_cookie.size() <= longestCookie)
            request.query.addQueryItem(u"_pagedResultsCookie"_s, encoded(m_cookie));
        else if (!m_cookie.isEmpty())
            request.query.addQueryItem(u"_pagedResultsOffset"_s, QString::number(m_rows));
        always(m_client.send(request, this), [this](const Result<IdmReply> &reply) {
            if (!reply)
                return onFailure(reply.error());
            onPage(*reply);
        });
    }

    void onFailure(const Error &error)
    {
        if (!isOfTheMoment(error) || ++m_failures >= m_query.tries)
            return complete(tl::unexpected(named(error)));
        const auto pause = error.retryAfter.value_or(m_query.pause * (1 << (m_failures - 1)));
        QTimer::singleShot(pause, this, unlessOver([this] { ask(); }));
    }

    Error named(Error error) const
    {
        error.what = m_totals.added > 0
            ? IdmText::tr("%1 could not be read to its end, after %2 objects. %3")
                  .arg(m_query.path, QString::number(m_totals.added), error.what)
            : IdmText::tr("%1 could not be read. %2").arg(m_query.path, error.what);
        return error;
    }

    [[nodiscard]] tl::unexpected<Error> broken(const QString &what, const QString &remedy) const
    {
        Error error;
        error.kind = ErrorKind::BadReply;
        error.what = what;
        error.remedy = remedy;
        return tl::unexpected(named(error));
    }

    void onPage(const IdmReply &reply)
    {
        m_failures = 0;
        if (!reply.body["result"_L1].isArray())
            return complete(broken(IdmText::tr("The answer has no list of results."), QString()));
        const QString cookie = cookieOf(reply.body);
        const qsizetype rows = reply.body["result"_L1].toArray().size();
        m_rows += rows;
        ++m_totals.pages;
        then(m_taking.take(reply, this), [this, cookie](const PageCount &count) {
            m_totals.added += count.added;
            m_totals.seenTwice += count.seenTwice;
            emit progressed(m_totals.added, -1);
            m_idlePages = count.added > 0 ? 0 : m_idlePages + 1;
            next(cookie);
        });
    }

    void next(const QString &cookie)
    {
        if (cookie.isEmpty())
            return complete(m_totals);
        if (m_cookies.contains(cookie) || m_idlePages >= mostIdlePages)
            return complete(broken(
                IdmText::tr("The server's pages repeat: the same ones come again."),
                IdmText::tr("Try again; if it happens again, the server's paging is at fault.")));
        m_cookies.insert(cookie);
        m_cookie = cookie;
        ask();
    }

    IdmClient &m_client;
    const PagedQuery m_query;
    const Taking m_taking;
    QString m_cookie;
    QSet<QString> m_cookies;
    qint64 m_rows = 0;
    int m_failures = 0;
    int m_idlePages = 0;
    PagedTotals m_totals;
};

class RowsRead final : public Call<qint64>
{
public:
    RowsRead(IdmClient &client, const PagedQuery &query, PageSink sink, QObject *parent)
        : Call(parent)
        , m_sink(std::move(sink))
    {
        const auto take = [this](const IdmReply &page, QObject *owner) -> Call<PageCount> * {
            const QJsonArray rows = page.body["result"_L1].toArray();
            m_sink(rows);
            return new ReadyCall<PageCount>(PageCount {rows.size(), 0}, owner);
        };
        auto *pages = new PagedRead(client, query, {take, false}, this);
        connect(pages, &CallBase::progressed, this, &CallBase::progressed);
        then(pages, [this](const PagedTotals &totals) { complete(totals.added); });
    }

private:
    const PageSink m_sink;
};

} // namespace

Call<PagedTotals> *readPages(IdmClient &client, const PagedQuery &query, const TakePage &take,
                             QObject *parent)
{
    const auto takeBytes = [take](const IdmReply &page, QObject *owner) {
        return take(page.bytes, owner);
    };
    return new PagedRead(client, query, {takeBytes, true}, parent);
}

Call<qint64> *readPages(IdmClient &client, const PagedQuery &query, PageSink sink, QObject *parent)
{
    return new RowsRead(client, query, std::move(sink), parent);
}

QString quotedInFilter(const QString &text)
{
    QString escaped = text;
    escaped.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s);
    return u'"' + escaped + u'"';
}

} // namespace hubkeeper
