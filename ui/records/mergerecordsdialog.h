// SPDX-License-Identifier: MIT
#pragma once

#include "session/reading/mergepreview.h"

#include <QDialog>

class QLabel;
class QPushButton;
class QTreeView;

namespace hubkeeper {

class MergeModel;
class NoteLabel;
class PropertyNames;
class Session;

/// Two records before they are merged: side by side, what is left of both, what to know before, and
/// that the merge can be taken back. Which one stays, and whose values, can be chosen. Accepting
/// gives the row to stage.
class MergeRecordsDialog final : public QDialog
{
    Q_OBJECT

public:
    /// Reads both records whole. `session` and `names` must outlive it.
    MergeRecordsDialog(Session &session, ObjectType type, const QString &primaryId,
                       const QString &mergedId, const PropertyNames &names, QWidget *parent);

    /// Of an accepted dialog.
    [[nodiscard]] const RowChange &row() const { return m_preview.row; }
    [[nodiscard]] MergeModel *model() const { return m_model; }

private:
    void read();
    void show(const MergePreview &preview);
    void showWarnings();
    void choose(const QString &property, const QString &text);
    void swapRecords();

    Session &m_session;
    const PropertyNames &m_names;
    MergeWish m_wish;
    MergePreview m_preview;
    QList<PropertyDefinition> m_definitions;
    std::unique_ptr<QObject> m_reading;
    MergeModel *m_model;
    QLabel *m_title;
    QTreeView *m_tree;
    NoteLabel *m_note;
    QPushButton *m_swap;
    QPushButton *m_stage;
};

} // namespace hubkeeper
