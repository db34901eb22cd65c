// SPDX-License-Identifier: MIT
#include "workbench/snapshots/rehearsaltext.h"

#include "widgets/durationtext.h"
#include "widgets/masking.h"

#include <QCoreApplication>
#include <QLocale>

namespace hubkeeper {

namespace {

struct RehearsalWords
{
    Q_DECLARE_TR_FUNCTIONS(hubkeeper::RehearsalText)
};

QString outcomeText(const RehearsedRow &row)
{
    switch (row.state) {
    case RowState::Applied:
        return row.wasSo ? RehearsalWords::tr("Already so") : RehearsalWords::tr("Applied");
    case RowState::Failed:
        return RehearsalWords::tr("Failed");
    case RowState::Conflicting:
        return RehearsalWords::tr("Conflict");
    case RowState::Unknown:
        return RehearsalWords::tr("Unknown");
    case RowState::Staged:
    case RowState::Sending:
    case RowState::Skipped:
        break;
    }
    return RehearsalWords::tr("Not sent");
}

/// One value of a row: outcome, record, property, before, after, note.
QStringList cellLine(const RehearsedRow &row, const RehearsedCell &cell, const Masking &masking)
{
    const auto shown = [&](const QString &text) {
        return masking.value(row.key.type, cell.property, text);
    };
    const QString note = !row.message.isEmpty() ? masking.text(row.message)
        : !cell.wasAsked                        ? RehearsalWords::tr("Changes along with it")
        : row.theirs.contains(cell.property)
        ? RehearsalWords::tr("The snapshot has “%1”").arg(shown(row.theirs.value(cell.property)))
        : QString();
    return {outcomeText(row),
            masking.name(row.label),
            cell.property,
            shown(cell.before),
            shown(row.wasWritten() ? cell.after : cell.wanted),
            note};
}

} // namespace

QString rehearsalHeadline(const RehearsalReport &report)
{
    QStringList parts {RehearsalWords::tr("%Ln applied", "rows of a rehearsal", report.applied)};
    if (report.alreadySo > 0)
        parts.append(RehearsalWords::tr("%Ln already so", "rows of a rehearsal", report.alreadySo));
    if (report.failed > 0)
        parts.append(RehearsalWords::tr("%Ln failed", "rows of a rehearsal", report.failed));
    if (report.conflicting > 0)
        parts.append(
            RehearsalWords::tr("%Ln in conflict", "rows of a rehearsal", report.conflicting));
    if (report.unknown > 0)
        parts.append(RehearsalWords::tr("%Ln unknown", "rows of a rehearsal", report.unknown));
    if (report.skipped > 0)
        parts.append(RehearsalWords::tr("%Ln not sent", "rows of a rehearsal", report.skipped));
    //: The argument is a list: "12 applied, 1 failed".
    return RehearsalWords::tr("Rehearsed: %1.").arg(parts.join(QLatin1StringView(", ")));
}

QString rehearsalDetails(const RehearsalReport &report, const QStringList &unfired)
{
    //: The parts are "4 calls" and "2 seconds".
    QStringList sentences {
        RehearsalWords::tr("The run takes %1, about %2 at the pace of the connection.")
            .arg(RehearsalWords::tr("%Ln call(s)", nullptr, int(report.calls)),
                 durationText(report.duration))};
    if (report.share() >= 0)
        sentences.append(RehearsalWords::tr("That is %1 % of a day's limit.")
                             .arg(QLocale().toString(report.share(), 'f', 2)));
    if (report.unproven > 0)
        sentences.append(RehearsalWords::tr("%Ln row(s) hold something else than was asked for.",
                                            nullptr, report.unproven));
    if (report.stopped)
        sentences.append(
            RehearsalWords::tr("It stopped early: %1").arg(report.stopped->sentence()));
    for (const QString &fault : unfired)
        sentences.append(
            RehearsalWords::tr("“%1” did not happen: no such request came.").arg(fault));
    sentences.append(RehearsalWords::tr("Nothing was sent to HubSpot."));
    return sentences.join(u' ');
}

QList<QStringList> rehearsalLines(const RehearsalReport &report, const Masking &masking)
{
    QList<QStringList> lines;
    for (const RehearsedRow &row : report.rows) {
        if (row.cells.isEmpty())
            lines.append(
                {outcomeText(row), masking.name(row.label), {}, {}, {}, masking.text(row.message)});
        for (const RehearsedCell &cell : row.cells)
            lines.append(cellLine(row, cell, masking));
    }
    return lines;
}

} // namespace hubkeeper
