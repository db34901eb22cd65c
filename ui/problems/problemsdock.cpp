// SPDX-License-Identifier: MIT
#include "problems/problemsdock.h"

#include "base/savefile.h"
#include "configuration/findings/documentfindings.h"
#include "problems/explanation.h"
#include "problems/findingsexport.h"
#include "problems/findingsmodel.h"
#include "problems/fixpreview.h"
#include "problems/noproblems.h"
#include "problems/severitybuttons.h"
#include "session/checks/livechecks.h"
#include "session/open/session.h"
#include "widgets/callbar.h"
#include "widgets/icons.h"
#include "widgets/messagebar.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QStackedWidget>
#include <QTableView>
#include <QTextBrowser>

using namespace Qt::StringLiterals;

namespace hubkeeper {

ProblemsDock::ProblemsDock(DocumentFindings &findings, QWidget *parent)
    : Page(PageId::Problems, parent)
    , m_findings(findings)
    , m_work(std::make_unique<QObject>())
    , m_model(new FindingsModel(this))
    , m_filter(new FindingsFilter(this))
    , m_walk(*m_model, *m_filter)
{
    makeActions();
    build();
    connect(&m_findings, &DocumentFindings::changed, this, &ProblemsDock::onFindings);
    connect(&m_findings, &DocumentFindings::checkingChanged, this, &ProblemsDock::showEmptyState);
    connect(m_table, &QTableView::activated, this, &ProblemsDock::goToCurrent);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &ProblemsDock::updateButtons);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &ProblemsDock::explainCurrent);
    onFindings();
}

ProblemsDock::~ProblemsDock() = default;

QIcon ProblemsDock::icon() const
{
    return hubkeeper::icon(u"problems"_s);
}

QString ProblemsDock::title() const
{
    const int count = m_findings.count(Severity::Error) + m_findings.count(Severity::Warning);
    //: Title of the dock with the number of errors and warnings.
    return count > 0 ? tr("Problems (%L1)").arg(count) : tr("Problems");
}

/// What no edit of the file ends is listed, but brings up no dock.
bool ProblemsDock::isEmpty() const
{
    return m_findings.curableCount() == 0;
}

bool ProblemsDock::needsAttention() const
{
    return m_findings.count(Severity::Error) > 0;
}

void ProblemsDock::setSession(std::shared_ptr<Session> session)
{
    m_work = std::make_unique<QObject>();
    m_session = std::move(session);
    m_message->endError(Situation::TestingConnection);
    updateButtons();
}

void ProblemsDock::onFindings()
{
    m_model->setFindings(m_findings.findings());
    const QSignalBlocker shownOnly(m_profile);
    m_profile->setCurrentIndex(m_profile->findData(int(m_findings.options().profile)));
    m_severities->showCounts(m_findings);
    showEmptyState();
    updateButtons();
    explainCurrent();
    emit titleChanged();
}

void ProblemsDock::showEmptyState()
{
    const bool any = m_filter->rowCount() > 0;
    m_stack->setCurrentIndex(any ? 0 : 1);
    m_empty->showReason(m_findings, any ? 0 : m_model->rowCount());
}

void ProblemsDock::showAll()
{
    m_severities->checkAll();
    m_text->clear();
    m_table->setFocus();
}

const Finding *ProblemsDock::current() const
{
    const QModelIndex index = m_filter->mapToSource(m_table->currentIndex());
    return index.isValid() ? &m_model->at(index.row()) : nullptr;
}

QList<const Finding *> ProblemsDock::selected() const
{
    QList<const Finding *> findings;
    QModelIndexList rows = m_table->selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    for (const QModelIndex &row : std::as_const(rows))
        findings.append(&m_model->at(m_filter->mapToSource(row).row()));
    return findings;
}

void ProblemsDock::updateButtons()
{
    const Finding *finding = current();
    const bool fixable = finding && finding->fix;
    m_fix->setEnabled(fixable);
    m_fix->setToolTip(fixable ? finding->fix->title : tr("The finding has no mechanical fix"));
    const auto &all = m_findings.findings();
    m_fixAll->setEnabled(std::any_of(all.begin(), all.end(),
                                     [](const Finding &one) { return one.fix && one.fix->safe; }));
    m_next->setEnabled(m_filter->rowCount() > 0);
    m_previous->setEnabled(m_next->isEnabled());
    m_copy->setEnabled(finding);
    m_explain->setEnabled(finding || m_explain->isChecked());
    m_export->setEnabled(m_findings.document());
    m_validate->setEnabled(m_findings.document());
    m_portal->setEnabled(m_session && m_findings.document() && !m_progress->isBusy());
}

void ProblemsDock::goToCurrent()
{
    if (const Finding *finding = current())
        emit goTo({PageId::Configuration, placeOf(*finding, m_findings.document()->text())});
}

void ProblemsDock::step(int by)
{
    if (m_filter->rowCount() == 0)
        return;
    m_table->selectRow(m_walk.next(m_table->currentIndex(), by, m_table->hasFocus()));
    goToCurrent();
    m_walk.arrive();
}

void ProblemsDock::validateNow()
{
    m_findings.project().lookAgain();
    m_findings.check();
    emit goTo({PageId::Problems, {}});
    if (!m_findings.isChecking())
        return reportCount();
    emit statusMessage(tr("The file is large; it is being checked."));
    connect(&m_findings, &DocumentFindings::changed, this, &ProblemsDock::reportCount,
            Qt::SingleShotConnection);
}

void ProblemsDock::reportCount()
{
    emit statusMessage(m_model->rowCount() == 0
                           ? tr("Nothing was found.")
                           : tr("%Ln finding(s)", nullptr, m_model->rowCount()));
}

void ProblemsDock::reload()
{
    m_findings.project().lookAgain();
    m_findings.check();
}

void ProblemsDock::focusFilter()
{
    m_text->setFocus(Qt::ShortcutFocusReason);
    m_text->selectAll();
}

void ProblemsDock::showItem(const PlaceItem &item)
{
    const QString rule = idIn(item);
    for (int row = 0; row < m_filter->rowCount(); ++row) {
        if (m_filter->index(row, FindingsModel::RuleColumn).data().toString() == rule)
            m_table->selectRow(row);
    }
    m_explain->setChecked(true);
    explain();
}

void ProblemsDock::fixCurrent()
{
    const Finding *finding = current();
    if (!finding || !finding->fix)
        return;
    const QString title = finding->fix->title;
    if (m_findings.apply(*finding))
        return sayOfEdit(tr("Done: %1. Undo on the Configuration page takes it back.").arg(title));
    emit statusMessage(tr("The text has changed meanwhile; it was checked again."));
    m_findings.check();
}

/// Until the next edit, or until this one is taken back.
void ProblemsDock::sayOfEdit(const QString &text)
{
    emit statusMessage(text);
    connect(
        m_findings.document(), &Document::changed, this, [this] { emit statusMessage({}); },
        Qt::SingleShotConnection);
}

void ProblemsDock::fixAll()
{
    if (!m_findings.document())
        return;
    auto *call = m_findings.fixAll({}, this);
    m_progress->watch(call, tr("Looking for what can be fixed"));
    call->onDone(this, [this](const Result<FixedText> &fixedText) {
        if (fixedText)
            offer(*fixedText);
    });
}

void ProblemsDock::offer(const FixedText &fixedText)
{
    auto *preview = new FixPreview(fixedText.before, fixedText.outcome, this);
    preview->setAttribute(Qt::WA_DeleteOnClose);
    connect(preview, &QDialog::accepted, this, [this, fixedText] {
        if (m_findings.adopt(fixedText, tr("Fix All")))
            sayOfEdit(tr("%Ln finding(s) fixed. Undo on the Configuration page takes it back.",
                         nullptr, int(fixedText.outcome.fixed.size())));
        else
            emit statusMessage(tr("The text has changed meanwhile; it was checked again."));
    });
    preview->open();
}

void ProblemsDock::explain()
{
    m_explanation->setVisible(m_explain->isChecked());
    explainCurrent();
}

void ProblemsDock::explainCurrent()
{
    if (const Finding *finding = current(); finding && m_explain->isChecked())
        m_explanation->setHtml(explanationOf(*finding));
    else if (m_model->rowCount() > 0)
        m_explanation->clear();
    updateButtons();
}

void ProblemsDock::showRules()
{
    m_explain->setChecked(true);
    m_explanation->setHtml(ruleListHtml());
    m_explanation->setVisible(true);
    m_explanation->setFocus();
    updateButtons();
}

void ProblemsDock::copy()
{
    QStringList texts;
    for (const Finding *finding : selected())
        texts.append(plainTextOf(*finding));
    QApplication::clipboard()->setText(texts.join(u"\n\n"_s));
    emit statusMessage(tr("%Ln finding(s) copied.", nullptr, int(texts.size())));
}

void ProblemsDock::askWhereToExport()
{
    const auto target = askForExport(this);
    if (!target)
        return;
    const auto exported = exportTo(target->path, target->format);
    if (!exported)
        return m_message->showError(exported.error(), Situation::SavingFile);
    m_message->endError(Situation::SavingFile);
    emit statusMessage(tr("The findings were exported to %1.").arg(target->path));
}

Result<void> ProblemsDock::exportTo(const QString &path, ReportFormat format) const
{
    return saveFile(path, findingsReport(m_findings, format), FileMode::KeepOrDefault);
}

void ProblemsDock::checkPortal()
{
    if (!m_session || !m_findings.document())
        return;
    const JsonText text = m_findings.document()->text();
    auto *check = new LiveCheck(*m_session, text, m_work.get());
    m_progress->watch(check, tr("Asking the portal"));
    updateButtons();
    check->onDone(this, [this, checked = text.bytes()](const Result<QList<Finding>> &found) {
        if (found) {
            m_message->endError(Situation::TestingConnection);
            m_findings.setLive(*found, checked);
            emit statusMessage(found->isEmpty() ? tr("The portal agrees with the file.")
                                                : tr("%Ln finding(s) by asking the portal", nullptr,
                                                     int(found->size())));
        } else {
            m_message->showError(found.error(), Situation::TestingConnection);
        }
    });
}

void ProblemsDock::changeEvent(QEvent *event)
{
    Page::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_explanation)
        explainCurrent();
}

} // namespace hubkeeper
