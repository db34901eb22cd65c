// SPDX-License-Identifier: MIT
#include "workbench/import/checkstep.h"

#include "base/poolcall.h"
#include "changes/set/changeset.h"
#include "session/open/session.h"
#include "widgets/callbar.h"
#include "widgets/icons.h"
#include "widgets/masking.h"
#include "widgets/messagebar.h"
#include "widgets/wrappedlabel.h"
#include "workbench/import/checkedrowsmodel.h"

#include <QBoxLayout>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHeaderView>
#include <QLocale>
#include <QPushButton>
#include <QSplitter>
#include <QTableView>
#include <QTreeWidget>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

enum GroupRole { StatusRole = Qt::UserRole, RefusalRole, ColumnRole };

} // namespace

CheckStep::CheckStep(Session &session, const PropertyNames &names, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_names(names)
    , m_work(std::make_unique<QObject>())
    , m_model(new CheckedRowsModel(names, this))
    , m_message(new MessageBar(this))
    , m_summary(new WrappedLabel(this))
    , m_groups(new QTreeWidget(this))
    , m_table(new QTableView(this))
    , m_again(new QPushButton(icon(u"view-refresh"_s), tr("Check &Again"), this))
    , m_saveRefused(new QPushButton(tr("Save &Refused Rows…"), this))
    , m_saveResult(new QPushButton(icon(u"document-save"_s), tr("Save Res&ult…"), this))
    , m_progress(new CallBar(this))
{
    m_message->setMasking(names.masking());
    build();
    connect(m_again, &QPushButton::clicked, this, [this] { check(m_request, m_sourceName); });
    connect(m_saveRefused, &QPushButton::clicked, this, [this] { save(ResultRows::Refused); });
    connect(m_saveResult, &QPushButton::clicked, this, [this] { save(ResultRows::All); });
    connect(m_groups, &QTreeWidget::currentItemChanged, this,
            [this](const QTreeWidgetItem *group) { showRows(group); });
    connect(m_model, &CheckedRowsModel::failed, this, [this](const Error &error) {
        m_message->showError(error, Situation::OpeningFile, Offer::Nothing);
    });
    clear();
}

CheckStep::~CheckStep() = default;

void CheckStep::build()
{
    m_summary->setObjectName(u"importSummary"_s);
    m_groups->setObjectName(u"importGroups"_s);
    m_groups->setAccessibleName(tr("What becomes of the rows"));
    m_groups->setHeaderLabels({tr("What becomes of the rows"), tr("Rows")});
    m_groups->setRootIsDecorated(false);
    m_groups->setItemsExpandable(false);
    m_groups->setTextElideMode(Qt::ElideRight);
    m_groups->header()->setStretchLastSection(false);
    m_groups->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_groups->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_table->setObjectName(u"importRows"_s);
    m_table->setAccessibleName(tr("Rows"));
    m_table->setModel(m_model);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().lineSpacing() * 3 / 2);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setStretchLastSection(true);
    const int letter = fontMetrics().averageCharWidth();
    const std::pair<int, int> widths[] {{CheckedRowsModel::NumberColumn, 8},
                                        {CheckedRowsModel::StatusColumn, 12},
                                        {CheckedRowsModel::RecordColumn, 16},
                                        {CheckedRowsModel::CellColumn, 15},
                                        {CheckedRowsModel::ValueColumn, 20}};
    for (const auto &[column, letters] : widths)
        m_table->setColumnWidth(column, letter * letters);
    m_again->setObjectName(u"importCheckAgain"_s);
    m_saveRefused->setObjectName(u"importSaveRefused"_s);
    m_saveResult->setObjectName(u"importSaveResult"_s);

    auto *parts = new QSplitter(this);
    parts->setChildrenCollapsible(false);
    m_groups->setMinimumWidth(letter * 30);
    parts->addWidget(m_groups);
    parts->addWidget(m_table);
    parts->setStretchFactor(0, 2);
    parts->setStretchFactor(1, 5);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_summary, 1);
    buttons->addWidget(m_again);
    buttons->addWidget(m_saveRefused);
    buttons->addWidget(m_saveResult);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(buttons);
    column->addWidget(m_message);
    column->addWidget(parts, 1);
    column->addWidget(m_progress);
}

void CheckStep::clear()
{
    m_work = std::make_unique<QObject>();
    m_underWay = false;
    m_checked.reset();
    m_message->dismiss();
    m_model->setImport(nullptr, {});
    m_groups->clear();
    m_summary->clear();
    m_again->setEnabled(false);
    m_saveRefused->setEnabled(false);
    m_saveResult->setEnabled(false);
    emit changed();
}

void CheckStep::check(const ImportRequest &request, const QString &sourceName)
{
    clear();
    m_request = request;
    m_sourceName = sourceName;
    m_underWay = true;
    m_summary->setText(tr("Every row is checked; nothing is staged yet."));
    auto *call = checkImport(m_session, m_request, m_work.get());
    m_progress->watch(call, tr("Checking rows"));
    call->onDone(m_work.get(), [this](const Result<std::shared_ptr<const CheckedImport>> &checked) {
        onChecked(checked);
    });
    emit changed();
}

void CheckStep::onChecked(const Result<std::shared_ptr<const CheckedImport>> &checked)
{
    m_underWay = false;
    m_again->setEnabled(true);
    m_summary->clear();
    if (checked) {
        m_checked = *checked;
        showChecked();
    } else if (checked.error().kind == ErrorKind::Cancelled) {
        m_message->showMessage(MessageBar::Information, tr("The check was stopped."),
                               tr("Nothing is staged."));
    } else {
        const bool isOfFile = checked.error().kind == ErrorKind::InvalidInput
            || checked.error().kind == ErrorKind::NotFound;
        m_message->showError(checked.error(),
                             isOfFile ? Situation::OpeningFile : Situation::ReadingRecords,
                             Offer::Nothing);
    }
    emit changed();
}

void CheckStep::showChecked()
{
    const ImportedTable &table = m_checked->table;
    m_saveResult->setEnabled(true);
    m_saveRefused->setEnabled(table.refused > 0);
    if (table.refused > 0)
        m_summary->setText(tr("%Ln row(s) are refused and left out. Correct them in the file, or "
                              "save them and import them later.",
                              nullptr, table.refused));
    else if (m_checked->isEmpty())
        m_summary->setText(tr("HubSpot has all of this already: there is nothing to change."));
    else
        m_summary->setText(tr("Every row can be imported."));
    if (table.associations > 0)
        m_summary->setText(
            //: %1 is a whole sentence about the rows.
            tr("%1 %Ln association(s) are added.", nullptr, table.associations)
                .arg(m_summary->text()));
    if (table.removedAssociations > 0)
        m_summary->setText(
            //: %1 is a whole sentence about the rows.
            tr("%1 %Ln association(s) are removed.", nullptr, table.removedAssociations)
                .arg(m_summary->text()));
    auto *call = new PoolCall<std::vector<RefusalCount>>(
        [rows = table.rows](const std::stop_token &) { return rows->refusals(); }, m_work.get());
    call->onDone(m_work.get(), [this](const Result<std::vector<RefusalCount>> &refusals) {
        showGroups(refusals);
    });
}

void CheckStep::showGroups(const Result<std::vector<RefusalCount>> &refusals)
{
    const ImportedTable &table = m_checked->table;
    const QLocale locale;
    const auto add = [this, &locale](QTreeWidgetItem *above, const QString &name, qint64 rows) {
        auto *item = above ? new QTreeWidgetItem(above) : new QTreeWidgetItem(m_groups);
        item->setText(0, name);
        item->setToolTip(0, name);
        item->setText(1, locale.toString(rows));
        item->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
        return item;
    };
    const std::pair<ImportedRow::Status, int> counts[] {
        {ImportedRow::Status::Refused, table.refused},
        {ImportedRow::Status::Creates, table.creates},
        {ImportedRow::Status::Updates, table.updates},
        {ImportedRow::Status::Unchanged, table.unchanged}};
    m_model->setImport(m_checked, m_request.match);
    m_groups->clear();
    QTreeWidgetItem *first = nullptr;
    for (const auto &[status, rows] : counts) {
        auto *item = add(nullptr, shownName(status), rows);
        item->setData(0, StatusRole, int(status));
        item->setDisabled(rows == 0);
        first = first || rows == 0 ? first : item;
        if (status != ImportedRow::Status::Refused || !refusals)
            continue;
        for (const RefusalCount &refusal : *refusals) {
            auto *reason =
                add(item, shownName(refusal.refusal, table.mapping.columns.value(refusal.column)),
                    refusal.rows);
            reason->setData(0, StatusRole, int(status));
            reason->setData(0, RefusalRole, int(refusal.refusal));
            reason->setData(0, ColumnRole, refusal.column);
        }
        item->setExpanded(true);
    }
    auto *all = add(nullptr, tr("All rows"), table.rows->count());
    m_groups->setCurrentItem(first ? first : all);
    if (!refusals)
        m_message->showError(refusals.error(), Situation::OpeningFile, Offer::Nothing);
}

void CheckStep::showRows(const QTreeWidgetItem *group)
{
    if (!group || !m_checked)
        return;
    CheckedFilter filter;
    if (const QVariant status = group->data(0, StatusRole); status.isValid())
        filter.status = ImportedRow::Status(status.toInt());
    if (const QVariant refusal = group->data(0, RefusalRole); refusal.isValid())
        filter.refusal =
            RefusalCount {ImportRefusal(refusal.toInt()), group->data(0, ColumnRole).toInt(), 0};
    const bool hasRecords = filter.status != ImportedRow::Status::Refused
        && filter.status != ImportedRow::Status::Creates;
    m_table->setColumnHidden(CheckedRowsModel::StatusColumn, filter.status.has_value());
    m_table->setColumnHidden(CheckedRowsModel::RecordColumn, !hasRecords);
    m_model->setFilter(filter);
}

void CheckStep::stage()
{
    if (!m_checked || m_checked->isEmpty() || m_underWay)
        return;
    m_underWay = true;
    m_message->dismiss();
    auto *call = stageImport(m_session, *m_checked, m_work.get());
    m_progress->watch(call, tr("Staging"));
    call->onDone(m_work.get(), [this](const Result<AddedRows> &added) {
        m_underWay = false;
        if (added)
            emit staged(added->added, added->left);
        else
            m_message->showError(added.error(), Situation::KeepingChanges, Offer::Nothing);
        emit changed();
    });
    emit changed();
}

void CheckStep::save(ResultRows rows)
{
    const QFileInfo source(m_request.path);
    const QString base = QFileInfo(m_sourceName).completeBaseName();
    //: Name of a file; %1 is the name of the table that was imported.
    const QString name = rows == ResultRows::All ? tr("%1-result.csv") : tr("%1-refused.csv");
    auto *dialog =
        new QFileDialog(this, rows == ResultRows::All ? tr("Save Result") : tr("Save Refused Rows"),
                        {}, tr("Tables (*.csv *.xlsx *.jsonl)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"csv"_s);
    if (source.fileName() == m_sourceName)
        dialog->setDirectory(source.absolutePath());
    dialog->selectFile(name.arg(base));
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, rows](const QString &path) { write(path, rows); });
    dialog->open();
}

void CheckStep::write(const QString &path, ResultRows rows)
{
    if (!m_checked)
        return;
    m_message->dismiss();
    auto *call = new PoolCall<qint64>(
        [path, rows, import = m_checked](const std::stop_token &stop) {
            return writeImportResult(path, import->table, rows, stop);
        },
        m_work.get());
    m_progress->watch(call, tr("Saving"));
    call->onDone(m_work.get(), [this, path](const Result<qint64> &written) {
        if (!written)
            return m_message->showError(written.error(), Situation::SavingFile, Offer::Nothing);
        const QString file = QDir::toNativeSeparators(path);
        m_message->showMessage(
            MessageBar::Good, tr("%Ln row(s) were saved.", nullptr, int(*written)),
            m_names.masking().isOn()
                ? tr("%1 has the values themselves: they are those of the table.").arg(file)
                : file);
    });
}

void CheckStep::takeFocus()
{
    m_groups->setFocus();
}

} // namespace hubkeeper
