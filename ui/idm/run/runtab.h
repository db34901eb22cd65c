// SPDX-License-Identifier: MIT
#pragma once

#include "idm/run/runwork.h"
#include "widgets/errortext.h"

#include <QHash>
#include <QPointer>
#include <QWidget>

#include <functional>

class QComboBox;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QTreeWidget;

namespace hubkeeper {

class CallBar;
class CurrentServer;
class ElidedLabel;
class LimitFields;
class Masking;
class MessageBar;
class RunResultView;
class WrappedLabel;

/// Runs of the open server: those that it remembers and what each came to; the start of one, held
/// against a preview; watching, cancelling, export of its entries.
///
/// A run that was started goes on when the tab is closed or another server is opened, and what it
/// came to is noted in the journal as long as the program lives; it can be watched again.
class RunTab final : public QWidget
{
    Q_OBJECT

public:
    /// Both must outlive it.
    RunTab(CurrentServer &server, const Masking &masking, QWidget *parent);
    ~RunTab() override;

    /// Reads mappings and runs again.
    void refresh();
    /// What `idm preview --json` printed: runs are held against it. Empty: none.
    void setPreview(const QString &path);
    /// Where the preview that is shown beside is from: "Use the Preview". Null there: none yet.
    using PreviewSource = std::function<std::shared_ptr<const PreviewOutcome>()>;
    void setPreviewSource(PreviewSource source);
    /// Runs are held against this one.
    void usePreview(const std::shared_ptr<const PreviewOutcome> &outcome);
    /// There is, or is no longer, a preview to be used.
    void onPreviewComputed() { updateButtons(); }
    /// Writes all entries of the shown run; how is in the name's end.
    void exportAs(const QString &path);

    /// The command that does the same.
    [[nodiscard]] QString command() const;

signals:
    void statusMessage(const QString &text);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void build();
    [[nodiscard]] QLayout *mappingRow();
    [[nodiscard]] QLayout *previewRow();
    [[nodiscard]] QLayout *limitRow();
    [[nodiscard]] QLayout *runRow();
    [[nodiscard]] QLayout *commandRow();
    void connectAll();
    void onServer();
    void readMappings();
    void readRuns();
    void onRuns(const QList<ServerRun> &runs);
    void showRun();
    void showResult(const RunResult &result);
    void choosePreview();
    void takePreview(const QString &path, const std::optional<PredictedRun> &predicted);
    /// Reads or converts it in another thread.
    void readPreview(const QString &path, std::function<Result<PredictedRun>()> read);
    void chooseExport();
    [[nodiscard]] Result<void> checkLimits() const;
    void ask();
    void start();
    [[nodiscard]] RunListener listener();
    void onStarted(const StartedRun &run);
    void onLook(const ServerRun &run);
    void onRunsOver(const Result<QList<RunResult>> &results);
    [[nodiscard]] static QString faultOf(const RunResult &bad, int count);
    void watch();
    void onWatchingFailed(const Error &error);
    void endWatching();
    void cancelRun();
    void showLive(const QString &text);
    void updateButtons();
    void fail(const Error &error, Situation situation);
    [[nodiscard]] const ServerRun *activeRun() const;
    [[nodiscard]] QString whyNot() const;
    [[nodiscard]] QStringList ids() const;
    /// What was predicted for runs of this mapping.
    [[nodiscard]] std::optional<PredictedRun> predictedOf(const ServerRun &run) const;
    [[nodiscard]] QString expectation() const;

    CurrentServer &m_server;
    std::shared_ptr<ServerSession> m_session; // Whose runs are shown.
    std::unique_ptr<QObject> m_shown; // Context of all that concerns this session.
    std::unique_ptr<QObject> m_reading; // Parent of what reads one run's result.
    QPointer<CallBase> m_running; // Starts or watches.
    QString m_runningId; // Of the run that is watched; empty until it is started.
    bool m_isLive = false; // The result of what is watched goes to the view.
    bool m_isStale = true;
    bool m_areRunsKnown = false;
    QString m_previewPath; // Empty for one of the tab Preview.
    PreviewSource m_previewSource;
    std::optional<PredictedRun> m_predicted;
    QHash<QString, ServerRun> m_runs;
    QHash<QString, qint64> m_failed; // By run, as its entries say.
    QComboBox *m_mapping;
    QLineEdit *m_ids;
    QPushButton *m_start;
    ElidedLabel *m_preview;
    QPushButton *m_usePreview;
    QPushButton *m_choosePreview;
    QPushButton *m_noPreview;
    QLineEdit *m_note;
    QSpinBox *m_patience;
    LimitFields *m_most;
    MessageBar *m_messages;
    CallBar *m_progress; // Of runs.
    CallBar *m_loading; // Of what is read.
    WrappedLabel *m_live;
    QTreeWidget *m_list;
    QPushButton *m_refresh;
    QPushButton *m_watch;
    QPushButton *m_cancel;
    RunResultView *m_result;
    QLineEdit *m_command;
    QPushButton *m_copy;
};

} // namespace hubkeeper
