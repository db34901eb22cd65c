// SPDX-License-Identifier: MIT
#pragma once

#include <QSyntaxHighlighter>

namespace hubkeeper {

/// Colours JSON by the palette: keys, texts, numbers and words, comments, substitutions.
class JsonHighlighter final : public QSyntaxHighlighter
{
    Q_OBJECT

public:
    /// `palette` decides between the light and the dark set of colours.
    JsonHighlighter(QTextDocument *document, const QPalette &palette);

    void setPalette(const QPalette &palette);

protected:
    void highlightBlock(const QString &text) override;

private:
    QTextCharFormat m_key;
    QTextCharFormat m_text;
    QTextCharFormat m_word;
    QTextCharFormat m_comment;
    QTextCharFormat m_substitution;
};

} // namespace hubkeeper
