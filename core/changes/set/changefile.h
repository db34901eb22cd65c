// SPDX-License-Identifier: MIT
#pragma once

#include "changes/set/rowindex.h"
#include "changes/set/rowsource.h"

#include <functional>
#include <memory>

namespace SQLite {
class Database;
class Statement;
} // namespace SQLite

namespace hubkeeper {

/// The account and the connection a change set belongs to.
struct ChangeBinding
{
    qint64 portalId = 0; ///< 0: not known; binds to nothing.
    QString portalName; ///< May be empty.
    QString connectionId;
    QString connectionLabel;

    /// "Acme Ltd (1234567)", or "1234567".
    [[nodiscard]] QString portal() const;
};

/// Nothing, or why rows of `theirs` must not be sent to `ours`: Refused, naming both portals.
/// A binding without a portal fits any.
[[nodiscard]] std::optional<Error> refusalOf(const ChangeBinding &theirs,
                                             const ChangeBinding &ours);

/// A step of undo and how many rows it has.
struct StepTitle
{
    QString name;
    int rows = 0;
};

/// A row and its sequence number; nothing in place of a row that is not there.
struct NumberedRow
{
    qint64 sequence = 0;
    std::optional<RowChange> row;
};

/// A change set as SQLite holds it (WAL, mode 0600; core/changes/README.md has the tables). Used
/// by one thread at a time; several processes may have the same file open.
///
/// All but open() and openToRead() throw what SQLiteCpp throws: ChangeStore catches it.
class ChangeFile
{
public:
    /// Opens or makes the file and brings it to the present version. A new one is bound to
    /// `binding`. A step that a killed program did not end is taken back. Fails with InvalidInput
    /// for a file that is none of these, or of a newer version; with Refused if it belongs to
    /// another portal; with Storage.
    [[nodiscard]] static Result<std::unique_ptr<ChangeFile>> open(const QString &path,
                                                                  const ChangeBinding &binding);
    /// Leaves a file of an older version as it is. A file that a killed program left is brought to
    /// its last transaction first; without any it is an empty set. What a step has done that is not
    /// ended, by a killed program or by one that is at it, is not seen. Fails as open().
    [[nodiscard]] static Result<std::unique_ptr<ChangeFile>> openToRead(const QString &path);
    /// In memory: for queries over rows that no file has.
    [[nodiscard]] static std::unique_ptr<ChangeFile> inMemory();
    ~ChangeFile();

    /// Everything `work` does is on the disk afterwards, or nothing is.
    void transaction(const std::function<void()> &work);

    void put(qint64 sequence, const RowChange &row);
    /// The same for a new row that is staged.
    void put(qint64 sequence, const ReadyRow &row);
    [[nodiscard]] std::optional<NumberedRow> find(const RowKey &key);
    /// Local numbers up to this one are taken.
    void noteLocalNumber(qint64 number);
    void drop(qint64 sequence);
    /// Marks the rows as being sent by `run` and gives those it got: what another process claimed
    /// or applied meanwhile is left out.
    [[nodiscard]] std::vector<qint64> claim(const QString &run,
                                            const std::vector<qint64> &sequences);

    /// Of rows that are no longer being sent.
    void setStates(const std::vector<qint64> &sequences, RowState state);
    void setExcluded(const std::vector<qint64> &sequences, bool excluded);

    /// The steps of undo: what each row of a step was before it (or after, once it is undone). A
    /// step counts once it has a title; until then it is open, and who opens the file next takes it
    /// back. So the image of a row has to be put before the row.
    void putStep(int step, const StepTitle &title);
    void putImage(int step, const NumberedRow &image);
    void dropStepsFrom(int step);
    void setStepsDone(int count);
    /// In place of a step: images put while a step is being undone or redone, until endSwap() makes
    /// them those of the step. Until then that is an open step, too.
    static constexpr int swapStep = -1;
    void endSwap(int step, int stepsDone);
    /// What the rows were signed for (signedchanges.h); empty: nothing.
    void setSignedAs(const QString &keptForm);

    /// Everything but the contents of the rows.
    struct Overview
    {
        ChangeBinding binding;
        RowIndex index; ///< Settled.
        QHash<QString, int> uses; ///< Rows by the edited property, its name in lower case.
        std::vector<StepTitle> steps;
        int stepsDone = 0;
        qint64 lastSequence = 0;
        qint64 lastLocalNumber = 0;
        QString signedAs; ///< As setSignedAs() was given it.
    };
    [[nodiscard]] Overview overview();
    /// Rows in their order from `first` on, at most `most`.
    [[nodiscard]] std::vector<NumberedRow> rowsFrom(qint64 first, int most);
    /// What the index holds of them.
    [[nodiscard]] std::vector<std::pair<RowKey, RowIndex::Slot>> slotsFrom(qint64 first, int most);
    [[nodiscard]] std::vector<NumberedRow> imagesFrom(int step, qint64 first, int most);
    /// For the queries of a review (review/changequery.h).
    [[nodiscard]] SQLite::Database &database() { return *m_database; }

private:
    explicit ChangeFile(std::unique_ptr<SQLite::Database> database);
    void migrate();
    [[nodiscard]] std::vector<int> openSteps();
    void takeBack(int step);
    void dropImages(int step);
    [[nodiscard]] std::unique_ptr<ChangeFile> withoutOpenSteps();
    void bind(const ChangeBinding &binding);
    [[nodiscard]] ChangeBinding binding();
    [[nodiscard]] QString about(const char *name);
    void setAbout(const char *name, const QString &value);
    [[nodiscard]] SQLite::Statement &prepared(const char *sql);

    std::unique_ptr<SQLite::Database> m_database;
    std::vector<std::pair<const char *, std::unique_ptr<SQLite::Statement>>> m_statements;
    qint64 m_localNumber = 0;
    bool m_hasExcluded = true; // Version 2.
};

} // namespace hubkeeper
