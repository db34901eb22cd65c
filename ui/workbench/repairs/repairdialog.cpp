// SPDX-License-Identifier: MIT
#include "workbench/repairs/repairdialog.h"

#include "base/settings.h"
#include "repair/recipe/shippedrecipes.h"
#include "session/open/session.h"
#include "widgets/commandfield.h"
#include "widgets/messagebar.h"
#include "workbench/repairs/repairchoices.h"
#include "workbench/repairs/repaircommand.h"

#include <QFileDialog>

using namespace Qt::StringLiterals;

namespace hubkeeper {

RepairDialog::RepairDialog(Session &session, const PropertyNames &names, Settings &settings,
                           RecordsSubject subject, QWidget *parent)
    : StagingDialog(session, names, std::move(subject),
                    {u"repair"_s,
                     tr("Preview shows what the recipe would change. Nothing is staged before."),
                     {tr("Repaired"), tr("Dou&btful"), true}},
                    parent)
    , m_settings(settings)
    , m_choices(new RepairChoices(names, this->subject(), this))
{
    //: %1 is the name of a connection.
    setWindowTitle((this->subject().set->type() == ObjectType::Contacts
                        ? tr("Repair Contacts – %1")
                        : tr("Repair Companies – %1"))
                       .arg(session.connection().label));
    const QString of = session.connection().id;
    m_choices->setHabits({m_settings.value(setting::repairCountry, of),
                          m_settings.value(setting::repairLanguage, of),
                          m_settings.value(setting::repairDates, of)});
    build({m_choices}, 140);
    connect(m_choices, &RepairChoices::changed, this, &RepairDialog::forget);
    connect(m_choices, &RepairChoices::recipeFileWanted, this, &RepairDialog::chooseFile);
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
        return showFailure(tr("The recipe was not opened."), recipe.error());
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

void RepairDialog::remember()
{
    const RepairHabits habits = m_choices->habits();
    const QString of = session().connection().id;
    m_settings.setValue(setting::repairCountry, habits.country, of);
    m_settings.setValue(setting::repairLanguage, habits.language, of);
    m_settings.setValue(setting::repairDates, habits.dates, of);
}

void RepairDialog::preview()
{
    const auto request = m_choices->request();
    if (!request)
        return showFailure(tr("The repair did not run."), request.error());
    if (!subject().set)
        return message().showMessage(MessageBar::Failure,
                                     tr("The records were read again; open Repair anew."));
    remember();
    auto *call = new RepairRecords(session(), *subject().set, subject().rows(m_choices->extent()),
                                   *request, work());
    watch(call, tr("Looking at records"));
    call->onDone(work(), [this](const Result<std::shared_ptr<CheckedRepair>> &checked) {
        onChecked(checked);
    });
}

void RepairDialog::onChecked(const Result<std::shared_ptr<CheckedRepair>> &checked)
{
    if (!checked)
        return showFailure(tr("The repair did not run."), checked.error());
    const RepairCounts &counts = (*checked)->counts;
    showChecked(*checked,
                {tr("%Ln value(s) would change.", nullptr, int(counts.changedCount())),
                 tr("%Ln doubtful value(s) are left.", nullptr, int(counts.doubtfulCount()))});
}

void RepairDialog::enableChoices(bool isEnabled)
{
    m_choices->setBusy(!isEnabled);
}

void RepairDialog::showCommand()
{
    const auto request = m_choices->request();
    const auto records = commandWords(subject(), m_choices->extent(), u"--filter"_s);
    if (!request)
        return command().setWords({}, request.error().sentence());
    if (!records)
        return command().setWords({}, tr("None: it would have to name every record"));
    command().setWords(repairCommand(subject().provisioner, subject().view.type,
                                     m_choices->recipeWord(), *request, *records),
                       commandNote());
}

} // namespace hubkeeper
