// SPDX-License-Identifier: MIT
#pragma once

#include "portal/property.h"
#include "portal/record.h"

#include <QMap>
#include <QObject>

#include <memory>
#include <vector>

namespace hubkeeper {

/// What a row of a change set does.
enum class ChangeKind { Update, Create, Archive };

/// One edited property: the text it was based on and the text wanted.
struct CellChange
{
    QString before; ///< The baseline; empty for a property without value.
    QString after; ///< Empty clears the value.

    bool operator==(const CellChange &) const = default;
};

/// Where a row stands.
enum class RowState {
    Staged, ///< Not sent yet.
    Sending,
    Applied, ///< Written, and proven by re-reading.
    Failed, ///< Refused; see RowChange::error. Stays for editing and another try.
    Conflicting, ///< Changed by somebody else since it was read; see RowChange::theirs.
    Unknown, ///< A create whose answer was lost and that could not be found yet.
    Skipped, ///< The run was stopped before it.
};

/// All edits of one record.
struct RowChange
{
    ObjectType type = ObjectType::Contacts;
    ChangeKind kind = ChangeKind::Update;
    QString id; ///< Record id; for Create a local id ("new-1"), which stays.
    QString writtenId; ///< Create: the portal's id, once there is one.
    QString label; ///< What people call the record: e-mail, name, or the id.
    /// updatedAt of the record the baselines come from; invalid: unknown. Create: when it was sent.
    QDateTime basedOn;
    QMap<QString, CellChange> cells; ///< By property. Empty for Archive.
    RowState state = RowState::Staged;
    std::optional<Error> error;
    QHash<QString, QString> theirs; ///< Conflict: the portal's present texts of the edited cells.

    /// The id the portal knows it by; empty for a create that is not known to be written.
    [[nodiscard]] QString portalId() const { return kind == ChangeKind::Create ? writtenId : id; }
};

/// The words of the file and of the journal: "update", "create", "archive"; "staged", ...
[[nodiscard]] QString nameOf(ChangeKind kind);
[[nodiscard]] QString nameOf(RowState state);

/// Edits not yet sent, each with the value it was based on: the only way to write records
/// (DESIGN 1). Pending state is computed against the baseline, so typing the old value back
/// removes the change. Undo and redo run over everything. Saved to a draft file (0600) by a
/// ChangeDraft, so that it survives a crash. Belongs to one thread.
///
/// A row that is being sent, and a create whose outcome is unknown, are locked: edits of them do
/// nothing. Editing a row that failed or was skipped stages it again; a conflict stays one until
/// it is solved or the row reverted. Marking a row as Sending forgets undo and redo: what was sent
/// is taken back by a revert, not by undo.
class ChangeSet final : public QObject
{
    Q_OBJECT

public:
    explicit ChangeSet(QObject *parent = nullptr);
    ~ChangeSet() override;

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

    /// The staged text of a cell, or nothing.
    [[nodiscard]] std::optional<CellChange> cell(ObjectType type, const QString &id,
                                                 const QString &property) const;
    [[nodiscard]] const RowChange *row(ObjectType type, const QString &id) const;
    /// In the order in which they were first touched.
    [[nodiscard]] const std::vector<RowChange> &rows() const;
    [[nodiscard]] int count() const; ///< Rows.
    [[nodiscard]] bool isEmpty() const;

    void revertCell(ObjectType type, const QString &id, const QString &property);
    void revertRow(ObjectType type, const QString &id);
    void revertAll();

    [[nodiscard]] bool canUndo() const;
    [[nodiscard]] bool canRedo() const;
    [[nodiscard]] QString undoName() const;
    [[nodiscard]] QString redoName() const;
    void undo();
    void redo();
    /// Forgets all steps, e.g. after a draft was loaded.
    void forgetUndo();

    /// Called by a run; not undoable.
    void setWritten(ObjectType type, const QString &id, const QString &writtenId);
    void setSentAt(ObjectType type, const QString &id, const QDateTime &sentAt);
    void setState(ObjectType type, const QString &id, RowState state,
                  std::optional<Error> error = {}, const QHash<QString, QString> &theirs = {});
    /// Takes rows that were applied out of the set. Undo before this point is forgotten.
    void removeApplied();
    /// Conflict solved for ours: the baseline becomes theirs, the wanted text stays. Cells that
    /// are then no change go. Undoable.
    void rebase(ObjectType type, const QString &id);

    /// The documented file format (core/changes/README.md): JSON, version 1.
    [[nodiscard]] QByteArray toJson() const;
    /// Strict: InvalidInput for anything but such a file. A create that was being sent comes back
    /// as Unknown, any other row that was as Staged.
    [[nodiscard]] static Result<std::vector<RowChange>> rowsFromJson(const QByteArray &json);
    /// Replaces everything; one undo step.
    void setRows(std::vector<RowChange> rows);

signals:
    /// Anything changed: rows, texts, states, undo.
    void changed();
    /// The texts or state of one record changed, for a grid that repaints a row.
    void rowTouched(hubkeeper::ObjectType type, const QString &id);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace hubkeeper
