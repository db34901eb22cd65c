// SPDX-License-Identifier: MIT
#include "records/export/recordsexport.h"

#include "changes/set/changeset.h"
#include "records/grid/recordtable.h"
#include "records/grid/recordtablemodel.h"
#include "session/open/session.h"
#include "session/reading/browserecords.h"
#include "widgets/messagebar.h"

#include <QAction>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace hubkeeper {

RecordsExport::RecordsExport(ObjectType type, const PropertyNames &names, RecordTable &table,
                             MessageBar &message, QWidget *window)
    : QObject(window)
    , m_type(type)
    , m_names(names)
    , m_table(table)
    , m_message(message)
    , m_window(window)
    , m_action(new QAction(tr("&Export…"), this))
    , m_work(std::make_unique<QObject>())
{
    m_action->setObjectName(u"exportRecords"_s);
    m_action->setEnabled(false);
    connect(m_action, &QAction::triggered, this, &RecordsExport::ask);
}

RecordsExport::~RecordsExport() = default;

void RecordsExport::setSession(std::shared_ptr<Session> session)
{
    m_work = std::make_unique<QObject>();
    m_read.reset();
    m_session = std::move(session);
    m_action->setEnabled(m_session != nullptr);
}

void RecordsExport::showFailure(const Error &error)
{
    const bool isOfFile = error.kind == ErrorKind::NotSaved || error.kind == ErrorKind::InvalidInput
        || error.kind == ErrorKind::Conflict;
    m_message.showError(error, isOfFile ? Situation::SavingFile : Situation::ReadingRecords,
                        Offer::Nothing);
    m_message.setCause(this);
}

void RecordsExport::setExtent(bool isWhole, qint64 total)
{
    m_isWhole = isWhole;
    m_total = total;
}

RecordTableModel *RecordsExport::model() const
{
    return qobject_cast<RecordTableModel *>(m_table.model());
}

void RecordsExport::ask()
{
    if (!m_session || !model() || !model()->recordSet() || m_names.definitions().isEmpty())
        return emit statusMessage(tr("There is nothing to export before the records are read."));
    if (m_underWay)
        return emit statusMessage(tr("Wait for the export that is under way, or cancel it."));
    ExportSubject subject;
    subject.type = m_type;
    subject.provisioner = m_session->connection().provisionerPath;
    subject.columns = model()->columns();
    subject.columns.removeAll(u"hs_object_id"_s);
    subject.folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    if (!QFileInfo(subject.folder).isDir())
        subject.folder = QDir::homePath();
    subject.set = model()->recordSet();
    subject.selected = m_table.selectedStoreRows();
    for (int row = 0; row < model()->rowCount(); ++row)
        subject.shown.push_back(model()->storeRowAt(row));
    subject.shownIsEverything =
        m_isWhole && qint64(subject.shown.size()) == subject.set->rowCount();
    subject.everything = subject.shownIsEverything ? qint64(subject.shown.size()) : m_total;
    subject.hasStaged = !m_session->changes().isEmpty();

    auto *dialog = new ExportDialog(std::move(subject), m_names, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_work.get(), &QObject::destroyed, dialog, &QDialog::reject);
    connect(dialog, &QDialog::accepted, m_work.get(), [this, dialog] { begin(*dialog); });
    dialog->open();
}

void RecordsExport::begin(const ExportDialog &dialog)
{
    m_message.dismissFor(this);
    const ExportPlan plan = dialog.plan();
    if (const auto rows = dialog.rows())
        return write(*model()->recordSet(), *rows, plan);
    readEverything(plan);
}

void RecordsExport::readEverything(const ExportPlan &plan)
{
    auto set = RecordSet::create(m_session->recordFolder(), m_type, plan.properties);
    if (!set)
        return showFailure(set.error());
    m_read = std::move(*set);
    BrowseQuery query;
    query.type = m_type;
    query.properties = plan.properties;
    auto *browse = browseRecords(*m_session, query, *m_read, m_work.get());
    m_underWay = browse;
    emit started(browse, tr("Reading for the export"));
    browse->onDone(this, [this, plan](const Result<BrowseSummary> &summary) {
        if (!summary)
            return finish(tl::unexpected(summary.error()));
        m_read->order({}, m_work.get())->onDone(this, [this, plan](const Result<RowOrder> &order) {
            if (!order)
                return finish(tl::unexpected(order.error()));
            write(*m_read, *order, plan);
        });
    });
}

void RecordsExport::write(RecordSet &set, std::vector<qint64> rows, const ExportPlan &plan)
{
    auto *call = new ExportRecords(*m_session, set, std::move(rows), plan, m_work.get());
    m_underWay = call;
    emit started(call, tr("Exporting"));
    call->onDone(this, [this](const Result<ExportOutcome> &outcome) { finish(outcome); });
}

void RecordsExport::finish(const Result<ExportOutcome> &outcome)
{
    m_read.reset();
    if (!outcome && outcome.error().kind == ErrorKind::Cancelled)
        return emit statusMessage(tr("The export was stopped; there is no file."));
    if (!outcome)
        return showFailure(outcome.error());
    const WrittenTable &table = outcome->table;
    QStringList said {tr("%Ln record(s) exported", nullptr, int(table.rows))};
    said.append(table.files.size() == 1 ? QDir::toNativeSeparators(table.files.first())
                                        : tr("%Ln file(s)", nullptr, int(table.files.size())));
    if (outcome->gone > 0)
        said.append(tr("%Ln had been deleted meanwhile", "records", int(outcome->gone)));
    emit statusMessage(said.join(u"; "_s));
}

} // namespace hubkeeper
