// SPDX-License-Identifier: MIT
#include "records/recordsactions.h"

#include "records/grid/recordtable.h"
#include "records/grid/recordtablemodel.h"
#include "records/newrecorddialog.h"
#include "session/open/session.h"
#include "session/reading/recordlabel.h"
#include "widgets/messagebar.h"

#include <QAction>
#include <QDesktopServices>
#include <QInputDialog>
#include <QMessageBox>

using namespace Qt::StringLiterals;

namespace hubkeeper {

RecordsActions::RecordsActions(ObjectType type, const PropertyNames &names, RecordTable &table,
                               MessageBar &message, QWidget *parent)
    : QObject(parent)
    , m_type(type)
    , m_names(names)
    , m_table(table)
    , m_message(message)
    , m_window(parent)
{
    add(m_type == ObjectType::Contacts ? tr("&New Contact…") : tr("&New Company…"),
        &RecordsActions::createRecord);
    add(tr("&Archive Selected Records…"), &RecordsActions::archiveSelected);
    add(tr("Open in &HubSpot"), &RecordsActions::openInHubSpot);
    m_table.setContextMenuPolicy(Qt::CustomContextMenu);
    connect(&m_table, &QWidget::customContextMenuRequested, this, [this](const QPoint &at) {
        QMenu menu;
        addTo(menu);
        menu.exec(m_table.viewport()->mapToGlobal(at));
    });
}

void RecordsActions::add(const QString &text, void (RecordsActions::*run)())
{
    auto *action = new QAction(text, this);
    connect(action, &QAction::triggered, this, run);
    m_actions.append(action);
}

void RecordsActions::setSession(std::shared_ptr<Session> session)
{
    m_work = std::make_unique<QObject>();
    m_session = std::move(session);
    for (QAction *action : std::as_const(m_actions))
        action->setEnabled(m_session != nullptr);
}

void RecordsActions::addTo(QMenu &menu) const
{
    menu.addActions(
        {m_table.copyAction(), m_table.pasteAction(), m_table.fillAction(), m_table.clearAction()});
    menu.addSeparator();
    menu.addActions({m_table.revertCellAction(), m_table.revertSelectionAction()});
    menu.addSeparator();
    menu.addActions(m_actions);
}

void RecordsActions::addGoTo(QMenu &menu)
{
    QAction *go = menu.addAction(m_type == ObjectType::Contacts ? tr("Contact by ID or E-mail…")
                                                                : tr("Company by ID…"));
    connect(go, &QAction::triggered, this, &RecordsActions::askForRecord);
}

void RecordsActions::askForRecord()
{
    if (!m_session)
        return;
    emit goTo({nameOf(m_type), {}});
    const QString key =
        QInputDialog::getText(m_window, tr("Go to Record"),
                              m_type == ObjectType::Contacts ? tr("Record ID or e-mail address:")
                                                             : tr("Record ID:"))
            .trimmed();
    if (!key.isEmpty())
        emit recordWanted(key);
}

void RecordsActions::createRecord()
{
    NewRecordDialog dialog(m_type, m_names, m_window);
    if (dialog.exec() != QDialog::Accepted || !m_session)
        return;
    (void)m_session->changes().addCreate(m_type, dialog.properties(),
                                         labelOf(m_type, dialog.properties(), tr("New record")));
    emit statusMessage(tr("The new record is staged. It is sent when you apply the changes."));
    emit goTo({u"changes"_s, {}});
}

void RecordsActions::archiveSelected()
{
    const int count = m_table.selectedRowCount();
    if (!m_session || count == 0)
        return;
    const auto answer = QMessageBox::question(
        m_window, tr("Archive Records"),
        tr("Stage the archiving of %n record(s)?\n\nAfter you apply it, they can be restored for "
           "90 days, and in HubSpot's own interface only.",
           nullptr, count));
    if (answer != QMessageBox::Yes || !m_session)
        return;
    const auto records = std::make_shared<QList<Record>>();
    const QStringList kept = labelProperties(m_type);
    m_table.visitSelectedRows(
        tr("Archiving"),
        [records, kept](int, const Record &record) {
            Record slim = record; // There may be many.
            slim.properties.removeIf([&](const auto &cell) { return !kept.contains(cell.key()); });
            records->append(slim);
        },
        [this, records] {
            ChangeSet &changes = m_session->changes();
            changes.beginStep(tr("Archive"));
            for (const Record &record : std::as_const(*records))
                changes.addArchive(m_type, record, labelOf(m_type, record.properties, record.id));
            changes.endStep();
        });
}

void RecordsActions::openInHubSpot()
{
    const auto *model = qobject_cast<RecordTableModel *>(m_table.model());
    const QModelIndex current = m_table.currentIndex();
    if (!m_session || !model || !current.isValid())
        return;
    const QString id = model->idAt(current.row());
    m_session->account(m_work.get())
        ->onDone(this, [this, id](const Result<AccountDetails> &account) {
            if (!account)
                return m_message.showError(account.error(), Situation::ReadingAccount);
            QDesktopServices::openUrl(QUrl(u"https://%1/contacts/%2/record/%3/%4"_s.arg(
                account->uiDomain, QString::number(account->portalId), typeIdOf(m_type), id)));
        });
}

} // namespace hubkeeper
