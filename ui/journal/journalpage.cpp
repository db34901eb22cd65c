// SPDX-License-Identifier: MIT
#include "journal/journalpage.h"

#include "base/savefile.h"
#include "session/open/session.h"
#include "widgets/icons.h"
#include "widgets/masking.h"
#include "widgets/messagebar.h"

#include <QBoxLayout>
#include <QFileDialog>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QByteArray asJson(const JournalRun &run, const QList<JournalRow> &rows, const Masking &masking)
{
    QJsonArray list;
    for (const JournalRow &stored : rows) {
        const JournalRow row = maskedRow(stored, masking);
        QJsonObject cells;
        for (auto cell = row.cells.begin(); cell != row.cells.end(); ++cell)
            cells.insert(cell.key(),
                         QJsonObject {{u"old"_s, cell->before}, {u"new"_s, cell->after}});
        QJsonObject json {{u"type"_s, nameOf(row.type)},
                          {u"id"_s, row.recordId},
                          {u"cells"_s, cells},
                          {u"outcome"_s, row.outcome},
                          {u"message"_s, row.message}};
        if (row.isDefinition)
            json.insert(u"definition"_s, true);
        list.append(json);
    }
    return QJsonDocument(QJsonObject {{u"run"_s, run.id},
                                      {u"startedAt"_s, run.startedAt.toString(Qt::ISODateWithMs)},
                                      {u"endedAt"_s, run.endedAt.toString(Qt::ISODateWithMs)},
                                      {u"connection"_s, run.connection},
                                      {u"portalId"_s, run.portalId},
                                      {u"user"_s, masking.name(run.user)},
                                      {u"note"_s, masking.text(run.note)},
                                      {u"rows"_s, list}})
        .toJson();
}

} // namespace

JournalPage::JournalPage(Masking &masking, QWidget *parent)
    : Page(u"journal"_s, parent)
    , m_masking(masking)
    , m_runs(masking, nullptr)
    , m_rows(masking, nullptr)
    , m_stack(new QStackedWidget(this))
    , m_message(new MessageBar(this))
    , m_runsView(makeView(tr("Runs"), &m_runs))
    , m_rowsView(makeView(tr("Rows of the run"), &m_rows))
    , m_revert(new QPushButton(hubkeeper::icon(u"document-revert"_s), tr("Re&vert Run…"), this))
    , m_verify(new QPushButton(hubkeeper::icon(u"confirm"_s), tr("Ver&ify Journal"), this))
    , m_export(new QPushButton(hubkeeper::icon(u"document-save-as"_s), tr("E&xport Run…"), this))
{
    m_runsView->setObjectName(u"journalRuns"_s);
    m_revert->setObjectName(u"revertRun"_s);
    auto *empty = new QLabel(tr("Nothing was applied from here yet.\n\nEvery run is kept with old "
                                "and new values, and can be reverted from this page."),
                             this);
    empty->setAlignment(Qt::AlignCenter);
    empty->setWordWrap(true);
    auto *split = new QSplitter(Qt::Vertical, this);
    split->addWidget(m_runsView);
    split->addWidget(m_rowsView);
    m_stack->addWidget(empty);
    m_stack->addWidget(split);

    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_revert);
    buttons->addWidget(m_export);
    buttons->addStretch(1);
    buttons->addWidget(m_verify);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(buttons);
    layout->addWidget(m_message);
    layout->addWidget(m_stack, 1);

    connect(m_runsView->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &JournalPage::showRows);
    connect(m_revert, &QPushButton::clicked, this, &JournalPage::revertCurrent);
    connect(m_verify, &QPushButton::clicked, this, &JournalPage::verify);
    connect(m_export, &QPushButton::clicked, this, &JournalPage::chooseExport);
    connect(&m_masking, &Masking::changed, this, [this] {
        m_runs.maskingChanged();
        m_rows.maskingChanged();
    });
    updateButtons();
}

QTreeView *JournalPage::makeView(const QString &name, QAbstractItemModel *model)
{
    auto *view = new QTreeView(this);
    view->setAccessibleName(name);
    view->setModel(model);
    view->setRootIsDecorated(false);
    view->setUniformRowHeights(true);
    view->setAlternatingRowColors(true);
    view->header()->setDefaultSectionSize(fontMetrics().averageCharWidth() * 26);
    return view;
}

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
    m_session = std::move(session);
    m_message->dismiss();
    m_runs.setRuns({});
    m_rows.setRows({});
    reload();
}

void JournalPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    reload();
}

void JournalPage::reload()
{
    if (m_session) {
        const auto runs = m_session->journal().runs();
        if (runs)
            m_runs.setRuns(*runs);
        else
            m_message->showError(runs.error(), Situation::ReadingJournal);
    }
    m_stack->setCurrentIndex(m_runs.rowCount() > 0 ? 1 : 0);
    if (m_runs.rowCount() > 0)
        m_runsView->setCurrentIndex(m_runs.index(0, 0));
    updateButtons();
}

const JournalRun *JournalPage::currentRun() const
{
    const QModelIndex current = m_runsView->currentIndex();
    return current.isValid() ? &m_runs.runAt(current.row()) : nullptr;
}

void JournalPage::showItem(const QString &item)
{
    reload();
    for (int row = 0; row < m_runs.rowCount(); ++row) {
        if (m_runs.runAt(row).id == item)
            m_runsView->setCurrentIndex(m_runs.index(row, 0));
    }
}

void JournalPage::showRows()
{
    const JournalRun *run = currentRun();
    const auto rows = run && m_session ? m_session->journal().rows(run->id)
                                       : Result<QList<JournalRow>>(QList<JournalRow>());
    if (rows)
        m_rows.setRows(*rows);
    else
        m_message->showError(rows.error(), Situation::ReadingJournal);
    updateButtons();
}

void JournalPage::updateButtons()
{
    m_revert->setEnabled(currentRun());
    m_export->setEnabled(currentRun());
    m_verify->setEnabled(m_session != nullptr);
}

void JournalPage::revertCurrent()
{
    const JournalRun *run = currentRun();
    if (!run || !m_session)
        return;
    const auto left = m_session->stageRevert(run->id);
    if (!left)
        return m_message->showError(left.error(), Situation::ReadingJournal);
    if (!left->isEmpty()) {
        QStringList masked;
        for (const QString &label : *left)
            masked.append(m_masking.name(label));
        m_message->showMessage(MessageBar::Warning,
                               tr("%n record(s) cannot be reverted.", nullptr, int(left->size())),
                               masked.join(u", "_s));
    }
    emit statusMessage(tr("The inverse of the run is staged. Look at it, then apply it."));
    emit goTo({u"changes"_s, {}});
}

void JournalPage::verify()
{
    const auto verdict = m_session->journal().verify();
    if (!verdict)
        return m_message->showError(verdict.error(), Situation::ReadingJournal);
    m_message->showMessage(verdict->intact ? MessageBar::Good : MessageBar::Failure,
                           verdict->intact ? tr("The journal is intact: %Ln entries checked.",
                                                nullptr, int(verdict->entries))
                                           : tr("The journal was altered."),
                           verdict->sentence);
}

Result<void> JournalPage::exportTo(const QString &path) const
{
    const JournalRun &run = *currentRun();
    return m_session->journal().rows(run.id).and_then([&](const QList<JournalRow> &rows) {
        return saveFile(path, asJson(run, rows, m_masking), FileMode::KeepOrPrivate);
    });
}

void JournalPage::chooseExport()
{
    const JournalRun *run = currentRun();
    if (!run)
        return;
    const QString path = QFileDialog::getSaveFileName(
        this, tr("Export Run"), u"run-%1.json"_s.arg(run->id), tr("JSON files (*.json)"));
    if (path.isEmpty())
        return;
    if (const auto saved = exportTo(path); !saved)
        return m_message->showError(saved.error(), Situation::SavingFile);
    emit statusMessage(m_masking.isOn()
                           ? tr("The run was exported with pseudonyms in place of personal data.")
                           : tr("The run was exported. It holds personal data."));
}

} // namespace hubkeeper
