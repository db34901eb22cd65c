// SPDX-License-Identifier: MIT
#include "filter/crestparser.h"

#include "filter/filtertext.h"

#include <QRegularExpression>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int deepestNesting = 256;

struct Token
{
    enum Kind { Word, Text, Open, Close, End, Broken } kind = End;
    QString text; ///< Without quotes and escapes.
    qsizetype place = 0; ///< Of its first character.
};

/// Cuts a filter into tokens: only the blank separates; brackets are tokens of their own.
class Tokens
{
public:
    explicit Tokens(const QString &text)
        : m_text(text)
    {
        advance();
    }

    [[nodiscard]] const Token &current() const { return m_current; }
    void advance() { m_current = read(); }
    /// The current token, if it is this word in any letter case.
    [[nodiscard]] bool isAt(const QString &word) const
    {
        return m_current.kind == Token::Word
            && m_current.text.compare(word, Qt::CaseInsensitive) == 0;
    }

private:
    Token read()
    {
        while (m_place < m_text.size() && m_text[m_place] == u' ')
            ++m_place;
        const qsizetype start = m_place;
        if (start == m_text.size())
            return {Token::End, {}, start};
        const QChar first = m_text[start];
        if (first == u'(' || first == u')') {
            ++m_place;
            return {first == u'(' ? Token::Open : Token::Close, {}, start};
        }
        if (first == u'"' || first == u'\'')
            return readQuoted(first);
        static const QString ends = u" ()"_s;
        while (m_place < m_text.size() && !ends.contains(m_text[m_place]))
            ++m_place;
        return {Token::Word, m_text.mid(start, m_place - start), start};
    }

    Token readQuoted(QChar quote)
    {
        const qsizetype start = m_place++;
        QString content;
        for (; m_place < m_text.size(); ++m_place) {
            QChar c = m_text[m_place];
            if (c == quote) {
                ++m_place;
                return {Token::Text, content, start};
            }
            if (c == u'\\') { // Takes the next character as it is.
                if (++m_place == m_text.size())
                    break;
                c = m_text[m_place];
            }
            content.append(c);
        }
        return {Token::Broken, {}, start};
    }

    const QString &m_text;
    qsizetype m_place = 0;
    Token m_current;
};

class Parser
{
public:
    explicit Parser(const QString &text)
        : m_text(text)
        , m_tokens(m_text)
    {
    }

    Result<CrestFilter> parse(qsizetype *place)
    {
        auto filter = m_text.endsWith(u'\\') ? std::nullopt : parseOr(0);
        if (filter && m_tokens.current().kind == Token::End)
            return std::move(*filter);
        if (place)
            *place = m_tokens.current().place;
        return fail(
            ErrorKind::InvalidInput,
            u"The value '%1' for parameter '_queryFilter' could not be parsed as a valid "
            "query filter."_s.arg(m_text.left(200)),
            FilterText::tr("Look at character %1; an example is: email sw \"a\" and ! (phone pr)")
                .arg(m_tokens.current().place + 1));
    }

private:
    using Parsed = std::optional<CrestFilter>;

    Parsed parseOr(int depth) { return parseJoined(depth, u"or"_s); }

    /// Operands joined by `word`: "or" over "and" over the rest.
    Parsed parseJoined(int depth, const QString &word)
    {
        const bool isOr = word == "or"_L1;
        std::vector<CrestFilter> operands;
        do {
            if (!operands.empty())
                m_tokens.advance();
            auto operand = isOr ? parseJoined(depth, u"and"_s) : parseNot(depth);
            if (!operand)
                return std::nullopt;
            operands.push_back(std::move(*operand));
        } while (m_tokens.isAt(word));
        return isOr ? CrestFilter::anyOf(std::move(operands))
                    : CrestFilter::allOf(std::move(operands));
    }

    Parsed parseNot(int depth)
    {
        if (!m_tokens.isAt(u"!"_s))
            return parsePrimary(depth);
        m_tokens.advance();
        auto operand = parsePrimary(depth);
        if (!operand)
            return std::nullopt;
        return CrestFilter::negated(std::move(*operand));
    }

    Parsed parsePrimary(int depth)
    {
        if (m_tokens.current().kind == Token::Open)
            return parseBracketed(depth + 1);
        CrestFilter filter;
        if (m_tokens.isAt(u"true"_s) || m_tokens.isAt(u"false"_s)) {
            filter.kind = m_tokens.isAt(u"true"_s) ? CrestFilter::True : CrestFilter::False;
            m_tokens.advance();
            return filter;
        }
        return parseAssertion();
    }

    Parsed parseBracketed(int depth)
    {
        if (depth > deepestNesting)
            return std::nullopt;
        m_tokens.advance();
        auto inner = parseOr(depth);
        if (!inner || m_tokens.current().kind != Token::Close)
            return std::nullopt;
        m_tokens.advance();
        return inner;
    }

    Parsed parseAssertion()
    {
        CrestFilter filter;
        filter.pointer = parsePointer();
        if (filter.pointer.isEmpty())
            return std::nullopt;
        if (m_tokens.isAt(u"pr"_s)) {
            m_tokens.advance();
            filter.kind = CrestFilter::Present;
            return filter;
        }
        static const QRegularExpression operatorWord(uR"(\A[a-zA-Z_0-9.]+\z)"_s);
        if (m_tokens.current().kind != Token::Word
            || !operatorWord.match(m_tokens.current().text).hasMatch())
            return std::nullopt;
        filter.kind = CrestFilter::Compare;
        filter.op = m_tokens.current().text.toLower();
        m_tokens.advance();
        filter.value = parseValue();
        if (filter.value.isUndefined())
            return std::nullopt;
        m_tokens.advance();
        return filter;
    }

    /// The steps of the pointer at the current token, which is consumed; none if it is not a
    /// pointer.
    QStringList parsePointer()
    {
        QString text = m_tokens.current().text;
        if (m_tokens.current().kind != Token::Word || text.startsWith(u'!'))
            return {};
        if (text.startsWith(u'/'))
            text.remove(0, 1);
        if (text.endsWith(u'/'))
            text.chop(1);
        QStringList steps = text.split(u'/');
        for (QString &step : steps) {
            if (step.isEmpty())
                return {};
            step = QUrl::fromPercentEncoding(step.toUtf8());
        }
        m_tokens.advance();
        return steps;
    }

    [[nodiscard]] QJsonValue parseValue() const
    {
        const Token &token = m_tokens.current();
        if (token.kind == Token::Text)
            return token.text;
        if (token.kind != Token::Word)
            return QJsonValue::Undefined;
        if (m_tokens.isAt(u"true"_s) || m_tokens.isAt(u"false"_s))
            return m_tokens.isAt(u"true"_s);
        static const QRegularExpression number(uR"(\A[+-]?(\d+|\d+\.\d*|\.\d+)\z)"_s);
        if (!number.match(token.text).hasMatch())
            return QJsonValue::Undefined;
        bool fits = false;
        const qint64 whole = token.text.toLongLong(&fits);
        if (token.text.contains(u'.'))
            return token.text.toDouble();
        return fits ? QJsonValue(whole) : QJsonValue(QJsonValue::Undefined);
    }

    const QString m_text;
    Tokens m_tokens;
};

} // namespace

Result<CrestFilter> parseCrestFilter(const QString &text, qsizetype *place)
{
    return Parser(text).parse(place);
}

} // namespace hubkeeper
