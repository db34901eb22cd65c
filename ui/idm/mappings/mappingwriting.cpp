// SPDX-License-Identifier: MIT
#include "idm/currentserver.h"
#include "idm/mappings/mappingsview.h"
#include "idm/mappings/writemappingdialog.h"
#include "net/shellquote.h"
#include "provisioner/document/document.h"
#include "session/idm/deploy.h"
#include "session/idm/seenmapping.h"
#include "widgets/callbar.h"
#include "widgets/messagebar.h"

#include <QAction>

// The part of the view that writes one mapping to the server.

using namespace Qt::StringLiterals;

namespace hubkeeper {

void MappingsView::updateActions()
{
    const bool isOpen = bool(m_document);
    m_read->setEnabled(bool(m_server.session()));
    m_save->setEnabled(isOpen && (m_document->isModified() || m_onServer));
    m_save->setText(m_onServer ? tr("Save As…") : tr("Save"));
    QString why;
    if (!m_server.session())
        why = tr("No server is open.");
    else if (selectedMapping().isEmpty())
        why = tr("No mapping is selected.");
    else if (!m_document->text().isValid())
        why = tr("The text is not JSON.");
    m_write->setEnabled(why.isEmpty());
    m_write->setToolTip(why.isEmpty() ? command() : why);
}

QString MappingsView::command() const
{
    if (!m_server.session())
        return {};
    const QString file =
        m_document && !m_document->path().isEmpty() ? m_document->path() : u"sync.json"_s;
    return u"hubkeeper-cli idm mappings put %1 --mapping %2 --server %3"_s.arg(
        shellQuoted(file), shellQuoted(selectedMapping()),
        shellQuoted(m_server.session()->server().label));
}

/// What is selected, and what it was when it was read.
std::optional<MappingWish> MappingsView::wish() const
{
    const JsonText &text = m_document->text();
    const QString name = selectedMapping();
    const int node = mappingNamed(text, mappingsIn(text), name);
    if (node == JsonText::none)
        return std::nullopt;
    MappingWish wish;
    wish.name = name;
    wish.value = text.valueOf(node).toObject();
    if (m_onServer && m_readFrom.lock() == m_server.session()) {
        if (const auto read = m_onServer->find(name))
            wish.base = read->value;
    } else {
        wish.base = lastSeen(m_server.session()->server(), name, m_server.services().paths);
    }
    return wish;
}

void MappingsView::write()
{
    if (!m_write->isEnabled())
        return;
    const auto wanted = wish();
    if (!wanted)
        return;
    auto *call = planMapping(*m_server.session(), *wanted, &m_work);
    m_progress->watch(call, tr("Comparing with the server"));
    call->onDone(this, [this](const Result<MappingPlan> &plan) { onPlan(plan); });
}

void MappingsView::onPlan(const Result<MappingPlan> &plan)
{
    if (!plan)
        return m_messages->showError(plan.error(), Situation::ReadingServer);
    if (const auto refusal = plan->refusal())
        return m_messages->showError(*refusal, Situation::WritingServer, Offer::Nothing);
    if (plan->isSame())
        return m_messages->showMessage(
            MessageBar::Information, tr("The server has the mapping %1 already.").arg(plan->name));
    if (!m_server.session())
        return;
    const auto mode = modeToWrite(m_server.session()->server(), m_server.services().paths);
    if (!mode)
        return m_messages->showError(mode.error(), Situation::WritingServer);
    auto *dialog = new WriteMappingDialog(m_server.session()->server(), *plan, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this,
            [this, dialog, plan = *plan] { put(plan, dialog->note()); });
    dialog->open();
}

void MappingsView::put(const MappingPlan &plan, const QString &note)
{
    const auto session = m_server.session();
    if (!session)
        return;
    auto *opening = openJournal(m_server.services(), &m_work);
    opening->onDone(
        this, [this, session, plan, note](const Result<std::shared_ptr<Journal>> &journal) {
            if (!journal)
                return m_messages->showError(journal.error(), Situation::WritingServer,
                                             Offer::Nothing);
            auto *call = putMapping(*session, m_server.services(), *journal, plan, note, &m_work);
            m_progress->watch(call, tr("Writing the mapping %1").arg(plan.name));
            call->onDone(this, [this, session, plan](const Result<MappingReport> &report) {
                if (!report)
                    return m_messages->showError(report.error(), Situation::WritingServer,
                                                 Offer::Nothing);
                if (m_onServer && m_readFrom.lock() == session)
                    m_onServer = plan.after; // The next write begins from here.
                const QString before = report->rollbackFile.isEmpty()
                    ? QString()
                    : tr("What was there before is in %1. The Journal page takes the write back.")
                          .arg(report->rollbackFile);
                m_messages->showMessage(
                    report->written.different.isEmpty() ? MessageBar::Good : MessageBar::Warning,
                    report->written.different.isEmpty()
                        ? tr("The mapping %1 is written.").arg(plan.name)
                        : tr("The server has other values than were sent at: %1")
                              .arg(report->written.different.join(u", "_s)),
                    before);
            });
        });
}

} // namespace hubkeeper
