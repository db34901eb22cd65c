// SPDX-License-Identifier: MIT
#pragma once

#include "idm/mappings/mappingvalidation.h"
#include "session/idm/mappingput.h"
#include "widgets/choice.h"

#include <QTimer>
#include <QWidget>

class QAction;
class QLabel;
class QSplitter;
class QTabWidget;
class QTableView;
class QTreeView;

namespace hubkeeper {

class CallBar;
class CurrentServer;
class Document;
class ElidedLabel;
class EmptyState;
class FindingsFilter;
class FindingsModel;
class FindingsTable;
class JsonEditor;
class MappingsModel;
class MappingTreeModel;
class MessageBar;
class WrappedLabel;

/// The mappings of a server or of a file: which there are, one of them as a table and in the text,
/// what is wrong with it, and the write of one mapping to the server.
///
/// The text is that of all mappings, a document with its own undo. A server's mappings are read
/// when it is opened; what was edited here is kept until the user discards it. Findings come a
/// moment after the last edit, from a worker thread.
class MappingsView final : public QWidget
{
    Q_OBJECT

public:
    /// `server` must outlive it.
    MappingsView(CurrentServer &server, QWidget *parent);
    ~MappingsView() override;

    /// Whether the file holds mappings.
    [[nodiscard]] static bool isForIt(const QString &path);
    /// Shows a file instead; says beside itself if it cannot be read or holds no mappings.
    void openFile(const QString &path);
    /// Reads the mappings of the server that is open; asks before edits are lost.
    void readServer();
    /// Saves the file, or asks for one where the text is a server's. False if that failed.
    bool save();
    /// Writes the selected mapping to the server that is open, after a look at the difference.
    void write();

    /// Null while nothing is open.
    [[nodiscard]] Document *document() const { return m_document.get(); }
    /// Of the text as it was when they were found.
    [[nodiscard]] const QList<Finding> &findings() const { return m_findings; }
    /// The name of the selected mapping; empty for none.
    [[nodiscard]] QString selectedMapping() const;
    void selectMapping(const QString &name);
    /// The command that writes the same.
    [[nodiscard]] QString command() const;
    /// Edits that are nowhere but here, as a sentence; empty if there are none.
    [[nodiscard]] QString unsaved() const;

signals:
    void statusMessage(const QString &text);

private:
    void build();
    void buildList();
    void buildText();
    void makeActions();
    void onServer();
    void leaveThen(std::function<void()> go);
    void take(std::unique_ptr<Document> document);
    void showText();
    void showMapping();
    void goTo(const QString &pointer);
    void showFinding();
    void checkSoon();
    void check();
    void onFindings(const QList<Finding> &findings);
    void onServerRead(const Result<CheckedMappings> &read);
    void onPlan(const Result<MappingPlan> &plan);
    void put(const MappingPlan &plan, const QString &note);
    void updateActions();
    void showEmpty();
    void onPressed(Choice choice);
    void askForFile();
    [[nodiscard]] std::optional<MappingWish> wish() const;

    CurrentServer &m_server;
    std::weak_ptr<void> m_readFrom; // The session whose mappings are shown.
    std::unique_ptr<Document> m_document;
    std::optional<ServerMappings> m_onServer; // As they were read; nothing for a file.
    MappingOptions m_options; // Of the checks.
    QList<Finding> m_findings;
    std::unique_ptr<QObject> m_checking; // Parent of a check.
    QObject m_work; // Parent of what reads and writes.
    QTimer m_pause;
    std::function<void()> m_goOn; // After edits were discarded.

    MessageBar *m_messages;
    CallBar *m_progress;
    ElidedLabel *m_origin;
    EmptyState *m_empty;
    QSplitter *m_body;
    MappingsModel *m_mappings;
    QTableView *m_list;
    QTabWidget *m_views;
    MappingTreeModel *m_tree;
    QTreeView *m_table;
    JsonEditor *m_editor;
    FindingsModel *m_found;
    FindingsFilter *m_filter;
    FindingsTable *m_problems;
    WrappedLabel *m_explanation;
    QAction *m_open;
    QAction *m_read;
    QAction *m_save;
    QAction *m_write;
};

} // namespace hubkeeper
