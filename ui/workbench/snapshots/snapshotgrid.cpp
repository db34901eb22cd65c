// SPDX-License-Identifier: MIT
#include "workbench/snapshots/snapshotgrid.h"

#include "base/poolcall.h"
#include "changes/set/changeset.h"
#include "records/grid/propertydelegate.h"
#include "records/grid/recordtable.h"
#include "records/grid/recordtablemodel.h"
#include "session/open/session.h"
#include "session/views/recordview.h"
#include "widgets/callbar.h"
#include "widgets/masking.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int gridBlock = 500; // Records from the file at a time.
constexpr int typingPause = 250; // Milliseconds.

} // namespace

SnapshotGrid::SnapshotGrid(const Masking &masking, QWidget *parent)
    : QWidget(parent)
    , m_names(masking)
    , m_types(new QComboBox(this))
    , m_filter(new QLineEdit(this))
    , m_count(new QLabel(this))
    , m_table(new RecordTable(this))
    , m_progress(new CallBar(this))
    , m_work(std::make_unique<QObject>())
    , m_ordering(std::make_unique<QObject>())
{
    m_types->setObjectName(u"snapshotType"_s);
    m_types->setAccessibleName(tr("Kind of records"));
    m_types->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_filter->setObjectName(u"snapshotFilter"_s);
    m_filter->setPlaceholderText(tr("Filter the records of the snapshot"));
    m_filter->setAccessibleName(tr("Filter the records of the snapshot"));
    m_filter->setClearButtonEnabled(true);
    m_table->setObjectName(u"snapshotGrid"_s);
    m_table->setAccessibleName(tr("Records of the snapshot"));
    auto *delegate = new PropertyDelegate(m_names, m_table);
    m_table->setItemDelegate(delegate);
    auto *top = new QHBoxLayout;
    top->addWidget(m_types);
    top->addWidget(m_filter, 1);
    top->addWidget(m_count);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addLayout(top);
    layout->addWidget(m_progress);
    layout->addWidget(m_table, 1);
    m_typing.setSingleShot(true);
    m_typing.setInterval(typingPause);
    connect(m_types, &QComboBox::currentIndexChanged, this, [this](int index) {
        if (index >= 0)
            showType();
    });
    connect(m_filter, &QLineEdit::textChanged, &m_typing, qOverload<>(&QTimer::start));
    connect(&m_typing, &QTimer::timeout, this, &SnapshotGrid::order);
    connect(m_table, &RecordTable::failed, this, &SnapshotGrid::failed);
    connect(m_table, &RecordTable::longWork, m_progress, &CallBar::watch);
    connect(delegate, &PropertyDelegate::refused, this, &SnapshotGrid::refused);
    connect(m_table, &RecordTable::columnsArranged, this, [this](const QStringList &properties) {
        if (m_model)
            m_model->setColumns(properties);
    });
    connect(m_table, &RecordTable::sorted, this, [this](const QList<RowSort> &sorts) {
        m_sorts = sorts;
        if (m_model)
            m_model->setSorts(sorts);
        order();
    });
}

SnapshotGrid::~SnapshotGrid() = default;

void SnapshotGrid::setSession(std::shared_ptr<Session> session)
{
    clear();
    m_session = std::move(session);
}

void SnapshotGrid::clear()
{
    m_work = std::make_unique<QObject>();
    m_ordering = std::make_unique<QObject>();
    m_checking.reset();
    m_isReading = false;
    m_table->setModel(nullptr);
    m_table->setChanges(nullptr);
    m_model.reset();
    m_set.reset();
    m_snapshot.reset();
    m_path.clear();
    m_types->clear();
    m_count->clear();
}

ObjectType SnapshotGrid::type() const
{
    return ObjectType(m_types->currentData().toInt());
}

Result<void> SnapshotGrid::show(const QString &path)
{
    clear();
    auto snapshot = SnapshotReader::open(path);
    if (!snapshot)
        return tl::unexpected(snapshot.error());
    m_path = path;
    m_snapshot = std::move(*snapshot);
    const QSignalBlocker blocker(m_types);
    for (const SnapshotPart &part : m_snapshot->info().parts)
        m_types->addItem(part.type == ObjectType::Contacts ? tr("Contacts") : tr("Companies"),
                         int(part.type));
    m_types->setCurrentIndex(0);
    showType();
    const auto check = [path](const std::stop_token &stop) {
        return SnapshotReader::open(path).and_then(
            [&stop](const auto &reader) { return reader->verify(stop); });
    };
    m_checking = std::make_unique<QObject>();
    auto *call = new PoolCall<void>(check, m_checking.get());
    call->onDone(this, [this](const Result<void> &whole) {
        if (!whole)
            emit failed(whole.error());
    });
    return {};
}

void SnapshotGrid::showType()
{
    if (!m_snapshot || !m_session)
        return;
    m_work = std::make_unique<QObject>();
    m_ordering = std::make_unique<QObject>();
    m_table->setModel(nullptr);
    m_model.reset();
    m_set.reset();
    const auto schema = m_snapshot->schema(type());
    const auto owners = m_snapshot->owners();
    if (!schema || !owners) {
        emit failed(schema ? owners.error() : schema.error());
        return;
    }
    m_names.setDefinitions(schema->definitions);
    m_names.setOwners(*owners);
    auto set =
        RecordSet::create(m_session->recordFolder(), type(), m_snapshot->columns(type()).names());
    if (!set) {
        emit failed(set.error());
        return;
    }
    m_set = std::move(*set);
    connect(m_set.get(), &RecordSet::failed, this, &SnapshotGrid::failed);
    m_model = std::make_unique<RecordTableModel>(m_session->changes(), m_names, nullptr);
    QStringList columns = usualColumns(type());
    columns.removeIf([this](const QString &name) { return !m_names.definition(name); });
    m_model->setColumns(columns);
    m_model->setRecordSet(m_set.get());
    m_table->setModel(m_model.get());
    m_table->setChanges(&m_session->changes());
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &SnapshotGrid::selectionChanged);
    m_sorts.clear();
    m_read = 0;
    m_isReading = true;
    readBlock(0);
}

/// One block after the other, while the window lives on.
void SnapshotGrid::readBlock(qint64 after)
{
    using Block = std::vector<PackedRecord>;
    const auto read = [snapshot = m_snapshot, type = type(),
                       after](const std::stop_token &) -> Result<Block> {
        return snapshot->after(type, after, gridBlock);
    };
    auto *call = new PoolCall<Block>(read, m_work.get());
    call->onDone(this, [this](const Result<Block> &block) {
        if (!block || block->empty()) {
            m_isReading = false;
            if (!block)
                emit failed(block.error());
            return order();
        }
        QList<Record> records;
        for (const PackedRecord &packed : *block)
            records.append(unpacked(packed, m_snapshot->columns(type())));
        m_read += records.size();
        m_count->setText(tr("%Ln record(s)", nullptr, int(m_read)));
        const qint64 last = block->back().id;
        m_set->append(records, m_work.get())
            ->onDone(this, [this, last](const Result<void> &stored) {
                if (stored)
                    readBlock(last);
            });
    });
}

void SnapshotGrid::order()
{
    if (!m_set || !m_model)
        return;
    m_ordering = std::make_unique<QObject>();
    RowQuery query;
    query.contains = m_filter->text().trimmed();
    query.columns = m_model->columns();
    for (const QString &column : std::as_const(query.columns)) {
        if (const auto shown = m_names.shownValues(column))
            query.shown.insert(column, *shown);
    }
    if (!m_sorts.isEmpty()) {
        query.sortProperty = m_sorts.first().property;
        query.descending = m_sorts.first().descending;
        query.thenBy = m_sorts.mid(1);
    }
    for (const PropertyDefinition &definition : m_names.definitions()) {
        if (definition.type == "number"_L1)
            query.numericProperties.append(definition.name);
        else if (definition.type.startsWith("date"_L1))
            query.temporalProperties.append(definition.name);
    }
    m_set->order(query, m_ordering.get())->onDone(this, [this](const Result<RowOrder> &rows) {
        if (!rows) {
            emit failed(rows.error());
            return;
        }
        m_count->setText(tr("%Ln record(s)", nullptr, int(rows->size())));
        m_model->setOrder(*rows);
    });
}

Call<QList<Record>> *SnapshotGrid::selectedRecords(QObject *parent)
{
    if (!m_set || !m_model)
        return new ReadyCall<QList<Record>>(QList<Record>(), parent);
    return m_set->read(m_table->selectedStoreRows(), parent);
}

QStringList SnapshotGrid::selectedProperties() const
{
    QStringList properties;
    if (!m_model)
        return properties;
    for (const QRect &range : m_table->selectedRanges()) {
        for (int column = range.left(); column <= range.right(); ++column) {
            if (column > 0)
                properties.append(m_model->columns().value(column - 1));
        }
    }
    properties.removeDuplicates();
    return properties;
}

bool SnapshotGrid::hasSelection() const
{
    return m_model && m_table->selectionModel() && m_table->selectionModel()->hasSelection();
}

void SnapshotGrid::focusFilter()
{
    m_filter->setFocus();
    m_filter->selectAll();
}

void SnapshotGrid::maskingChanged()
{
    if (m_model)
        m_model->namesChanged();
}

} // namespace hubkeeper
