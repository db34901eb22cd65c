// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QElapsedTimer>
#include <QHash>
#include <QJsonObject>
#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <memory>

class QAction;
class QCheckBox;
class QLabel;
class QSpinBox;
class QTabWidget;
class QTableView;

namespace hubkeeper {

class ArgumentsModel;
class ElidedLabel;
class Masking;
class MessageBar;
class ScriptOutput;
class ScriptRun;
class Session;
struct Connection;
struct ScriptOutcome;

/// What is to be run: the text as it is in the editor now.
struct ScriptToRun
{
    QString name; ///< What people call it.
    QString text;
};

/// The run side of the Scripts page: arguments and limits, run and stop, the output, and what
/// becomes of the writes. A dry run puts what the script would write into the change set; a real
/// one obeys the write mode. What it has to say goes to the message bar of the page.
class ScriptRunner final : public QWidget
{
    Q_OBJECT

public:
    /// `masking` and `message` must outlive it.
    ScriptRunner(const Masking &masking, MessageBar &message, QWidget *parent);
    ~ScriptRunner() override;

    void setConnection(const Connection *connection);
    /// A run of the session before is dropped.
    void setSession(std::shared_ptr<Session> session);
    /// The arguments that the script of this name had the last time.
    void showArgumentsOf(const QString &name);
    void setArguments(const QString &name, const QJsonObject &arguments);
    /// Those of all scripts.
    void forgetArguments();

    /// Whether there is a script that could be run now, apart from a run under way.
    void setUsable(bool usable);
    [[nodiscard]] bool hasSession() const { return m_session != nullptr; }
    /// Runs it, or says why not, or asks; confirm() answers.
    void run(const ScriptToRun &script);
    void confirm();
    /// Once more, dry.
    void runDry(const ScriptToRun &script);
    /// The run of the journal that holds what the last run wrote; empty if it wrote nothing.
    [[nodiscard]] const QString &journalRun() const { return m_journalRun; }
    /// The line of the script where the last run failed, from 1.
    [[nodiscard]] int faultLine() const { return m_faultLine; }

    /// Buttons and limits, for the row above the editor.
    [[nodiscard]] QWidget *bar() const { return m_bar; }
    [[nodiscard]] ScriptOutput *output() const { return m_output; }
    [[nodiscard]] QTableView *argumentsView() const { return m_argumentsView; }
    [[nodiscard]] QCheckBox *dryRun() const { return m_dryRun; }
    [[nodiscard]] QSpinBox *timeLimit() const { return m_timeLimit; }
    [[nodiscard]] QSpinBox *memoryLimit() const { return m_memoryLimit; }
    [[nodiscard]] QAction *runAction() const { return m_run; }
    [[nodiscard]] QAction *stopAction() const { return m_stop; }

signals:
    void started();
    /// The script failed in this line, from 1.
    void failedAt(int line, const QString &why);
    /// Writes are staged; a page should show them.
    void staged();
    /// A run is over, well or not, and so is the staging of what it collected.
    void ended();
    /// Another connection, or other settings of it.
    void connectionChanged();

private:
    void build();
    [[nodiscard]] QWidget *buildArguments();
    void start(bool confirmed);
    [[nodiscard]] bool mayWrite();
    void onEnded(const Result<ScriptOutcome> &outcome, int line);
    void showFailure(const Error &error, int line);
    void stage(const ScriptOutcome &outcome);
    void showState();
    void updateActions();
    void keepArguments();

    MessageBar &m_message;
    QString m_connectionLabel;
    bool m_isProduction = false;
    bool m_isUsable = false;
    std::shared_ptr<Session> m_session;
    std::unique_ptr<QObject> m_work;
    ScriptToRun m_script; // The last one, and the one that is asked about.
    QPointer<ScriptRun> m_running;
    int m_faultLine = 0;
    QString m_journalRun;
    QElapsedTimer m_elapsed;
    QTimer m_tick;
    QString m_argumentsOf;
    QHash<QString, QJsonObject> m_keptArguments; // By script name.

    ArgumentsModel *m_arguments;
    QWidget *m_bar;
    QTabWidget *m_tabs;
    QTableView *m_argumentsView;
    ScriptOutput *m_output;
    QCheckBox *m_dryRun;
    QSpinBox *m_timeLimit;
    QSpinBox *m_memoryLimit;
    ElidedLabel *m_state;
    QAction *m_run;
    QAction *m_stop;
};

} // namespace hubkeeper
