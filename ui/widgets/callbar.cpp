// SPDX-License-Identifier: MIT
#include "widgets/callbar.h"

#include "widgets/icons.h"

#include <QBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace hubkeeper {

CallBar::CallBar(QWidget *parent)
    : QWidget(parent)
    , m_label(new QLabel(this))
    , m_progress(new QProgressBar(this))
    , m_cancel(new QPushButton(icon(u"process-stop"_s), tr("Cancel"), this))
{
    m_label->setTextFormat(Qt::PlainText);
    m_progress->setTextVisible(false);
    m_progress->setMaximumHeight(fontMetrics().height());
    m_progress->setAccessibleName(tr("Progress"));
    m_cancel->setObjectName(u"cancel"_s);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_label);
    row->addWidget(m_progress, 1);
    row->addWidget(m_cancel);
    m_patience.setSingleShot(true);
    m_patience.setInterval(250ms);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        show();
        emit textChanged();
    });
    connect(m_cancel, &QPushButton::clicked, this, &CallBar::cancel);
    hide();
}

void CallBar::watch(CallBase *call, const QString &what)
{
    const bool wasBusy = isBusy();
    leave();
    m_call = call;
    m_what = what;
    m_cancel->setEnabled(true);
    //: %1 is the name of some work: "Reading contacts".
    m_cancel->setAccessibleName(tr("Cancel: %1").arg(what));
    showProgress(0, -1);
    m_links = {connect(call, &CallBase::progressed, this, &CallBar::showProgress),
               connect(call, &CallBase::finished, this, &CallBar::forget),
               connect(call, &QObject::destroyed, this, &CallBar::forget)};
    m_patience.start();
    if (!wasBusy)
        emit busyChanged(true);
}

void CallBar::cancel()
{
    m_cancel->setEnabled(false);
    if (m_call)
        m_call->cancel();
}

void CallBar::showProgress(qint64 done, qint64 total)
{
    const QLocale locale;
    QString text = m_what;
    if (total > 0) {
        //: %1 names the work, %2 and %3 are numbers: "Reading contacts: 300 of 2,000".
        text = tr("%1: %2 of %3").arg(m_what, locale.toString(done), locale.toString(total));
    } else if (done > 0) {
        //: %1 names the work, %2 is a number: "Reading contacts: 300".
        text = tr("%1: %2").arg(m_what, locale.toString(done));
    }
    m_label->setText(text);
    emit textChanged();
    // QProgressBar counts in int; a share of 1000 serves every total.
    m_progress->setRange(0, total > 0 ? 1000 : 0);
    m_progress->setValue(total > 0 ? int(done * 1000 / total) : 0);
}

QString CallBar::text() const
{
    return isHidden() ? QString() : m_label->text();
}

/// A finished call lives on until the event loop deletes it: that must not end what comes after.
void CallBar::leave()
{
    for (const QMetaObject::Connection &link : m_links)
        disconnect(link);
    m_links.clear();
    m_call.clear();
}

void CallBar::forget()
{
    leave();
    m_patience.stop();
    hide();
    emit busyChanged(false);
    emit textChanged();
}

} // namespace hubkeeper
