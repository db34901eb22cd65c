// SPDX-License-Identifier: MIT
#include "net/http.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

QByteArray nameOf(Verb verb)
{
    switch (verb) {
    case Verb::Get:
        return QByteArrayLiteral("GET");
    case Verb::Post:
        return QByteArrayLiteral("POST");
    case Verb::Put:
        return QByteArrayLiteral("PUT");
    case Verb::Patch:
        return QByteArrayLiteral("PATCH");
    case Verb::Delete:
        return QByteArrayLiteral("DELETE");
    }
    Q_UNREACHABLE();
}

int HttpReply::number(const QByteArray &lowerCaseName) const
{
    bool isNumber = false;
    const int number = header(lowerCaseName).trimmed().toInt(&isNumber);
    return isNumber && number >= 0 ? number : -1;
}

QUrl addressOf(const HttpRequest &request, const QUrl &base)
{
    QUrl url;
    url.setScheme(base.scheme());
    url.setHost(base.host());
    url.setPort(base.port());
    const bool rooted = request.path.startsWith(u'/');
    url.setPath(rooted ? request.path : u'/' + request.path, QUrl::DecodedMode);
    if (!request.query.isEmpty()) {
        QString query = request.query.toString(QUrl::FullyEncoded);
        url.setQuery(query.replace(u'+', u"%2B"_s));
    }
    return url;
}

} // namespace hubkeeper
