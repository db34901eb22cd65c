// SPDX-License-Identifier: MIT
#include "provisioner/document/trivia.h"

#include "provisioner/text/jsonlexer.h"
#include "provisioner/text/lineedits.h"

#include <QHash>

namespace hubkeeper {

namespace {

enum class CommentEnd { Delimiter, Line, Text };

struct Comment
{
    qsizetype end = 0;
    CommentEnd ending = CommentEnd::Delimiter;
};

bool beginsComment(QByteArrayView bytes, qsizetype at)
{
    return bytes[at] == '/' && at + 1 < bytes.size()
        && (bytes[at + 1] == '/' || bytes[at + 1] == '*');
}

bool isLineEnd(char c)
{
    return c == '\n' || c == '\r';
}

Comment commentAt(QByteArrayView bytes, qsizetype begin)
{
    if (bytes[begin + 1] == '/') {
        qsizetype end = begin + 2;
        while (end < bytes.size() && !isLineEnd(bytes[end]))
            ++end;
        return {end, CommentEnd::Line};
    }
    const qsizetype close = bytes.indexOf("*/", begin + 2);
    return close < 0 ? Comment {bytes.size(), CommentEnd::Text}
                     : Comment {close + 2, CommentEnd::Delimiter};
}

/// Texts cut into lines, equal lines with equal numbers.
class LineNumbers
{
public:
    struct Lines
    {
        std::vector<QByteArrayView> bytes;
        std::vector<int> numbers;

        [[nodiscard]] QByteArray joined(size_t begin, size_t end) const
        {
            QByteArray text;
            for (; begin < end; ++begin)
                text += bytes[begin];
            return text;
        }
    };

    Lines of(const QByteArray &text)
    {
        Lines lines;
        for (qsizetype begin = 0; begin < text.size();) {
            const qsizetype newline = text.indexOf('\n', begin);
            const qsizetype end = newline < 0 ? text.size() : newline + 1;
            const QByteArrayView line = QByteArrayView(text).sliced(begin, end - begin);
            lines.bytes.push_back(line);
            lines.numbers.push_back(m_numbers.value(line, int(m_numbers.size())));
            m_numbers.insert(line, lines.numbers.back());
            begin = end;
        }
        return lines;
    }

private:
    QHash<QByteArrayView, int> m_numbers;
};

/// Which line of a side each line of the base became, or -1.
std::vector<int> partners(const std::vector<int> &base, const std::vector<int> &side)
{
    const SequenceEdits edits = sequenceEdits(base, side);
    std::vector<int> result(base.size(), -1);
    size_t y = 0;
    for (size_t x = 0; x < base.size(); ++x) {
        if (edits.removed[x])
            continue;
        while (edits.added[y])
            ++y;
        result[x] = int(y++);
    }
    return result;
}

/// What is between two lines that all three have, or between one and an end.
class Stretches
{
public:
    Stretches(const QByteArray &base, const QByteArray &mine, const QByteArray &theirs)
        : m_base(m_numbers.of(base))
        , m_mine(m_numbers.of(mine))
        , m_theirs(m_numbers.of(theirs))
    {
    }

    MergedTrivia merged()
    {
        const auto inMine = partners(m_base.numbers, m_mine.numbers);
        const auto inTheirs = partners(m_base.numbers, m_theirs.numbers);
        for (size_t x = 0; x < inMine.size(); ++x) {
            if (inMine[x] < 0 || inTheirs[x] < 0)
                continue;
            upTo(x, size_t(inMine[x]), size_t(inTheirs[x]));
            m_result.bytes += m_base.bytes[x];
            ++m_x;
            ++m_y;
            ++m_z;
        }
        upTo(m_base.bytes.size(), m_mine.bytes.size(), m_theirs.bytes.size());
        return std::move(m_result);
    }

private:
    void upTo(size_t x, size_t y, size_t z)
    {
        const QByteArray base = m_base.joined(m_x, x);
        const MergedTrivia part =
            mergedWhole(&base, m_mine.joined(m_y, y), m_theirs.joined(m_z, z));
        m_result.bytes += part.bytes;
        m_result.isContested |= part.isContested;
        m_x = x;
        m_y = y;
        m_z = z;
    }

    LineNumbers m_numbers;
    const LineNumbers::Lines m_base;
    const LineNumbers::Lines m_mine;
    const LineNumbers::Lines m_theirs;
    size_t m_x = 0;
    size_t m_y = 0;
    size_t m_z = 0;
    MergedTrivia m_result;
};

/// "\n" or "\r\n" if all lines end so; empty where they differ or there is only one.
QByteArray lineEndingOf(const QByteArray &text)
{
    const qsizetype pairs = text.count("\r\n");
    const qsizetype feeds = text.count('\n');
    if (text.count('\r') != pairs || feeds == 0 || (pairs != 0 && pairs != feeds))
        return {};
    return pairs > 0 ? "\r\n" : "\n";
}

} // namespace

bool isTrivia(QByteArrayView bytes)
{
    for (qsizetype i = 0; i < bytes.size();) {
        if (isJsonBlank(bytes[i])) {
            ++i;
            continue;
        }
        if (!beginsComment(bytes, i))
            return false;
        const Comment comment = commentAt(bytes, i);
        if (comment.ending == CommentEnd::Text)
            return false;
        i = comment.end;
    }
    return true;
}

bool endsInLineComment(QByteArrayView trivia)
{
    for (qsizetype i = 0; i < trivia.size();) {
        if (!beginsComment(trivia, i)) {
            ++i;
            continue;
        }
        const Comment comment = commentAt(trivia, i);
        if (comment.end == trivia.size())
            return comment.ending == CommentEnd::Line;
        i = comment.end;
    }
    return false;
}

qsizetype findOutsideComments(QByteArrayView bytes, QByteArrayView characters)
{
    for (qsizetype i = 0; i < bytes.size();) {
        if (characters.contains(bytes[i]))
            return i;
        i = beginsComment(bytes, i) ? commentAt(bytes, i).end : i + 1;
    }
    return -1;
}

MergedTrivia mergedWhole(const QByteArray *base, const QByteArray &mine, const QByteArray &theirs)
{
    if (mine == theirs || (base && theirs == *base))
        return {mine};
    if (base && mine == *base)
        return {theirs};
    return {mine, true};
}

MergedTrivia mergedTrivia(const QByteArray *base, const QByteArray &mine, const QByteArray &theirs)
{
    MergedTrivia whole = mergedWhole(base, mine, theirs);
    if (!whole.isContested || !base)
        return whole;
    MergedTrivia byLine = Stretches(*base, mine, theirs).merged();
    // Lines of two comments may not fit together.
    return isTrivia(byLine.bytes) ? byLine : whole;
}

void TokenWriter::add(const QByteArray &token)
{
    if (token.isEmpty())
        return;
    if (m_isInComment && !isLineEnd(token.front()))
        m_text += '\n';
    m_text += token;
    m_isInComment = false;
}

void TokenWriter::addTrivia(const QByteArray &trivia)
{
    if (trivia.isEmpty())
        return;
    add(trivia);
    m_isInComment = endsInLineComment(trivia);
}

void unifyLineEndings(QByteArray &base, QByteArray &mine, QByteArray &theirs)
{
    const QByteArray old = lineEndingOf(base);
    const QByteArray my = lineEndingOf(mine);
    const QByteArray their = lineEndingOf(theirs);
    if (old.isEmpty() || my.isEmpty() || their.isEmpty())
        return;
    const QByteArray wanted = their != old ? their : my;
    for (QByteArray *text : {&base, &mine, &theirs}) {
        if (lineEndingOf(*text) != wanted)
            *text = text->replace("\r\n", "\n").replace("\n", wanted);
    }
}

} // namespace hubkeeper
