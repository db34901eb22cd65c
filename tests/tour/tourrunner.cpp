// SPDX-License-Identifier: MIT
#include "tourrunner.h"

#include <QTextStream>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace hubkeeper {

void TourRunner::add(const QString &name, Step step)
{
    m_steps.push_back({name, std::move(step)});
}

void TourRunner::start()
{
    next();
}

void TourRunner::next()
{
    if (m_steps.empty()) {
        QTextStream(stdout) << u"Tour finished: %1 steps passed."_s.arg(m_passed) << Qt::endl;
        emit finished(0);
        return;
    }
    const NamedStep step = m_steps.front();
    m_steps.pop_front();
    m_timer.start();
    step.run(this)->onDone(this, [this, name = step.name](const Result<QString> &outcome) {
        if (!outcome) {
            report(u"FAILED"_s, name, outcome.error().sentence());
            emit finished(1);
            return;
        }
        ++m_passed;
        report(u"ok    "_s, name, *outcome);
        next();
    });
}

void TourRunner::report(const QString &mark, const QString &name, const QString &detail)
{
    QTextStream(stdout) << mark << "  " << name.leftJustified(28) << ' '
                        << QString::number(m_timer.elapsed()).rightJustified(6) << " ms  " << detail
                        << Qt::endl;
}

WaitUntil::WaitUntil(std::function<bool()> isThere, std::function<Result<QString>()> describe,
                     std::chrono::milliseconds patience, QObject *parent)
    : Call(parent)
    , m_isThere(std::move(isThere))
    , m_describe(std::move(describe))
    , m_patience(patience)
{
    m_timer.start();
    look();
}

void WaitUntil::look()
{
    if (m_isThere())
        return complete(m_describe());
    if (std::chrono::milliseconds(m_timer.elapsed()) > m_patience)
        return complete(fail(ErrorKind::TimedOut, u"It did not happen in time."_s));
    QTimer::singleShot(20ms, this, [this] { look(); });
}

} // namespace hubkeeper
