// SPDX-License-Identifier: MIT
#include "records/conditions/crestfield.h"

#include "filter/crestparser.h"
#include "widgets/tones.h"

#include <QAbstractTextDocumentLayout>
#include <QBoxLayout>
#include <QEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QSyntaxHighlighter>
#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace hubkeeper {

/// Colours words of CREST and texts; underlines the place of a fault.
class CrestHighlighter final : public QSyntaxHighlighter
{
public:
    explicit CrestHighlighter(QPlainTextEdit &edit)
        : QSyntaxHighlighter(edit.document())
        , m_edit(edit)
    {
    }

    void setFault(qsizetype place)
    {
        m_fault = place;
        rehighlight();
    }

protected:
    void highlightBlock(const QString &text) override
    {
        const Tones tones = tonesOf(m_edit.palette());
        QTextCharFormat word;
        word.setForeground(tones.accent);
        word.setFontWeight(QFont::DemiBold);
        QTextCharFormat literal;
        literal.setForeground(tones.good);
        static const QRegularExpression token(
            uR"re(("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(\b(?:and|or|eq|co|sw|ew|word|lt|le|gt|ge|pr|true|false)\b|!))re"_s,
            QRegularExpression::CaseInsensitiveOption);
        auto matches = token.globalMatch(text);
        while (matches.hasNext()) {
            const auto match = matches.next();
            const bool isLiteral = match.capturedLength(1) > 0;
            setFormat(int(match.capturedStart()), int(match.capturedLength()),
                      isLiteral ? literal : word);
        }
        const qsizetype at = m_fault - currentBlock().position();
        if (m_fault < 0 || at < 0 || at > text.size())
            return;
        QTextCharFormat fault;
        fault.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        fault.setUnderlineColor(tones.bad);
        const qsizetype from = std::min(at, std::max<qsizetype>(0, text.size() - 1));
        setFormat(int(from), int(std::max<qsizetype>(1, text.indexOf(u' ', from) - from)), fault);
    }

private:
    QPlainTextEdit &m_edit;
    qsizetype m_fault = -1;
};

CrestField::CrestField(QWidget *parent)
    : QWidget(parent)
    , m_edit(new QPlainTextEdit(this))
    , m_highlighter(new CrestHighlighter(*m_edit))
    , m_said(new QLabel(this))
    , m_pause(new QTimer(this))
{
    m_edit->setObjectName(u"crestText"_s);
    m_edit->setAccessibleName(tr("Conditions as CREST"));
    m_edit->setPlaceholderText(u"lifecyclestage eq \"lead\" and createdate ge \"{30 days ago}\""_s);
    m_edit->setTabChangesFocus(true);
    m_said->setObjectName(u"crestSaid"_s);
    m_said->setWordWrap(true);
    m_said->setTextFormat(Qt::PlainText);
    m_said->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_said->hide();
    m_pause->setSingleShot(true);
    m_pause->setInterval(300ms);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_edit);
    layout->addWidget(m_said);
    fit();
    connect(m_edit->document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged,
            this, &CrestField::fit);
    m_edit->installEventFilter(this);
    setFocusProxy(m_edit);
    connect(m_edit, &QPlainTextEdit::textChanged, this, [this] {
        if (m_edit->toPlainText() != m_known) // Colours are no change.
            m_pause->start();
    });
    connect(m_pause, &QTimer::timeout, this, [this] {
        check();
        emit edited();
    });
}

void CrestField::setText(const QString &text)
{
    if (text == m_edit->toPlainText())
        return;
    {
        const QSignalBlocker quiet(m_edit);
        m_edit->setPlainText(text);
    }
    m_pause->stop();
    check();
}

QString CrestField::text() const
{
    return m_edit->toPlainText().simplified();
}

void CrestField::check()
{
    qsizetype place = -1;
    m_known = m_edit->toPlainText();
    const QString whole = QString(m_known).replace(u'\n', u' ').replace(u'\t', u' ');
    const auto read = parseCrestFilter(whole.trimmed().isEmpty() ? u"true"_s : whole, &place);
    m_fault = read ? QString()
                   : tr("This is not CREST from character %1 on. %2")
                         .arg(place + 1)
                         .arg(tr("An example is: %1").arg(u"email sw \"a\" and ! (phone pr)"_s));
    m_highlighter->setFault(read ? -1 : place);
    say();
}

/// As high as the text needs, from two lines to four.
void CrestField::fit()
{
    const int lines = std::clamp(int(m_edit->document()->size().height()), 2, 4);
    m_edit->setFixedHeight(m_edit->fontMetrics().lineSpacing() * lines
                           + m_edit->fontMetrics().height() * 2 / 3);
}

void CrestField::setResolved(const QString &text)
{
    m_resolved = text;
    say();
}

void CrestField::say()
{
    QStringList lines {m_fault};
    if (m_fault.isEmpty() && !m_resolved.isEmpty())
        lines.append(tr("Today: %1").arg(m_resolved));
    lines.removeAll(QString());
    m_said->setText(lines.join(u'\n'));
    m_said->setVisible(!lines.isEmpty());
}

/// Enter searches; a condition is one line, however it is wrapped.
bool CrestField::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            if (m_pause->isActive()) {
                m_pause->stop();
                check();
                emit edited();
            }
            emit searchRequested();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void CrestField::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        m_highlighter->rehighlight();
}

} // namespace hubkeeper
