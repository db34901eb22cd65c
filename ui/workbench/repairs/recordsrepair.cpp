// SPDX-License-Identifier: MIT
#include "workbench/repairs/recordsrepair.h"

#include "records/recordspage.h"
#include "session/open/session.h"
#include "widgets/place.h"
#include "workbench/repairs/repairdialog.h"

#include <QAction>

using namespace Qt::StringLiterals;

namespace hubkeeper {

RecordsRepair::RecordsRepair(RecordsPage &page, Settings &settings)
    : QObject(&page)
    , m_page(page)
    , m_settings(settings)
    , m_action(new QAction(tr("Repair…"), this))
{
    m_action->setObjectName(u"repairRecords"_s);
    m_action->setEnabled(false);
    connect(m_action, &QAction::triggered, this, [this] { open(); });
}

RecordsRepair::~RecordsRepair()
{
    delete m_dialog;
}

RepairDialog *RecordsRepair::dialog() const
{
    return m_dialog;
}

void RecordsRepair::setSession(std::shared_ptr<Session> session)
{
    delete m_dialog; // It works on the session before.
    m_session = std::move(session);
    m_action->setEnabled(m_session != nullptr);
}

void RecordsRepair::open()
{
    auto subject = m_session ? subjectOf(m_page, *m_session) : std::nullopt;
    if (!subject)
        return emit m_page.statusMessage(
            tr("There is nothing to repair before the records are read."));
    if (!m_dialog)
        return open(*std::move(subject));
    m_dialog->raise();
    m_dialog->activateWindow();
}

void RecordsRepair::repair(const RepairPreset &preset, const std::vector<qint64> &rows)
{
    auto subject = m_session ? subjectOf(m_page, *m_session) : std::nullopt;
    if (!subject)
        return;
    subject->selected = rows;
    delete m_dialog;
    open(*std::move(subject));
    m_dialog->choose(preset);
}

void RecordsRepair::open(RecordsSubject subject)
{
    m_dialog =
        new RepairDialog(*m_session, m_page.names(), m_settings, std::move(subject), &m_page);
    m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_dialog, &RepairDialog::staged, &m_page, [this](int records) {
        emit m_page.statusMessage(tr("%Ln record(s) are staged. Nothing was sent; Undo takes the "
                                     "repair back.",
                                     nullptr, records));
        emit m_page.goTo({PageId::Changes, {}});
    });
    m_dialog->show();
    m_dialog->raise();
    m_dialog->activateWindow();
}

} // namespace hubkeeper
