// SPDX-License-Identifier: MIT
#include "tables/writing/formulaguard.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// How many apostrophes stand before a sign that begins a formula; -1 where none does.
qsizetype apostrophesBeforeSign(const QString &text)
{
    qsizetype at = 0;
    while (at < text.size() && text[at] == u'\'')
        ++at;
    const bool hasSign = at < text.size() && "=+-@\t\r\n"_L1.contains(text[at]);
    return hasSign ? at : -1;
}

} // namespace

QString guarded(const QString &text)
{
    return apostrophesBeforeSign(text) < 0 ? text : u'\'' + text;
}

QString unguarded(const QString &text)
{
    return apostrophesBeforeSign(text) < 1 ? text : text.sliced(1);
}

} // namespace hubkeeper
