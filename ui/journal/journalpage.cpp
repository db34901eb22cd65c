// SPDX-License-Identifier: MIT
#include "journal/journalpage.h"

#include "base/poolcall.h"
#include "base/savefile.h"
#include "idm/deploy/serverrollback.h"
#include "journal/journalwatch.h"
#include "journal/runexport.h"
#include "journal/runreverts.h"
#include "journal/verdicttext.h"
#include "session/open/session.h"
#include "widgets/callbar.h"
#include "widgets/icons.h"
#include "widgets/masking.h"
#include "widgets/messagebar.h"
#include "widgets/selectalone.h"

#include <QCheckBox>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int typingMs = 250;

} // namespace

JournalPage::JournalPage(Masking &masking, QWidget *parent)
    : Page(PageId::Journal, parent)
    , m_masking(masking)
    , m_runs(masking, nullptr)
    , m_names(masking, nullptr)
    , m_rows(m_names, nullptr)
    , m_stack(new QStackedWidget(this))
    , m_empty(new QLabel(this))
    , m_message(new MessageBar(this))
    , m_progress(new CallBar(this))
    , m_reverts(new RunReverts(masking, *m_message, this))
    , m_seal(new QLabel(this))
    , m_runsView(makeView(tr("Runs"), &m_runs))
    , m_rowsView(makeView(tr("Rows of the run"), &m_rows))
    , m_revert(new QPushButton(hubkeeper::icon(u"document-revert"_s), tr("&Revert Run"), this))
    , m_revertRows(new QPushButton(tr("Revert Ro&ws"), this))
    , m_anew(new QPushButton(tr("Recre&ate"), this))
    , m_export(new QPushButton(hubkeeper::icon(u"document-save-as"_s), tr("E&xport Run…"), this))
    , m_all(new QCheckBox(tr("All connec&tions"), this))
    , m_filter(new QLineEdit(this))
    , m_verify(new QPushButton(hubkeeper::icon(u"confirm"_s), tr("Ver&ify Journal"), this))
    , m_watch(new JournalWatch(this))
    , m_work(std::make_unique<QObject>())
    , m_rowsWork(std::make_unique<QObject>())
{
    m_typing.setSingleShot(true);
    m_typing.setInterval(typingMs);
    buildLayout();
    sizeColumns();
    connectAll();
    updateButtons();
}

JournalPage::~JournalPage() = default;

QString JournalPage::title() const
{
    return tr("Journal");
}

QIcon JournalPage::icon() const
{
    return hubkeeper::icon(u"journal"_s);
}

void JournalPage::setSession(std::shared_ptr<Session> session)
{
    m_work = std::make_unique<QObject>();
    m_rowsWork = std::make_unique<QObject>();
    m_isReading = m_isStale = false;
    m_session = std::move(session);
    m_reverts->setSession(m_session);
    m_names.setSession(m_session);
    m_message->dismiss();
    m_runs.setRuns({});
    m_rows.setRecord({});
    m_watch->follow(m_session ? m_session->journal().path() : QString());
    reload();
    if (m_session && !m_session->journalWarning().isEmpty())
        emit statusMessage(tr("The journal is not sealed: see the Journal page."));
}

void JournalPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    reload();
}

void JournalPage::reload()
{
    if (m_isReading) {
        m_isStale = true;
        return;
    }
    if (!m_session)
        return onRuns({});
    const QString warning = m_session->journalWarning();
    m_seal->setText(warning);
    m_seal->setVisible(!warning.isEmpty());
    RunFilter filter;
    if (!m_all->isChecked()) {
        filter.connectionId = m_session->connection().id;
        filter.connection = m_session->connection().label;
    }
    filter.contains = m_filter->text().trimmed();
    m_isReading = true;
    m_isStale = false;
    m_empty->setText(tr("Reading the journal…"));
    m_session->journal()
        .readRuns(filter, m_work.get())
        ->onDone(this, [this](const Result<QList<JournalRun>> &runs) {
            m_isReading = false;
            if (!runs) {
                m_empty->setText(tr("The runs could not be read."));
                return showError(runs.error(), Situation::ReadingJournal, &m_runs);
            }
            m_message->dismissFor(&m_runs);
            onRuns(*runs);
            if (m_isStale)
                m_watch->touch();
        });
}

QString JournalPage::emptyText() const
{
    if (!m_session)
        return tr("Not connected to HubSpot.\n\nRuns are shown once the connection is open.");
    if (const QString filter = m_filter->text().trimmed(); !filter.isEmpty())
        return tr("No run mentions “%1”.").arg(filter);
    if (m_all->isChecked())
        return tr("Nothing was applied yet.\n\nEvery run is kept with old and new values.");
    return tr(
        "Nothing was applied from here yet.\n\nEvery run is kept with old and new values, and "
        "can be reverted from this page.");
}

void JournalPage::onRuns(const QList<JournalRun> &runs)
{
    const bool isThere = std::any_of(runs.begin(), runs.end(),
                                     [this](const JournalRun &run) { return run.id == m_wanted; });
    if (m_session && !m_wanted.isEmpty() && !isThere && !m_all->isChecked())
        return m_all->setChecked(true); // It is another one's; reads again.
    m_empty->setText(emptyText());
    if (m_runs.runs() != runs || runs.isEmpty()) {
        const JournalRun *current = currentRun();
        const QString id = m_wanted.isEmpty() && current ? current->id : m_wanted;
        m_runs.setRuns(runs);
        m_stack->setCurrentIndex(runs.isEmpty() ? 0 : 1);
        selectRun(id);
    } else if (!m_wanted.isEmpty()) {
        selectRun(m_wanted);
    }
    m_wanted.clear();
    m_runsView->setColumnHidden(JournalRunsModel::ConnectionColumn, !m_all->isChecked());
    m_runsView->setColumnHidden(JournalRunsModel::PortalColumn, !m_all->isChecked());
    updateButtons();
}

/// The newest one if there is no such run.
void JournalPage::selectRun(const QString &id)
{
    int place = 0;
    for (int row = 0; row < m_runs.rowCount(); ++row) {
        if (m_runs.runAt(row).id == id)
            place = row;
    }
    if (m_runs.rowCount() > 0)
        selectAlone(*m_runsView, m_runs.index(place, 0));
}

const JournalRun *JournalPage::currentRun() const
{
    const QModelIndex current = m_runsView->currentIndex();
    return current.isValid() ? &m_runs.runAt(current.row()) : nullptr;
}

void JournalPage::showItem(const PlaceItem &item)
{
    m_wanted = idIn(item);
    if (m_isReading)
        m_isStale = true;
    else
        reload();
}

void JournalPage::showRows()
{
    m_rowsWork = std::make_unique<QObject>();
    const JournalRun *run = currentRun();
    if (!run || !m_session) {
        m_rows.setRecord({});
        return updateButtons();
    }
    m_names.read();
    if (m_rows.runId() != run->id)
        m_rows.setRecord({});
    m_session->journal()
        .readRun(run->id, m_rowsWork.get())
        ->onDone(this, [this](const Result<RunRecord> &record) {
            if (!record)
                showError(record.error(), Situation::ReadingJournal, &m_rows);
            else
                m_message->dismissFor(&m_rows);
            if (record && !m_rows.isSame(*record)) // What is selected stays.
                m_rows.setRecord(*record);
            updateButtons();
        });
    updateButtons();
}

/// Records of another portal are not here.
void JournalPage::goToRecord(const QModelIndex &line)
{
    const JournalRun *run = currentRun();
    if (!run || !m_session || !line.isValid() || run->connectionId != m_session->connection().id)
        return;
    const JournalRow &row = m_rows.rowAt(line.row());
    const auto page = pageFrom(row.type);
    if (page && (row.isRecord() || row.isAssociation()) && !row.recordId.isEmpty())
        emit goTo({*page, ItemId {row.recordId}});
}

void JournalPage::focusFilter()
{
    m_filter->setFocus();
    m_filter->selectAll();
}

/// Whether the rows that are shown are those of the run that is selected.
bool JournalPage::isRead() const
{
    return currentRun() && m_rows.record().run.id == currentRun()->id;
}

void JournalPage::updateButtons()
{
    // Its rows say whether it wrote to HubSpot or to a server.
    const bool isReady = isRead() && m_session && !m_reverts->isBusy();
    const bool onServer = isOnServer();
    m_revert->setEnabled(onServer ? m_rollback && !m_rollback->isBusy() : isReady);
    m_revertRows->setEnabled(isReady && !onServer && m_rowsView->selectionModel()->hasSelection());
    m_anew->setEnabled(isReady && m_rows.hasArchived());
    m_export->setEnabled(isRead() && m_session);
    m_verify->setEnabled(m_session != nullptr);
}

void JournalPage::showError(const Error &error, Situation situation, const QObject *cause)
{
    m_message->showError(error, situation);
    m_message->setCause(cause);
}

/// Whether the current run wrote to an IDM server.
bool JournalPage::isOnServer() const
{
    return isRead() && m_rows.isOnServer();
}

void JournalPage::setServers(CurrentServer *servers)
{
    m_rollback = new ServerRollback(*servers, *m_message, *m_progress, this);
    connect(m_rollback, &ServerRollback::busyChanged, this, &JournalPage::updateButtons);
}

void JournalPage::revertCurrent()
{
    const JournalRun *run = currentRun();
    if (run && isOnServer())
        m_rollback->rollBack(run->id, run->connectionId);
    else if (run)
        m_reverts->stage({run->id, {}, false});
}

void JournalPage::revertSelected()
{
    const JournalRun *run = currentRun();
    QStringList subjects;
    const QModelIndexList selected = m_rowsView->selectionModel()->selectedRows();
    for (const QModelIndex &index : selected)
        subjects.append(m_rows.rowAt(index.row()).subject);
    subjects.removeDuplicates();
    if (run && !subjects.isEmpty())
        m_reverts->stage({run->id, subjects, false});
}

void JournalPage::makeAnew()
{
    if (const JournalRun *run = currentRun())
        m_reverts->stage({run->id, {}, true});
}

void JournalPage::verify()
{
    m_verify->setEnabled(false);
    m_verified = m_watch->states();
    m_session->journal()
        .check(m_work.get())
        ->onDone(this, [this](const Result<JournalVerdict> &verdict) {
            updateButtons();
            if (!verdict)
                return showError(verdict.error(), Situation::ReadingJournal, m_verify);
            const VerdictText said = textOf(*verdict);
            m_message->showMessage(said.kind, said.text, said.detail);
            m_message->setCause(m_verify);
        });
}

Call<void> *JournalPage::exportTo(const QString &path, QObject *parent)
{
    return path.endsWith(".csv"_L1, Qt::CaseInsensitive)
        ? exportAsCsv(path, parent)
        : exportWith(&RunExport::json, path, parent);
}

Call<void> *JournalPage::exportAsCsv(const QString &path, QObject *parent)
{
    return exportWith(&RunExport::csv, path, parent);
}

Call<void> *JournalPage::exportWith(QByteArray (RunExport::*form)() const, const QString &path,
                                    QObject *parent)
{
    if (!isRead())
        return new ReadyCall<void>(fail(ErrorKind::InvalidInput, tr("There is no run to export."),
                                        tr("Select one, and wait until its rows are read.")),
                                   parent);
    const RunExport run(*currentRun(), m_rows.record().rows, m_masking);
    return new PoolCall<void>(
        [path, form, run](const std::stop_token &) {
            return saveFile(path, (run.*form)(), FileMode::KeepOrPrivate);
        },
        parent);
}

void JournalPage::chooseExport()
{
    const JournalRun *run = currentRun();
    if (!run)
        return;
    const QString csv = tr("CSV files (*.csv)");
    QString chosen;
    const QString path =
        QFileDialog::getSaveFileName(this, tr("Export Run"), u"run-"_s + run->id,
                                     tr("JSON files (*.json)") + u";;"_s + csv, &chosen);
    if (path.isEmpty() || !m_session)
        return;
    const bool isJson = path.endsWith(".json"_L1, Qt::CaseInsensitive);
    auto *call =
        chosen == csv && !isJson ? exportAsCsv(path, m_work.get()) : exportTo(path, m_work.get());
    call->onDone(this, [this](const Result<void> &saved) {
        m_message->dismissFor(m_export);
        if (!saved)
            return showError(saved.error(), Situation::SavingFile, m_export);
        emit statusMessage(
            m_masking.isOn() ? tr("The run was exported with pseudonyms in place of personal data.")
                             : tr("The run was exported. It holds personal data."));
    });
}

} // namespace hubkeeper
