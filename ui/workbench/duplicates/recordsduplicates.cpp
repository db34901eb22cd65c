// SPDX-License-Identifier: MIT
#include "workbench/duplicates/recordsduplicates.h"

#include "records/grid/recordtablemodel.h"
#include "records/recordspage.h"
#include "session/open/session.h"
#include "workbench/duplicates/duplicatesdialog.h"

#include <QAction>

using namespace Qt::StringLiterals;

namespace hubkeeper {

RecordsDuplicates::RecordsDuplicates(ObjectType type, RecordsPage &page)
    : QObject(&page)
    , m_type(type)
    , m_page(page)
    , m_action(new QAction(type == ObjectType::Contacts ? tr("Find &Duplicate Contacts…")
                                                        : tr("Find Du&plicate Companies…"),
                           this))
{
    m_action->setObjectName(type == ObjectType::Contacts ? u"duplicateContacts"_s
                                                         : u"duplicateCompanies"_s);
    m_action->setEnabled(false);
    connect(m_action, &QAction::triggered, this, &RecordsDuplicates::open);
}

RecordsDuplicates::~RecordsDuplicates()
{
    delete m_dialog;
}

void RecordsDuplicates::setSession(std::shared_ptr<Session> session)
{
    delete m_dialog; // It works on the session before.
    m_session = std::move(session);
    m_action->setEnabled(m_session != nullptr);
}

void RecordsDuplicates::open()
{
    if (!m_session)
        return;
    emit m_page.goTo({m_page.id(), {}});
    RecordTableModel *model = m_page.model();
    if (!model || !model->recordSet() || model->rowCount() < 2)
        return emit m_page.statusMessage(
            tr("There is nothing to compare before the records are read."));
    if (!m_dialog) {
        m_dialog = new DuplicatesDialog(m_type, *m_session, m_page.names(), &m_page);
        m_dialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_dialog, &DuplicatesDialog::statusMessage, &m_page, &RecordsPage::statusMessage);
        connect(m_dialog, &DuplicatesDialog::recordWanted, &m_page, [this](const QString &id) {
            emit m_page.goTo({m_page.id(), ItemId {id}});
        });
        connect(m_dialog, &DuplicatesDialog::changesWanted, &m_page, [this] {
            emit m_page.goTo({PageId::Changes, {}});
        });
        connect(m_dialog, &DuplicatesDialog::runWanted, &m_page, [this](const QString &run) {
            emit m_page.goTo({PageId::Journal, ItemId {run}});
        });
        connect(model, &QObject::destroyed, m_dialog, &QDialog::reject); // Another reading.
        connect(model->recordSet(), &QObject::destroyed, m_dialog, &QDialog::reject);
    }
    std::vector<qint64> rows;
    for (int row = 0; row < model->rowCount(); ++row)
        rows.push_back(model->storeRowAt(row));
    m_dialog->setRecords(*model->recordSet(), std::move(rows), model->columns());
    m_dialog->show();
    m_dialog->raise();
    m_dialog->activateWindow();
}

} // namespace hubkeeper
