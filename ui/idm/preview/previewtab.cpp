// SPDX-License-Identifier: MIT
#include "idm/preview/previewtab.h"

#include "base/poolcall.h"
#include "base/savefile.h"
#include "idm/currentserver.h"
#include "idm/limitfields.h"
#include "idm/preview/previewdetails.h"
#include "idm/preview/previewentries.h"
#include "idm/reading/mappinglist.h"
#include "session/idm/previewjson.h"
#include "session/idm/previewreading.h"
#include "widgets/callbar.h"
#include "widgets/messagebar.h"
#include "widgets/wrappedlabel.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeView>
#include <QTreeWidget>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// A word as a shell takes it.
QString quoted(const QString &word)
{
    QString inside = word;
    return u'\'' + inside.replace(u'\'', u"'\\''"_s) + u'\'';
}

QString rangeOf(const ActionCount &count)
{
    return count.known == count.most ? QString::number(count.known)
                                     : PreviewTab::tr("%1 to %2").arg(count.known).arg(count.most);
}

} // namespace

PreviewTab::~PreviewTab() = default;

void PreviewTab::connectAll()
{
    connect(&m_server, &CurrentServer::changed, this, &PreviewTab::onServer);
    connect(m_mapping, &QComboBox::currentIndexChanged, this, [this] {
        m_direction->setText(m_mapping->currentData(Qt::UserRole).toString());
        updateButtons();
    });
    connect(m_run, &QPushButton::clicked, this, &PreviewTab::run);
    connect(m_again, &QPushButton::clicked, this, &PreviewTab::compute);
    const auto asks = [this](QPushButton *button, bool saves, const QString &title,
                             const QString &filter, void (PreviewTab::*then)(const QString &)) {
        connect(button, &QPushButton::clicked, this,
                [=, this] { askForFile(title, filter, saves, then); });
    };
    const QString json = tr("JSON files (*.json)");
    asks(m_open, false, tr("Open a Saved Preview"), {}, &PreviewTab::openSaved);
    asks(m_try, false, tr("Try a Mapping"), json, &PreviewTab::tryMapping);
    asks(m_save, true, tr("Save What Was Read"), {}, &PreviewTab::saveAs);
    asks(m_export, true, tr("Export the Preview"), json, &PreviewTab::exportAs);
    connect(m_most, &LimitFields::changed, this, &PreviewTab::showLimits);
    for (QComboBox *filter : {m_action, m_situation})
        connect(filter, &QComboBox::currentIndexChanged, this, &PreviewTab::applyFilter);
    connect(m_text, &QLineEdit::textChanged, this, &PreviewTab::applyFilter);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &PreviewTab::showCurrent);
    connect(m_entries, &PreviewEntries::dataChanged, this, &PreviewTab::showCurrent);
    connect(m_entries, &PreviewEntries::listed, this, &PreviewTab::showCurrent);
    const auto onFailure = [this](const Error &error) { fail(error, Situation::ReadingDraft); };
    connect(m_entries, &PreviewEntries::failed, this, onFailure);
    connect(m_details, &PreviewDetails::failed, this, onFailure);
    connect(m_copy, &QPushButton::clicked, this, [this] {
        QApplication::clipboard()->setText(m_command->text());
        emit statusMessage(tr("The command is in the clipboard."));
    });
}

void PreviewTab::askForFile(const QString &title, const QString &filter, bool saves,
                            void (PreviewTab::*then)(const QString &))
{
    auto *dialog = new QFileDialog(this, title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(saves ? QFileDialog::AcceptSave : QFileDialog::AcceptOpen);
    dialog->setFileMode(saves ? QFileDialog::AnyFile : QFileDialog::ExistingFile);
    if (!filter.isEmpty()) {
        dialog->setNameFilters({filter, tr("All files (*)")});
        dialog->setDefaultSuffix(u"json"_s);
    }
    connect(dialog, &QFileDialog::fileSelected, this, then);
    dialog->open();
}

void PreviewTab::fail(const Error &error, Situation situation)
{
    if (error.kind != ErrorKind::Cancelled)
        m_messages->showError(error, situation, Offer::Nothing);
    updateButtons();
}

void PreviewTab::onServer()
{
    const auto &session = m_server.session();
    if (session && m_mappingsOf.lock() == session)
        return updateButtons();
    m_mappingsOf = session;
    m_isStale = true;
    readMappingsLater();
    updateButtons();
}

void PreviewTab::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    readMappingsLater();
}

/// When it is seen, and no saved set is open.
void PreviewTab::readMappingsLater()
{
    if (m_isStale && isVisible() && m_server.session() && m_openedFrom.isEmpty())
        readMappings();
}

void PreviewTab::readMappings()
{
    m_isStale = false;
    const auto session = m_server.session();
    auto *call = readMappingList(session->client(), m_server.facts()->profile, m_work.get());
    m_progress->watch(call, tr("Reading the mappings"));
    call->onDone(m_work.get(), [this, session](const Result<QJsonArray> &mappings) {
        if (!mappings)
            return fail(mappings.error(), Situation::ReadingServer);
        showMappings(*mappings);
    });
}

void PreviewTab::showMappings(const QJsonArray &mappings)
{
    const QString before = m_mapping->currentText();
    m_mapping->clear();
    const QJsonArray all = replacedMappings(mappings, m_edited);
    for (const QJsonValue &mapping : all)
        m_mapping->addItem(
            mapping["name"_L1].toString(),
            u"%1 → %2"_s.arg(mapping["source"_L1].toString(), mapping["target"_L1].toString()));
    m_mapping->setCurrentIndex(std::max(0, m_mapping->findText(before)));
    updateButtons();
}

PreviewOrder PreviewTab::order() const
{
    PreviewOrder order;
    order.mapping = m_mapping->currentText();
    order.edited = m_edited;
    return order;
}

void PreviewTab::run()
{
    const auto session = m_server.session();
    if (!session || m_running)
        return;
    m_messages->dismiss();
    m_openedFrom.clear();
    PreviewWish wish;
    wish.mapping = m_mapping->currentText();
    wish.edited = m_edited;
    auto *call = readForPreview(*session, m_server.services().clock, wish, m_work.get());
    m_running = call;
    m_progress->watch(call, tr("Reading both sides"));
    using Kept = std::shared_ptr<PreviewStore>;
    call->onDone(m_work.get(), [this, session](const Result<Kept> &store) {
        m_running.clear();
        onRead(store.map([](const Kept &kept) { return PreviewInput {kept, {}}; }));
    });
    updateButtons();
}

void PreviewTab::openSaved(const QString &path)
{
    if (m_running)
        return;
    m_messages->dismiss();
    auto *call = new PoolCall<PreviewInput>(
        [path](const std::stop_token &) { return openPreviewFile(path); }, m_work.get());
    m_running = call;
    m_progress->watch(call, tr("Opening the saved preview"));
    call->onDone(m_work.get(), [this, path](const Result<PreviewInput> &input) {
        m_running.clear();
        if (!input)
            return fail(input.error(), Situation::OpeningFile);
        m_openedFrom = path;
        const auto mappings = input->mappings();
        if (!mappings)
            return fail(mappings.error(), Situation::OpeningFile);
        showMappings(*mappings);
        onRead(input);
    });
    updateButtons();
}

void PreviewTab::tryMapping(const QString &path)
{
    const auto edited = path.isEmpty() ? Result<QJsonArray>(QJsonArray()) : readMappingFile(path);
    if (!edited)
        return fail(edited.error(), Situation::OpeningFile);
    m_edited = *edited;
    m_mappingFile = path;
    for (const QJsonValue &mapping : *edited) {
        const QString name = mapping["name"_L1].toString();
        if (m_mapping->findText(name) < 0)
            m_mapping->addItem(name);
        m_mapping->setCurrentText(name);
    }
    compute();
}

void PreviewTab::onRead(const Result<PreviewInput> &input)
{
    if (!input)
        return fail(input.error(), Situation::ReadingServer);
    m_input = *input;
    compute();
}

void PreviewTab::compute()
{
    if (!m_input || m_running)
        return updateButtons();
    m_messages->dismiss();
    auto *call = previewInThread(*m_input, order(), m_work.get());
    m_running = call;
    m_progress->watch(call, tr("Computing the preview"));
    call->onDone(m_work.get(), [this](const Result<PreviewOutcome> &outcome) {
        m_running.clear();
        onOutcome(outcome);
    });
    updateButtons();
}

void PreviewTab::onOutcome(const Result<PreviewOutcome> &outcome)
{
    if (!outcome)
        return fail(outcome.error(), Situation::ReadingServer);
    m_outcome = std::make_shared<const PreviewOutcome>(*outcome);
    showOutcome();
    updateButtons();
    emit computed();
}

void PreviewTab::showOutcome()
{
    m_summary->setText(summary());
    m_warnings->clear();
    const auto add = [this](const QString &count, const QString &text) {
        auto *item = new QTreeWidgetItem({count, text});
        item->setToolTip(1, text);
        m_warnings->addTopLevelItem(item);
    };
    for (const QString &gap : m_outcome->gaps)
        add(u"!"_s, gap);
    for (const QString &script : m_outcome->result.serverScripts)
        add(u"!"_s, tr("It depends on a script of the server: %1").arg(script));
    for (const ReconWarning &warning : m_outcome->warnings)
        add(QString::number(warning.count), warning.text);
    const int shown = std::min(4, m_warnings->topLevelItemCount());
    m_warnings->setVisible(shown > 0);
    m_warnings->setFixedHeight(m_warnings->header()->sizeHint().height()
                               + (shown + 1) * fontMetrics().height());
    showLimits();
    fillFilters();
    m_entries->setOutcome(m_outcome);
    m_details->clear();
}

QString PreviewTab::summary() const
{
    const ReconResult &result = m_outcome->result;
    QStringList sentences;
    if (result.state == ReconResult::State::Failed)
        sentences.append(tr("The server would break the run off: %1").arg(result.cause));
    if (result.state == ReconResult::State::Canceled)
        sentences.append(tr("Stopped before the end."));
    sentences.append(tr("%1 of %2 targets deleted, %3 created, %4 changed, %5 unlinked.")
                         .arg(rangeOf(m_outcome->countOf(SyncAction::Delete)))
                         .arg(m_outcome->targetsBefore)
                         .arg(rangeOf(m_outcome->countOf(SyncAction::Create)),
                              rangeOf(m_outcome->countOf(SyncAction::Update)),
                              rangeOf(m_outcome->countOf(SyncAction::Unlink))));
    if (result.failures > 0)
        sentences.append(tr("%Ln object(s) fail.", nullptr, result.failures));
    if (!result.complete)
        sentences.append(tr("The preview is not complete; deletions are not certain."));
    return sentences.join(u' ');
}

/// What is over a limit, as soon as it is typed.
void PreviewTab::showLimits()
{
    m_command->setText(command());
    const auto limits = m_most->thresholds();
    if (!limits)
        return m_limits->showMessage(MessageBar::Warning, limits.error().what,
                                     limits.error().remedy);
    const QStringList over = m_outcome ? m_outcome->overThresholds(*limits) : QStringList();
    if (over.isEmpty())
        return m_limits->dismiss();
    m_limits->showMessage(MessageBar::Failure, tr("Over a limit"), over.join(u'\n'));
}

void PreviewTab::applyFilter()
{
    EntryFilter filter;
    if (m_action->currentIndex() > 0)
        filter.action = SyncAction(m_action->currentData().toInt());
    if (m_situation->currentIndex() > 0)
        filter.situation = SyncSituation(m_situation->currentData().toInt());
    filter.text = m_text->text();
    m_entries->setFilter(filter);
}

void PreviewTab::showCurrent()
{
    const auto entry = m_entries->entry(m_view->currentIndex().row());
    if (entry && m_outcome)
        m_details->show(m_outcome, *entry);
    else
        m_details->clear();
}

void PreviewTab::write(const QString &what, const QString &done, std::function<Result<void>()> work)
{
    auto *call = new PoolCall<void>(
        [work = std::move(work)](const std::stop_token &) { return work(); }, m_work.get());
    m_progress->watch(call, what);
    call->onDone(m_work.get(), [this, done](const Result<void> &written) {
        if (!written)
            return fail(written.error(), Situation::SavingFile);
        emit statusMessage(done);
    });
}

void PreviewTab::saveAs(const QString &path)
{
    if (m_input && m_input->store)
        write(tr("Saving"), tr("Saved as %1.").arg(path),
              [store = m_input->store, path] { return store->saveAs(path); });
}

void PreviewTab::exportAs(const QString &path)
{
    if (!m_outcome)
        return;
    write(tr("Exporting"), tr("Exported as %1.").arg(path), [outcome = m_outcome, path] {
        auto saver = FileSaver::begin(path, FileMode::KeepOrPrivate);
        if (!saver)
            return Result<void>(tl::unexpected(saver.error()));
        Result<void> kept;
        const auto written = writePreviewJson(*outcome, [&](const QByteArray &piece) {
            if (kept)
                kept = saver->write(piece);
        });
        if (!written || !kept)
            return written ? kept : written;
        return saver->commit();
    });
}

QString PreviewTab::command() const
{
    QStringList words {u"hubkeeper-cli"_s, u"idm"_s, u"preview"_s};
    if (!m_openedFrom.isEmpty())
        words << u"--from"_s << quoted(m_openedFrom);
    else if (m_server.server())
        words << u"--server"_s << quoted(m_server.server()->label);
    if (m_mapping->currentIndex() >= 0)
        words << u"--mapping"_s << quoted(m_mapping->currentText());
    if (!m_mappingFile.isEmpty())
        words << u"--mapping-file"_s << quoted(m_mappingFile);
    words += m_most->words();
    return words.join(u' ');
}

void PreviewTab::updateButtons()
{
    const bool isFree = !m_running;
    m_run->setEnabled(isFree && m_server.session() && m_mapping->count() > 0);
    m_again->setEnabled(isFree && m_input);
    m_open->setEnabled(isFree);
    m_try->setEnabled(isFree);
    m_save->setEnabled(isFree && m_input && m_input->store);
    m_export->setEnabled(isFree && m_outcome);
    m_command->setText(command());
}

} // namespace hubkeeper
