// SPDX-License-Identifier: MIT
#include "workbench/history/recordsasof.h"

#include "records/recordspage.h"
#include "session/open/session.h"
#include "widgets/place.h"
#include "workbench/history/asofdialog.h"

#include <QAction>

using namespace Qt::StringLiterals;

namespace hubkeeper {

RecordsAsOf::RecordsAsOf(RecordsPage &page)
    : QObject(&page)
    , m_page(page)
    , m_action(new QAction(tr("Values As Of…"), this))
{
    m_action->setObjectName(u"valuesAsOf"_s);
    m_action->setEnabled(false);
    connect(m_action, &QAction::triggered, this, &RecordsAsOf::open);
}

RecordsAsOf::~RecordsAsOf()
{
    delete m_dialog;
}

AsOfDialog *RecordsAsOf::dialog() const
{
    return m_dialog;
}

void RecordsAsOf::setSession(std::shared_ptr<Session> session)
{
    delete m_dialog; // It works on the session before.
    m_session = std::move(session);
    m_action->setEnabled(m_session != nullptr);
}

void RecordsAsOf::open()
{
    auto subject = m_session ? subjectOf(m_page, *m_session) : std::nullopt;
    if (!subject)
        return emit m_page.statusMessage(
            tr("There is nothing to put back before the records are read."));
    if (!m_dialog) {
        m_dialog = new AsOfDialog(*m_session, m_page.names(), *std::move(subject), &m_page);
        m_dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_dialog, &AsOfDialog::staged, &m_page, [this](int records) {
            emit m_page.statusMessage(tr("%Ln record(s) are staged. Nothing was sent; Undo takes "
                                         "it back.",
                                         nullptr, records));
            emit m_page.goTo({PageId::Changes, {}});
        });
    }
    m_dialog->show();
    m_dialog->raise();
    m_dialog->activateWindow();
}

} // namespace hubkeeper
