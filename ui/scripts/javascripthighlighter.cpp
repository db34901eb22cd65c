// SPDX-License-Identifier: MIT
#include "scripts/javascripthighlighter.h"

#include <QPalette>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// A hue at the lightness the background needs: at least 4.5:1 against it.
QColor toned(int hue, const QPalette &palette)
{
    const bool dark = palette.color(QPalette::Base).lightness() < 128;
    return QColor::fromHsl(hue, dark ? 150 : 200, dark ? 185 : 75);
}

/// Comments and texts, closed or open to the end of the line, before words and numbers.
const QRegularExpression &token()
{
    static const QRegularExpression all(
        uR"re((//.*|/\*.*?(?:\*/|$))|("(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|`(?:[^`\\]|\\.)*`?))re"
        uR"re(|\b(\d[\w.]*)|\b(connector|console)\b)re"
        uR"re(|\b(async|await|break|case|catch|class|const|continue|default|delete|do|else|extends)re"
        uR"re(|false|finally|for|function|if|in|instanceof|let|new|null|of|return|static|super)re"
        uR"re(|switch|this|throw|true|try|typeof|undefined|var|void|while|yield)\b)re"_s);
    return all;
}

} // namespace

JavaScriptHighlighter::JavaScriptHighlighter(QTextDocument *document, const QPalette &palette)
    : QSyntaxHighlighter(document)
{
    setPalette(palette);
}

void JavaScriptHighlighter::setPalette(const QPalette &palette)
{
    m_keyword.setForeground(toned(210, palette));
    m_keyword.setFontWeight(QFont::DemiBold);
    m_text.setForeground(toned(110, palette));
    m_number.setForeground(toned(25, palette));
    m_comment.setForeground(palette.color(QPalette::PlaceholderText));
    m_comment.setFontItalic(true);
    m_host.setForeground(toned(290, palette));
    rehighlight();
}

/// Colours the rest of a comment or template text that began on a line before; where it ends.
qsizetype JavaScriptHighlighter::endOpen(const QString &text)
{
    const int before = previousBlockState();
    if (before != Comment && before != Template)
        return 0;
    const QString closing = before == Comment ? u"*/"_s : u"`"_s;
    const qsizetype found = text.indexOf(closing);
    const qsizetype end = found < 0 ? text.size() : found + closing.size();
    setFormat(0, int(end), before == Comment ? m_comment : m_text);
    setCurrentBlockState(found < 0 ? before : Code);
    return end;
}

void JavaScriptHighlighter::highlightBlock(const QString &text)
{
    setCurrentBlockState(Code);
    auto matches = token().globalMatch(text, endOpen(text));
    const QTextCharFormat *const formats[] = {&m_comment, &m_text, &m_number, &m_host, &m_keyword};
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        const int group = match.lastCapturedIndex();
        setFormat(int(match.capturedStart()), int(match.capturedLength()), *formats[group - 1]);
        const QString shown = match.captured();
        if (shown.startsWith("/*"_L1) && (shown.size() < 4 || !shown.endsWith("*/"_L1)))
            setCurrentBlockState(Comment);
        else if (shown.startsWith(u'`') && (shown.size() < 2 || !shown.endsWith(u'`')))
            setCurrentBlockState(Template);
    }
}

} // namespace hubkeeper
