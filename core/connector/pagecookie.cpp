// SPDX-License-Identifier: MIT
#include "connector/pagecookie.h"

#include "connector/connectortext.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr qsizetype sealSize = 12;
constexpr auto encoding = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

QByteArray sealOf(const QByteArray &content, const QString &search)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData("hubkeeper page cookie");
    hash.addData(QByteArray::number(content.size()));
    hash.addData(content);
    hash.addData(search.toUtf8());
    return hash.result().first(sealSize);
}

} // namespace

QString PageCookie::toText(const QString &search) const
{
    const QByteArray content =
        QJsonDocument(QJsonObject {{u"a"_s, after}, {u"i"_s, lastId}, {u"p"_s, position}})
            .toJson(QJsonDocument::Compact);
    return QString::fromLatin1((sealOf(content, search) + content).toBase64(encoding));
}

Result<PageCookie> pageCookieFrom(const QString &text, const QString &search)
{
    const auto decoded = QByteArray::fromBase64Encoding(
        text.toLatin1(), encoding | QByteArray::AbortOnBase64DecodingErrors);
    const QByteArray bytes = decoded ? *decoded : QByteArray();
    const QByteArray content = bytes.mid(sealSize);
    if (bytes.size() <= sealSize || sealOf(content, search) != bytes.first(sealSize))
        return fail(ErrorKind::InvalidInput,
                    ConnectorText::tr("The paging cookie does not belong to this search."),
                    ConnectorText::tr("Start again without a cookie."));
    const QJsonObject json = QJsonDocument::fromJson(content).object();
    return PageCookie {json["a"_L1].toString(), json["i"_L1].toString(), json["p"_L1].toInteger()};
}

} // namespace hubkeeper
