// SPDX-License-Identifier: MIT
#include "secrets/secretform.h"

#include "secrets/secretstext.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

bool isStray(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return byte <= 0x20 || byte == 0x7f;
}

QString nameOf(char c)
{
    if (c == '\n' || c == '\r')
        return SecretsText::tr("a line break");
    if (c == ' ')
        return SecretsText::tr("a blank");
    return c == '\t' ? SecretsText::tr("a tab") : SecretsText::tr("a control character");
}

QString faultOf(std::string_view text)
{
    if (text.empty())
        return {};
    if (isStray(text.back()))
        return SecretsText::tr("ends with ") + nameOf(text.back());
    if (isStray(text.front()))
        return SecretsText::tr("begins with ") + nameOf(text.front());
    const auto inside = std::find_if(text.begin(), text.end(), isStray);
    return inside == text.end() ? QString() : SecretsText::tr("has %1 in it").arg(nameOf(*inside));
}

} // namespace

Result<void> checkForm(const QString &words, const Secret &secret)
{
    const QString fault = secret.withClearText(faultOf);
    if (fault.isEmpty())
        return {};
    return fail(ErrorKind::InvalidInput, SecretsText::tr("The %1 %2.").arg(words, fault),
                SecretsText::tr("Nothing was sent. Give it again without anything around it."));
}

} // namespace hubkeeper
