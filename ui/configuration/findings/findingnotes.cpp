// SPDX-License-Identifier: MIT
#include "configuration/findings/findingnotes.h"

#include "widgets/icons.h"
#include "widgets/notelabel.h"
#include "widgets/showntime.h"
#include "widgets/sizes.h"
#include "widgets/tones.h"

#include <QBoxLayout>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QStyle>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

bool looksTheSame(const Finding &a, const Finding &b)
{
    const bool bothFixes = a.fix.has_value() == b.fix.has_value()
        && (!a.fix || (a.fix->title == b.fix->title && a.fix->edits == b.fix->edits));
    return a.ruleId == b.ruleId && a.message == b.message && a.severity == b.severity && bothFixes;
}

QColor toneOf(Severity severity, const QPalette &palette)
{
    const Tones tones = tonesOf(palette);
    switch (severity) {
    case Severity::Error:
        return tones.bad;
    case Severity::Warning:
        return tones.warning;
    case Severity::Info:
        return tones.accent;
    }
    Q_UNREACHABLE();
}

} // namespace

QIcon iconOf(Severity severity)
{
    switch (severity) {
    case Severity::Error:
        return icon(u"dialog-error"_s);
    case Severity::Warning:
        return icon(u"dialog-warning"_s);
    case Severity::Info:
        return icon(u"dialog-information"_s);
    }
    Q_UNREACHABLE();
}

QString wordFor(Severity severity)
{
    switch (severity) {
    case Severity::Error:
        return FindingNotes::tr("Error");
    case Severity::Warning:
        return FindingNotes::tr("Warning");
    case Severity::Info:
        return FindingNotes::tr("Information");
    }
    Q_UNREACHABLE();
}

FindingNotes::FindingNotes(QWidget *parent)
    : QWidget(parent)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    hide();
}

void FindingNotes::setFindings(const QList<Finding> &findings)
{
    const bool same = std::equal(findings.begin(), findings.end(), m_findings.begin(),
                                 m_findings.end(), looksTheSame);
    m_findings = findings;
    if (!same)
        build();
}

void FindingNotes::build()
{
    delete m_rows;
    m_rows = new QWidget(this);
    m_grid = new QGridLayout(m_rows);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setColumnStretch(1, 1);
    for (const Finding &finding :
         m_findings.first(std::min<qsizetype>(m_findings.size(), mostShown)))
        addRow(finding);
    if (const int more = int(m_findings.size()) - mostShown; more > 0)
        m_grid->addWidget(new QLabel(tr("%Ln more, see Problems", nullptr, more), m_rows),
                          m_grid->rowCount(), 1);
    layout()->addWidget(m_rows);
    setVisible(!m_findings.isEmpty());
}

void FindingNotes::addRow(const Finding &finding)
{
    const int row = m_grid->rowCount();
    const int size = style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, this);
    auto *symbol = new QLabel(m_rows);
    symbol->setPixmap(iconOf(finding.severity).pixmap(QSize(size, size), devicePixelRatioF()));
    symbol->setAccessibleName(wordFor(finding.severity));
    const QString message = withShownTimes(finding.message);
    auto *text = new QLabel(withShortWords(message), m_rows);
    text->setTextFormat(Qt::PlainText);
    text->setWordWrap(true);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    text->setToolTip(
        u"%1\n%2\n%3 (%4)"_s.arg(message, finding.effect, finding.remedy, finding.ruleId));
    QPalette colours = text->palette();
    colours.setColor(QPalette::WindowText, toneOf(finding.severity, palette()));
    text->setPalette(colours);
    m_grid->addWidget(symbol, row, 0, Qt::AlignTop);
    text->setAccessibleName(message);
    text->setAccessibleDescription(finding.effect + u' ' + finding.remedy);
    m_grid->addWidget(text, row, 1);
    if (!finding.fix) { // Else its button says what helps.
        m_grid->addWidget(new NoteLabel(m_rows, withShortWords(finding.remedy)), row + 1, 1);
        return;
    }
    auto *fix = new QToolButton(m_rows);
    fix->setText(finding.fix->title);
    fix->setFocusPolicy(Qt::StrongFocus);
    //: %1 is what the fix does, %2 what is wrong.
    fix->setAccessibleName(tr("%1: %2").arg(finding.fix->title, message));
    m_grid->addWidget(fix, row, 2, Qt::AlignTop);
    // The row that holds the button is deleted by what the fix leads to.
    connect(
        fix, &QToolButton::clicked, this, [this, finding] { emit fixWanted(finding); },
        Qt::QueuedConnection);
}

void FindingNotes::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_rows)
        build();
}

} // namespace hubkeeper
