// SPDX-License-Identifier: MIT
#include "workbench/import/filestep.h"

#include "widgets/callbar.h"
#include "widgets/elidedlabel.h"
#include "widgets/icons.h"
#include "widgets/masking.h"
#include "widgets/messagebar.h"
#include "widgets/notelabel.h"
#include "widgets/selectalone.h"
#include "widgets/taborder.h"
#include "workbench/import/faultsmodel.h"
#include "workbench/import/formatbar.h"
#include "workbench/import/tablepreviewmodel.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSplitter>
#include <QTableView>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// A table of rows that are looked at, not edited.
QTableView *makeTable(QAbstractItemModel &model, const QString &name, const QString &label,
                      QWidget *parent)
{
    auto *table = new QTableView(parent);
    table->setObjectName(name);
    table->setAccessibleName(label);
    table->setModel(&model);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setWordWrap(false);
    table->setTabKeyNavigation(false);
    table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table->horizontalHeader()->setHighlightSections(false);
    table->verticalHeader()->setHighlightSections(false);
    table->verticalHeader()->setDefaultSectionSize(parent->fontMetrics().lineSpacing() * 3 / 2);
    return table;
}

} // namespace

FileStep::FileStep(const Masking &masking, const QString &workFolder, QWidget *parent)
    : QWidget(parent)
    , m_workFolder(workFolder)
    , m_model(new TablePreviewModel(masking, this))
    , m_faults(new FaultsModel(masking, this))
    , m_name(new ElidedLabel(this))
    , m_other(new QPushButton(icon(u"document-open"_s), tr("&Other File…"), this))
    , m_format(new FormatBar(this))
    , m_message(new MessageBar(this))
    , m_table(makeTable(*m_model, u"importPreview"_s, tr("Rows of the table"), this))
    , m_faultPane(new QWidget(this))
    , m_faultNote(new NoteLabel(m_faultPane))
    , m_kinds(new QComboBox(m_faultPane))
    , m_faultTable(makeTable(*m_faults, u"importFaults"_s, tr("Faults of the table"), m_faultPane))
    , m_progress(new CallBar(this))
{
    m_message->setMasking(masking);
    build();
    connectParts();
}

FileStep::~FileStep() = default;

void FileStep::build()
{
    m_name->setObjectName(u"importFileName"_s);
    m_other->setObjectName(u"importOtherFile"_s);
    auto *file = new QHBoxLayout;
    file->addWidget(m_name, 1);
    file->addWidget(m_other);

    m_kinds->setObjectName(u"importFaultKinds"_s);
    m_kinds->setAccessibleName(tr("Kind of fault"));
    m_kinds->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_faultNote->setObjectName(u"importFaultNote"_s);
    auto *above = new QHBoxLayout;
    above->addWidget(m_kinds);
    above->addWidget(m_faultNote, 1);
    m_faultTable->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_faultTable->setSelectionMode(QAbstractItemView::SingleSelection);
    m_faultTable->verticalHeader()->hide();
    m_faultTable->horizontalHeader()->setStretchLastSection(true);
    m_faultTable->setColumnWidth(FaultsModel::CellColumn, fontMetrics().averageCharWidth() * 20);
    m_faultTable->setMinimumHeight(fontMetrics().lineSpacing() * 5);
    auto *pane = new QVBoxLayout(m_faultPane);
    pane->setContentsMargins(0, 0, 0, 0);
    pane->addLayout(above);
    pane->addWidget(m_faultTable, 1);
    m_faultPane->hide();

    m_table->horizontalHeader()->setDefaultSectionSize(fontMetrics().averageCharWidth() * 18);
    m_table->setMinimumHeight(fontMetrics().lineSpacing() * 6);
    auto *parts = new QSplitter(Qt::Vertical, this);
    parts->setChildrenCollapsible(false);
    parts->addWidget(m_table);
    parts->addWidget(m_faultPane);
    parts->setStretchFactor(0, 3);
    parts->setStretchFactor(1, 1);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(file);
    column->addWidget(m_format);
    column->addWidget(m_message);
    column->addWidget(parts, 1);
    column->addWidget(m_progress);
    tabInOrder(QList<QWidget *> {m_other} + m_format->fields()
               + QList<QWidget *> {m_table, m_kinds, m_faultTable});
}

void FileStep::connectParts()
{
    connect(m_other, &QPushButton::clicked, this, &FileStep::otherFileWanted);
    connect(m_format, &FormatBar::changed, this, &FileStep::read);
    const auto showFailure = [this](const Error &error) {
        m_message->showError(error, Situation::OpeningFile, Offer::Nothing);
    };
    connect(m_model, &TablePreviewModel::failed, this, showFailure);
    connect(m_model, &QAbstractItemModel::dataChanged, this, &FileStep::fitColumns);
    connect(m_kinds, &QComboBox::currentIndexChanged, this, [this] {
        const QVariant kind = m_kinds->currentData();
        m_faults->setKind(kind.isValid() ? std::optional(TableFaultKind(kind.toInt()))
                                         : std::nullopt);
    });
    const auto show = [this](const QModelIndex &index) {
        if (!index.isValid())
            return;
        const TableFault &fault = m_faults->fault(index.row());
        showRow(fault.row, fault.column);
    };
    connect(m_faultTable->selectionModel(), &QItemSelectionModel::currentRowChanged, this, show);
    connect(m_faultTable, &QTableView::clicked, this, show);
    connect(m_faultTable, &QTableView::activated, this, [this, show](const QModelIndex &index) {
        show(index);
        m_table->setFocus();
    });
}

void FileStep::setSource(const ImportSource &source)
{
    m_source = source;
    m_format->reset();
    m_format->setOptions(source.options);
    read();
}

TableOptions FileStep::options() const
{
    return m_format->options();
}

void FileStep::read()
{
    m_work = std::make_unique<QObject>();
    m_preview = std::make_shared<TablePreview>(m_workFolder);
    m_isRead = false;
    m_hasFailed = false;
    m_isFitted = false;
    m_message->dismiss();
    m_model->setPreview(m_preview);
    m_faults->setFaults({}, {});
    auto *call = readPreview(m_preview, m_source.path, options(), m_work.get());
    m_progress->watch(call, tr("Reading the table"));
    connect(call, &CallBase::progressed, m_work.get(), [this] { grow(); });
    call->onDone(m_work.get(), [this](const Result<void> &outcome) { onRead(outcome); });
    showSummary();
    emit changed();
}

void FileStep::grow()
{
    const bool isFirst = m_model->rowCount() == 0;
    m_model->grow();
    if (const auto format = m_preview->format(); format && (isFirst || m_isRead))
        m_format->showFormat(*format);
    showSummary();
    showFaults();
    emit changed();
}

/// Once, when the first rows are there: as wide as they need, within reason.
void FileStep::fitColumns()
{
    constexpr int mostFitted = 50; // Columns.
    if (std::exchange(m_isFitted, true))
        return;
    const int letter = fontMetrics().averageCharWidth();
    m_table->horizontalHeader()->setResizeContentsPrecision(0); // What is seen.
    const int columns = std::min(m_model->columnCount(), mostFitted);
    for (int column = 0; column < columns; ++column) {
        m_table->resizeColumnToContents(column);
        const int width = m_table->columnWidth(column) + letter;
        m_table->setColumnWidth(column, std::clamp(width, letter * 8, letter * 34));
    }
}

void FileStep::onRead(const Result<void> &read)
{
    m_isRead = true;
    grow();
    if (read)
        return showWhatIsMissing();
    m_hasFailed = true;
    if (read.error().kind != ErrorKind::Cancelled)
        m_message->showError(read.error(), Situation::OpeningFile, Offer::Nothing);
    else
        m_message->showMessage(MessageBar::Information, tr("The reading was stopped."),
                               tr("Set something else, or choose a file, to read again."));
    emit changed();
}

void FileStep::showWhatIsMissing()
{
    const auto format = m_preview->format();
    if (!format || (m_preview->rowCount() == 0 && m_preview->header().isEmpty())) {
        m_message->showMessage(MessageBar::Warning, tr("There is nothing in the file."));
    } else if (m_preview->header().isEmpty()) {
        m_message->showMessage(
            MessageBar::Warning, tr("The table has no header."),
            tr("An import needs the names of the columns. Where a row has them, choose it under "
               "Header; else add one to the file."));
    } else if (m_preview->rowCount() == 0) {
        m_message->showMessage(MessageBar::Warning, tr("The table has a header, but no rows."));
    } else if (m_preview->rowCount() < m_preview->readCount()) {
        m_message->showMessage(
            MessageBar::Information,
            tr("The first %Ln row(s) are shown.", nullptr, int(m_preview->rowCount())),
            tr("The others were read, too, and are imported."));
    }
    emit changed();
}

void FileStep::showSummary()
{
    QStringList said {m_source.name()};
    const qint64 rows = m_preview->readCount();
    if (m_preview->format()) {
        said.append(m_isRead ? tr("%Ln row(s)", nullptr, int(rows))
                             : tr("%Ln row(s) so far", nullptr, int(rows)));
        said.append(tr("%Ln column(s)", nullptr,
                       m_preview->header().isEmpty() ? m_preview->width()
                                                     : int(m_preview->header().size())));
    }
    m_name->setText(said.join(u"  ·  "_s));
    m_name->setToolTip(m_source.isClipboard() ? QString() : m_source.path);
}

void FileStep::showFaults()
{
    m_faults->setFaults(m_preview->faults(), m_preview->header());
    const QMap<TableFaultKind, qint64> counts = m_preview->faultCounts();
    if (counts == m_counts)
        return; // The list may be open.
    m_counts = counts;
    qint64 all = 0;
    for (const qint64 count : counts)
        all += count;
    m_faultPane->setVisible(all > 0);
    const QLocale locale;
    const QVariant chosen = m_kinds->currentData();
    {
        const QSignalBlocker quiet(m_kinds);
        m_kinds->clear();
        //: %1 is a number of faults.
        m_kinds->addItem(tr("All faults: %1").arg(locale.toString(all)));
        for (auto one = counts.cbegin(); one != counts.cend(); ++one) {
            //: %1 is a kind of fault, %2 how many there are.
            m_kinds->addItem(tr("%1: %2").arg(shownName(one.key()), locale.toString(one.value())),
                             int(one.key()));
        }
        m_kinds->setCurrentIndex(chosen.isValid() ? std::max(0, m_kinds->findData(chosen)) : 0);
    }
    const qint64 listed = m_preview->faults().size();
    m_faultNote->setText(
        listed < all
            ? tr("The first %1 are listed. All rows are read.").arg(locale.toString(listed))
            : tr("Everything else was read."));
}

bool FileStep::isReady() const
{
    return m_preview && !m_hasFailed && !m_preview->header().isEmpty() && m_preview->rowCount() > 0;
}

void FileStep::showRow(qint64 number, qint64 column)
{
    const qint64 place = m_preview ? m_preview->placeOf(number) : -1;
    if (place < 0 || place >= m_model->rowCount())
        return;
    const QModelIndex cell = m_model->index(int(place), int(std::max<qint64>(1, column)) - 1);
    selectAlone(*m_table, cell);
    m_table->scrollTo(cell, QAbstractItemView::PositionAtCenter);
}

} // namespace hubkeeper
