// SPDX-License-Identifier: MIT
#include "journal/verdicttext.h"

#include <QCoreApplication>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(hubkeeper::VerdictText)
};

QString reasonOf(SealState why)
{
    switch (why) {
    case SealState::NoKey:
        return Words::tr("cannot be checked here, because no keychain answers");
    case SealState::OtherKey:
        return Words::tr("sealed with a key that is no longer in the keychain");
    default:
        return Words::tr("no seal, because no keychain answered then");
    }
}

QString lineOf(const UnsealedEntries &range)
{
    const QString first = QLocale().toString(range.first);
    const QString which = range.first == range.last
        ? Words::tr("Entry %1").arg(first)
        : Words::tr("Entries %1 to %2").arg(first, QLocale().toString(range.last));
    //: Entries of the journal, and why they are not sealed.
    return Words::tr("%1: %2.").arg(which, reasonOf(range.why));
}

QString reasonsOf(const QList<UnsealedEntries> &ranges)
{
    constexpr qsizetype mostRanges = 4;
    QStringList lines;
    for (const UnsealedEntries &range : ranges.first(std::min(ranges.size(), mostRanges)))
        lines.append(lineOf(range));
    if (ranges.size() > mostRanges)
        lines.append(Words::tr("and %Ln other range(s)", nullptr, int(ranges.size() - mostRanges)));
    return lines.join(u'\n');
}

} // namespace

VerdictText textOf(const JournalVerdict &verdict)
{
    const int entries = int(verdict.entries);
    switch (verdict.state) {
    case JournalState::Sealed:
        return {
            MessageBar::Good,
            Words::tr("The journal is sealed and intact: %Ln entries checked.", nullptr, entries),
            {}};
    case JournalState::Altered:
        return {MessageBar::Failure, Words::tr("The journal was altered."), verdict.sentence};
    case JournalState::NotSealed:
        break;
    }
    if (entries == 0)
        return {MessageBar::Warning, Words::tr("The journal has no entries."),
                Words::tr("Whether it ever had any cannot be checked here, because no keychain "
                          "answers.")};
    return {MessageBar::Warning,
            Words::tr("The journal's chain is intact (%Ln entries), but not all of it is sealed.",
                      nullptr, entries),
            reasonsOf(verdict.unsealed)};
}

} // namespace hubkeeper
