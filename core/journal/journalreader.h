// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "journal/journalrow.h"

#include <QHash>
#include <QSet>

#include <memory>
#include <optional>

namespace SQLite {
class Database;
}

namespace hubkeeper {

/// Which runs to list; members that are empty or 0 choose nothing.
struct RunFilter
{
    QString connectionId;
    /// For runs of old versions, which have no connection id: label and portal together.
    QString connection;
    qint64 portalId = 0; ///< 0: of any portal.
    /// Only runs that mention it: their people and notes, or their rows' records, properties and
    /// values. The case of ASCII letters does not matter.
    QString contains = {};

    /// All but `contains`, which needs the rows.
    [[nodiscard]] bool takes(const JournalRun &run) const;
};

/// A row of a later run that takes rows of an earlier one back, or was to.
struct TakingRow
{
    QString run;
    JournalRow row; ///< With its last outcome.
};

/// A run with its rows.
struct RunRecord
{
    JournalRun run;
    QList<JournalRow> rows; ///< In the order of their intents, each with its last outcome.
    /// Row (JournalRow::subject) to the id of the later run that took it back, if none took that
    /// back in turn.
    QHash<QString, QString> takenBackBy;
    /// What later runs wrote, or were to write, to take it back; but for what was taken back in
    /// turn.
    QList<TakingRow> takenBack;
    /// Of these runs, those that did not write all they set out to: something is still missing.
    QSet<QString> unfinishedTakers;
};

/// Reads the runs of a journal. Makes no entries and needs no key. One thread.
class JournalReader
{
public:
    /// Fails with Storage; NotFound if there is no file yet.
    [[nodiscard]] static Result<std::unique_ptr<JournalReader>> open(const QString &path);
    /// On a database that outlives the reader.
    explicit JournalReader(SQLite::Database &database);
    ~JournalReader();

    /// Newest first.
    [[nodiscard]] Result<QList<JournalRun>> runs(const RunFilter &filter = {}) const;
    /// Fails with NotFound for an unknown id.
    [[nodiscard]] Result<RunRecord> run(const QString &id) const;
    /// Only the rows, none for an unknown id.
    [[nodiscard]] Result<QList<JournalRow>> rows(const QString &id) const;
    /// Only the run, counted anew, whatever its end says. Throws what SQLiteCpp throws; nothing for
    /// an unknown id.
    [[nodiscard]] std::optional<JournalRun> summary(const QString &id) const;

private:
    [[nodiscard]] QSet<QString> runsThatMention(const QString &text) const;
    [[nodiscard]] JournalRun counted(JournalRun run) const;
    [[nodiscard]] QList<JournalRun> readRuns(const QString &id) const;
    [[nodiscard]] QList<JournalRow> readRows(const QString &id) const;
    [[nodiscard]] QList<TakingRow> takingRows(const QString &id, int depth) const;
    [[nodiscard]] QHash<QString, QString> takersBack(const QString &id, int depth) const;
    [[nodiscard]] QSet<QString> unfinishedOf(const QList<TakingRow> &taking) const;

    std::unique_ptr<SQLite::Database> m_own;
    SQLite::Database &m_database;
};

} // namespace hubkeeper
