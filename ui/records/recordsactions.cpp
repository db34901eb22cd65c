// SPDX-License-Identifier: MIT
#include "records/recordsactions.h"

#include "records/grid/recordtable.h"
#include "records/grid/recordtablemodel.h"
#include "records/grid/recordurl.h"
#include "records/grid/selectionedits.h"
#include "records/mergerecordsdialog.h"
#include "records/newrecorddialog.h"
#include "session/open/session.h"
#include "session/reading/recordlabel.h"
#include "widgets/messagebar.h"

#include <QAction>
#include <QDesktopServices>
#include <QInputDialog>
#include <QMessageBox>
#include <QPushButton>

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
    add(tr("&Merge Two Records…"), &RecordsActions::mergeSelected);
    add(tr("Open in &HubSpot"), &RecordsActions::openInHubSpot);
    connect(&m_table, &RecordTable::recordPasted, this, &RecordsActions::showRecord);
    m_table.setContextMenuPolicy(Qt::CustomContextMenu);
    connect(&m_table, &QWidget::customContextMenuRequested, this, [this](const QPoint &at) {
        auto *menu = new QMenu(&m_table);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        addTo(*menu);
        menu->popup(m_table.viewport()->mapToGlobal(at));
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
    menu.addActions({m_table.copyAction(), m_table.copyWithHeadersAction(), m_table.pasteAction()});
    menu.addActions(m_table.edits().actions());
    menu.addSeparator();
    menu.addActions({m_table.revertCellAction(), m_table.revertSelectionAction()});
    menu.addSeparator();
    menu.addActions({m_table.sortFurtherAction(), m_table.fitColumnsAction(), m_table.pinAction(),
                     m_table.unpinAction()});
    menu.addSeparator();
    menu.addActions(m_actions);
    menu.addActions(m_others);
}

void RecordsActions::addFileAction(QAction *action)
{
    addAction(action);
    m_fileActions.append(action);
}

void RecordsActions::addGoTo(QMenu &menu)
{
    QAction *go = menu.addAction(m_type == ObjectType::Contacts ? tr("Contact by ID or E-mail…")
                                                                : tr("Company by ID…"));
    connect(go, &QAction::triggered, this, &RecordsActions::askForRecord);
}

void RecordsActions::open(QDialog *dialog)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_work.get(), &QObject::destroyed, dialog, &QDialog::reject);
    dialog->open();
}

void RecordsActions::askForRecord()
{
    if (!m_session)
        return;
    emit goTo({pageOf(m_type), {}});
    auto *dialog = new QInputDialog(m_window);
    dialog->setObjectName(u"goToRecord"_s);
    dialog->setWindowTitle(tr("Go to Record"));
    dialog->setLabelText(m_type == ObjectType::Contacts
                             ? tr("Record ID, e-mail address or address in HubSpot:")
                             : tr("Record ID or address in HubSpot:"));
    dialog->setMinimumWidth(dialog->fontMetrics().averageCharWidth() * 50); // For the title.
    connect(dialog, &QInputDialog::textValueSelected, m_work.get(), [this](const QString &text) {
        if (const auto record = recordFromUrl(text))
            showRecord(record->type, record->id);
        else if (const QString key = text.trimmed(); !key.isEmpty())
            emit recordWanted(key);
    });
    open(dialog);
}

void RecordsActions::showRecord(ObjectType type, const QString &id)
{
    if (type == m_type)
        return emit recordWanted(id);
    emit goTo({pageOf(type), ItemId {id}});
}

void RecordsActions::createRecord()
{
    if (!m_session)
        return;
    auto *dialog = new NewRecordDialog(m_type, m_names, m_window);
    connect(dialog, &QDialog::accepted, m_work.get(), [this, dialog] {
        (void)m_session->changes().addCreate(
            m_type, dialog->properties(), labelOf(m_type, dialog->properties(), tr("New record")));
        emit statusMessage(tr("The new record is staged. It is sent when you apply the changes."));
        emit goTo({PageId::Changes, {}});
    });
    open(dialog);
}

/// The records are those selected now, whatever the grid shows by the time of the answer.
void RecordsActions::archiveSelected()
{
    if (!m_session)
        return;
    const auto records = std::make_shared<QList<Record>>();
    const QStringList kept = labelProperties(m_type);
    m_table.visitSelectedRows(
        tr("Archiving"),
        [records, kept](int, const Record &record) {
            Record slim = record; // There may be many.
            slim.properties.removeIf([&](const auto &cell) { return !kept.contains(cell.key()); });
            if (!record.archived)
                records->append(slim);
        },
        [this, records] { askAboutArchiving(*records); });
}

void RecordsActions::askAboutArchiving(const QList<Record> &records)
{
    if (!m_session || records.isEmpty())
        return;
    auto *question =
        new QMessageBox(QMessageBox::Question, tr("Archive Records"),
                        tr("Stage the archiving of %Ln record(s)?", nullptr, int(records.size())),
                        QMessageBox::NoButton, m_window);
    question->setObjectName(u"archiveQuestion"_s);
    question->setInformativeText(tr("After you apply it, they can be restored for 90 days, and in "
                                    "HubSpot's own interface only."));
    auto *stage = question->addButton(tr("&Stage Archiving"), QMessageBox::AcceptRole);
    question->setDefaultButton(question->addButton(QMessageBox::Cancel));
    connect(stage, &QAbstractButton::clicked, m_work.get(), [this, records] {
        ChangeSet &changes = m_session->changes();
        changes.beginStep(tr("Archive"));
        for (const Record &record : records)
            changes.addArchive(m_type, record, labelOf(m_type, record.properties, record.id));
        changes.endStep();
    });
    open(question);
}

/// The upper one stays, unless the dialog swaps them.
void RecordsActions::mergeSelected()
{
    if (!m_session)
        return;
    const auto ids = std::make_shared<QStringList>();
    m_table.visitSelectedRows(
        tr("Merging"),
        [ids](int, const Record &record) {
            if (ids->size() < 3)
                ids->append(record.id);
        },
        [this, ids] { previewMerge(*ids); });
}

void RecordsActions::previewMerge(const QStringList &ids)
{
    if (!m_session)
        return;
    if (ids.size() != 2 || localNumber(ids[0]) > 0 || localNumber(ids[1]) > 0)
        return emit statusMessage(tr("Select two records to merge them."));
    auto *dialog = new MergeRecordsDialog(*m_session, m_type, ids[0], ids[1], m_names, m_window);
    connect(dialog, &QDialog::accepted, m_work.get(), [this, dialog] {
        const RowChange row = dialog->row();
        (void)m_session->changes().addRows({row}, Adding::Merge, tr("Merge"), m_work.get());
        emit statusMessage(tr("The merge is staged. It is sent when you apply the changes."));
        emit goTo({PageId::Changes, {}});
    });
    open(dialog);
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
            m_message.dismissFor(this);
            if (!account) {
                m_message.showError(account.error(), Situation::ReadingAccount, Offer::Nothing);
                return m_message.setCause(this);
            }
            QDesktopServices::openUrl(QUrl(u"https://%1/contacts/%2/record/%3/%4"_s.arg(
                account->uiDomain, QString::number(account->portalId), typeIdOf(m_type), id)));
        });
}

} // namespace hubkeeper
