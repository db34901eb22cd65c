// SPDX-License-Identifier: MIT
#include "records/export/exportdialog.h"

#include "records/export/exportcommand.h"
#include "records/grid/columndialog.h"
#include "session/workbench/countrisks.h"
#include "widgets/notelabel.h"

#include <QApplication>
#include <QBoxLayout>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QRadioButton>
#include <QSpinBox>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int usualPart = 100'000; // Rows.
constexpr int mostPart = 1'000'000'000;
constexpr size_t mostNamedRecords = 20; // In a command.
constexpr int pause = 250; // Milliseconds.

ObjectType otherType(ObjectType type)
{
    return type == ObjectType::Contacts ? ObjectType::Companies : ObjectType::Contacts;
}

QHBoxLayout *inRow(const QList<QWidget *> &widgets)
{
    auto *row = new QHBoxLayout;
    for (QWidget *widget : widgets)
        row->addWidget(widget);
    row->addStretch();
    return row;
}

} // namespace

ExportDialog::ExportDialog(ExportSubject subject, const PropertyNames &names, QWidget *parent)
    : QDialog(parent)
    , m_subject(std::move(subject))
    , m_names(names)
    , m_columns(m_subject.columns)
    , m_selected(new QRadioButton(this))
    , m_shown(new QRadioButton(this))
    , m_everything(new QRadioButton(this))
    , m_format(new QComboBox(this))
    , m_separator(new QComboBox(this))
    , m_bom(new QCheckBox(tr("&Mark UTF-8 for Excel"), this))
    , m_guard(new QCheckBox(tr("&Guard against formulas"), this))
    , m_columnsLabel(new QLabel(this))
    , m_chooseColumns(new QPushButton(tr("&Choose…"), this))
    , m_values(new QComboBox(this))
    , m_links(new QCheckBox(this))
    , m_linkKey(new QComboBox(this))
    , m_split(new QCheckBox(tr("Several files, &rows in each:"), this))
    , m_splitRows(new QSpinBox(this))
    , m_path(new QLineEdit(this))
    , m_browse(new QPushButton(tr("&Browse…"), this))
    , m_risks(new NoteLabel(this))
    , m_notes(new NoteLabel(this))
    , m_command(new QLineEdit(this))
    , m_copy(new QPushButton(tr("Cop&y Command"), this))
{
    setObjectName(u"exportDialog"_s);
    setWindowTitle(m_subject.type == ObjectType::Contacts ? tr("Export Contacts")
                                                          : tr("Export Companies"));
    auto *form = new QFormLayout;
    addScope(*form);
    addFormat(*form);
    addContent(*form);
    addPlace(*form);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_export = buttons->addButton(tr("E&xport"), QDialogButtonBox::AcceptRole);
    m_export->setObjectName(u"exportStart"_s);
    m_export->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(form);
    layout->addWidget(m_risks);
    layout->addWidget(m_notes);
    layout->addStretch();
    layout->addWidget(buttons);
    setMinimumWidth(fontMetrics().averageCharWidth() * 80);
    connectParts();
    onFormat();
}

void ExportDialog::addScope(QFormLayout &form)
{
    const QLocale locale;
    m_selected->setObjectName(u"exportSelected"_s);
    m_shown->setObjectName(u"exportShown"_s);
    m_everything->setObjectName(u"exportEverything"_s);
    m_selected->setText(tr("%Ln &selected", "records", int(m_subject.selected.size())));
    m_shown->setText(tr("%Ln s&hown in the grid", "records", int(m_subject.shown.size())));
    m_everything->setText(
        m_subject.everything < 0
            ? tr("&All of the portal")
            //: %1 is a number of records.
            : tr("&All of the portal (%1)").arg(locale.toString(m_subject.everything)));
    m_selected->setEnabled(!m_subject.selected.empty());
    m_shown->setVisible(!m_subject.shownIsEverything);
    if (m_subject.selected.size() > 1)
        m_selected->setChecked(true);
    else if (m_subject.shownIsEverything)
        m_everything->setChecked(true);
    else
        m_shown->setChecked(true);
    form.addRow(tr("Records:"), m_selected);
    form.addRow(QString(), m_shown);
    form.addRow(QString(), m_everything);
}

void ExportDialog::addFormat(QFormLayout &form)
{
    m_format->setObjectName(u"exportFormat"_s);
    m_format->addItem(tr("Excel workbook (.xlsx), every cell a text"), ExportFormat::Xlsx);
    m_format->addItem(tr("CSV (.csv)"), ExportFormat::Csv);
    m_format->addItem(tr("JSON Lines (.jsonl)"), ExportFormat::JsonLines);
    form.addRow(tr("&Format:"), m_format);
    m_separator->setObjectName(u"exportSeparator"_s);
    m_separator->setAccessibleName(tr("Between cells"));
    m_separator->addItem(tr("Comma"), QChar(u','));
    m_separator->addItem(tr("Semicolon"), QChar(u';'));
    m_separator->addItem(tr("Tab"), QChar(u'\t'));
    m_bom->setObjectName(u"exportBom"_s);
    m_guard->setObjectName(u"exportGuard"_s);
    m_guard->setToolTip(tr("Puts an apostrophe before cells that begin as formulas do. Import "
                           "takes it off again."));
    form.addRow(QString(), inRow({m_separator, m_bom, m_guard}));
}

void ExportDialog::addContent(QFormLayout &form)
{
    m_chooseColumns->setObjectName(u"exportColumns"_s);
    form.addRow(tr("Columns:"), inRow({m_columnsLabel, m_chooseColumns}));
    m_values->setObjectName(u"exportValues"_s);
    m_values->addItem(tr("Labels, as people read them"), true);
    m_values->addItem(tr("Names and values, as HubSpot keeps them"), false);
    form.addRow(tr("&Values:"), m_values);
    const ObjectType other = otherType(m_subject.type);
    m_links->setObjectName(u"exportLinks"_s);
    m_links->setText(other == ObjectType::Companies ? tr("Associated com&panies: ID and")
                                                    : tr("Associated con&tacts: ID and"));
    m_linkKey->setObjectName(u"exportLinkKey"_s);
    m_linkKey->setEditable(true);
    m_linkKey->setAccessibleName(tr("Property of the associated records"));
    m_linkKey->addItems(other == ObjectType::Companies ? QStringList {u"domain"_s, u"name"_s}
                                                       : QStringList {u"email"_s});
    form.addRow(QString(), inRow({m_links, m_linkKey}));
}

void ExportDialog::addPlace(QFormLayout &form)
{
    m_split->setObjectName(u"exportSplit"_s);
    m_splitRows->setObjectName(u"exportSplitRows"_s);
    m_splitRows->setAccessibleName(tr("Rows in each file"));
    m_splitRows->setRange(1, mostPart);
    m_splitRows->setGroupSeparatorShown(true);
    m_splitRows->setValue(usualPart);
    form.addRow(QString(), inRow({m_split, m_splitRows}));
    m_path->setObjectName(u"exportPath"_s);
    m_path->setText(m_subject.folder + u'/' + nameOf(m_subject.type) + u".xlsx"_s);
    auto *place = new QHBoxLayout;
    place->addWidget(m_path, 1);
    place->addWidget(m_browse);
    auto *label = new QLabel(tr("F&ile:"), this);
    label->setBuddy(m_path);
    form.addRow(label, place);
    m_command->setObjectName(u"exportCommand"_s);
    m_command->setAccessibleName(tr("Command"));
    m_command->setReadOnly(true);
    auto *line = new QHBoxLayout;
    line->addWidget(m_command, 1);
    line->addWidget(m_copy);
    form.addRow(tr("Command:"), line);
    m_risks->setObjectName(u"exportRisks"_s);
    m_notes->setObjectName(u"exportNotes"_s);
}

void ExportDialog::connectParts()
{
    const auto change = [this] { refresh(); };
    for (QRadioButton *button : {m_selected, m_shown, m_everything})
        connect(button, &QRadioButton::toggled, this, change);
    for (QCheckBox *box : {m_bom, m_guard, m_links, m_split})
        connect(box, &QCheckBox::toggled, this, change);
    for (QComboBox *box : {m_separator, m_values})
        connect(box, &QComboBox::currentIndexChanged, this, change);
    connect(m_linkKey, &QComboBox::currentTextChanged, this, change);
    connect(m_splitRows, &QSpinBox::valueChanged, this, change);
    connect(m_path, &QLineEdit::textChanged, this, change);
    connect(m_format, &QComboBox::currentIndexChanged, this, &ExportDialog::onFormat);
    connect(m_chooseColumns, &QPushButton::clicked, this, &ExportDialog::chooseColumns);
    connect(m_browse, &QPushButton::clicked, this, &ExportDialog::chooseFile);
    connect(m_copy, &QPushButton::clicked, this,
            [this] { QApplication::clipboard()->setText(m_command->text()); });
    connect(m_subject.set, &QObject::destroyed, this, &QDialog::reject);
    m_pause.setSingleShot(true);
    m_pause.setInterval(pause);
    connect(&m_pause, &QTimer::timeout, this, &ExportDialog::countRisks);
}

ExportScope ExportDialog::scope() const
{
    return m_selected->isChecked() ? ExportScope::Selected
        : m_shown->isChecked()     ? ExportScope::Shown
                                   : ExportScope::Everything;
}

std::optional<std::vector<qint64>> ExportDialog::rows() const
{
    if (scope() == ExportScope::Selected)
        return m_subject.selected;
    if (scope() == ExportScope::Shown || m_subject.shownIsEverything)
        return m_subject.shown;
    return std::nullopt;
}

ExportFormat ExportDialog::format() const
{
    ExportFormat format;
    format.kind = m_format->currentData().value<ExportFormat::Kind>();
    if (format.kind == ExportFormat::Csv) {
        format.separator = m_separator->currentData().toChar();
        format.hasBom = m_bom->isChecked();
        format.isGuarded = m_guard->isChecked();
    }
    return format;
}

QString ExportDialog::path() const
{
    const QString text = m_path->text().trimmed();
    return text.isEmpty() || QFileInfo(text).isAbsolute() ? text : m_subject.folder + u'/' + text;
}

ExportPlan ExportDialog::plan() const
{
    ExportPlan plan;
    plan.properties = m_columns;
    plan.hasLabels = m_values->currentData().toBool();
    if (m_links->isChecked())
        plan.links = {{otherType(m_subject.type), m_linkKey->currentText().trimmed()}};
    plan.target = {path(), format(), m_split->isChecked() ? m_splitRows->value() : 0,
                   QFileInfo(path()).absolutePath()};
    const auto labels =
        std::make_shared<const ValueLabels>(m_names.definitions(), m_names.owners());
    plan.textOf = [names = m_names, labels, hasLabels = plan.hasLabels](const QString &property,
                                                                        const QString &text) {
        const PropertyDefinition *definition = names.definition(property);
        const bool isOwner = definition && definition->referencedObjectType == "OWNER"_L1;
        if (names.masking().isOn() && mayBePersonal(definition, property, text))
            return names.stored(property, text);
        if (!hasLabels)
            return text;
        const QString label = labels->of(property, text);
        return isOwner && label != text ? names.masking().name(label) : label;
    };
    return plan;
}

/// The file's ending follows the format.
void ExportDialog::onFormat()
{
    const ExportFormat chosen = format();
    const QFileInfo file(m_path->text());
    if (exportFormatOf(file.fileName()))
        m_path->setText(m_path->text().chopped(file.suffix().size()) + nameOf(chosen.kind));
    for (QWidget *widget : QList<QWidget *> {m_separator, m_bom, m_guard})
        widget->setEnabled(chosen.kind == ExportFormat::Csv);
    refresh();
}

void ExportDialog::refresh()
{
    m_columnsLabel->setText(tr("%Ln and the record ID", "properties", int(m_columns.size())));
    m_linkKey->setEnabled(m_links->isChecked());
    m_splitRows->setEnabled(m_split->isChecked());
    const QString line = command();
    m_command->setText(line.isEmpty() ? tr("None: it would have to name every record") : line);
    m_command->setCursorPosition(0);
    m_copy->setEnabled(!line.isEmpty());
    m_export->setEnabled(fault().isEmpty());
    showNotes();
    if (m_counting)
        m_counting->cancel();
    m_risks->clear();
    m_pause.start();
}

QString ExportDialog::fault() const
{
    if (path().isEmpty())
        return tr("Name a file.");
    if (QFileInfo(path()).isDir())
        return tr("%1 is a folder.").arg(path());
    if (!QFileInfo(QFileInfo(path()).absolutePath()).isDir())
        return tr("There is no folder %1.").arg(QFileInfo(path()).absolutePath());
    if (m_links->isChecked() && m_linkKey->currentText().trimmed().isEmpty())
        return tr("Name a property of the associated records.");
    return {};
}

void ExportDialog::showNotes()
{
    QStringList notes;
    if (const QString wrong = fault(); !wrong.isEmpty())
        notes.append(wrong);
    else if (!m_split->isChecked() && QFileInfo::exists(path()))
        notes.append(tr("The file is there already; it is replaced."));
    if (m_names.masking().isOn())
        notes.append(tr("Personal data is masked: the file gets pseudonyms."));
    if (m_subject.hasStaged)
        notes.append(tr("Staged changes are not in the file: it gets what HubSpot has."));
    m_notes->setText(notes.join(u'\n'));
}

QString ExportDialog::command() const
{
    if (scope() == ExportScope::Everything)
        return exportCommand(m_subject.provisioner, m_subject.type, plan());
    const auto chosen = *rows();
    QStringList ids;
    for (const qint64 row : chosen) {
        if (ids.size() == qsizetype(mostNamedRecords) || !m_subject.set->isLoaded(row))
            return {};
        ids.append(m_subject.set->idAt(row));
    }
    return ids.isEmpty() ? QString()
                         : exportCommand(m_subject.provisioner, m_subject.type, plan(), ids);
}

void ExportDialog::countRisks()
{
    if (format().kind != ExportFormat::Csv)
        return m_risks->setText(format().kind == ExportFormat::Xlsx
                                    ? tr("A spreadsheet leaves every cell as it is.")
                                    : QString());
    const auto chosen = rows();
    if (!chosen)
        return m_risks->setText(tr("What a spreadsheet would change is counted when it is read."));
    m_risks->setText(tr("Counting what a spreadsheet would change…"));
    auto *count = new CountRisks(*m_subject.set, *chosen, plan(), this);
    m_counting = count;
    count->onDone(this, [this](const Result<RiskCount> &risks) { showRisks(risks); });
}

void ExportDialog::showRisks(const Result<RiskCount> &risks)
{
    if (!risks)
        return m_risks->setText(risks.error().kind == ErrorKind::Cancelled ? m_risks->text()
                                                                           : risks.error().what);
    if (risks->isEmpty())
        return m_risks->setText(tr("A spreadsheet leaves every cell as it is."));
    constexpr qsizetype mostNamed = 4;
    QStringList named;
    const QList<qsizetype> columns = risks->columns();
    for (const qsizetype column : columns.first(std::min(mostNamed, columns.size())))
        named.append(column == 0 ? tr("Record ID") : m_names.label(m_columns.value(column - 1)));
    if (columns.size() > mostNamed)
        named.append(u"…"_s);
    QStringList said;
    if (risks->changes() > 0)
        said.append(
            tr("%Ln cell(s) would be changed by a spreadsheet.", nullptr, int(risks->changes())));
    if (risks->runs() > 0 && !m_guard->isChecked())
        said.append(tr("%Ln cell(s) could be run as a formula.", nullptr, int(risks->runs())));
    else if (risks->runs() > 0)
        said.append(tr("%Ln cell(s) get an apostrophe.", nullptr, int(risks->runs())));
    //: Names of columns.
    said.append(tr("Mostly in: %1.").arg(named.join(u", "_s)));
    m_risks->setText(said.join(u' '));
}

void ExportDialog::chooseColumns()
{
    auto *dialog = new ColumnDialog(m_names.definitions(), m_columns, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        m_columns = dialog->chosen();
        m_columns.removeAll(u"hs_object_id"_s);
        refresh();
    });
    dialog->open();
}

void ExportDialog::chooseFile()
{
    const QString chosen = QFileDialog::getSaveFileName(this, windowTitle(), path(),
                                                        tr("Tables (*.xlsx *.csv *.tsv *.jsonl)")
                                                            + u";;"_s + tr("All Files (*)"),
                                                        nullptr, QFileDialog::DontConfirmOverwrite);
    if (chosen.isEmpty())
        return;
    m_path->setText(chosen);
    if (const auto byEnding = exportFormatOf(chosen))
        m_format->setCurrentIndex(m_format->findData(byEnding->kind));
}

} // namespace hubkeeper
