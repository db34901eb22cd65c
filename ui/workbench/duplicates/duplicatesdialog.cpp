// SPDX-License-Identifier: MIT
#include "workbench/duplicates/duplicatesdialog.h"

#include "changes/set/changeset.h"
#include "records/values/propertynames.h"
#include "session/open/session.h"
#include "session/reading/recordlabel.h"
#include "widgets/callbar.h"
#include "widgets/messagebar.h"
#include "workbench/duplicates/duplicategroupsmodel.h"
#include "workbench/duplicates/mergegroupdialog.h"
#include "workbench/duplicates/rulestrial.h"
#include "workbench/duplicates/sidebysidemodel.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr double usualThreshold = 0.5;

QTableView *makeTable(const QString &objectName, const QString &name, QAbstractItemModel *model,
                      QWidget *parent)
{
    auto *view = new QTableView(parent);
    view->setObjectName(objectName);
    view->setAccessibleName(name);
    view->setModel(model);
    view->setTabKeyNavigation(false);
    view->setWordWrap(false); // An address that is too long ends with the dots.
    view->setAlternatingRowColors(true);
    view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    view->verticalHeader()->setDefaultSectionSize(view->fontMetrics().lineSpacing() * 3 / 2);
    return view;
}

} // namespace

DuplicatesDialog::DuplicatesDialog(ObjectType type, Session &session, const PropertyNames &names,
                                   QWidget *parent)
    : QDialog(parent)
    , m_type(type)
    , m_session(session)
    , m_names(names)
    , m_work(std::make_unique<QObject>())
    , m_reading(std::make_unique<QObject>())
    , m_message(new MessageBar(this))
    , m_progress(new CallBar(this))
    , m_summary(new QLabel(this))
    , m_rules(new RulesTrial(this))
    , m_find(new QPushButton(tr("&Find Duplicates"), this))
    , m_groups(new DuplicateGroupsModel(names.masking(), this))
    , m_records(new SideBySideModel(type, names, session.changes(), this))
    , m_keep(new QPushButton(tr("&Keep This Record"), this))
    , m_use(new QPushButton(tr("&Use This Value"), this))
    , m_merge(new QPushButton(tr("&Merge…"), this))
    , m_stage(new QPushButton(tr("Sta&ge Values"), this))
    , m_open(new QPushButton(tr("&Open Record"), this))
    , m_apart(new QPushButton(tr("&Not Duplicates"), this))
{
    setObjectName(u"duplicatesDialog"_s);
    setWindowTitle(type == ObjectType::Contacts ? tr("Duplicate Contacts")
                                                : tr("Duplicate Companies"));
    build();
    connectParts();
    refresh();
}

DuplicatesDialog::~DuplicatesDialog() = default;

QWidget *DuplicatesDialog::makeGroups()
{
    m_groupsView = makeTable(u"duplicateGroups"_s, tr("Groups of duplicates"), m_groups, this);
    m_groupsView->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_groupsView->setSelectionMode(QAbstractItemView::SingleSelection);
    m_groupsView->verticalHeader()->hide();
    QHeaderView *header = m_groupsView->horizontalHeader();
    header->setSectionResizeMode(QHeaderView::ResizeToContents);
    header->setSectionResizeMode(DuplicateGroupsModel::Name, QHeaderView::Stretch);
    return m_groupsView;
}

QWidget *DuplicatesDialog::makeRecords()
{
    auto *box = new QWidget(this);
    m_recordsView =
        makeTable(u"sideBySide"_s, tr("Records of the group, side by side"), m_records, box);
    m_recordsView->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_recordsView->horizontalHeader()->setDefaultSectionSize(
        m_recordsView->fontMetrics().averageCharWidth() * 26);
    m_keep->setObjectName(u"keepRecord"_s);
    m_use->setObjectName(u"useValue"_s);
    m_open->setObjectName(u"openRecord"_s);
    m_apart->setObjectName(u"notDuplicates"_s);
    m_merge->setObjectName(u"mergeGroup"_s);
    m_stage->setObjectName(u"stageValues"_s);
    m_use->setToolTip(tr("The selected values stay, whichever record is kept"));
    m_merge->setToolTip(tr("Shows what is left when the others go into the record that is kept"));
    m_stage->setToolTip(tr("Stages the chosen values on the record that is kept, and merges "
                           "nothing"));
    auto *buttons = new QHBoxLayout;
    for (QPushButton *button : {m_keep, m_use, m_merge, m_stage, m_open, m_apart}) {
        button->setAutoDefault(false);
        buttons->addWidget(button);
    }
    buttons->addStretch();
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_recordsView, 1);
    layout->addLayout(buttons);
    return box;
}

void DuplicatesDialog::build()
{
    m_find->setObjectName(u"findDuplicates"_s);
    m_find->setDefault(true);
    m_summary->setObjectName(u"duplicatesSummary"_s);
    m_summary->setWordWrap(true);
    auto *top = new QHBoxLayout;
    top->addWidget(m_find);
    top->addWidget(m_summary, 1);
    auto *splitter = new QSplitter(Qt::Horizontal, this);
    splitter->addWidget(makeGroups());
    splitter->addWidget(makeRecords());
    splitter->setStretchFactor(0, 2);
    splitter->setStretchFactor(1, 5);
    const int letter = fontMetrics().averageCharWidth();
    splitter->setSizes({letter * 40, letter * 92}); // Names of groups can be read.
    auto *box = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_message);
    layout->addWidget(m_rules);
    layout->addLayout(top);
    layout->addWidget(m_progress);
    layout->addWidget(splitter, 1);
    layout->addWidget(box);
    resize(fontMetrics().averageCharWidth() * 130, fontMetrics().lineSpacing() * 36);
}

void DuplicatesDialog::connectParts()
{
    connect(m_find, &QPushButton::clicked, this, &DuplicatesDialog::find);
    connect(m_groupsView->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &DuplicatesDialog::showGroup);
    connect(m_recordsView->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &DuplicatesDialog::refresh);
    connect(m_records, &QAbstractItemModel::modelReset, this, &DuplicatesDialog::refresh);
    connect(m_keep, &QPushButton::clicked, this, &DuplicatesDialog::keepCurrent);
    connect(m_use, &QPushButton::clicked, this, &DuplicatesDialog::chooseSelected);
    connect(m_records, &QAbstractItemModel::dataChanged, this, &DuplicatesDialog::refresh);
    connect(m_stage, &QPushButton::clicked, this, &DuplicatesDialog::stageChosen);
    connect(m_merge, &QPushButton::clicked, this, &DuplicatesDialog::merge);
    connect(&m_session.changes(), &ChangeSet::changed, this, &DuplicatesDialog::lookForMerges);
    connect(m_apart, &QPushButton::clicked, this, &DuplicatesDialog::takeOut);
    connect(m_open, &QPushButton::clicked, this, [this] {
        emit recordWanted(m_records->records()[m_recordsView->currentIndex().column()].id);
    });
}

void DuplicatesDialog::setRecords(RecordSet &set, std::vector<qint64> rows,
                                  const QStringList &columns)
{
    m_set = &set;
    m_rows = std::move(rows);
    m_columns = columns;
    m_summary->setText(tr("%Ln record(s) of this view will be compared. Nothing is sent.", nullptr,
                          int(m_rows.size())));
    refresh();
}

void DuplicatesDialog::find()
{
    if (!m_set)
        return;
    m_work = std::make_unique<QObject>();
    m_message->dismiss();
    m_groups->setFound(nullptr);
    m_records->setRecords({}, {});
    m_rules->setFound(nullptr);
    auto *call = new FindRecordDuplicates(m_session, *m_set, m_rows, m_rules->text(),
                                          usualThreshold, m_work.get());
    m_progress->watch(call, tr("Comparing records"));
    m_find->setEnabled(false);
    m_summary->clear();
    call->onDone(
        m_work.get(),
        [this](const Result<std::shared_ptr<const RecordDuplicates>> &found) { showFound(found); });
}

void DuplicatesDialog::showFound(const Result<std::shared_ptr<const RecordDuplicates>> &found)
{
    m_find->setEnabled(true);
    if (!found) {
        if (found.error().kind == ErrorKind::Cancelled)
            m_summary->setText(tr("Stopped; nothing was found out."));
        else
            m_message->showError(found.error(), Situation::ReadingRecords, Offer::Nothing);
        return refresh();
    }
    m_found = *found;
    m_groups->setFound(m_found);
    m_rules->setFound(m_found);
    showSummary();
    if (m_groups->rowCount() > 0)
        m_groupsView->selectRow(0);
    m_groupsView->setFocus();
    refresh();
}

void DuplicatesDialog::showSummary()
{
    const int groups = m_groups->rowCount();
    m_summary->setText(groups == 0
                           ? tr("No duplicates among these records. Rules may find others.")
                           : tr("%Ln group(s) of records that may be one. Look at each before you "
                                "merge it.",
                                nullptr, groups));
}

int DuplicatesDialog::currentGroup() const
{
    const QModelIndex current = m_groupsView->currentIndex();
    return current.isValid() ? current.row() : -1;
}

void DuplicatesDialog::showGroup()
{
    m_reading = std::make_unique<QObject>();
    m_records->setRecords({}, {});
    m_message->dismiss();
    const int row = currentGroup();
    if (row < 0)
        return refresh();
    QStringList properties = m_found->columns.headers;
    properties += m_columns;
    properties += labelProperties(m_type);
    properties.removeDuplicates();
    auto *call = m_session.portal().batchRead(m_type, m_groups->idsAt(row).mid(0, mostBatchInputs),
                                              properties, m_reading.get());
    call->onDone(m_reading.get(),
                 [this](const Result<BatchReadOutcome> &outcome) { showRecords(outcome); });
}

void DuplicatesDialog::showRecords(const Result<BatchReadOutcome> &outcome)
{
    if (!outcome)
        return m_message->showError(outcome.error(), Situation::ReadingRecords, Offer::Nothing);
    QStringList properties = m_found->columns.headers + m_columns;
    properties.removeDuplicates();
    properties.removeAll(u"hs_object_id"_s);
    const QStringList ids = m_groups->idsAt(currentGroup());
    QList<Record> records = outcome->records;
    std::sort(records.begin(), records.end(), [&ids](const Record &a, const Record &b) {
        return ids.indexOf(a.id) < ids.indexOf(b.id);
    });
    m_records->setRecords(std::move(records), properties);
    if (m_records->rowCount() > 0)
        m_recordsView->setCurrentIndex(m_records->index(0, 0));
    if (ids.size() > mostBatchInputs)
        m_message->showMessage(
            MessageBar::Warning,
            tr("This group has %Ln record(s): a common value rather than one person or company?",
               nullptr, int(ids.size())),
            tr("The first %Ln of them are shown. Rules can keep them apart.", nullptr,
               mostBatchInputs));
}

void DuplicatesDialog::keepCurrent()
{
    const QString id = m_records->records()[m_recordsView->currentIndex().column()].id;
    m_records->setKept(id);
    m_recordsView->setCurrentIndex(m_records->index(0, 0));
}

void DuplicatesDialog::chooseSelected()
{
    const QModelIndexList selected = m_recordsView->selectionModel()->selectedIndexes();
    for (const QModelIndex &index : selected) {
        if (!m_names.isReadOnly(m_records->propertyAt(index.row())))
            m_records->choose(index.row(), index.column());
    }
}

/// On the record that is kept, without a merge.
void DuplicatesDialog::stageChosen()
{
    if (m_records->records().isEmpty())
        return;
    const Record kept = m_records->records().first();
    ChangeSet &changes = m_session.changes();
    const QHash<QString, QString> texts = m_records->chosenTexts();
    changes.beginStep(tr("Take over from duplicates"));
    int count = 0;
    for (auto text = texts.cbegin(); text != texts.cend(); ++text) {
        if (kept.text(text.key()) == *text)
            continue;
        changes.setText(m_type, kept, labelOf(m_type, kept.properties, kept.id), text.key(), *text);
        ++count;
    }
    changes.endStep();
    m_records->forgetChoices();
    emit statusMessage(tr("%Ln value(s) staged. Nothing was sent.", nullptr, count));
}

void DuplicatesDialog::merge()
{
    if (m_merging || m_records->records().size() < 2)
        return;
    GroupWish wish;
    wish.type = m_type;
    wish.keptId = m_records->records().first().id;
    for (const Record &record : m_records->records().mid(1))
        wish.otherIds.append(record.id);
    // A group may be larger than what is shown of it.
    wish.otherIds += m_groups->idsAt(currentGroup()).mid(mostBatchInputs);
    wish.wanted = m_records->chosenTexts();
    m_merging = new MergeGroupDialog(m_session, wish, m_names, this);
    m_merging->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_merging, &MergeGroupDialog::statusMessage, this, &DuplicatesDialog::statusMessage);
    connect(m_merging, &MergeGroupDialog::staged, this, &DuplicatesDialog::changesWanted);
    connect(m_merging, &MergeGroupDialog::runWanted, this, &DuplicatesDialog::runWanted);
    connect(m_merging, &QDialog::finished, this, &DuplicatesDialog::showGroup);
    m_merging->open();
}

/// From here or from the changes: groups of one record are not groups anymore.
void DuplicatesDialog::lookForMerges()
{
    const ChangeSet &changes = m_session.changes();
    if (!m_found || changes.count(RowState::Applied) == m_applied)
        return;
    m_applied = changes.count(RowState::Applied);
    std::vector<qint64> merges;
    changes.index().forEach([this, &merges](const RowIndex::Slot &slot) {
        if (slot.subject == RowSubject::Merge && slot.state == RowState::Applied
            && slot.type == m_type)
            merges.push_back(slot.sequence);
        return true;
    });
    if (merges.empty())
        return;
    for (const RowChange &row : changes.rowsOf(merges))
        m_groups->setMerged({row.id, row.to->id}, row.writtenId.isEmpty() ? row.id : row.writtenId);
    showSummary();
}

void DuplicatesDialog::takeOut()
{
    const int row = currentGroup();
    if (row < 0)
        return;
    m_groups->takeOut(row);
    if (m_groups->rowCount() > 0)
        m_groupsView->selectRow(std::min(row, m_groups->rowCount() - 1));
    showGroup();
}

void DuplicatesDialog::refresh()
{
    const QModelIndex current = m_recordsView->currentIndex();
    const bool hasRecord = current.isValid() && current.column() < m_records->columnCount();
    const QModelIndexList selected = m_recordsView->selectionModel()->selectedIndexes();
    const bool hasValue =
        std::any_of(selected.begin(), selected.end(), [this](const QModelIndex &index) {
            return m_records->isDiffering(index.row())
                && !m_names.isReadOnly(m_records->propertyAt(index.row()));
        });
    m_keep->setEnabled(hasRecord && current.column() > 0);
    m_use->setEnabled(hasValue);
    m_merge->setEnabled(m_records->columnCount() > 1);
    m_stage->setEnabled(!m_records->chosenTexts().isEmpty());
    m_open->setEnabled(hasRecord);
    m_apart->setEnabled(currentGroup() >= 0);
    m_find->setEnabled(m_set && !m_progress->isBusy() && m_rows.size() > 1);
}

} // namespace hubkeeper
