// SPDX-License-Identifier: MIT
#include "provisioner/confidential/secretvalue.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

bool holdsSubstitution(const QString &text)
{
    const qsizetype begin = text.indexOf(u"&{"_s);
    return begin >= 0 && text.indexOf(u'}', begin) > begin + 2;
}

bool isPlainSubstitution(const QString &text)
{
    return holdsSubstitution(text) && text.startsWith("&{"_L1)
        && text.indexOf(u'}') == text.size() - 1 && !text.contains(u'|');
}

bool isSubstituted(const JsonText &text, int node)
{
    if (node == JsonText::none)
        return false;
    if (text.node(node).kind == JsonKind::String)
        return holdsSubstitution(text.stringOf(node));
    if (text.node(node).kind != JsonKind::Object || text.node(node).childCount != 1)
        return false;
    const QString key = text.keyOf(text.node(node).firstChild);
    return key.startsWith(u'$') && key != "$crypto"_L1;
}

SecretForm secretFormOf(const JsonText &text, int node)
{
    if (node == JsonText::none || text.node(node).kind == JsonKind::Null)
        return SecretForm::Absent;
    if (isSubstituted(text, node))
        return SecretForm::Substituted;
    if (text.node(node).kind == JsonKind::String)
        return text.stringOf(node).isEmpty() ? SecretForm::Absent : SecretForm::PlainText;
    const int crypto = text.member(node, u"$crypto"_s);
    const int type = text.member(crypto, u"type"_s);
    const bool recognised = type != JsonText::none && text.node(type).kind == JsonKind::String
        && text.member(crypto, u"value"_s) != JsonText::none;
    return recognised ? SecretForm::Encrypted : SecretForm::Invalid;
}

Secret plainSecret(const JsonText &text, int node)
{
    if (secretFormOf(text, node) != SecretForm::PlainText)
        return {};
    return Secret(text.stringOf(node).toUtf8());
}

} // namespace hubkeeper
