// SPDX-License-Identifier: MIT
#include "editor/jsonhighlighter.h"

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

} // namespace

JsonHighlighter::JsonHighlighter(QTextDocument *document, const QPalette &palette)
    : QSyntaxHighlighter(document)
{
    setPalette(palette);
}

void JsonHighlighter::setPalette(const QPalette &palette)
{
    m_key.setForeground(toned(210, palette));
    m_text.setForeground(toned(110, palette));
    m_word.setForeground(toned(25, palette));
    m_comment.setForeground(palette.color(QPalette::PlaceholderText));
    m_comment.setFontItalic(true);
    m_substitution.setForeground(toned(290, palette));
    m_substitution.setFontWeight(QFont::Bold);
    rehighlight();
}

void JsonHighlighter::highlightBlock(const QString &text)
{
    static const QRegularExpression token(
        uR"re(("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d[\d.eE+-]*|\btrue\b|\bfalse\b|\bnull\b)|(//.*))re"_s);
    static const QRegularExpression substitution(uR"re(&\{[^}]*\})re"_s);
    auto matches = token.globalMatch(text);
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        const auto colour = [&](int group, const QTextCharFormat &format) {
            if (match.capturedLength(group) > 0) {
                setFormat(int(match.capturedStart(group)), int(match.capturedLength(group)),
                          format);
            }
        };
        colour(1, match.capturedLength(2) > 0 ? m_key : m_text);
        colour(3, m_word);
        colour(4, m_comment);
    }
    auto substitutions = substitution.globalMatch(text);
    while (substitutions.hasNext()) {
        const QRegularExpressionMatch match = substitutions.next();
        setFormat(int(match.capturedStart()), int(match.capturedLength()), m_substitution);
    }
}

} // namespace hubkeeper
