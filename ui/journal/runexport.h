// SPDX-License-Identifier: MIT
#pragma once

#include "journal/journalrow.h"

namespace hubkeeper {

class Masking;

/// A run with its rows, as a file for others. Knows nothing of the window once it is made: it may
/// be written by another thread.
class RunExport final
{
public:
    /// With pseudonyms while `masking` is on.
    RunExport(const JournalRun &run, const QList<JournalRow> &rows, const Masking &masking);

    /// {"run", "rows"} as `hubkeeper-cli journal show --json` has them (journaljson.h).
    [[nodiscard]] QByteArray json() const;
    /// A line for each property of each row, with what identifies run and record on every line, and
    /// HubSpot's own names and values; UTF-8 with a byte order mark, for spreadsheets.
    [[nodiscard]] QByteArray csv() const;

private:
    [[nodiscard]] QByteArray lines(const JournalRow &row) const;

    JournalRun m_run;
    QList<JournalRow> m_rows;
};

} // namespace hubkeeper
