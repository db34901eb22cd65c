// SPDX-License-Identifier: MIT
#include "overview/readinessview.h"

#include "widgets/icons.h"
#include "widgets/sizes.h"

#include <QBoxLayout>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

bool isSame(const ReadinessLine &a, const ReadinessLine &b)
{
    return a.state == b.state && a.text == b.text && a.link == b.link && a.place == b.place
        && a.choice == b.choice;
}

QString iconNameOf(ReadinessLine::State state)
{
    switch (state) {
    case ReadinessLine::Done:
        return u"dialog-ok"_s;
    case ReadinessLine::Look:
        return u"dialog-warning"_s;
    case ReadinessLine::Missing:
        return u"step-waiting"_s;
    case ReadinessLine::Bad:
        return u"dialog-error"_s;
    }
    Q_UNREACHABLE();
}

QString wordFor(ReadinessLine::State state)
{
    switch (state) {
    case ReadinessLine::Done:
        return ReadinessView::tr("done");
    case ReadinessLine::Look:
        return ReadinessView::tr("worth a look");
    case ReadinessLine::Missing:
        return ReadinessView::tr("to do");
    case ReadinessLine::Bad:
        return ReadinessView::tr("has to be fixed");
    }
    Q_UNREACHABLE();
}

} // namespace

ReadinessView::ReadinessView(QWidget *parent)
    : QFrame(parent)
    , m_summary(new QLabel(this))
{
    setObjectName(u"readiness"_s);
    setFrameShape(QFrame::StyledPanel);
    QFont bold = m_summary->font();
    bold.setBold(true);
    m_summary->setFont(bold);
    m_summary->setObjectName(u"readinessSummary"_s);
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setWordWrap(true);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_summary);
}

void ReadinessView::setLines(const QList<ReadinessLine> &lines)
{
    if (std::equal(lines.begin(), lines.end(), m_lines.begin(), m_lines.end(), isSame))
        return; // A button that has the focus keeps it.
    m_lines = lines;
    m_summary->setText(summaryOf(lines));
    build();
}

void ReadinessView::build()
{
    if (m_rows) { // One of its buttons may have led here.
        m_rows->hide();
        m_rows->deleteLater();
    }
    m_rows = new QWidget(this);
    m_grid = new QGridLayout(m_rows);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setColumnStretch(1, 1);
    for (const ReadinessLine &line : std::as_const(m_lines))
        addLine(line);
    layout()->addWidget(m_rows);
}

void ReadinessView::addLine(const ReadinessLine &line)
{
    const int row = m_grid->rowCount();
    const int size = fontMetrics().height();
    auto *mark = new QLabel(m_rows);
    mark->setPixmap(icon(iconNameOf(line.state)).pixmap(QSize(size, size), devicePixelRatioF()));
    mark->setAccessibleName(wordFor(line.state));
    mark->setToolTip(wordFor(line.state));
    auto *text = new QLabel(withShortWords(line.text), m_rows);
    text->setTextFormat(Qt::PlainText);
    text->setWordWrap(true);
    m_grid->addWidget(mark, row, 0); // Beside the middle of its text.
    m_grid->addWidget(text, row, 1);
    if (line.link.isEmpty())
        return;
    auto *button = new QPushButton(line.link, m_rows);
    //: %1 is what a button does, %2 why: "Test Connection: The connection was not tested yet."
    button->setAccessibleName(tr("%1: %2").arg(line.link, line.text));
    m_grid->addWidget(button, row, 2, Qt::AlignTop);
    connect(button, &QPushButton::clicked, this, [this, line] {
        if (line.place)
            emit goTo(*line.place);
        else
            emit wants(line.choice);
    });
}

void ReadinessView::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::ApplicationPaletteChange)
        build();
}

} // namespace hubkeeper
