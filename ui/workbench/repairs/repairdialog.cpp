// SPDX-License-Identifier: MIT
#include "workbench/repairs/repairdialog.h"

#include "changes/set/changeset.h"
#include "records/values/propertynames.h"
#include "repair/recipe/shippedrecipes.h"
#include "session/open/session.h"
#include "widgets/callbar.h"
#include "widgets/messagebar.h"
#include "widgets/wrappedlabel.h"
#include "workbench/repairs/doubtfulvaluesmodel.h"
#include "workbench/repairs/repairchoices.h"
#include "workbench/repairs/repairpairsmodel.h"

#include <QBoxLayout>
#include <QFileDialog>
#include <QHeaderView>
#include <QLocale>
#include <QPushButton>
#include <QTabBar>
#include <QTabWidget>
#include <QTableView>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QTableView *tableOf(QAbstractItemModel *model, QWidget *parent)
{
    auto *table = new QTableView(parent);
    table->setModel(model);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setWordWrap(false);
    table->setTabKeyNavigation(false);
    table->verticalHeader()->hide();
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setStretchLastSection(true);
    table->horizontalHeader()->setDefaultSectionSize(table->fontMetrics().averageCharWidth() * 24);
    return table;
}

} // namespace

RepairDialog::RepairDialog(Session &session, const PropertyNames &names, RepairSubject subject,
                           QWidget *parent)
    : QDialog(parent)
    , m_session(session)
    , m_names(names)
    , m_subject(std::move(subject))
    , m_work(std::make_unique<QObject>())
    , m_choices(new RepairChoices(names, m_subject.set->properties(),
                                  int(m_subject.selected.size()), int(m_subject.shown.size()),
                                  this))
    , m_message(new MessageBar(this))
    , m_summary(new WrappedLabel(this))
    , m_pairs(new RepairPairsModel(names, this))
    , m_doubtful(new DoubtfulValuesModel(names, this))
    , m_tabs(new QTabWidget(this))
    , m_pairsView(tableOf(m_pairs, m_tabs))
    , m_doubtfulView(tableOf(m_doubtful, m_tabs))
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
    m_pairsView->setObjectName(u"repairPairs"_s);
    m_pairsView->setAccessibleName(tr("What would change"));
    m_doubtfulView->setObjectName(u"repairDoubtful"_s);
    m_doubtfulView->setAccessibleName(tr("What is left for you"));
    m_tabs->setObjectName(u"repairTabs"_s);
    m_tabs->setAccessibleName(tr("What the recipe does"));
    m_tabs->tabBar()->setAccessibleName(tr("What the recipe does"));
    m_tabs->addTab(m_pairsView, tr("Ch&anges"));
    m_tabs->addTab(m_doubtfulView, tr("Dou&btful"));
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
    column->addWidget(m_tabs, 1);
    column->addWidget(m_progress);
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
    connect(m_pairs, &RepairPairsModel::ticksChanged, this, &RepairDialog::refresh);
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
    m_choices->addRecipe(*recipe);
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
    m_pairs->setPairs({});
    m_doubtful->setValues({});
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
                                      tr("The records are read again; open Repair anew."));
    m_isBusy = true;
    const RowOrder &rows =
        m_choices->extent() == RepairChoices::Selected ? m_subject.selected : m_subject.shown;
    auto *call = new RepairRecords(m_session, *m_subject.set, rows, *request, m_work.get());
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
    m_pairs->setPairs(checked->counts.pairs());
    m_doubtful->setValues(checked->counts.doubtful());
    m_pairsView->resizeColumnsToContents();
    m_doubtfulView->resizeColumnsToContents();
    const QString looked = tr("%Ln record(s) looked at.", nullptr, int(checked->records));
    const QString changed =
        tr("%Ln value(s) would change.", nullptr, int(checked->counts.changedCount()));
    const QString left =
        tr("%Ln doubtful value(s) are left.", nullptr, int(checked->counts.doubtfulCount()));
    m_summary->setText(QStringList {looked, changed, left}.join(u' '));
    const bool hasOnlyDoubtful = m_pairs->rowCount() == 0 && m_doubtful->rowCount() > 0;
    m_tabs->setCurrentIndex(hasOnlyDoubtful ? 1 : 0);
}

void RepairDialog::stage()
{
    if (!m_checked || m_isBusy)
        return;
    m_isBusy = true;
    m_message->dismiss();
    auto *call = stageRepair(m_session, m_checked, m_pairs->unticked(), m_work.get());
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
    const bool mayStage = m_checked && !m_isBusy && m_pairs->tickedCount() > 0;
    m_tabs->setTabText(0,
                       m_checked ? tr("Ch&anges (%L1)").arg(m_pairs->rowCount()) : tr("Ch&anges"));
    m_tabs->setTabText(1,
                       m_checked ? tr("Dou&btful (%L1)").arg(m_checked->counts.doubtfulCount())
                                 : tr("Dou&btful"));
    m_stage->setText(mayStage ? tr("&Stage %Ln Value(s)", nullptr, int(m_pairs->tickedCount()))
                              : tr("&Stage Changes"));
    m_stage->setEnabled(mayStage);
    m_preview->setEnabled(!m_isBusy);
    m_choices->setBusy(m_isBusy);
    m_preview->setDefault(!mayStage);
    m_stage->setDefault(mayStage);
}

} // namespace hubkeeper
