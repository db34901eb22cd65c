// SPDX-License-Identifier: MIT
#pragma once

#include "session/writing/mergegroup.h"

#include <QDialog>
#include <QPointer>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTreeView;

namespace hubkeeper {

class CallBar;
class GroupStepsModel;
class MergeModel;
class MessageBar;
class NoteLabel;
class PropertyNames;
class Session;

/// A group of records before they are merged into one, and while they are: which of them take part,
/// what each merge leaves, what to know before, the command that does the same. Sends the merges
/// one after the other, or stages them; shows what became of each, and where it stopped.
class MergeGroupDialog final : public QDialog
{
    Q_OBJECT

public:
    /// Reads the records of the group whole; of more than mostMergesAtOnce others the first ones.
    /// `session` and `names` must outlive it.
    MergeGroupDialog(Session &session, GroupWish wish, const PropertyNames &names, QWidget *parent);
    ~MergeGroupDialog() override;

    /// Merges are on their way.
    [[nodiscard]] bool isMerging() const { return m_isMerging; }
    /// While merges are on their way: ends after the present one. Else closes.
    void reject() override;

signals:
    void statusMessage(const QString &text);
    /// They are in the change set, and nothing was sent.
    void staged();
    void runWanted(const QString &runId);

private:
    void build();
    [[nodiscard]] QWidget *makeViews();
    [[nodiscard]] QWidget *makeCommandRow();
    void connectParts();
    void onRead(const Result<MergeImages> &found);
    void plan();
    void showStep();
    void showNote(const MergePreview *preview);
    void showRefusals();
    void stage();
    void merge();
    void start();
    void onMerged(const Result<MergedGroup> &outcome);
    void showOutcome(const MergedGroup &group);
    void refresh();
    [[nodiscard]] QString keptLabel() const;

    Session &m_session;
    const PropertyNames &m_names;
    GroupWish m_wish;
    const qsizetype m_leftOut; // Records of the group that are too many.
    MergeImages m_found;
    QList<MergePreview> m_previews;
    bool m_isRefused = true; // By staged edits: neither sent nor staged.
    bool m_mayMerge = false;
    bool m_isMerging = false;
    bool m_isOver = false; // Merges were sent.
    QString m_run; // Of the journal.
    QPointer<MergeGroup> m_group;
    std::unique_ptr<QObject> m_work;

    MessageBar *m_message;
    CallBar *m_progress;
    QLabel *m_title;
    GroupStepsModel *m_steps;
    QTreeView *m_stepsView;
    MergeModel *m_preview;
    QTreeView *m_previewView;
    QCheckBox *m_different;
    NoteLabel *m_note;
    QLineEdit *m_command;
    QPushButton *m_copy;
    QPushButton *m_close;
    QPushButton *m_stage;
    QPushButton *m_merge;
};

} // namespace hubkeeper
