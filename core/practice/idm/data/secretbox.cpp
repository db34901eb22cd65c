// SPDX-License-Identifier: MIT
#include "practice/idm/data/secretbox.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

QString randomText(qsizetype bytes)
{
    QByteArray random(bytes, Qt::Uninitialized);
    for (char &byte : random)
        byte = static_cast<char>(QRandomGenerator::system()->bounded(256));
    return QString::fromLatin1(random.toBase64());
}

} // namespace

bool SecretBox::isBlock(const QJsonValue &value)
{
    return value.isObject() && value.toObject().contains("$crypto"_L1);
}

QJsonObject SecretBox::sealed(const QJsonValue &clear)
{
    const qsizetype size = QJsonDocument(QJsonArray {clear}).toJson(QJsonDocument::Compact).size();
    const QString data = randomText((size - 2) / 16 * 16 + 16); // Without the brackets, padded.
    m_clear.insert(data, clear);
    const QJsonObject value {{u"cipher"_s, u"AES/CBC/PKCS5Padding"_s},
                             {u"data"_s, data},
                             {u"iv"_s, randomText(16)},
                             {u"key"_s, u"openidm-sym-default"_s}};
    return {
        {u"$crypto"_s, QJsonObject {{u"type"_s, u"x-simple-encryption"_s}, {u"value"_s, value}}}};
}

std::optional<QJsonValue> SecretBox::opened(const QJsonValue &value) const
{
    if (!isBlock(value))
        return value;
    const auto found = m_clear.constFind(value["$crypto"_L1]["value"_L1]["data"_L1].toString());
    return found == m_clear.constEnd() ? std::nullopt : std::optional(*found);
}

} // namespace hubkeeper::practice
