// SPDX-License-Identifier: MIT
#include "problems/problemsdock.h"

#include "base/savefile.h"
#include "configuration/findings/documentfindings.h"
#include "problems/explanation.h"
#include "problems/findingsmodel.h"
#include "problems/fixpreview.h"
#include "session/checks/livechecks.h"
#include "session/open/session.h"
#include "widgets/callbar.h"
#include "widgets/messagebar.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QStackedWidget>
#include <QTableView>
#include <QTextBrowser>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// A pointer where the value is there, else line and column.
QString placeOf(const Finding &finding, const JsonText &text)
{
    if (!finding.pointer.isEmpty() && text.at(finding.pointer) != JsonText::none)
        return finding.pointer;
    return u"%1:%2"_s.arg(finding.position.line).arg(finding.position.column);
}

} // namespace

ProblemsDock::ProblemsDock(DocumentFindings &findings, QWidget *parent)
    : Page(u"problems"_s, parent)
    , m_findings(findings)
    , m_work(std::make_unique<QObject>())
    , m_model(new FindingsModel(this))
    , m_filter(new FindingsFilter(this))
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

QString ProblemsDock::title() const
{
    const int count = m_model->rowCount();
    //: Title of the dock with the number of findings.
    return count > 0 ? tr("Problems (%L1)").arg(count) : tr("Problems");
}

void ProblemsDock::setSession(std::shared_ptr<Session> session)
{
    m_work = std::make_unique<QObject>();
    m_session = std::move(session);
    updateButtons();
}

void ProblemsDock::onFindings()
{
    m_model->setFindings(m_findings.findings());
    showCounts();
    showEmptyState();
    updateButtons();
    explainCurrent();
    emit titleChanged();
}

void ProblemsDock::showEmptyState()
{
    const bool any = m_filter->rowCount() > 0;
    m_stack->setCurrentIndex(any ? 0 : 1);
    m_showAll->setVisible(!any && m_model->rowCount() > 0);
    m_rules->setVisible(m_model->rowCount() == 0);
    if (!m_findings.document()) {
        m_emptyText->setText(tr("No provisioner is open."));
    } else if (m_findings.isChecking()) {
        m_emptyText->setText(tr("The file is large; it is being checked."));
    } else if (m_model->rowCount() > 0) {
        m_emptyText->setText(
            tr("%Ln finding(s) do not match the filter.", nullptr, m_model->rowCount()));
    } else {
        m_emptyText->setText(
            tr("Checked at %1 with %Ln rule(s): nothing was found.", nullptr, ruleCount())
                .arg(QLocale().toString(m_findings.checkedAt().time(), QLocale::ShortFormat)));
    }
}

void ProblemsDock::showAll()
{
    for (QToolButton *button : m_severities)
        button->setChecked(true);
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
        emit goTo({u"configuration"_s, placeOf(*finding, m_findings.document()->text())});
}

void ProblemsDock::step(int by)
{
    if (m_filter->rowCount() == 0)
        return;
    m_table->selectRow(nextRow(by));
    goToCurrent();
    m_arrived = m_place ? m_place() : std::nullopt;
}

int ProblemsDock::nextRow(int by) const
{
    const QModelIndex now = m_table->currentIndex();
    const bool isInList = m_table->hasFocus();
    const auto place = m_place && !isInList ? m_place() : std::nullopt;
    if (place && (place != m_arrived || !now.isValid()))
        return nextRowFrom(*place, by);
    const int rows = m_filter->rowCount();
    if (!now.isValid())
        return by > 0 ? 0 : rows - 1;
    if (isInList || !m_place)
        return (now.row() + by + rows) % rows;
    const QList<int> shown = shownFindings(); // In the order of the text, however they are sorted.
    const qsizetype at = shown.indexOf(m_filter->mapToSource(now).row());
    const int next = shown[(at + by + rows) % rows];
    return m_filter->mapFromSource(m_model->index(next, 0)).row();
}

int ProblemsDock::nextRowFrom(qsizetype place, int by) const
{
    QList<int> shown = shownFindings();
    if (by < 0)
        std::reverse(shown.begin(), shown.end());
    const auto next = std::find_if(shown.begin(), shown.end(), [&](int row) {
        const qsizetype begin = m_model->at(row).at.begin;
        return by > 0 ? begin > place : begin < place;
    });
    const int row = next == shown.end() ? shown.first() : *next; // Past the end: from the start.
    return m_filter->mapFromSource(m_model->index(row, 0)).row();
}

QList<int> ProblemsDock::shownFindings() const
{
    QList<int> rows;
    for (int row = 0; row < m_filter->rowCount(); ++row)
        rows.append(m_filter->mapToSource(m_filter->index(row, 0)).row());
    std::sort(rows.begin(), rows.end()); // Findings are listed by their place.
    return rows;
}

void ProblemsDock::validateNow()
{
    m_findings.check();
    emit goTo({u"problems"_s, {}});
    if (!m_findings.isChecking())
        return tellCount();
    emit statusMessage(tr("The file is large; it is being checked."));
    connect(&m_findings, &DocumentFindings::changed, this, &ProblemsDock::tellCount,
            Qt::SingleShotConnection);
}

void ProblemsDock::tellCount()
{
    emit statusMessage(m_model->rowCount() == 0
                           ? tr("Nothing was found.")
                           : tr("%Ln finding(s)", nullptr, m_model->rowCount()));
}

void ProblemsDock::reload()
{
    m_findings.check();
}

void ProblemsDock::focusFilter()
{
    m_text->setFocus(Qt::ShortcutFocusReason);
    m_text->selectAll();
}

void ProblemsDock::showItem(const QString &item)
{
    for (int row = 0; row < m_filter->rowCount(); ++row) {
        if (m_filter->index(row, FindingsModel::RuleColumn).data().toString() == item)
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
        return emit statusMessage(
            tr("Done: %1. Undo on the Configuration page takes it back.").arg(title));
    emit statusMessage(tr("The text has changed meanwhile; it was checked again."));
    m_findings.check();
}

void ProblemsDock::fixAll()
{
    if (!m_findings.document())
        return;
    auto *call = m_findings.mend({}, this);
    m_progress->watch(call, tr("Looking what can be mended"));
    call->onDone(this, [this](const Result<Mending> &mending) {
        if (mending)
            offer(*mending);
    });
}

void ProblemsDock::offer(const Mending &mending)
{
    auto *preview = new FixPreview(mending.before, mending.outcome, this);
    preview->setAttribute(Qt::WA_DeleteOnClose);
    connect(preview, &QDialog::accepted, this, [this, mending] {
        if (m_findings.adopt(mending, tr("Fix All")))
            emit statusMessage(
                tr("%Ln finding(s) mended. Undo on the Configuration page takes it back.", nullptr,
                   int(mending.outcome.mended.size())));
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
    const std::pair<QString, ReportFormat> formats[] {{tr("Text (*.txt)"), ReportFormat::Text},
                                                      {tr("JSON (*.json)"), ReportFormat::Json},
                                                      {tr("SARIF (*.sarif)"), ReportFormat::Sarif},
                                                      {tr("JUnit (*.xml)"), ReportFormat::JUnit}};
    QStringList filters;
    for (const auto &format : formats)
        filters.append(format.first);
    QString chosen = filters.first();
    const QString path = QFileDialog::getSaveFileName(this, tr("Export Findings"), u"findings"_s,
                                                      filters.join(u";;"_s), &chosen);
    if (path.isEmpty())
        return;
    const auto exported = exportTo(path, formats[std::max(0, int(filters.indexOf(chosen)))].second);
    if (exported)
        emit statusMessage(tr("The findings were exported to %1.").arg(path));
    else
        m_message->showError(exported.error(), Situation::SavingFile);
}

Result<void> ProblemsDock::exportTo(const QString &path, ReportFormat format) const
{
    const Document *document = m_findings.document();
    CheckedFile file {document ? document->path() : QString(),
                      document ? document->bytes() : QByteArray(), m_findings.findings()};
    return saveFile(path, reportOf(format, {file}, Severity::Error, m_findings.options().dated),
                    FileMode::KeepOrDefault);
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
