// SPDX-License-Identifier: MIT
#include "workbench/repairs/repairdialog.h"

#include "base/settings.h"
#include "changes/set/changeset.h"
#include "records/values/propertynames.h"
#include "repair/recipe/shippedrecipes.h"
#include "session/open/session.h"
#include "widgets/callbar.h"
#include "widgets/commandfield.h"
#include "widgets/messagebar.h"
#include "widgets/wrappedlabel.h"
#include "workbench/repairs/repairchoices.h"
#include "workbench/repairs/repaircommand.h"
#include "workbench/repairs/repairpreview.h"

#include <QBoxLayout>
#include <QFileDialog>
#include <QLocale>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace hubkeeper {

RepairDialog::RepairDialog(Session &session, const PropertyNames &names, Settings &settings,
                           RecordsSubject subject, QWidget *parent)
    : QDialog(parent)
    , m_session(session)
    , m_names(names)
    , m_settings(settings)
    , m_subject(std::move(subject))
    , m_work(std::make_unique<QObject>())
    , m_choices(new RepairChoices(names, m_subject, this))
    , m_message(new MessageBar(this))
    , m_summary(new WrappedLabel(this))
    , m_changes(new RepairPreview(names, {tr("Repaired"), tr("Dou&btful"), true}, this))
    , m_command(new CommandField(this))
    , m_progress(new CallBar(this))
    , m_preview(new QPushButton(tr("Pre&view"), this))
    , m_stage(new QPushButton(tr("&Stage Changes"), this))
    , m_close(new QPushButton(tr("&Close"), this))
{
    setObjectName(u"repairDialog"_s);
    //: %1 is the name of a connection.
    setWindowTitle((m_subject.set->type() == ObjectType::Contacts ? tr("Repair Contacts – %1")
                                                                  : tr("Repair Companies – %1"))
                       .arg(m_session.connection().label));
    m_message->setMasking(names.masking());
    const QString of = m_session.connection().id;
    m_choices->setHabits({m_settings.value(setting::repairCountry, of),
                          m_settings.value(setting::repairLanguage, of),
                          m_settings.value(setting::repairDates, of)});
    build();
    connectParts();
    forget();
}

RepairDialog::~RepairDialog()
{
    m_work.reset(); // Its calls speak to the parts.
}

void RepairDialog::build()
{
    m_summary->setObjectName(u"repairSummary"_s);
    m_preview->setObjectName(u"repairPreview"_s);
    m_stage->setObjectName(u"repairStage"_s);
    m_close->setObjectName(u"repairClose"_s);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_close);
    buttons->addStretch();
    buttons->addWidget(m_preview);
    buttons->addWidget(m_stage);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_choices);
    column->addWidget(m_message);
    column->addWidget(m_summary);
    column->addWidget(m_changes, 1);
    column->addWidget(m_progress);
    column->addWidget(m_command);
    column->addLayout(buttons);
    for (QPushButton *button : findChildren<QPushButton *>())
        button->setAutoDefault(false);
    const QSize wanted(fontMetrics().averageCharWidth() * 140, fontMetrics().lineSpacing() * 36);
    resize(wanted.boundedTo(QSize(1000, 660)));
}

void RepairDialog::connectParts()
{
    connect(m_choices, &RepairChoices::changed, this, &RepairDialog::forget);
    connect(m_choices, &RepairChoices::recipeFileWanted, this, &RepairDialog::chooseFile);
    connect(m_changes, &RepairPreview::ticksChanged, this, &RepairDialog::refresh);
    connect(m_preview, &QPushButton::clicked, this, &RepairDialog::preview);
    connect(m_stage, &QPushButton::clicked, this, &RepairDialog::stage);
    connect(m_close, &QPushButton::clicked, this, &QDialog::reject);
}

void RepairDialog::chooseFile()
{
    auto *dialog = new QFileDialog(this, tr("Open a Recipe"));
    dialog->setObjectName(u"recipeFileDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Recipes (*.recipe)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, &RepairDialog::openRecipe);
    dialog->open();
}

void RepairDialog::openRecipe(const QString &path)
{
    const auto recipe = recipeNamed(path);
    if (!recipe)
        return showFailure(recipe.error());
    m_choices->addRecipe(*recipe, path);
}

void RepairDialog::choose(const RepairPreset &preset)
{
    m_choices->choose(preset.recipe, preset.properties);
    if (!preset.country.isEmpty()) {
        RepairHabits habits = m_choices->habits();
        habits.country = preset.country;
        m_choices->setHabits(habits);
    }
}

void RepairDialog::showFailure(const Error &error)
{
    if (error.kind != ErrorKind::Cancelled)
        m_message->showMessage(MessageBar::Failure, tr("The repair did not run."),
                               error.sentence());
}

/// What was previewed is of other choices.
void RepairDialog::forget()
{
    m_checked.reset();
    m_message->dismiss();
    m_changes->clear();
    m_summary->setText(tr("Preview shows what the recipe would change. Nothing is staged before."));
    refresh();
}

void RepairDialog::preview()
{
    forget();
    const auto request = m_choices->request();
    if (!request)
        return showFailure(request.error());
    if (!m_subject.set)
        return m_message->showMessage(MessageBar::Failure,
                                      tr("The records were read again; open Repair anew."));
    m_isBusy = true;
    const RepairHabits habits = m_choices->habits();
    const QString of = m_session.connection().id;
    m_settings.setValue(setting::repairCountry, habits.country, of);
    m_settings.setValue(setting::repairLanguage, habits.language, of);
    m_settings.setValue(setting::repairDates, habits.dates, of);
    auto *call = new RepairRecords(m_session, *m_subject.set, m_subject.rows(m_choices->extent()),
                                   *request, m_work.get());
    m_progress->watch(call, tr("Looking at records"));
    call->onDone(m_work.get(), [this](const Result<std::shared_ptr<CheckedRepair>> &checked) {
        m_isBusy = false;
        if (checked)
            showChecked(*checked);
        else
            showFailure(checked.error());
        refresh();
    });
    refresh();
}

void RepairDialog::showChecked(const std::shared_ptr<CheckedRepair> &checked)
{
    m_checked = checked;
    m_changes->show(checked->counts);
    const QString looked = tr("%Ln record(s) looked at.", nullptr, int(checked->records));
    const QString changed =
        tr("%Ln value(s) would change.", nullptr, int(checked->counts.changedCount()));
    const QString left =
        tr("%Ln doubtful value(s) are left.", nullptr, int(checked->counts.doubtfulCount()));
    QStringList said {looked, changed, left};
    if (checked->gone > 0)
        said.append(tr("%Ln record(s) are not there any more.", nullptr, int(checked->gone)));
    m_summary->setText(said.join(u' '));
}

void RepairDialog::stage()
{
    if (!m_checked || m_isBusy)
        return;
    m_isBusy = true;
    m_message->dismiss();
    auto *call = stageRepair(m_session, m_checked, m_changes->unticked(), m_work.get());
    m_progress->watch(call, tr("Staging"));
    call->onDone(m_work.get(), [this](const Result<AddedRows> &added) {
        m_isBusy = false;
        refresh();
        if (!added)
            return showFailure(added.error());
        if (!added->left.isEmpty())
            return m_message->showMessage(MessageBar::Warning,
                                          tr("%Ln record(s) were left out: they are being sent.",
                                             nullptr, int(added->left.size())));
        accept();
        emit staged(added->added);
    });
    refresh();
}

void RepairDialog::refresh()
{
    const bool mayStage = m_checked && !m_isBusy && m_changes->tickedCount() > 0;
    m_stage->setText(mayStage ? tr("&Stage %Ln Value(s)", nullptr, int(m_changes->tickedCount()))
                              : tr("&Stage Changes"));
    m_stage->setEnabled(mayStage);
    m_preview->setEnabled(!m_isBusy);
    m_choices->setBusy(m_isBusy);
    m_preview->setDefault(!mayStage);
    m_stage->setDefault(mayStage);
    showCommand();
}

void RepairDialog::showCommand()
{
    const auto request = m_choices->request();
    const auto records = commandWords(m_subject, m_choices->extent(), u"--filter"_s);
    if (!request)
        return m_command->setWords({}, request.error().sentence());
    if (!records)
        return m_command->setWords({}, tr("None: it would have to name every record"));
    m_command->setWords(repairCommand(m_subject.provisioner, m_subject.set->type(),
                                      m_choices->recipeWord(), *request, *records),
                        m_changes->unticked().isEmpty()
                            ? QString()
                            : tr("The command makes the changes without a tick, too."));
}

} // namespace hubkeeper
