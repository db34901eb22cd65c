// SPDX-License-Identifier: MIT
#include "secrets/secretform.h"

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
        return u"a line break"_s;
    if (c == ' ')
        return u"a blank"_s;
    return c == '\t' ? u"a tab"_s : u"a control character"_s;
}

QString faultOf(std::string_view text)
{
    if (text.empty())
        return {};
    if (isStray(text.back()))
        return u"ends with "_s + nameOf(text.back());
    if (isStray(text.front()))
        return u"begins with "_s + nameOf(text.front());
    const auto inside = std::find_if(text.begin(), text.end(), isStray);
    return inside == text.end() ? QString() : u"has %1 in it"_s.arg(nameOf(*inside));
}

} // namespace

Result<void> checkForm(const QString &words, const Secret &secret)
{
    const QString fault = secret.withClearText(faultOf);
    if (fault.isEmpty())
        return {};
    return fail(ErrorKind::InvalidInput, u"The %1 %2."_s.arg(words, fault),
                u"Nothing was sent. Give it again without anything around it."_s);
}

} // namespace hubkeeper
