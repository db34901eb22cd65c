// SPDX-License-Identifier: MIT
#include "workbench/report/recordsreport.h"

#include "records/recordspage.h"
#include "session/open/session.h"
#include "widgets/place.h"
#include "workbench/repairs/recordsrepair.h"
#include "workbench/report/reportdialog.h"

#include <QAction>

using namespace Qt::StringLiterals;

namespace hubkeeper {

RecordsReport::RecordsReport(RecordsPage &page, RecordsRepair &repair, Settings &settings)
    : QObject(&page)
    , m_page(page)
    , m_repair(repair)
    , m_settings(settings)
    , m_action(new QAction(tr("Validation Report…"), this))
{
    m_action->setObjectName(u"reportRecords"_s);
    m_action->setEnabled(false);
    connect(m_action, &QAction::triggered, this, &RecordsReport::open);
}

RecordsReport::~RecordsReport()
{
    delete m_dialog;
}

ReportDialog *RecordsReport::dialog() const
{
    return m_dialog;
}

void RecordsReport::setSession(std::shared_ptr<Session> session)
{
    delete m_dialog; // It works on the session before.
    m_session = std::move(session);
    m_action->setEnabled(m_session != nullptr);
}

void RecordsReport::open()
{
    auto subject = m_session ? subjectOf(m_page, *m_session) : std::nullopt;
    if (!subject)
        return emit m_page.statusMessage(
            tr("There is nothing to look at before the records are read."));
    if (!m_dialog) {
        m_dialog =
            new ReportDialog(*m_session, m_page.names(), m_settings, *std::move(subject), &m_page);
        m_dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_dialog, &ReportDialog::recordWanted, &m_page, [this](const QString &id) {
            emit m_page.goTo({m_page.id(), ItemId {id}});
        });
        connect(m_dialog, &ReportDialog::repairWanted, &m_repair, &RecordsRepair::repair);
    }
    m_dialog->show();
    m_dialog->raise();
    m_dialog->activateWindow();
}

} // namespace hubkeeper
