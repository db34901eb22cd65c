// SPDX-License-Identifier: MIT
#include "script/statementvalues.h"

#include <QStringView>

#include <algorithm>
#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

struct ScriptToken
{
    enum Kind { End, Word, Literal, Template, Sign } kind = End;
    QStringView text;
    qsizetype start = 0;
    bool afterNewline = false;
};

bool startsName(QChar c)
{
    return c.isLetter() || c == u'_' || c == u'$';
}

bool isOneOf(QStringView word, std::initializer_list<QLatin1StringView> words)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// Words after which an operand follows, as after an operator.
bool isWordOperator(QStringView word)
{
    return isOneOf(word,
                   {"in"_L1, "instanceof"_L1, "of"_L1, "typeof"_L1, "void"_L1, "delete"_L1,
                    "new"_L1, "return"_L1, "throw"_L1, "case"_L1, "else"_L1, "do"_L1, "await"_L1});
}

/// JavaScript as a row of tokens, without comments.
class ScriptTokens
{
public:
    explicit ScriptTokens(const QString &script)
        : m_script(script)
    {
    }

    /// A slash after an operand divides; elsewhere it begins a regular expression.
    ScriptToken next(bool afterOperand)
    {
        ScriptToken token;
        token.afterNewline = skipBlanks();
        token.start = m_at;
        if (m_at >= m_script.size())
            return token;
        const QChar c = m_script[m_at];
        if (startsName(c) || c.isDigit() || c == u'\\') {
            while (m_at < m_script.size() && isPartOfWord(token.start))
                ++m_at;
            m_at = std::max(m_at, token.start + 1);
            token.kind = c.isDigit() ? ScriptToken::Literal : ScriptToken::Word;
        } else if (c == u'"' || c == u'\'') {
            skipTo(c);
            token.kind = ScriptToken::Literal;
        } else if (c == u'`') {
            skipTemplate();
            token.kind = ScriptToken::Template;
        } else if (c == u'/' && !afterOperand) {
            skipRegularExpression();
            token.kind = ScriptToken::Literal;
        } else {
            const QStringView rest = QStringView(m_script).mid(m_at);
            const bool isLong = rest.startsWith("++"_L1) || rest.startsWith("--"_L1)
                || rest.startsWith("=>"_L1) || rest.startsWith("?."_L1);
            m_at += isLong ? 2 : 1;
            token.kind = ScriptToken::Sign;
        }
        token.text = QStringView(m_script).sliced(token.start, m_at - token.start);
        return token;
    }

    void goBackTo(const ScriptToken &token) { m_at = token.start; }
    qsizetype place() const { return m_at; }

private:
    bool isPartOfWord(qsizetype start) const
    {
        const QChar c = m_script[m_at];
        return startsName(c) || c.isDigit() || c == u'\\' || c.isMark()
            || (c == u'.' && m_script[start].isDigit());
    }

    /// True if there was the end of a line.
    bool skipBlanks()
    {
        bool newline = m_at == 0;
        while (m_at < m_script.size()) {
            const QChar c = m_script[m_at];
            const QStringView rest = QStringView(m_script).mid(m_at, 2);
            if (c.isSpace()) {
                newline = newline || c == u'\n' || c == u'\r';
                ++m_at;
            } else if (rest == "//"_L1) {
                while (m_at < m_script.size() && m_script[m_at] != u'\n')
                    ++m_at;
            } else if (rest == "/*"_L1) {
                const qsizetype end = m_script.indexOf("*/"_L1, m_at + 2);
                const qsizetype after = end < 0 ? m_script.size() : end + 2;
                newline =
                    newline || QStringView(m_script).sliced(m_at, after - m_at).contains(u'\n');
                m_at = after;
            } else {
                break;
            }
        }
        return newline;
    }

    void skipTo(QChar end)
    {
        for (++m_at; m_at < m_script.size() && m_script[m_at] != end; ++m_at)
            m_at += m_script[m_at] == u'\\';
        m_at = std::min(m_at + 1, m_script.size());
    }

    void skipRegularExpression()
    {
        bool inClass = false;
        for (++m_at; m_at < m_script.size() && m_script[m_at] != u'\n'; ++m_at) {
            const QChar c = m_script[m_at];
            if (c == u'\\')
                ++m_at;
            else if (c == u'[' || c == u']')
                inClass = c == u'[';
            else if (c == u'/' && !inClass)
                break;
        }
        m_at = std::min(m_at + 1, m_script.size());
        while (m_at < m_script.size() && m_script[m_at].isLetter())
            ++m_at;
    }

    /// With what is in it; a template in a template is taken for its end, which is a script that
    /// cannot be read afterwards, or the same.
    void skipTemplate() { skipTo(u'`'); }

    const QString &m_script;
    qsizetype m_at = 0;
};

/// Finds the statements that are expressions.
class StatementScanner
{
public:
    explicit StatementScanner(const QString &script)
        : m_tokens(script)
    {
    }

    /// Where each begins and ends, in order.
    std::vector<std::pair<qsizetype, qsizetype>> expressions()
    {
        for (ScriptToken token = m_tokens.next(false); token.kind != ScriptToken::End;
             token = m_tokens.next(false))
            statement(token);
        return std::move(m_found);
    }
    /// Whether a bracket was not closed: then it is not known what is a statement.
    [[nodiscard]] bool isCut() const { return m_isCut; }

private:
    void statement(const ScriptToken &token)
    {
        if (token.kind == ScriptToken::Sign && isOneOf(token.text, {";"_L1, "{"_L1, "}"_L1}))
            return;
        if (token.kind == ScriptToken::Word && isKeywordStatement(token.text))
            return;
        m_tokens.goBackTo(token);
        const qsizetype end = skipExpression();
        if (end > token.start)
            m_found.emplace_back(token.start, end);
        else
            (void)m_tokens.next(false); // A closing bracket that nothing opened.
    }

    /// Skips the part of a statement that is not an expression: up to the statement inside it, or
    /// to its end.
    bool isKeywordStatement(QStringView word)
    {
        if (isOneOf(word, {"else"_L1, "do"_L1, "try"_L1, "finally"_L1}))
            return true;
        if (isOneOf(word, {"if"_L1, "while"_L1, "for"_L1, "with"_L1, "switch"_L1, "catch"_L1})) {
            const ScriptToken open = m_tokens.next(false);
            if (open.text == "("_L1)
                skipBrackets();
            else
                m_tokens.goBackTo(open);
            return true;
        }
        if (isOneOf(word, {"function"_L1, "class"_L1})) {
            skipBody();
            return true;
        }
        if (isOneOf(word, {"case"_L1, "default"_L1})) {
            skipLabel();
            return true;
        }
        if (isOneOf(word, {"break"_L1, "continue"_L1, "debugger"_L1})) {
            skipExpression(true); // Ends with its line.
            return true;
        }
        if (isOneOf(word,
                    {"var"_L1, "let"_L1, "const"_L1, "return"_L1, "throw"_L1, "import"_L1,
                     "export"_L1})) {
            skipExpression();
            return true;
        }
        const ScriptToken after = m_tokens.next(true);
        if (after.text == ":"_L1)
            return true; // A label.
        m_tokens.goBackTo(after);
        return false;
    }

    /// To the end of the statement; gives the place after its last token.
    qsizetype skipExpression(bool isOperand = false)
    {
        bool isMember = false; // After a dot, where each word is a name.
        qsizetype end = m_tokens.place();
        for (;;) {
            const ScriptToken token = m_tokens.next(isOperand);
            if (token.kind == ScriptToken::End || endsStatement(token, isOperand)) {
                m_tokens.goBackTo(token);
                return end;
            }
            const bool wasMember = std::exchange(isMember, false);
            if (token.kind != ScriptToken::Sign) {
                isOperand =
                    token.kind != ScriptToken::Word || wasMember || !isWordOperator(token.text);
                if (!wasMember && isOneOf(token.text, {"function"_L1, "class"_L1}))
                    skipBody();
            } else if (isOneOf(token.text, {"("_L1, "["_L1, "{"_L1})) {
                skipBrackets();
                isOperand = true;
            } else {
                isMember = isOneOf(token.text, {"."_L1, "?."_L1});
                isOperand = isOperand && isOneOf(token.text, {"++"_L1, "--"_L1});
            }
            end = m_tokens.place();
        }
    }

    /// After an operand, a new line that cannot go on with it is the end.
    static bool endsStatement(const ScriptToken &token, bool afterOperand)
    {
        if (token.kind == ScriptToken::Sign
            && isOneOf(token.text, {";"_L1, "}"_L1, ")"_L1, "]"_L1}))
            return true;
        if (!afterOperand || !token.afterNewline)
            return false;
        if (token.kind == ScriptToken::Sign)
            return isOneOf(token.text, {"{"_L1, "++"_L1, "--"_L1});
        if (token.kind == ScriptToken::Template)
            return false;
        return !isOneOf(token.text, {"in"_L1, "instanceof"_L1, "of"_L1});
    }

    /// From after an opening bracket to after the closing one.
    void skipBrackets()
    {
        bool isOperand = false;
        bool isMember = false;
        for (int depth = 1; depth > 0;) {
            const ScriptToken token = m_tokens.next(isOperand);
            if (token.kind == ScriptToken::End) {
                m_isCut = true;
                return;
            }
            const bool wasMember = std::exchange(isMember, false);
            if (token.kind != ScriptToken::Sign) {
                isOperand =
                    token.kind != ScriptToken::Word || wasMember || !isWordOperator(token.text);
                continue;
            }
            isMember = isOneOf(token.text, {"."_L1, "?."_L1});
            isOperand = isOneOf(token.text, {")"_L1, "]"_L1})
                || (isOperand && isOneOf(token.text, {"++"_L1, "--"_L1}));
            depth += isOneOf(token.text, {"("_L1, "["_L1, "{"_L1});
            depth -= isOneOf(token.text, {")"_L1, "]"_L1, "}"_L1});
        }
    }

    /// Of a function or a class, from after that word.
    void skipBody()
    {
        for (;;) {
            const ScriptToken token = m_tokens.next(true);
            if (token.kind == ScriptToken::End)
                return;
            if (token.kind != ScriptToken::Sign || !isOneOf(token.text, {"("_L1, "{"_L1}))
                continue;
            skipBrackets();
            if (token.text == "{"_L1)
                return;
        }
    }

    /// After the colon of a case.
    void skipLabel()
    {
        int choices = 0;
        bool isOperand = false;
        for (;;) {
            const ScriptToken token = m_tokens.next(isOperand);
            if (token.kind == ScriptToken::End)
                return;
            isOperand = token.kind != ScriptToken::Sign;
            if (isOneOf(token.text, {"("_L1, "["_L1, "{"_L1})) {
                skipBrackets();
                isOperand = true;
            }
            choices += token.text == "?"_L1;
            if (token.text == ":"_L1 && choices-- == 0)
                return;
        }
    }

    ScriptTokens m_tokens;
    std::vector<std::pair<qsizetype, qsizetype>> m_found;
    bool m_isCut = false;
};

} // namespace

QString withStatementValues(const QString &script, const QString &target)
{
    QString result;
    qsizetype done = 0;
    StatementScanner scanner(script);
    const auto expressions = scanner.expressions();
    if (scanner.isCut())
        return {};
    for (const auto &[start, end] : expressions) {
        result.append(QStringView(script).sliced(done, start - done));
        result.append(target + "=("_L1);
        result.append(QStringView(script).sliced(start, end - start));
        result.append(u')');
        done = end;
    }
    result.append(QStringView(script).sliced(done));
    return result;
}

} // namespace hubkeeper
