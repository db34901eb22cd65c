// SPDX-License-Identifier: MIT
#pragma once

#include "session/idm/previewjob.h"
#include "widgets/errortext.h"

#include <QPointer>
#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTreeView;
class QTreeWidget;

namespace hubkeeper {

class CallBar;
class CurrentServer;
class LimitFields;
class Masking;
class MessageBar;
class PreviewDetails;
class PreviewEntries;
class WrappedLabel;

/// What a reconciliation of a mapping would do, without doing it: read from the open server or from
/// a saved set, computed in another thread as often as wanted. Warnings first, then deletions, then
/// everything else; each row opens to its reason and what changes.
class PreviewTab final : public QWidget
{
    Q_OBJECT

public:
    /// Both must outlive it.
    PreviewTab(CurrentServer &server, const Masking &masking, QWidget *parent);
    ~PreviewTab() override;

    /// Reads both sides from the server, and computes.
    void run();
    /// Computes again from what was read or opened.
    void compute();
    /// A set that was saved, or JSON; computes from it.
    void openSaved(const QString &path);
    /// A mapping in place of the one with its name, from now on; empty: none.
    void tryMapping(const QString &path);
    /// Saves what was read.
    void saveAs(const QString &path);
    /// The outcome as `idm preview --json` prints it.
    void exportAs(const QString &path);

    /// Null before the first.
    [[nodiscard]] const std::shared_ptr<const PreviewOutcome> &outcome() const { return m_outcome; }
    /// The command that does the same.
    [[nodiscard]] QString command() const;

signals:
    /// outcome() is another one.
    void computed();
    void statusMessage(const QString &text);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void build();
    [[nodiscard]] QLayout *mappingRow();
    [[nodiscard]] QLayout *limitRow();
    [[nodiscard]] QLayout *filterRow();
    [[nodiscard]] QLayout *commandRow();
    /// Asks for a file, without holding up the window.
    void askForFile(const QString &title, const QString &filter, bool saves,
                    void (PreviewTab::*then)(const QString &));
    void addNamed(QPushButton *button, const QString &name, const QString &tip);
    void connectAll();
    void onServer();
    void readMappingsLater();
    void readMappings();
    void showMappings(const QJsonArray &mappings);
    void onRead(const Result<PreviewInput> &input);
    void onOutcome(const Result<PreviewOutcome> &outcome);
    void showOutcome();
    void showLimits();
    [[nodiscard]] QString summary() const;
    void fillFilters();
    void applyFilter();
    void showCurrent();
    void updateButtons();
    void fail(const Error &error, Situation situation);
    [[nodiscard]] PreviewOrder order() const;
    /// In another thread; says so when it is done.
    void write(const QString &what, const QString &done, std::function<Result<void>()> work);

    CurrentServer &m_server;
    std::weak_ptr<void> m_mappingsOf; // The server session.
    std::unique_ptr<QObject> m_work; // Parent of what reads and computes.
    QPointer<CallBase> m_running;
    std::optional<PreviewInput> m_input;
    QString m_openedFrom; // The file that m_input is; empty: the server.
    QString m_mappingFile;
    QJsonArray m_edited;
    std::shared_ptr<const PreviewOutcome> m_outcome;
    bool m_isStale = true;
    QComboBox *m_mapping;
    QLabel *m_direction;
    QPushButton *m_run;
    QPushButton *m_again;
    QPushButton *m_try;
    QPushButton *m_open;
    QPushButton *m_save;
    QPushButton *m_export;
    LimitFields *m_most;
    MessageBar *m_messages;
    MessageBar *m_limits;
    CallBar *m_progress;
    WrappedLabel *m_summary;
    QTreeWidget *m_warnings;
    QComboBox *m_action;
    QComboBox *m_situation;
    QLineEdit *m_text;
    PreviewEntries *m_entries;
    QTreeView *m_view;
    PreviewDetails *m_details;
    QLineEdit *m_command;
    QPushButton *m_copy;
};

} // namespace hubkeeper
