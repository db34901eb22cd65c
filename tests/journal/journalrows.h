// SPDX-License-Identifier: MIT
#pragma once

#include "journal/journal.h"

namespace hubkeeper::test {

inline JournalRow update(const QString &id, const QString &before, const QString &after)
{
    JournalRow row;
    row.subject = QStringLiteral("contacts/") + id;
    row.type = QStringLiteral("contacts");
    row.recordId = id;
    row.label = QStringLiteral("Record ") + id;
    row.cells = {{QStringLiteral("firstname"), {before, after}}};
    return row;
}

inline JournalRow with(JournalRow row, QLatin1StringView outcome)
{
    row.outcome = outcome;
    return row;
}

inline RunStart startOf(const QString &connection, qint64 portalId = 1)
{
    RunStart start;
    start.connection = connection;
    start.connectionId = connection.toLower();
    start.portalId = portalId;
    return start;
}

inline Secret keychainKey()
{
    return Secret(std::string_view("a key of the keychain"));
}

/// One run of two rows: one applied, one refused. Its id; empty if the journal failed.
inline QString writeRun(Journal &journal,
                        RunStart start = startOf(QStringLiteral("Practice"), 62515))
{
    start.note = QStringLiteral("repair");
    const auto run = journal.beginRun(start);
    const auto one = update(QStringLiteral("1"), QStringLiteral("Ada"), QStringLiteral("Eve"));
    const auto two = update(QStringLiteral("2"), QString(), QStringLiteral("Bob"));
    if (!run || !journal.addIntents(*run, {one, two})
        || !journal.addOutcomes(*run, {with(one, outcome::applied), with(two, outcome::failed)})
        || !journal.endRun(*run))
        return {};
    return *run;
}

} // namespace hubkeeper::test
