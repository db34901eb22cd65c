// SPDX-License-Identifier: MIT
#pragma once

#include "portal/record.h"
#include "widgets/page.h"

class QDialog;

namespace hubkeeper {

class MessageBar;
class PropertyNames;
class RecordTable;

/// What can be done with the records of a grid besides editing cells: make one, archive the
/// selected ones, merge two, open the current one in HubSpot. Owns the actions and puts them, with
/// those of the grid, into menus. Its dialogs do not stop the window.
class RecordsActions final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it.
    RecordsActions(ObjectType type, const PropertyNames &names, RecordTable &table,
                   MessageBar &message, QWidget *parent);

    /// Null for none: the actions are disabled then.
    void setSession(std::shared_ptr<Session> session);
    void addTo(QMenu &menu) const;
    /// One of somebody else's, who enables it.
    void addAction(QAction *action) { m_others.append(action); }
    /// The same, for the menu of files, too.
    void addFileAction(QAction *action);
    [[nodiscard]] const QList<QAction *> &fileActions() const { return m_fileActions; }
    /// Adds the action that asks for a record: recordWanted().
    void addGoTo(QMenu &menu);

    /// Asks for an id or an e-mail address: recordWanted().
    void askForRecord();

signals:
    void statusMessage(const QString &text);
    void goTo(const hubkeeper::Place &place);
    /// By id, or by e-mail address.
    void recordWanted(const QString &key);

private:
    void add(const QString &text, void (RecordsActions::*run)());
    void showRecord(ObjectType type, const QString &id);
    void createRecord();
    void archiveSelected();
    void askAboutArchiving(const QList<Record> &records);
    void mergeSelected();
    void previewMerge(const QStringList &ids);
    /// A dialog is about the session: it closes with it, and its answer counts no longer.
    void open(QDialog *dialog);
    void openInHubSpot();

    const ObjectType m_type;
    const PropertyNames &m_names;
    RecordTable &m_table;
    MessageBar &m_message;
    QWidget *m_window;
    std::shared_ptr<Session> m_session;
    std::unique_ptr<QObject> m_work;
    QList<QAction *> m_actions;
    QList<QAction *> m_others;
    QList<QAction *> m_fileActions; // Of m_others.
};

} // namespace hubkeeper
