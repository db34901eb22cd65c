// SPDX-License-Identifier: MIT
#include "provisioner/confidential/secretscan.h"

#include "provisioner/confidential/publicwords.h"
#include "provisioner/confidential/secretvalue.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr auto option = QRegularExpression::CaseInsensitiveOption;

// Blanks and comments between two tokens, over lines and within one.
constexpr auto gap = R"re((?:\s|//[^\n]*\n|/\*(?:[^*]|\*(?!/))*\*/)*+)re"_L1;
constexpr auto inLine = R"re((?:[ \t]|/\*[^"\r\n]*?\*/)*+)re"_L1;

/// The names of secrets, see isConfidential(); a stray character may have got between the letters.
QString namePart()
{
    QStringList words;
    for (const QLatin1StringView word :
         {"secret"_L1, "token"_L1, "password"_L1, "passphrase"_L1, "apikey"_L1, "privatekey"_L1}) {
        QStringList letters;
        for (const QChar letter : QString(word))
            letters.append(letter);
        words.append(letters.join(uR"re([\s\S]?)re"_s));
    }
    return uR"re((?:%1)[\w$.-]*)re"_s.arg(words.join(u'|'));
}

/// A name with what is before a value of it.
QRegularExpression assignedPattern()
{
    // Secrets may stand in a list, in {"$string": }, or after a stray brace that no key follows.
    const QString inside =
        uR"re((?:\[%1|\{%1["'`]\$(?!crypt)\w+["'`]?%1[:=]%1|\{%1(?=%2%1(?![:=])))*)re"_s.arg(
            gap, uR"re(["'`](?:[^"'`\\\r\n]|\\.)*+["'`])re"_s);
    // With a stray character at most in each place.
    const QString pattern = uR"re(%1[\s\S]?["'`]?[\s\S]?%2[:=]%2[,;:=/\\)}\]]?%2%3)re"_s;
    return QRegularExpression(pattern.arg(namePart(), gap, inside), option);
}

/// Without a colon: before a text in quotes, or alone at the begin of a line or an object.
QRegularExpression besidePattern()
{
    const QString beforeText = uR"re(%1["'`]%2(?=["'`]))re"_s.arg(namePart(), gap);
    const QString atBegin =
        uR"re((?:^|[{,])[ \t]*+["'`]?[\w$.-]*%1["'`]?[ \t]+(?![:=,}\]\s]))re"_s.arg(namePart());
    return QRegularExpression(beforeText + u'|' + atBegin,
                              option | QRegularExpression::MultilineOption);
}

/// The bytes that only the right key store can read (see isConfidential()).
QRegularExpression cipherPattern()
{
    return QRegularExpression(
        uR"re(["'`](?:data|iv|salt|mac)["'`]?%1[:=]?%1(?=["'`]))re"_s.arg(gap));
}

/// What may follow a value up to the end of the line: brackets, a comma, then a quote or the
/// end. A quote that was inside a secret is followed by more of it, or a backslash.
QRegularExpression endPattern(QLatin1StringView quotes)
{
    return QRegularExpression(
        uR"re(\G%1(?:[}\]][}\] \t]*+)?+(?:[,;]%1)*+(?=[%2}\]]|//[^"\r\n]*(?:[\r\n]|\z)|[\r\n]|\z))re"_s
            .arg(inLine, quotes));
}

// HubSpot's tokens (hubspot-api 2.1), and what an HTTP header holds.
QRegularExpression tokenPattern()
{
    return QRegularExpression(uR"re(\bpat-[a-z0-9]+-[0-9a-f-]{8,}|\bBearer\s+[^\s"',]+)re"_s,
                              option);
}

/// A text read as Latin-1, so that places are bytes.
class Scan
{
public:
    explicit Scan(const QByteArray &bytes)
        : m_text(QString::fromLatin1(bytes))
    {
    }

    QList<Span> run()
    {
        static const QRegularExpression assigned = assignedPattern();
        static const QRegularExpression beside = besidePattern();
        static const QRegularExpression ciphers = cipherPattern();
        static const QRegularExpression tokens = tokenPattern();
        addValuesBehind(assigned, true);
        addValuesBehind(beside, false);
        if (m_text.contains("$crypt"_L1))
            addValuesBehind(ciphers, false);
        for (auto matches = tokens.globalMatch(m_text); matches.hasNext();) {
            const QRegularExpressionMatch match = matches.next();
            add({match.capturedStart(), match.capturedEnd()});
        }
        std::sort(m_spans.begin(), m_spans.end(),
                  [](const Span &a, const Span &b) { return a.begin < b.begin; });
        return joined();
    }

private:
    /// Without a colon before it, what a colon follows is a key.
    void addValuesBehind(const QRegularExpression &head, bool isAssigned)
    {
        qsizetype from = 0;
        for (;;) {
            // Each search would check the whole text; Latin-1 is always valid.
            const QRegularExpressionMatch match =
                head.match(m_text, from, QRegularExpression::NormalMatch,
                           QRegularExpression::DontCheckSubjectStringMatchOption);
            if (!match.hasMatch())
                return;
            const qsizetype begin = match.capturedEnd();
            from = std::max(begin, match.capturedStart() + 1);
            if (!isAssigned && isKey(begin))
                continue;
            const qsizetype end = valueEnd(begin);
            add({begin, end});
            from = std::max(end, from);
            addStrays(end > begin ? end : behindHarmless(begin));
        }
    }

    /// Behind an empty text, a substitution or a word that is not a secret.
    [[nodiscard]] qsizetype behindHarmless(qsizetype begin) const
    {
        if (isLineEnd(begin))
            return begin;
        if (const qsizetype end = behindQuote(begin + 1, m_text[begin]);
            end >= 0 && u"\"'`"_s.contains(m_text[begin]))
            return end;
        qsizetype end = begin;
        while (!isLineEnd(end) && m_text[end].isLetter())
            ++end;
        return end;
    }

    /// Where a quote was lost or doubled, what follows a value on its line may be more of it: all
    /// up to a key, or to a word that every provisioner has.
    void addStrays(qsizetype at)
    {
        static const QString between = u" \t,;:={}[]\"'`"_s;
        while (!isLineEnd(at)) {
            const qsizetype before = at;
            while (!isLineEnd(at) && between.contains(m_text[at])) {
                const QChar c = m_text[at];
                const bool isQuote = c == u'"' || c == u'\'' || c == u'`';
                const bool isDouble = (at + 1 < m_text.size() && m_text[at + 1] == c)
                    || (at > before && m_text[at - 1] == c);
                if (isQuote && !isDouble && isKey(at))
                    return;
                ++at;
            }
            const qsizetype begin = at;
            while (!isLineEnd(at) && !between.contains(m_text[at]))
                ++at;
            const QStringView word = QStringView(m_text).mid(begin, at - begin);
            if (word.startsWith("//"_L1) || word.startsWith("/*"_L1) || isPublicWord(word))
                return;
            add({begin, at});
        }
    }

    void add(Span span)
    {
        if (span.size() > 0)
            m_spans.append(span);
    }

    [[nodiscard]] bool isLineEnd(qsizetype at) const
    {
        return at >= m_text.size() || m_text[at] == u'\n' || m_text[at] == u'\r';
    }

    [[nodiscard]] qsizetype lineEnd(qsizetype at) const
    {
        while (!isLineEnd(at))
            ++at;
        return at;
    }

    /// Whether a value can have ended here that has quotes of this kind.
    [[nodiscard]] bool canEnd(qsizetype at, QChar quote = u'"') const
    {
        static const QRegularExpression pattern = endPattern("\""_L1);
        static const QRegularExpression wrong = endPattern("\"'`"_L1);
        return (quote == u'"' ? pattern : wrong).match(m_text, at).hasMatch();
    }

    /// Whether a text in quotes is here and a colon after it.
    [[nodiscard]] bool isKey(qsizetype begin) const
    {
        static const QRegularExpression colon(uR"re(\G%1[:=])re"_s.arg(inLine));
        const qsizetype end = isLineEnd(begin) ? -1 : behindQuote(begin + 1, m_text[begin]);
        return end >= 0 && colon.match(m_text, end).hasMatch();
    }

    /// Behind the next quote that no backslash escapes, or -1 if there is none on the line.
    [[nodiscard]] qsizetype behindQuote(qsizetype at, QChar quote) const
    {
        for (; !isLineEnd(at); ++at) {
            if (m_text[at] == u'\\')
                ++at;
            else if (m_text[at] == quote)
                return at + 1;
        }
        return -1;
    }

    /// `begin` if there is no secret.
    [[nodiscard]] qsizetype valueEnd(qsizetype begin) const
    {
        if (isLineEnd(begin))
            return begin;
        const QChar first = m_text[begin];
        if (first == u'"' || first == u'\'' || first == u'`')
            return quotedEnd(begin, first);
        if (const qsizetype end = wordEnd(begin); end >= 0)
            return end;
        for (qsizetype end = behindQuote(begin, u'"'); end >= 0; end = behindQuote(end, u'"')) {
            if (canEnd(end))
                return end;
        }
        return lineEnd(begin);
    }

    [[nodiscard]] qsizetype quotedEnd(qsizetype begin, QChar quote) const
    {
        const qsizetype end = behindQuote(begin + 1, quote);
        if (end < 0 || !canEnd(end, quote))
            return brokenEnd(begin + 1);
        const QString content = m_text.mid(begin + 1, end - begin - 2);
        return content.isEmpty() || isPlainSubstitution(content) ? begin : end;
    }

    /// The end of the line, or of the next one where the text seems to go on.
    [[nodiscard]] qsizetype brokenEnd(qsizetype begin) const
    {
        static const QRegularExpression more(
            uR"re(\G[ \t]*\r?\n[ \t]*(?!["'`\s]|[}\]][}\],; \t]*(?:["'`\r\n]|\z)))re"_s);
        constexpr int mostLines = 4;
        qsizetype end = lineEnd(begin);
        for (int line = 0; line < mostLines; ++line) {
            const QRegularExpressionMatch match = more.match(m_text, end);
            if (!match.hasMatch())
                break;
            end = lineEnd(match.capturedEnd());
            if (QStringView(m_text)
                    .mid(match.capturedEnd(), end - match.capturedEnd())
                    .contains(u'"'))
                break;
        }
        return end;
    }

    /// The end of a number; `begin` for a word that is not a secret, a bracket as it opens or
    /// closes, or a comma; -1 if it is none of these.
    [[nodiscard]] qsizetype wordEnd(qsizetype begin) const
    {
        static const QRegularExpression word(
            uR"re(\G(?:null|true|false|[{\[](?=%1(?:["'`{}\[\]]|\z))|[}\],]|(-?[0-9.]+)))re"_s.arg(
                gap));
        const QRegularExpressionMatch match = word.match(m_text, begin);
        if (!match.hasMatch())
            return -1;
        const QChar first = m_text[begin];
        if (first == u'{' || first == u'[')
            return begin;
        if (first == u'}' || first == u']' || first == u',')
            return canEnd(begin) ? begin : -1;
        if (!canEnd(match.capturedEnd()))
            return -1;
        return match.capturedLength(1) > 0 ? match.capturedEnd() : begin;
    }

    QList<Span> joined() const
    {
        QList<Span> spans;
        for (const Span &span : m_spans) {
            if (!spans.isEmpty() && span.begin < spans.last().end)
                spans.last().end = std::max(spans.last().end, span.end);
            else
                spans.append(span);
        }
        return spans;
    }

    const QString m_text;
    QList<Span> m_spans;
};

} // namespace

QList<Span> scannedSecrets(const QByteArray &bytes)
{
    return Scan(bytes).run();
}

} // namespace hubkeeper
