// SPDX-License-Identifier: MIT
#include "idm/run/runtab.h"

#include "base/poolcall.h"
#include "idm/currentserver.h"
#include "idm/limitfields.h"
#include "idm/reading/mappinglist.h"
#include "idm/run/runresultview.h"
#include "idm/run/runtables.h"
#include "net/shellquote.h"
#include "widgets/callbar.h"
#include "widgets/elidedlabel.h"
#include "widgets/messagebar.h"
#include "widgets/wrappedlabel.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTreeWidget>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

RunTab::~RunTab() = default;

void RunTab::connectAll()
{
    connect(&m_server, &CurrentServer::changed, this, &RunTab::onServer);
    connect(m_mapping, &QComboBox::currentIndexChanged, this, &RunTab::updateButtons);
    for (QLineEdit *field : {m_ids, m_note})
        connect(field, &QLineEdit::textChanged, this, &RunTab::updateButtons);
    connect(m_patience, &QSpinBox::valueChanged, this, &RunTab::updateButtons);
    connect(m_start, &QPushButton::clicked, this, &RunTab::ask);
    connect(m_most, &LimitFields::changed, this, &RunTab::updateButtons);
    connect(m_usePreview, &QPushButton::clicked, this, [this] {
        if (const auto outcome = m_previewSource())
            usePreview(outcome);
    });
    connect(m_choosePreview, &QPushButton::clicked, this, &RunTab::choosePreview);
    connect(m_noPreview, &QPushButton::clicked, this, [this] { setPreview({}); });
    connect(m_list, &QTreeWidget::currentItemChanged, this, &RunTab::showRun);
    connect(m_refresh, &QPushButton::clicked, this, [this] {
        m_messages->dismiss();
        refresh();
    });
    connect(m_watch, &QPushButton::clicked, this, &RunTab::watch);
    connect(m_cancel, &QPushButton::clicked, this, &RunTab::cancelRun);
    connect(m_result, &RunResultView::exportWanted, this, &RunTab::chooseExport);
    connect(m_copy, &QPushButton::clicked, this, [this] {
        QApplication::clipboard()->setText(m_command->text());
        emit statusMessage(tr("The command is in the clipboard."));
    });
}

void RunTab::fail(const Error &error, Situation situation)
{
    if (error.kind != ErrorKind::Cancelled)
        m_messages->showError(error, situation, Offer::Nothing);
    updateButtons();
}

/// Another server: what is shown is not its. A run that was started from here is not ended.
void RunTab::onServer()
{
    if (m_session == m_server.session())
        return updateButtons(); // Another write mode, perhaps.
    m_shown = std::make_unique<QObject>();
    m_reading = std::make_unique<QObject>();
    m_session = m_server.session();
    m_running.clear();
    m_runningId.clear();
    m_isLive = false;
    m_isStale = true;
    m_areRunsKnown = false;
    m_runs.clear();
    m_failed.clear();
    m_messages->dismiss();
    m_mapping->clear();
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    m_result->clear({});
    if (m_session && isVisible())
        refresh();
    updateButtons();
}

void RunTab::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_session && m_isStale)
        refresh();
}

void RunTab::refresh()
{
    if (!m_session)
        return;
    m_isStale = false;
    readMappings();
    readRuns();
}

void RunTab::readMappings()
{
    auto *call = readMappingList(m_session->client(), m_server.facts()->profile, m_shown.get());
    call->onDone(m_shown.get(), [this](const Result<QJsonArray> &mappings) {
        if (!mappings)
            return fail(mappings.error(), Situation::ReadingServer);
        const QString before = m_mapping->currentText();
        m_mapping->clear();
        for (const QJsonValue &mapping : *mappings)
            m_mapping->addItem(mapping["name"_L1].toString());
        m_mapping->setCurrentIndex(std::max(0, m_mapping->findText(before)));
        updateButtons();
    });
}

void RunTab::readRuns()
{
    auto *call = readServerRuns(m_session->client(), m_shown.get());
    m_loading->watch(call, tr("Reading the runs"));
    call->onDone(m_shown.get(), [this](const Result<QList<ServerRun>> &runs) {
        if (!runs)
            return fail(runs.error(), Situation::ReadingServer);
        onRuns(*runs);
    });
}

void RunTab::onRuns(const QList<ServerRun> &runs)
{
    const QString shown = runIn(*m_list);
    const bool wasOver = m_runs.value(shown).isOver();
    m_runs.clear();
    for (const ServerRun &run : runs)
        m_runs.insert(run.id, run);
    m_areRunsKnown = true;
    fillRuns(*m_list, runs, m_failed);
    const bool isOverNow = !wasOver && m_runs.value(shown).isOver() && shown != m_runningId;
    if (runIn(*m_list).isEmpty() || isOverNow)
        return showRun();
    updateButtons();
}

/// What the current run of the list came to.
void RunTab::showRun()
{
    m_reading = std::make_unique<QObject>();
    const QString id = runIn(*m_list);
    const ServerRun run = m_runs.value(id);
    if (!id.isEmpty()) // Else nobody has chosen another one.
        m_isLive = id == m_runningId && !run.isOver();
    updateButtons();
    if (id.isEmpty())
        return m_result->clear(m_runs.isEmpty()
                                   ? tr("The server remembers no run; it forgets them when it is "
                                        "restarted.")
                                   : tr("Choose a run to see what it came to."));
    if (!run.isOver())
        return m_result->clear(tr("The run is under way."));
    m_result->clear(tr("Its entries are being read."));
    auto *call = readResultInPages(
        m_session, id, predictedOf(run),
        [this](const QList<AuditEntry> &page) { m_result->append(page); }, m_reading.get());
    m_loading->watch(call, tr("Reading the entries"));
    call->onDone(m_reading.get(), [this](const Result<RunResult> &result) {
        if (result)
            return showResult(*result);
        m_result->clear(tr("Its entries have not been read."));
        fail(result.error(), Situation::ReadingServer);
    });
}

void RunTab::showResult(const RunResult &result)
{
    m_failed.insert(result.run.id, result.failed);
    showRunIn(*m_list, result.run, m_failed);
    m_result->show(result);
    updateButtons();
}

std::optional<PredictedRun> RunTab::predictedOf(const ServerRun &run) const
{
    if (!m_predicted || m_predicted->mapping != run.mapping)
        return std::nullopt;
    return run.sourceIds.size() == 1 ? m_predicted->ofSource(run.sourceIds.first()) : m_predicted;
}

void RunTab::setPreviewSource(PreviewSource source)
{
    m_previewSource = std::move(source);
    updateButtons();
}

void RunTab::takePreview(const QString &path, const std::optional<PredictedRun> &predicted)
{
    m_previewPath = path;
    m_predicted = predicted;
    m_preview->setText(
        predicted ? tr("Compared with the preview of %1. %2").arg(predicted->mapping, expectation())
                  : tr("Compared with no preview."));
    if (!runIn(*m_list).isEmpty() && !m_running)
        showRun();
    updateButtons();
}

void RunTab::readPreview(const QString &path, std::function<Result<PredictedRun>()> read)
{
    auto *call = new PoolCall<PredictedRun>(
        [read = std::move(read)](const std::stop_token &) { return read(); }, this);
    m_loading->watch(call, tr("Reading the preview"));
    call->onDone(this, [this, path](const Result<PredictedRun> &predicted) {
        if (!predicted)
            return fail(predicted.error(), Situation::OpeningFile);
        m_messages->endError(Situation::OpeningFile);
        takePreview(path, *predicted);
    });
}

void RunTab::setPreview(const QString &path)
{
    if (path.isEmpty())
        return takePreview({}, std::nullopt);
    readPreview(path, [path] { return readPredictedRun(path); });
}

void RunTab::usePreview(const std::shared_ptr<const PreviewOutcome> &outcome)
{
    const int mapping = m_mapping->findText(outcome->mapping);
    if (mapping >= 0)
        m_mapping->setCurrentIndex(mapping);
    readPreview({}, [outcome] { return predictedRunOf(*outcome); });
}

QString RunTab::expectation() const
{
    const auto &counts = m_predicted->counts;
    const auto failing = std::count_if(
        m_predicted->entries.begin(), m_predicted->entries.end(),
        [](const AuditEntry &entry) { return !entry.status.isEmpty() && entry.isFailed(); });
    QStringList sentences {
        tr("Expected: %1 deleted, %2 created, %3 changed, %4 unlinked, %5 failed.")
            .arg(counts.value(SyncAction::Delete))
            .arg(counts.value(SyncAction::Create))
            .arg(counts.value(SyncAction::Update))
            .arg(counts.value(SyncAction::Unlink))
            .arg(failing)};
    if (!m_predicted->isComplete)
        sentences.append(tr("It is not complete: it may be more."));
    if (m_predicted->state == "FAILED"_L1)
        sentences.append(
            tr("It says that the server breaks the run off: %1").arg(m_predicted->cause));
    return sentences.join(u' ');
}

void RunTab::choosePreview()
{
    auto *dialog = new QFileDialog(this, tr("Compare Runs with a Preview"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("JSON files (*.json)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, &RunTab::setPreview);
    dialog->open();
}

void RunTab::chooseExport()
{
    auto *dialog = new QFileDialog(this, tr("Export the Entries"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    const QString lines = tr("JSON Lines (*.jsonl)");
    dialog->setNameFilters({tr("CSV (*.csv)"), lines});
    dialog->setDefaultSuffix(u"csv"_s);
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog, lines](const QString &filter) {
        dialog->setDefaultSuffix(filter == lines ? u"jsonl"_s : u"csv"_s);
    });
    connect(dialog, &QFileDialog::fileSelected, this, &RunTab::exportAs);
    dialog->open();
}

void RunTab::exportAs(const QString &path)
{
    const QString id = runIn(*m_list);
    if (!m_session || id.isEmpty())
        return;
    const auto format = entryFormatFrom({}, path);
    if (!format)
        return fail(format.error(), Situation::SavingFile);
    auto *call = exportEntries(m_session, id, path, *format, m_shown.get());
    m_loading->watch(call, tr("Writing the entries"));
    call->onDone(m_shown.get(), [this, path](const Result<qint64> &count) {
        if (!count)
            return fail(count.error(), Situation::SavingFile);
        m_messages->showMessage(MessageBar::Good,
                                tr("%Ln entries are in the file.", nullptr, int(*count)),
                                QDir::toNativeSeparators(path));
    });
}

QStringList RunTab::ids() const
{
    QStringList ids;
    const QStringList given = m_ids->text().split(u',', Qt::SkipEmptyParts);
    for (const QString &id : given) {
        if (!id.trimmed().isEmpty())
            ids.append(id.trimmed());
    }
    return ids;
}

QString RunTab::command() const
{
    if (!m_server.server() || m_mapping->currentText().isEmpty())
        return {};
    QStringList words {u"hubkeeper-cli idm recon"_s, shellWord(m_mapping->currentText()),
                       u"--server"_s, shellWord(m_server.server()->label)};
    if (!ids().isEmpty())
        words << u"--ids"_s << shellWord(ids().join(u','));
    if (m_predicted)
        words << u"--preview"_s;
    if (m_predicted && !m_previewPath.isEmpty())
        words << shellWord(QDir::toNativeSeparators(m_previewPath));
    words += m_most->words();
    words << u"--patience"_s << QString::number(m_patience->value() * 60);
    if (!m_note->text().simplified().isEmpty())
        words << u"--note"_s << shellWord(m_note->text().simplified());
    return words.join(u' ');
}

/// The run of the chosen mapping that works, as far as is known.
const ServerRun *RunTab::activeRun() const
{
    const auto run = std::find_if(m_runs.cbegin(), m_runs.cend(), [this](const ServerRun &one) {
        return !one.isOver() && one.mapping == m_mapping->currentText();
    });
    return run == m_runs.cend() ? nullptr : &*run;
}

QString RunTab::whyNot() const
{
    if (!m_session || !m_areRunsKnown)
        return tr("The runs of the server are not known yet.");
    if (m_server.server()->mode == WriteMode::ReadOnly)
        return tr("The server is read-only. Its settings can allow more.");
    if (m_mapping->currentText().isEmpty())
        return tr("The server has no mapping.");
    if (m_running)
        return tr("A run is being watched.");
    if (const ServerRun *active = activeRun())
        return tr("A run of this mapping is under way: %1. Watch it or cancel it; Read Again asks "
                  "whether it still is.")
            .arg(active->id);
    return {};
}

void RunTab::showLive(const QString &text)
{
    m_live->setText(text);
    m_live->setVisible(!text.isEmpty());
}

void RunTab::updateButtons()
{
    const QString why = whyNot();
    m_start->setEnabled(why.isEmpty());
    m_start->setToolTip(why.isEmpty() ? tr("Have the server reconcile; it asks before") : why);
    if (!m_running)
        showLive(m_session && m_areRunsKnown && activeRun() ? why : QString());
    const QString id = runIn(*m_list);
    const bool isShown = m_session && !id.isEmpty();
    const bool isOver = m_runs.value(id).isOver();
    const bool mayWrite = m_session && m_server.server()->mode != WriteMode::ReadOnly;
    m_watch->setEnabled(isShown && !isOver && !m_running);
    m_cancel->setEnabled(isShown && !isOver && mayWrite);
    m_cancel->setToolTip(m_session && !mayWrite
                             ? tr("The server is read-only. Its settings can allow more.")
                             : tr("Have the server end the chosen run; what it has done stays "
                                  "done"));
    m_refresh->setEnabled(m_session != nullptr);
    m_result->setExportEnabled(isShown && isOver);
    m_usePreview->setEnabled(m_previewSource && m_previewSource());
    m_noPreview->setEnabled(m_predicted.has_value());
    m_command->setText(command());
    m_command->setCursorPosition(0);
    m_copy->setEnabled(!m_command->text().isEmpty());
}

} // namespace hubkeeper
