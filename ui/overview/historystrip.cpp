// SPDX-License-Identifier: MIT
#include "overview/historystrip.h"

#include "session/connections/testhistory.h"
#include "widgets/icons.h"
#include "widgets/showntime.h"
#include "widgets/teststepview.h"

#include <QBoxLayout>
#include <QEvent>
#include <QLabel>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QString stateIconName(TestStep::State state)
{
    return state == TestStep::Failed ? u"dialog-error"_s
        : state == TestStep::Warned  ? u"dialog-warning"_s
                                     : u"dialog-ok"_s;
}

} // namespace

HistoryStrip::HistoryStrip(QWidget *parent)
    : QWidget(parent)
    , m_sentence(new QLabel(this))
    , m_marks(new QHBoxLayout)
{
    setObjectName(u"historyStrip"_s);
    m_sentence->setTextFormat(Qt::PlainText);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    m_marks->setSpacing(1);
    row->addLayout(m_marks);
    row->addSpacing(fontMetrics().averageCharWidth());
    row->addWidget(m_sentence, 1);
    hide();
}

void HistoryStrip::setTests(const QList<PastTest> &tests)
{
    m_tests = tests.last(std::min(mostMarks, tests.size()));
    setVisible(!m_tests.isEmpty());
    const auto failed = std::count_if(m_tests.begin(), m_tests.end(), [](const PastTest &test) {
        return test.state == TestStep::Failed;
    });
    const auto last = std::find_if(m_tests.rbegin(), m_tests.rend(), [](const PastTest &test) {
        return test.state == TestStep::Failed;
    });
    QString sentence = tr("Last %Ln test(s), oldest first", nullptr, int(m_tests.size()));
    if (failed > 0) {
        //: Goes on from "Last 12 tests, oldest first"; %1 is a date with time.
        sentence += tr(": %Ln failed, last on %1", nullptr, int(failed)).arg(shownTime(last->at));
    }
    m_sentence->setText(sentence);
    setAccessibleName(sentence);
    drawMarks();
}

void HistoryStrip::drawMarks()
{
    while (QLayoutItem *item = m_marks->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const int size = fontMetrics().height();
    for (const PastTest &test : std::as_const(m_tests)) {
        auto *mark = new QLabel(this);
        mark->setPixmap(
            icon(stateIconName(test.state)).pixmap(QSize(size, size), devicePixelRatioF()));
        //: State of a test, and when it was: "passed, 24.11.26 10:00".
        QString tip = tr("%1, %2").arg(textOf(test.state), shownTime(test.at));
        mark->setAccessibleName(tip);
        if (!test.sentence.isEmpty())
            tip += u'\n' + withShownTimes(test.sentence);
        mark->setToolTip(tip);
        m_marks->addWidget(mark);
    }
}

void HistoryStrip::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::ApplicationPaletteChange)
        drawMarks();
}

} // namespace hubkeeper
