// SPDX-License-Identifier: MIT
#pragma once

#include "portal/batch.h"
#include "session/workbench/findrecordduplicates.h"

#include <QDialog>
#include <QPointer>

class QLabel;
class QPushButton;
class QTableView;

namespace hubkeeper {

class CallBar;
class DuplicateGroupsModel;
class MergeGroupDialog;
class MessageBar;
class PropertyNames;
class RulesTrial;
class Session;
class SideBySideModel;

/// Records that a page shows, as far as they are one: groups, the records of a group side by side,
/// the one to keep, and whose values stay. From here the group is merged (MergeGroupDialog), or the
/// values are staged on the record that is kept. The window stays usable meanwhile.
class DuplicatesDialog final : public QDialog
{
    Q_OBJECT

public:
    /// Session and names must outlive it; it closes with the set.
    DuplicatesDialog(ObjectType type, Session &session, const PropertyNames &names,
                     QWidget *parent);
    ~DuplicatesDialog() override;

    /// Compares these rows of a set when somebody says so.
    void setRecords(RecordSet &set, std::vector<qint64> rows, const QStringList &columns);

signals:
    /// Shows these records in the page.
    void recordWanted(const QString &id);
    void statusMessage(const QString &text);
    /// Shows what is staged.
    void changesWanted();
    void runWanted(const QString &runId);

private:
    void build();
    [[nodiscard]] QWidget *makeGroups();
    [[nodiscard]] QWidget *makeRecords();
    void connectParts();
    void find();
    void showFound(const Result<std::shared_ptr<const RecordDuplicates>> &found);
    void showGroup();
    void showRecords(const Result<BatchReadOutcome> &outcome);
    void keepCurrent();
    void chooseSelected();
    void stageChosen();
    void merge();
    void lookForMerges();
    void takeOut();
    void showSummary();
    void refresh();
    [[nodiscard]] int currentGroup() const;

    const ObjectType m_type;
    Session &m_session;
    const PropertyNames &m_names;
    QPointer<RecordSet> m_set;
    std::vector<qint64> m_rows;
    QStringList m_columns;
    std::shared_ptr<const RecordDuplicates> m_found;
    std::unique_ptr<QObject> m_work;
    std::unique_ptr<QObject> m_reading; // Of the group in front.
    QPointer<MergeGroupDialog> m_merging;
    int m_applied = 0; // Rows of the change set, when merges were looked for.

    MessageBar *m_message;
    CallBar *m_progress;
    QLabel *m_summary;
    RulesTrial *m_rules;
    QPushButton *m_find;
    DuplicateGroupsModel *m_groups;
    QTableView *m_groupsView;
    SideBySideModel *m_records;
    QTableView *m_recordsView;
    QPushButton *m_keep;
    QPushButton *m_use;
    QPushButton *m_merge;
    QPushButton *m_stage;
    QPushButton *m_open;
    QPushButton *m_apart;
};

} // namespace hubkeeper
