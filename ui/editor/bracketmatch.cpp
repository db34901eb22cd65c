// SPDX-License-Identifier: MIT
#include "editor/bracketmatch.h"

#include <QList>
#include <QTextBlock>
#include <QTextDocument>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr QStringView opening = u"{[(";
constexpr QStringView closing = u"}])";

struct Bracket
{
    int position = 0;
    QChar sign;
};

/// The brackets of a line outside of texts. Texts do not span lines in JSON.
QList<Bracket> bracketsOf(const QTextBlock &block)
{
    QList<Bracket> brackets;
    const QString line = block.text();
    bool isInText = false;
    for (int i = 0; i < int(line.size()); ++i) {
        const QChar c = line[i];
        if (isInText && c == u'\\')
            ++i;
        else if (c == u'"')
            isInText = !isInText;
        else if (!isInText && (opening.contains(c) || closing.contains(c)))
            brackets.append({block.position() + i, c});
    }
    return brackets;
}

std::optional<int> counterpart(const QTextBlock &start, const Bracket &bracket, int mostLooked)
{
    const bool forward = opening.contains(bracket.sign);
    const QChar wanted =
        forward ? closing[opening.indexOf(bracket.sign)] : opening[closing.indexOf(bracket.sign)];
    int depth = 0;
    for (QTextBlock block = start; block.isValid() && mostLooked > 0;
         block = forward ? block.next() : block.previous()) {
        QList<Bracket> brackets = bracketsOf(block);
        if (!forward)
            std::reverse(brackets.begin(), brackets.end());
        for (const Bracket &other : std::as_const(brackets)) {
            const bool isBefore =
                forward ? other.position < bracket.position : other.position > bracket.position;
            if (isBefore)
                continue;
            if (other.sign == bracket.sign)
                ++depth;
            else if (other.sign == wanted && --depth == 0)
                return other.position;
        }
        mostLooked -= block.length();
    }
    return std::nullopt;
}

} // namespace

std::optional<std::pair<int, int>> bracketsAt(const QTextDocument &document, int position,
                                              int mostLooked)
{
    const QTextBlock block = document.findBlock(position);
    if (!block.isValid() || block.length() > mostLooked)
        return std::nullopt;
    const QList<Bracket> brackets = bracketsOf(block);
    for (const int at : {position, position - 1}) {
        for (const Bracket &bracket : brackets) {
            if (bracket.position != at)
                continue;
            if (const auto other = counterpart(block, bracket, mostLooked))
                return std::pair(at, *other);
        }
    }
    return std::nullopt;
}

} // namespace hubkeeper
