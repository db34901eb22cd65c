// SPDX-License-Identifier: MIT
#include "practice/idm/crest/crestreply.h"

#include "practice/wire/loopbackserver.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

CrestReply crestReply(QJsonValue json, int status)
{
    CrestReply reply;
    reply.status = status;
    reply.json = std::move(json);
    return reply;
}

CrestReply crestError(int code, const QString &message, const QJsonValue &detail)
{
    QJsonObject json {{u"code"_s, code},
                      {u"reason"_s, QString::fromLatin1(reasonPhrase(code))},
                      {u"message"_s, message}};
    if (!detail.isUndefined())
        json.insert(u"detail"_s, detail);
    return crestReply(json, code);
}

CrestReply noResource(const QStringList &path)
{
    return crestError(404, u"Resource '%1' not found"_s.arg(path.join(u'/')));
}

CrestReply unsupportedOperations(const QString &operation)
{
    return crestError(501, u"The %1 operations are not supported"_s.arg(operation));
}

QString escapedMessage(const QString &message, bool escapesEquals)
{
    QString escaped;
    escaped.reserve(message.size());
    for (const QChar character : message) {
        switch (character.unicode()) {
        case u'&':
            escaped += "&amp;"_L1;
            break;
        case u'<':
            escaped += "&lt;"_L1;
            break;
        case u'>':
            escaped += "&gt;"_L1;
            break;
        case u'"':
            escaped += "&quot;"_L1;
            break;
        case u'\'':
            escaped += "&#39;"_L1;
            break;
        case u'=':
            escaped += escapesEquals ? "&#61;"_L1 : "="_L1;
            break;
        default:
            escaped += character;
        }
    }
    return escaped;
}

} // namespace hubkeeper::practice
