// SPDX-License-Identifier: MIT
#include "records/readingnotice.h"

#include "records/recordsquery.h"
#include "widgets/messagebar.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QList<MessageBar::Button> readAgain()
{
    return {{Choice::Retry, ReadingNotice::tr("&Try Again")}};
}

} // namespace

ReadingNotice::ReadingNotice(MessageBar &bar)
    : m_bar(bar)
{
}

void ReadingNotice::showOutcome(const RecordsQuery &query)
{
    const Result<BrowseSummary> &summary = query.outcome();
    if (summary && summary->complete)
        return;
    if (summary)
        return m_bar.showMessage(
            MessageBar::Warning, tr("HubSpot stops this search at 10,000 hits."),
            tr("%L1 records match. Narrow the search to see the others.").arg(summary->total));
    const bool isStopped = summary.error().kind == ErrorKind::Cancelled;
    if (query.keepsOld() && isStopped)
        return m_bar.showMessage(MessageBar::Information, tr("Reading was stopped."),
                                 tr("The grid shows what was read before."), readAgain());
    if (query.keepsOld())
        return showFailure(summary.error());
    QList<MessageBar::Button> goOn;
    if (query.canReadOn() && query.set()->rowCount() > 0)
        goOn.append({Choice::ReadOn, tr("Read &On")});
    if (isStopped)
        m_bar.showMessage(MessageBar::Information, tr("Reading was stopped."),
                          tr("The grid holds what was read until then."), goOn + readAgain());
    else
        m_bar.showError(summary.error(), Situation::ReadingRecords, goOn);
}

void ReadingNotice::showFailure(const Error &error)
{
    m_bar.showError(error, Situation::ReadingRecords, readAgain());
}

void ReadingNotice::showNamesFailure(const Error &error)
{
    if (error.kind == ErrorKind::Cancelled)
        m_bar.showMessage(MessageBar::Information, tr("Reading was stopped."), {}, readAgain());
    else
        showFailure(error);
}

void ReadingNotice::showBadSearch(const QString &fault)
{
    m_bar.showMessage(MessageBar::Warning, tr("This search cannot be made."), fault);
}

void ReadingNotice::showRefusedCells(int count, const QStringList &reasons)
{
    QStringList lines = reasons;
    if (count > reasons.size())
        lines.append(tr("and %Ln other(s)", nullptr, count - int(reasons.size())));
    m_bar.showMessage(
        MessageBar::Warning,
        tr("%Ln cell(s) did not take the new value and are as before.", nullptr, count),
        lines.join(u'\n'));
}

QString ReadingNotice::emptyText(const RecordsQuery &query, ObjectType type, bool isSearch)
{
    if (query.set() && query.set()->rowCount() > 0)
        return tr("No loaded row shows “%1”.\n\nClear the filter, or search in HubSpot.")
            .arg(query.filter());
    if (!query.isComplete())
        return tr("No records were read.");
    if (isSearch)
        return (type == ObjectType::Contacts ? tr("No contact matches this view.")
                                             : tr("No company matches this view."))
            + u"\n\n"_s + tr("Records written just now appear in searches after a few seconds.");
    return tr("This portal has no records of this kind.");
}

QString ReadingNotice::noSessionText()
{
    return tr("Not connected to HubSpot.\n\nRecords are read once the connection is open.");
}

} // namespace hubkeeper
