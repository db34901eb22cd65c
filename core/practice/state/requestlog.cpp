// SPDX-License-Identifier: MIT
#include "practice/state/requestlog.h"

#include <QJsonArray>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

/// Many generated record paths differ only by id; their counts are kept up to this many.
constexpr qsizetype mostCounts = 20'000;

QByteArray maskedText(const QByteArray &body)
{
    static const QRegularExpression form(
        u"(client_secret|refresh_token|access_token|code|code_verifier|token|tokenKey)=[^&\\s]*"_s);
    static const QRegularExpression member(
        u"(\"(?:client_secret|refresh_token|access_token|token|tokenKey|clientSecret|refreshToken|"
        "customSensitiveConfiguration|password)\"\\s*:\\s*)\"[^\"]*\""_s);
    QString text = QString::fromUtf8(body);
    text.replace(form, u"\\1=***"_s);
    text.replace(member, u"\\1\"***\""_s);
    return text.toUtf8();
}

QByteArray maskedPath(const QByteArray &path)
{
    for (const QByteArray &head :
         {QByteArray("/oauth/v1/access-tokens/"), QByteArray("/oauth/v1/refresh-tokens/")}) {
        if (path.startsWith(head))
            return head + "***";
    }
    return path;
}

} // namespace

void RequestLog::add(LoggedRequest request)
{
    request.number = ++m_total;
    const QByteArray key = request.method + ' ' + request.path;
    if (m_counts.size() < mostCounts || m_counts.contains(key))
        ++m_counts[key];
    m_bodyBytes += request.body.size();
    m_requests.append(std::move(request));
    while (m_requests.size() > m_kept || (m_bodyBytes > mostBodyBytes && m_requests.size() > 1))
        m_bodyBytes -= m_requests.takeFirst().body.size();
}

void RequestLog::clear()
{
    m_requests.clear();
    m_bodyBytes = 0;
    m_counts.clear();
    m_total = 0;
}

int RequestLog::count(const QByteArray &method, const QByteArray &path) const
{
    return m_counts.value(method + ' ' + path);
}

QJsonObject RequestLog::toJson(int newest) const
{
    QJsonObject counts;
    for (auto it = m_counts.begin(); it != m_counts.end(); ++it)
        counts.insert(QString::fromUtf8(it.key()), it.value());
    QJsonArray list;
    for (const LoggedRequest &request :
         m_requests.last(std::min<qsizetype>(newest, m_requests.size()))) {
        QJsonObject headers;
        for (const auto &[name, value] : request.headers)
            headers.insert(QString::fromLatin1(name), QString::fromUtf8(value));
        list.append(QJsonObject {{u"number"_s, qint64(request.number)},
                                 {u"at"_s, isoText(request.at)},
                                 {u"method"_s, QString::fromLatin1(request.method)},
                                 {u"path"_s, QString::fromUtf8(request.path)},
                                 {u"query"_s, QString::fromUtf8(request.query)},
                                 {u"headers"_s, headers},
                                 {u"body"_s, QString::fromUtf8(request.body)},
                                 {u"status"_s, request.status},
                                 {u"fault"_s, request.fault},
                                 {u"worked"_s, request.worked}});
    }
    return {{u"total"_s, qint64(m_total)}, {u"counts"_s, counts}, {u"requests"_s, list}};
}

LoggedRequest masked(const Received &request)
{
    LoggedRequest logged;
    logged.method = request.method;
    logged.path = maskedPath(request.path);
    logged.query = maskedText(request.query);
    logged.body = maskedText(request.body.left(8 * 1024));
    logged.headers = request.headers;
    for (auto &[name, value] : logged.headers) {
        if (name == "authorization")
            value = value.left(std::max<qsizetype>(0, value.indexOf(' '))) + " ***"
                + QByteArray::number(value.size());
        else if (name == "x-practice-token" || name == "cookie" || name == "proxy-authorization"
                 || name.endsWith("-password")) // Of an IDM server's login.
            value = "***";
    }
    return logged;
}

} // namespace hubkeeper::practice
