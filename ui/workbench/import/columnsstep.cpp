// SPDX-License-Identifier: MIT
#include "workbench/import/columnsstep.h"

#include "base/poolcall.h"
#include "base/savefile.h"
#include "session/workbench/tablepreview.h"
#include "widgets/elidedlabel.h"
#include "widgets/icons.h"
#include "widgets/masking.h"
#include "widgets/messagebar.h"
#include "widgets/selectalone.h"
#include "workbench/import/propertychooser.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTableView>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr qint64 largestMappingFile = 1 << 20; // Bytes.
constexpr int sampledRows = 200;
constexpr qsizetype samplesOfColumn = 5;

/// The first different texts of each column.
QList<QStringList> samplesOf(const std::vector<PreviewRow> &rows)
{
    QList<QStringList> samples;
    for (const PreviewRow &row : rows) {
        while (samples.size() < row.cells.size())
            samples.append(QStringList());
        for (qsizetype i = 0; i < row.cells.size(); ++i) {
            const QString text = row.cells[i].trimmed();
            if (!text.isEmpty() && samples[i].size() < samplesOfColumn
                && !samples[i].contains(text))
                samples[i].append(text);
        }
    }
    return samples;
}

QString mappingFilters()
{
    return ColumnsStep::tr("Column mappings (*.json)");
}

} // namespace

ColumnsStep::ColumnsStep(ObjectType type, const PropertyNames &names, QWidget *parent)
    : QWidget(parent)
    , m_names(names)
    , m_work(std::make_unique<QObject>())
    , m_model(new MappingModel(type, names, this))
    , m_chooser(new PropertyChooser(type, this))
    , m_message(new MessageBar(this))
    , m_table(new QTableView(this))
    , m_summary(new ElidedLabel(this, Qt::ElideRight))
    , m_load(new QPushButton(icon(u"document-open"_s), tr("&Load Mapping…"), this))
    , m_save(new QPushButton(icon(u"document-save"_s), tr("&Save Mapping…"), this))
    , m_key(new QComboBox(this))
    , m_mode(new QComboBox(this))
    , m_empty(new QComboBox(this))
    , m_links(new QComboBox(this))
    , m_dates(new QComboBox(this))
    , m_guarded(new QCheckBox(tr("Take off the apostrophes of an export with a &guard"), this))
{
    build();
    connectParts();
}

ColumnsStep::~ColumnsStep() = default;

void ColumnsStep::buildTable()
{
    m_table->setObjectName(u"importColumns"_s);
    m_table->setAccessibleName(tr("Columns of the table"));
    m_table->setModel(m_model);
    m_table->setItemDelegateForColumn(MappingModel::PropertyColumn, m_chooser);
    m_table->setEditTriggers(QAbstractItemView::AllEditTriggers);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().lineSpacing() * 17 / 10);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setStretchLastSection(true);
    const int letter = fontMetrics().averageCharWidth();
    m_table->setColumnWidth(MappingModel::NameColumn, letter * 22);
    m_table->setColumnWidth(MappingModel::SamplesColumn, letter * 38);
    m_table->setColumnWidth(MappingModel::PropertyColumn, letter * 28);
    m_table->setMinimumHeight(fontMetrics().lineSpacing() * 8);
}

void ColumnsStep::build()
{
    buildTable();
    m_load->setObjectName(u"importLoadMapping"_s);
    m_save->setObjectName(u"importSaveMapping"_s);
    m_key->setObjectName(u"importKey"_s);
    m_mode->setObjectName(u"importMode"_s);
    m_empty->setObjectName(u"importEmpty"_s);
    m_links->setObjectName(u"importLinks"_s);
    m_dates->setObjectName(u"importDates"_s);
    m_guarded->setObjectName(u"importGuarded"_s);
    m_mode->addItem(tr("Create new records and change existing ones"),
                    int(ImportMode::CreateOrUpdate));
    m_mode->addItem(tr("Only change existing records"), int(ImportMode::Update));
    m_mode->addItem(tr("Only create new records"), int(ImportMode::Create));
    m_empty->addItem(tr("Leave the value as it is"), false);
    m_empty->addItem(tr("Clear the value"), true);
    m_links->addItem(tr("Add those that are missing"), false);
    m_links->addItem(tr("Also remove those not named"), true);
    m_links->setToolTip(tr("Whether associations with records that a row does not name are kept or "
                           "removed. Empty cells remove all of them where they clear values, and "
                           "none where they leave them."));
    m_dates->addItem(tr("Not known: refuse the row"), int(DateOrder::Unknown));
    m_dates->addItem(tr("Day first: 5 November"), int(DateOrder::DayMonthYear));
    m_dates->addItem(tr("Month first: 11 May"), int(DateOrder::MonthDayYear));
    m_guarded->setToolTip(tr("An export with “Guard against formulas” writes an apostrophe before "
                             "what a spreadsheet would take for a formula."));

    auto *grid = new QGridLayout;
    const auto add = [this, grid](int row, int column, const QString &text, QComboBox *box) {
        auto *label = new QLabel(text, this);
        label->setBuddy(box);
        box->setAccessibleName(QString(text).remove(u'&').remove(u':'));
        grid->addWidget(label, row, column * 2);
        grid->addWidget(box, row, column * 2 + 1);
        return label;
    };
    add(0, 0, tr("&Find records by:"), m_key);
    add(0, 1, tr("&Empty cells:"), m_empty);
    add(1, 0, tr("&Then:"), m_mode);
    m_datesLabel = add(1, 1, tr("&Dates as 5/11/2026:"), m_dates);
    m_linksLabel = add(2, 0, tr("&Associations:"), m_links);
    grid->addWidget(m_guarded, 3, 0, 1, 4);
    grid->setColumnStretch(1, 1);
    grid->setColumnStretch(3, 1);
    auto *files = new QHBoxLayout;
    files->addWidget(m_summary, 1);
    files->addWidget(m_load);
    files->addWidget(m_save);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(files);
    column->addWidget(m_message);
    column->addWidget(m_table, 1);
    column->addLayout(grid);
}

void ColumnsStep::connectParts()
{
    connect(m_model, &MappingModel::chosenChanged, this, &ColumnsStep::onChosen);
    connect(m_chooser, &PropertyChooser::refused, this, [this](const QString &why) {
        m_message->showMessage(MessageBar::Warning, why);
        m_message->showUntil(m_model, &MappingModel::chosenChanged);
    });
    connect(&m_names.masking(), &Masking::changed, this, [this] { m_model->namesChanged(); });
    connect(m_key, &QComboBox::currentIndexChanged, this, [this] {
        m_match = m_key->currentData().toString();
        emit changed();
    });
    for (QComboBox *box : {m_mode, m_empty, m_links, m_dates})
        connect(box, &QComboBox::currentIndexChanged, this, &ColumnsStep::changed);
    connect(m_guarded, &QCheckBox::toggled, this, &ColumnsStep::changed);
    connect(m_load, &QPushButton::clicked, this, &ColumnsStep::loadMapping);
    connect(m_save, &QPushButton::clicked, this, &ColumnsStep::saveMapping);
}

void ColumnsStep::setTable(const std::shared_ptr<TablePreview> &table,
                           const std::optional<ImportChoices> &earlier)
{
    const bool isSame = m_preview && m_preview->header() == table->header()
        && m_model->rowCount() == int(table->header().size());
    m_preview = table;
    if (!isSame) {
        m_message->dismiss();
        m_chooser->setDefinitions(m_names.definitions());
        m_match.clear();
        m_model->setColumns(table->header(), earlier ? earlier->columns : ChosenColumns());
        if (earlier)
            showChoices(*earlier);
        selectAlone(*m_table, m_model->index(0, MappingModel::PropertyColumn));
    }
    readSamples();
}

void ColumnsStep::namesChanged()
{
    m_chooser->setDefinitions(m_names.definitions());
}

void ColumnsStep::readSamples()
{
    m_work = std::make_unique<QObject>();
    auto *call = new PoolCall<QList<QStringList>>(
        [preview = m_preview](const std::stop_token &) {
            return preview->rows(0, sampledRows).map(&samplesOf);
        },
        m_work.get());
    call->onDone(m_work.get(), [this](const Result<QList<QStringList>> &samples) {
        if (samples)
            m_model->setSamples(*samples);
        else
            m_message->showError(samples.error(), Situation::OpeningFile, Offer::Nothing);
    });
}

void ColumnsStep::showChoices(const ImportChoices &choices)
{
    m_match = choices.match;
    fillKeys();
    m_mode->setCurrentIndex(std::max(0, m_mode->findData(int(choices.mode))));
    m_empty->setCurrentIndex(choices.emptyClears ? 1 : 0);
    m_links->setCurrentIndex(choices.removesOtherLinks ? 1 : 0);
    m_dates->setCurrentIndex(std::max(0, m_dates->findData(int(choices.dates))));
    m_guarded->setChecked(choices.isGuarded);
}

void ColumnsStep::onChosen()
{
    fillKeys();
    m_datesLabel->setVisible(m_model->hasDates());
    m_dates->setVisible(m_model->hasDates());
    m_linksLabel->setVisible(canNameAllLinks(m_model->properties()));
    m_links->setVisible(canNameAllLinks(m_model->properties()));
    const int imported = m_model->importedCount();
    m_summary->setText(tr("%1 of %Ln column(s) are imported", nullptr, m_model->rowCount())
                           .arg(QLocale().toString(imported)));
    const QString fault = m_model->fault();
    if (fault.isEmpty())
        m_message->dismissFor(m_model);
    else
        m_message->showMessage(MessageBar::Warning, fault);
    m_message->setCause(m_model);
    emit changed();
}

void ColumnsStep::fillKeys()
{
    const QSignalBlocker quiet(m_key);
    m_key->clear();
    for (const QString &key : m_model->keys())
        m_key->addItem(m_model->propertyLabel(key), key);
    m_key->setCurrentIndex(std::max(0, m_key->findData(m_match)));
    m_key->setEnabled(m_key->count() > 0);
}

ImportChoices ColumnsStep::choices() const
{
    ImportChoices choices;
    choices.columns = m_model->chosen();
    choices.match = m_key->currentData().toString();
    choices.mode = ImportMode(m_mode->currentData().toInt());
    choices.emptyClears = m_empty->currentData().toBool();
    choices.removesOtherLinks =
        canNameAllLinks(m_model->properties()) && m_links->currentData().toBool();
    if (m_model->hasDates())
        choices.dates = DateOrder(m_dates->currentData().toInt());
    choices.isGuarded = m_guarded->isChecked();
    return choices;
}

bool ColumnsStep::isReady() const
{
    return m_preview && m_model->rowCount() > 0 && m_model->fault().isEmpty();
}

void ColumnsStep::takeFocus()
{
    m_table->setFocus();
}

void ColumnsStep::loadMapping()
{
    auto *dialog = new QFileDialog(this, tr("Load Mapping"), {}, mappingFilters());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &ColumnsStep::takeMapping);
    dialog->open();
}

void ColumnsStep::takeMapping(const QString &path)
{
    const auto chosen = readFile(path, largestMappingFile).and_then(&mappingFromFile);
    if (!chosen)
        return m_message->showError(chosen.error(), Situation::OpeningFile, Offer::Nothing);
    m_message->dismiss();
    const QStringList left = m_model->take(*chosen);
    if (left.isEmpty() || !m_model->fault().isEmpty())
        return;
    m_message->showMessage(
        MessageBar::Information,
        tr("%Ln column(s) of the mapping do not fit this table.", nullptr, int(left.size())),
        left.join(u", "_s));
}

void ColumnsStep::saveMapping()
{
    auto *dialog = new QFileDialog(this, tr("Save Mapping"), {}, mappingFilters());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"json"_s);
    dialog->selectFile(u"mapping.json"_s);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        if (const auto saved =
                saveFile(path, mappingToFile(m_model->mapping()), FileMode::KeepOrDefault);
            !saved)
            m_message->showError(saved.error(), Situation::SavingFile, Offer::Nothing);
    });
    dialog->open();
}

} // namespace hubkeeper
