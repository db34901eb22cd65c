// SPDX-License-Identifier: MIT
#include "workbench/report/reportdialog.h"

#include "base/settings.h"
#include "records/values/propertynames.h"
#include "repair/values/phonenumber.h"
#include "session/open/session.h"
#include "session/workbench/exportfindings.h"
#include "widgets/callbar.h"
#include "widgets/commandfield.h"
#include "widgets/messagebar.h"
#include "widgets/wrappedlabel.h"
#include "workbench/report/reportchoices.h"
#include "workbench/report/reportfindingsmodel.h"
#include "workbench/report/reportkindsmodel.h"

#include <QBoxLayout>
#include <QDir>
#include <QFileDialog>
#include <QHeaderView>
#include <QPushButton>
#include <QSplitter>
#include <QStandardPaths>
#include <QTableView>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QTableView *reportTable(const QString &objectName, const QString &name, QAbstractItemModel *model,
                        QWidget *parent)
{
    auto *table = new QTableView(parent);
    table->setObjectName(objectName);
    table->setAccessibleName(name);
    table->setModel(model);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setWordWrap(false);
    table->setTabKeyNavigation(false);
    table->verticalHeader()->hide();
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setStretchLastSection(true);
    table->horizontalHeader()->setDefaultSectionSize(table->fontMetrics().averageCharWidth() * 22);
    return table;
}

} // namespace

ReportDialog::ReportDialog(Session &session, const PropertyNames &names, Settings &settings,
                           RecordsSubject subject, QWidget *parent)
    : QDialog(parent)
    , m_session(session)
    , m_names(names)
    , m_settings(settings)
    , m_subject(std::move(subject))
    , m_work(std::make_unique<QObject>())
    , m_choices(new ReportChoices(names, m_subject, this))
    , m_message(new MessageBar(this))
    , m_progress(new CallBar(this))
    , m_summary(new WrappedLabel(this))
    , m_kinds(new ReportKindsModel(names, this))
    , m_findings(new ReportFindingsModel(names, *m_subject.set, this))
    , m_command(new CommandField(this))
    , m_look(new QPushButton(tr("&Look at the Values"), this))
    , m_show(new QPushButton(tr("&Show Record"), this))
    , m_repair(new QPushButton(tr("&Repair…"), this))
    , m_export(new QPushButton(tr("E&xport…"), this))
    , m_close(new QPushButton(tr("&Close"), this))
{
    setObjectName(u"reportDialog"_s);
    //: %1 is the name of a connection.
    setWindowTitle((m_subject.set->type() == ObjectType::Contacts
                        ? tr("Validation Report on Contacts – %1")
                        : tr("Validation Report on Companies – %1"))
                       .arg(m_session.connection().label));
    m_message->setMasking(names.masking());
    m_choices->setCountry(m_settings.value(setting::repairCountry, m_session.connection().id));
    build();
    connectParts();
    forget();
}

ReportDialog::~ReportDialog()
{
    m_work.reset(); // Its calls speak to the parts.
}

QWidget *ReportDialog::makeFindings()
{
    auto *splitter = new QSplitter(Qt::Horizontal, this);
    m_kindsView = reportTable(u"reportKinds"_s, tr("Kinds of findings"), m_kinds, splitter);
    m_findingsView =
        reportTable(u"reportFindings"_s, tr("Records with this finding"), m_findings, splitter);
    QHeaderView *header = m_kindsView->horizontalHeader();
    header->setStretchLastSection(false);
    header->setSectionResizeMode(QHeaderView::ResizeToContents);
    header->setSectionResizeMode(ReportKindsModel::FindingColumn, QHeaderView::Stretch);
    QHeaderView *findings = m_findingsView->horizontalHeader();
    findings->setStretchLastSection(false);
    findings->setSectionResizeMode(ReportFindingsModel::ReasonColumn, QHeaderView::Stretch);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 5);
    return splitter;
}

void ReportDialog::build()
{
    m_summary->setObjectName(u"reportSummary"_s);
    m_look->setObjectName(u"reportLook"_s);
    m_show->setObjectName(u"reportShow"_s);
    m_repair->setObjectName(u"reportRepair"_s);
    m_export->setObjectName(u"reportExport"_s);
    m_close->setObjectName(u"reportClose"_s);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_close);
    buttons->addStretch();
    for (QPushButton *button : {m_show, m_repair, m_export, m_look})
        buttons->addWidget(button);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_choices);
    column->addWidget(m_message);
    column->addWidget(m_summary);
    column->addWidget(m_progress);
    column->addWidget(makeFindings(), 1);
    column->addWidget(m_command);
    column->addLayout(buttons);
    for (QPushButton *button : findChildren<QPushButton *>())
        button->setAutoDefault(false);
    m_look->setDefault(true);
    const QSize wanted(fontMetrics().averageCharWidth() * 140, fontMetrics().lineSpacing() * 36);
    resize(wanted.boundedTo(QSize(1000, 660)));
}

void ReportDialog::connectParts()
{
    connect(m_choices, &ReportChoices::changed, this, &ReportDialog::forget);
    connect(m_look, &QPushButton::clicked, this, &ReportDialog::look);
    connect(m_show, &QPushButton::clicked, this, &ReportDialog::showRecord);
    connect(m_repair, &QPushButton::clicked, this, &ReportDialog::repair);
    connect(m_export, &QPushButton::clicked, this, &ReportDialog::chooseFile);
    connect(m_close, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_findingsView, &QTableView::doubleClicked, this, &ReportDialog::showRecord);
    connect(m_kindsView->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &ReportDialog::showKind);
    connect(m_findingsView->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &ReportDialog::refresh);
    connect(m_findings, &QAbstractItemModel::dataChanged, this, &ReportDialog::refresh);
    connect(m_findings, &QAbstractItemModel::modelReset, this, &ReportDialog::refresh);
    connect(m_subject.set, &QObject::destroyed, m_work.get(), [this] {
        forget();
        m_summary->setText(tr("The records were read again; open the report anew."));
    });
}

void ReportDialog::showFailure(const QString &what, const Error &error)
{
    if (error.kind != ErrorKind::Cancelled)
        m_message->showMessage(MessageBar::Failure, what, error.sentence());
}

/// What was found is of other choices.
void ReportDialog::forget()
{
    m_hasReport = false;
    m_message->dismiss();
    m_kinds->setKinds({});
    m_findings->clear();
    m_summary->setText(tr("The report looks for values that are missing, wrong or contradict each "
                          "other in the columns of the grid. It changes nothing."));
    refresh();
}

Result<QList<ValueRule>> ReportDialog::rules() const
{
    const QString country = m_choices->country();
    if (!country.isEmpty() && !isPhoneCountry(country))
        return fail(ErrorKind::InvalidInput, tr("“%1” is not a country.").arg(country),
                    tr("Use the two letters of ISO 3166: DE, GB, US."));
    return valueRulesFor(m_subject.columns, m_names.definitions(), m_choices->required());
}

void ReportDialog::look()
{
    forget();
    const auto wanted = rules();
    if (!wanted)
        return showFailure(tr("The report was not made."), wanted.error());
    if (!m_subject.set)
        return m_summary->setText(tr("The records were read again; open the report anew."));
    m_settings.setValue(setting::repairCountry, m_choices->country(), m_session.connection().id);
    m_rules = *wanted;
    m_findings->setRules(m_rules, m_choices->country());
    m_isBusy = true;
    m_found = std::make_shared<Found>();
    auto *call = new ReportRecords(
        *m_subject.set, m_subject.rows(m_choices->extent()), m_rules, m_choices->country(),
        [found = m_found](const ValueFault &fault, qint64 row) {
            RowOrder &rows = (*found)[{fault.column, fault.kind}];
            if (rows.empty() || rows.back() != row)
                rows.push_back(row);
        },
        m_work.get());
    m_progress->watch(call, tr("Looking at records"));
    call->onDone(m_work.get(), [this](const Result<TableReport> &report) { showReport(report); });
    refresh();
}

void ReportDialog::showReport(const Result<TableReport> &report)
{
    m_isBusy = false;
    if (!report) {
        if (report.error().kind == ErrorKind::Cancelled)
            m_summary->setText(tr("The report was stopped."));
        showFailure(tr("The report was not made."), report.error());
        return refresh();
    }
    m_hasReport = true;
    std::vector<ReportKind> kinds;
    for (auto &[key, rows] : *m_found)
        kinds.push_back({key.second, key.first, std::move(rows)});
    m_found.reset();
    m_kinds->setKinds(std::move(kinds));
    const QString looked = tr("%Ln record(s) looked at.", nullptr, int(report->rows));
    m_summary->setText(looked + u' '
                       + (report->badRows == 0 ? tr("Nothing is wrong with their values.")
                                               : tr("Something is wrong with %Ln of them.", nullptr,
                                                    int(report->badRows))));
    if (m_kinds->rowCount() > 0) {
        m_kindsView->selectRow(0);
        m_kindsView->setFocus();
    }
    refresh();
}

void ReportDialog::showKind()
{
    const QModelIndex current = m_kindsView->currentIndex();
    if (!current.isValid())
        return m_findings->clear();
    m_findings->showKind(m_kinds->kind(current.row()));
    m_findingsView->selectRow(0);
    m_findingsView->scrollToTop();
    refresh();
}

void ReportDialog::refresh()
{
    const QModelIndex kind = m_kindsView->currentIndex();
    const QModelIndex finding = m_findingsView->currentIndex();
    const bool hasKind = kind.isValid() && kind.row() < m_kinds->rowCount();
    const bool hasRecord = finding.isValid() && finding.row() < m_findings->rowCount()
        && !m_findings->idAt(finding.row()).isEmpty();
    const QString recipe = hasKind
        ? recipeFor(m_kinds->kind(kind.row()).kind, m_kinds->kind(kind.row()).property)
        : QString();
    m_show->setEnabled(hasRecord);
    m_repair->setEnabled(!recipe.isEmpty() && !m_isBusy);
    m_repair->setToolTip(hasKind && recipe.isEmpty()
                             ? tr("No recipe repairs this: the values need a person.")
                             : tr("Opens the recipe that repairs it, for these records"));
    m_export->setEnabled(m_hasReport && !m_isBusy && m_kinds->rowCount() > 0 && m_subject.set);
    m_look->setEnabled(!m_isBusy && m_subject.set);
    m_choices->setEnabled(!m_isBusy);
    showCommand();
}

void ReportDialog::showCommand()
{
    const auto records = commandWords(m_subject, m_choices->extent(), u"--filter"_s);
    if (!records)
        return m_command->setWords({}, tr("None: it would have to name every record"));
    QStringList words {u"hubkeeper-cli"_s,    u"report"_s,   u"--connection"_s,
                       m_subject.provisioner, u"--object"_s, commandWord(m_subject.view.type)};
    words += *records;
    words << u"--columns"_s << m_subject.columns.join(u',');
    if (!m_choices->required().isEmpty())
        words << u"--required"_s << m_choices->required().join(u',');
    if (!m_choices->country().isEmpty())
        words << u"--country"_s << m_choices->country();
    m_command->setWords(words);
}

void ReportDialog::showRecord()
{
    const QModelIndex current = m_findingsView->currentIndex();
    if (current.isValid() && !m_findings->idAt(current.row()).isEmpty())
        emit recordWanted(m_findings->idAt(current.row()));
}

void ReportDialog::repair()
{
    const QModelIndex current = m_kindsView->currentIndex();
    if (!current.isValid())
        return;
    const ReportKind &kind = m_kinds->kind(current.row());
    emit repairWanted({recipeFor(kind.kind, kind.property), {kind.property}, m_choices->country()},
                      kind.rows);
}

void ReportDialog::chooseFile()
{
    auto *dialog =
        new QFileDialog(this, tr("Export the Report"),
                        QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation),
                        tr("Tables (*.xlsx *.csv *.tsv *.jsonl)") + u";;"_s + tr("All Files (*)"));
    dialog->setObjectName(u"reportFileDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    connect(dialog, &QFileDialog::fileSelected, this, &ReportDialog::exportTo);
    dialog->open();
}

void ReportDialog::exportTo(const QString &path)
{
    const auto format = exportFormatOf(path);
    if (!format)
        return m_message->showMessage(MessageBar::Failure,
                                      tr("The ending of %1 is not that of a table.").arg(path),
                                      tr("Use .csv, .tsv, .xlsx or .jsonl."));
    if (!m_subject.set)
        return;
    FindingsPlan plan {m_subject.rows(m_choices->extent()),
                       m_rules,
                       m_choices->country(),
                       {path, *format, 0, QFileInfo(path).absolutePath()}};
    if (m_names.masking().isOn())
        plan.shown = [names = m_names](const ValueFault &fault) {
            ValueFault masked = fault;
            masked.value = names.stored(fault.column, fault.value);
            masked.suggestion = names.stored(fault.column, fault.suggestion);
            masked.reason = names.masking().text(fault.reason);
            return masked;
        };
    m_isBusy = true;
    m_message->dismiss();
    auto *call = new ExportFindings(*m_subject.set, std::move(plan), m_work.get());
    m_progress->watch(call, tr("Exporting"));
    call->onDone(m_work.get(), [this](const Result<WrittenTable> &written) {
        m_isBusy = false;
        refresh();
        if (!written)
            return showFailure(tr("The report was not exported."), written.error());
        m_message->showMessage(
            MessageBar::Good, tr("%Ln finding(s) exported.", nullptr, int(written->rows)),
            QDir::toNativeSeparators(written->files.first())
                + (m_names.masking().isOn()
                       ? u'\n' + tr("Personal data is masked: the file gets pseudonyms.")
                       : QString()));
    });
    refresh();
}

} // namespace hubkeeper
