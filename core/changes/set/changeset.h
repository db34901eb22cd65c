// SPDX-License-Identifier: MIT
#pragma once

#include "changes/set/changestore.h"
#include "portal/property.h"
#include "portal/record.h"

#include <QObject>

#include <memory>
#include <vector>

namespace hubkeeper {

struct ExchangedChanges;
struct SignedChanges;

/// What becomes of rows that are staged already when others are added.
enum class Adding {
    KeepStaged, ///< They stay as they are; the added ones are left out.
    Merge, ///< Cell by cell; the added text counts where both have one.
    Replace, ///< Everything staged goes first.
};

/// Texts by record id and property.
using TextsByRecord = QHash<QString, QHash<QString, QString>>;

/// What adding rows did.
struct AddedRows
{
    int added = 0; ///< New, or changed by it.
    QStringList left; ///< Labels of those that were left out; of a source the first thousand.
    qint64 localOffset = 0; ///< Of a source: what was added to the numbers of its local ids.
};

/// Edits not yet sent, each with the value it was based on: the only way to write records
/// (DESIGN 1). Pending state is computed against the baseline, so typing the old value back
/// removes the change. Undo and redo run over everything. Belongs to one thread.
///
/// Rows lie in a ChangeStore once there is one (keepIn()): every edit is handed to its writer at
/// once, nothing here waits for the disk, and memory holds an index of some forty bytes a row and
/// a cache. Without a store rows stay in memory, which is for commands that stage few.
///
/// - A row that is being sent, and a create whose outcome is unknown, are locked: edits of them do
///   nothing. Editing a row that failed, was skipped or has an unknown outcome stages it again, on
///   the baseline it had: the next run compares with it. A conflict stays one until it is solved or
///   the row reverted. A row that was applied is not an edit any more: editing the record again, or
///   adding a row for it, replaces it.
///   Why a row failed stays with it (RowChange::error) until it is tried again.
/// - Claiming rows forgets undo and redo: what was sent is taken back by a revert, not by undo.
/// - Work on more than a thousand rows (undo, adding, taking back) is done in slices from the event
///   loop. isBusy() is true meanwhile, and edits made then follow after it, in their order.
class ChangeSet final : public QObject
{
    Q_OBJECT

public:
    explicit ChangeSet(QObject *parent = nullptr);
    ~ChangeSet() override;

    /// What a set may hold: an index of it is in memory.
    static constexpr qint64 mostRows = 2'000'000;

    /// The portal and connection the rows are for (DESIGN 4.7).
    [[nodiscard]] const ChangeBinding &binding() const;
    void setBinding(const ChangeBinding &binding);

    /// Shows what the store holds and keeps every edit there from now on. What was staged before
    /// is added to it (Adding::Merge). Undo goes on where it was.
    void keepIn(const ChangeStore::Opened &opened);
    [[nodiscard]] bool isKept() const; ///< Has a store, and it takes what it is given.
    [[nodiscard]] QString storePath() const; ///< Of its file; empty without a store.
    [[nodiscard]] bool isSaved() const; ///< Has a store, and everything is on the disk.
    /// Over when every edit so far is on the disk; at once without a store. Fails with Storage.
    [[nodiscard]] Call<void> *flush(QObject *parent);

    /// Writes the rows as a file (changesfile.h), on a thread of the pool and block by block where
    /// there is a store. `note` is for who reads the file. Fails as saveFile() does.
    [[nodiscard]] Call<void> *saveAs(const QString &path, QObject *parent,
                                     const QString &note = {});

    /// What the file that the rows came from was signed for; null: they came from no signed file.
    /// Whether they still are what was signed is another question (signedstate.h).
    [[nodiscard]] const std::shared_ptr<const SignedChanges> &signedAs() const;
    void setSignedAs(std::shared_ptr<const SignedChanges> changes);

    /// Stages a text for a property of an existing record; `baseline` is what the portal has. For
    /// a staged create, `baseline` needs only its local id. Nothing on a row staged for archiving.
    void setText(ObjectType type, const Record &baseline, const QString &label,
                 const QString &property, const QString &text);
    /// Several properties of several records as one undo step, and changed() once at its end.
    /// Steps nest; the outermost one counts. Otherwise a step is named after its property or label.
    void beginStep(const QString &name);
    void endStep();
    /// Stages a new record; gives its local id.
    QString addCreate(ObjectType type, const QHash<QString, QString> &properties,
                      const QString &label);
    /// Replaces staged edits of the record; takes a staged create out.
    void addArchive(ObjectType type, const Record &baseline, const QString &label);
    /// Adds whole rows as one step named `name`. Locked rows are left as they are. A local id that
    /// another create has gets a new one, in every row that refers to it. Fails with Refused if
    /// rows that are being sent would have to go.
    [[nodiscard]] Call<AddedRows> *addRows(std::vector<RowChange> rows, Adding adding,
                                           const QString &name, QObject *parent);

    /// The same, merging, for more rows than memory should hold: they go from their source into the
    /// file in one transaction, on the writer's thread, so that after a cancel, a crash or an error
    /// none of them is there. The source may be used again afterwards. Progress is in rows. Without
    /// a store they stay in memory. Fails with Refused over mostRows, with Storage, and as the
    /// source does.
    [[nodiscard]] Call<AddedRows> *addFrom(std::shared_ptr<RowSource> source, const QString &name,
                                           QObject *parent);

    /// The rows of a file, and what it was signed for. Fails with Refused, naming both portals, if
    /// it is for another one.
    [[nodiscard]] Call<AddedRows> *addFile(const ExchangedChanges &file, Adding adding,
                                           const QString &name, QObject *parent);

    /// The staged texts of existing records of a type, for filters and sorting; read on a thread of
    /// the pool where there is a store. Fails with Storage.
    [[nodiscard]] Call<TextsByRecord> *texts(ObjectType type, QObject *parent);
    /// Rows, some hundred at a time, in their order.
    using Visit = std::function<Result<void>(const std::vector<RowChange> &)>;
    /// All rows, on a thread of the pool where there is a store, else here at once. `visit` must
    /// own what it uses; its error ends the call. Fails with Storage.
    [[nodiscard]] Call<void> *visit(Visit visit, QObject *parent);
    /// The staged text of a cell, or nothing.
    [[nodiscard]] std::optional<CellChange> cell(ObjectType type, const QString &id,
                                                 const QString &property) const;
    [[nodiscard]] std::optional<RowChange> row(ObjectType type, const QString &id) const;
    [[nodiscard]] std::optional<RowChange> row(const RowKey &key) const;
    /// The staged changes of links at one end of which the record is: `most` at most. Reads every
    /// association that is staged, until it has so many.
    [[nodiscard]] std::vector<RowChange> associationsOf(const RecordReference &record,
                                                        size_t most) const;
    /// Whether there is a row, without reading it.
    [[nodiscard]] bool contains(ObjectType type, const QString &id) const;

    /// Rows by their place, in the order in which they were first touched; `count` -1: to the end.
    /// For blocks: it reads what is not cached.
    [[nodiscard]] std::vector<RowChange> rows(int first = 0, int count = -1) const;
    [[nodiscard]] RowChange at(int place) const;
    [[nodiscard]] std::optional<RowChange> rowOf(qint64 sequence) const;
    /// Kind, type and state of all rows, and which they are, without reading them.
    [[nodiscard]] const RowIndex &index() const;
    /// Rows by their sequence numbers (RowIndex::Slot); those that are gone are left out.
    [[nodiscard]] std::vector<RowChange> rowsOf(const std::vector<qint64> &sequences) const;
    [[nodiscard]] int count() const { return index().count(); }
    [[nodiscard]] int count(RowState state) const { return index().count(state); }
    /// Rows that Apply would send: all but those that are applied, being sent, or left out.
    [[nodiscard]] int waiting() const { return index().waiting(); }
    /// Rows that are kept and not sent (setExcluded()).
    [[nodiscard]] int excluded() const { return index().excluded(); }
    [[nodiscard]] bool isEmpty() const { return count() == 0; }
    /// Rows that edit the property, sent or not; without regard to case.
    [[nodiscard]] int uses(const QString &property) const;

    void revertCell(ObjectType type, const QString &id, const QString &property);
    void revertRow(ObjectType type, const QString &id);
    void revertRow(const RowKey &key);
    /// Nothing while rows are being sent.
    void revertAll();

    /// Leaves rows out of what is sent, or takes them in again, by their sequence numbers; kept
    /// with the rows. Those that are being sent, or were, stay as they are. Not undoable: it
    /// changes no edit, and undo of an edit does not change it.
    void setExcluded(const std::vector<qint64> &sequences, bool excluded);

    [[nodiscard]] bool canUndo() const;
    [[nodiscard]] bool canRedo() const;
    [[nodiscard]] QString undoName() const;
    [[nodiscard]] QString redoName() const;
    void undo();
    void redo();
    void forgetUndo();

    /// Marks the rows as being sent by `run`, at once here and then in the store, in one
    /// transaction: the outcome is those that were got. What another process that has the same
    /// file sends or has sent is left out and shown as it is. Fails with Storage: then all are as
    /// they were. Nothing may be sent before the outcome is there.
    [[nodiscard]] Call<std::vector<qint64>> *
    claim(const QString &run, const std::vector<qint64> &sequences, QObject *parent);
    /// Called by a run; not undoable.
    void setWritten(ObjectType type, const QString &id, const QString &writtenId);
    void setWritten(const RowKey &key, const QString &writtenId);
    void setSentAt(ObjectType type, const QString &id, const QDateTime &sentAt);
    void setState(ObjectType type, const QString &id, RowState state,
                  std::optional<Error> error = {}, const QHash<QString, QString> &theirs = {});
    void setState(const RowKey &key, RowState state, std::optional<Error> error = {},
                  const QHash<QString, QString> &theirs = {});
    /// The same for many rows by their sequence numbers; rows that were being sent only. Of more
    /// than a thousand only the state changes, not the error.
    void setStates(const std::vector<qint64> &sequences, RowState state,
                   const std::optional<Error> &error);
    /// Takes rows that were applied out of the set, except for creates that associations still
    /// wait for. Undo before this point is forgotten.
    void removeApplied();
    /// Conflict solved for ours: the baseline becomes theirs, the wanted text stays. Cells that
    /// are then no change go. Undoable.
    void rebase(ObjectType type, const QString &id);
    void rebase(const RowKey &key);

    /// Long work is under way; see above.
    [[nodiscard]] bool isBusy() const;

signals:
    /// Anything changed: rows, texts, states, undo. Once for a step.
    void changed();
    /// The texts or state of one record changed, for a grid that repaints a row. Not for each row
    /// of long work: wasReset() says that any may have changed.
    void rowTouched(hubkeeper::ObjectType type, const QString &id);
    void busyChanged(bool isBusy);
    /// The disk refuses to keep edits, or a row cannot be read.
    void failed(const hubkeeper::Error &error);

    /// Places of rows, for a model. Between the first and the second of a pair the places change.
    void aboutToInsert(int first, int last);
    void inserted(int first, int last);
    void aboutToRemove(int first, int last);
    void removed(int first, int last);
    void rowsChanged(int first, int last);
    void aboutToReset();
    void wasReset();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace hubkeeper
