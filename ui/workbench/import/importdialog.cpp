// SPDX-License-Identifier: MIT
#include "workbench/import/importdialog.h"

#include "changes/set/rowsource.h"
#include "session/open/session.h"
#include "widgets/callbar.h"
#include "widgets/masking.h"
#include "widgets/messagebar.h"
#include "widgets/sizes.h"
#include "workbench/import/checkstep.h"
#include "workbench/import/columnsstep.h"
#include "workbench/import/filestep.h"
#include "workbench/import/importcommand.h"

#include <QApplication>
#include <QBoxLayout>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScreen>
#include <QStackedWidget>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// A mapping that no column has: a command names all of them beside it.
ColumnMapping nothingMapped(const QStringList &header)
{
    return {header, QStringList(header.size(), u"?"_s)};
}

} // namespace

ImportDialog::ImportDialog(ObjectType type, Session &session, const Masking &masking,
                           Settings &settings, QWidget *parent)
    : QDialog(parent)
    , m_type(type)
    , m_session(session)
    , m_settings(settings)
    , m_names(masking)
    , m_work(std::make_unique<QObject>())
    , m_file(new FileStep(masking, session.recordFolder(), this))
    , m_columns(new ColumnsStep(type, m_names, this))
    , m_check(new CheckStep(session, m_names, this))
    , m_stack(new QStackedWidget(this))
    , m_message(new MessageBar(this))
    , m_progress(new CallBar(this))
    , m_commandRow(new QWidget(this))
    , m_command(new QLineEdit(m_commandRow))
    , m_copy(new QPushButton(tr("Cop&y Command"), m_commandRow))
    , m_back(new QPushButton(tr("&Back"), this))
    , m_next(new QPushButton(tr("&Next"), this))
    , m_close(new QPushButton(tr("&Close"), this))
{
    setObjectName(u"importDialog"_s);
    const QString &label = m_session.connection().label;
    //: %1 is the name of a connection.
    setWindowTitle(
        (m_type == ObjectType::Contacts ? tr("Import Contacts – %1") : tr("Import Companies – %1"))
            .arg(label));
    build();
    connectParts();
    readNames();
    refresh();
}

ImportDialog::~ImportDialog()
{
    m_work.reset(); // Its calls speak to the steps.
}

void ImportDialog::build()
{
    auto *steps = new QHBoxLayout;
    const QString names[StepCount] {tr("1. File"), tr("2. Columns"), tr("3. Check")};
    for (int step = File; step < StepCount; ++step) {
        auto *button = new QToolButton(this);
        button->setObjectName(u"importStep%1"_s.arg(step + 1));
        button->setText(names[step]);
        button->setCheckable(true);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus);
        m_steps.append(button);
        steps->addWidget(button);
        connect(button, &QToolButton::clicked, this, [this, step] {
            goTo(Step(step));
            refresh(); // A click that leads nowhere checks nothing.
        });
    }
    steps->addStretch();
    for (QWidget *step : QList<QWidget *> {m_file, m_columns, m_check})
        m_stack->addWidget(step);
    sizeByCurrent(m_stack);
    m_command->setObjectName(u"importCommand"_s);
    m_command->setAccessibleName(tr("Command"));
    m_command->setReadOnly(true);
    m_copy->setObjectName(u"importCopyCommand"_s);
    auto *line = new QHBoxLayout(m_commandRow);
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(new QLabel(tr("Command:"), m_commandRow));
    line->addWidget(m_command, 1);
    line->addWidget(m_copy);
    m_back->setObjectName(u"importBack"_s);
    m_next->setObjectName(u"importNext"_s);
    m_close->setObjectName(u"importClose"_s);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_close);
    buttons->addStretch();
    buttons->addWidget(m_back);
    buttons->addWidget(m_next);
    auto *column = new QVBoxLayout(this);
    column->addLayout(steps);
    column->addWidget(m_message);
    column->addWidget(m_stack, 1);
    column->addWidget(m_progress);
    column->addWidget(m_commandRow);
    column->addLayout(buttons);
    const QList<QPushButton *> all = findChildren<QPushButton *>();
    for (QPushButton *button : all)
        button->setAutoDefault(false); // Return is for the fields; Next has it by being default.
    const QSize wanted(fontMetrics().averageCharWidth() * 150, fontMetrics().lineSpacing() * 38);
    resize(wanted.boundedTo(QSize(1000, 660)));
}

void ImportDialog::connectParts()
{
    connect(m_file, &FileStep::changed, this, &ImportDialog::refresh);
    connect(m_file, &FileStep::otherFileWanted, this, &ImportDialog::otherFileWanted);
    connect(m_columns, &ColumnsStep::changed, this, &ImportDialog::refresh);
    connect(m_check, &CheckStep::changed, this, &ImportDialog::refresh);
    connect(m_check, &CheckStep::staged, this, &ImportDialog::onStaged);
    connect(m_back, &QPushButton::clicked, this, [this] { goTo(Step(m_step - 1)); });
    connect(m_next, &QPushButton::clicked, this, &ImportDialog::next);
    connect(m_close, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_copy, &QPushButton::clicked, this, [this] {
        QApplication::clipboard()->setText(m_command->text());
        emit statusMessage(tr("The command was copied."));
    });
    connect(m_message, &MessageBar::buttonPressed, this, [this] { readNames(); });
}

void ImportDialog::readNames()
{
    m_message->dismiss();
    auto *call = m_session.definitions(m_type, false, m_work.get());
    m_progress->watch(call, tr("Reading properties"));
    call->onDone(m_work.get(), [this](const Result<QList<PropertyDefinition>> &definitions) {
        if (!definitions) {
            m_wantsColumns = false;
            m_message->showError(definitions.error(), Situation::ReadingSchema,
                                 {{Choice::Retry, tr("Read &Properties Again")}});
            return refresh();
        }
        m_names.setDefinitions(*definitions);
        m_columns->namesChanged();
        if (std::exchange(m_wantsColumns, false))
            goTo(Columns);
        refresh();
    });
}

void ImportDialog::setSource(const ImportSource &source)
{
    m_check->clear();
    m_checkedCommand.clear();
    m_file->setSource(source);
    goTo(File);
}

bool ImportDialog::mayEnter(Step step) const
{
    return step == File || (m_file->isReady() && (step == Columns || m_columns->isReady()));
}

void ImportDialog::goTo(Step step)
{
    if (step < File || step >= StepCount || !mayEnter(step))
        return;
    if (step != File && m_names.definitions().isEmpty()) {
        m_wantsColumns = true; // They are being read.
        return;
    }
    m_step = step;
    m_stack->setCurrentIndex(step);
    enter(step);
    refresh();
}

void ImportDialog::enter(Step step)
{
    if (step == Columns) {
        const QStringList header = m_file->preview()->header();
        // Where the command could not map them by itself, all columns are named.
        m_byItself = mapColumns(header, m_names.definitions(), {}).value_or(nothingMapped(header));
        m_columns->setTable(m_file->preview(),
                            rememberedChoices(m_settings, m_type, m_file->preview()->header()));
        m_columns->takeFocus();
    } else if (step == Check) {
        rememberChoices(m_settings, m_type, m_file->preview()->header(), m_columns->choices());
        const ImportRequest wanted = request();
        const QString now = importCommand(m_session.connection().provisionerPath, wanted,
                                          nothingMapped(m_file->preview()->header()))
            + QFileInfo(wanted.path).lastModified().toString(Qt::ISODateWithMs);
        if (now != m_checkedCommand || (!m_check->checked() && !m_check->isBusy()))
            m_check->check(wanted, m_file->source().name());
        m_checkedCommand = now;
        m_check->takeFocus();
    }
}

void ImportDialog::next()
{
    if (m_step == Check)
        m_check->stage();
    else
        goTo(Step(m_step + 1));
}

ImportRequest ImportDialog::request() const
{
    const ImportChoices choices = m_columns->choices();
    ImportRequest request;
    request.path = m_file->source().path;
    request.table = m_file->options();
    request.type = m_type;
    request.match = choices.match;
    request.mode = choices.mode;
    request.emptyClears = choices.emptyClears;
    request.removesOtherLinks = choices.removesOtherLinks;
    request.columns = choices.columns;
    request.dates = choices.dates;
    request.isGuarded = choices.isGuarded;
    return request;
}

QString ImportDialog::command() const
{
    if (m_file->source().isClipboard() || !m_columns->isReady())
        return {};
    return importCommand(m_session.connection().provisionerPath, request(), m_byItself);
}

void ImportDialog::refresh()
{
    for (int step = File; step < StepCount; ++step) {
        QToolButton *button = m_steps[step];
        button->setChecked(step == m_step);
        button->setEnabled(mayEnter(Step(step)));
        QFont font = button->font();
        font.setBold(step == m_step);
        button->setFont(font);
        //: %1 is the name of the step: "Step 2 of 3: Columns".
        button->setAccessibleName(
            tr("Step %1 of 3: %2").arg(step + 1).arg(button->text().section(u". "_s, 1)));
    }
    m_back->setVisible(m_step != File);
    m_commandRow->setVisible(m_step != File);
    if (m_step != File) {
        const QString line = command();
        m_command->setText(!line.isEmpty() ? line
                               : m_file->source().isClipboard()
                               ? tr("None: the table is not a file")
                               : QString());
        m_command->setCursorPosition(0);
        m_copy->setEnabled(!line.isEmpty());
    }
    if (m_step != Check) {
        m_next->setText(tr("&Next"));
        m_next->setEnabled(mayEnter(Step(m_step + 1)));
    } else {
        const auto &checked = m_check->checked();
        const int changes = checked ? int(checked->changes->count()) : 0;
        m_next->setText(changes > 0 ? tr("&Stage %Ln Change(s)", nullptr, changes)
                                    : tr("&Stage Changes"));
        m_next->setEnabled(changes > 0 && !m_check->isBusy());
    }
    m_next->setDefault(true);
}

void ImportDialog::onStaged(int records, const QStringList &left)
{
    if (!left.isEmpty()) {
        m_message->showMessage(
            MessageBar::Warning,
            tr("%Ln record(s) were left out: they are being sent, or what is staged for them does "
               "not go together with the table.",
               nullptr, int(left.size())),
            m_names.masking().isOn()
                ? QString()
                : left.first(std::min<qsizetype>(left.size(), 10)).join(u", "_s));
        return;
    }
    accept();
    emit staged(records);
}

void ImportDialog::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    m_next->setFocus();
}

} // namespace hubkeeper
