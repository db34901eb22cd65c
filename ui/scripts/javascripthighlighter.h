// SPDX-License-Identifier: MIT
#pragma once

#include <QSyntaxHighlighter>

namespace hubkeeper {

/// Colours JavaScript by the palette: keywords, texts, numbers, comments, and what the connector
/// gives a script.
class JavaScriptHighlighter final : public QSyntaxHighlighter
{
    Q_OBJECT

public:
    /// `palette` decides between the light and the dark set of colours.
    JavaScriptHighlighter(QTextDocument *document, const QPalette &palette);

    void setPalette(const QPalette &palette);

protected:
    void highlightBlock(const QString &text) override;

private:
    /// What a line begins inside of.
    enum State { Code = 0, Comment = 1, Template = 2 };

    [[nodiscard]] qsizetype endOpen(const QString &text);

    QTextCharFormat m_keyword;
    QTextCharFormat m_text;
    QTextCharFormat m_number;
    QTextCharFormat m_comment;
    QTextCharFormat m_host;
};

} // namespace hubkeeper
