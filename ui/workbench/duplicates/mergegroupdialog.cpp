// SPDX-License-Identifier: MIT
#include "workbench/duplicates/mergegroupdialog.h"

#include "records/mergemodel.h"
#include "session/open/session.h"
#include "session/reading/recordlabel.h"
#include "widgets/callbar.h"
#include "widgets/messagebar.h"
#include "widgets/notelabel.h"
#include "workbench/duplicates/groupstepsmodel.h"
#include "workbench/duplicates/mergecommand.h"

#include <QApplication>
#include <QBoxLayout>
#include <QCheckBox>
#include <QClipboard>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QSplitter>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QTreeView *makeMergeView(const QString &objectName, const QString &name, QAbstractItemModel *model,
                         QWidget *parent)
{
    auto *view = new QTreeView(parent);
    view->setObjectName(objectName);
    view->setAccessibleName(name);
    view->setModel(model);
    view->setRootIsDecorated(false);
    view->setUniformRowHeights(true);
    view->setAlternatingRowColors(true);
    view->header()->setDefaultSectionSize(view->fontMetrics().averageCharWidth() * 26);
    return view;
}

} // namespace

MergeGroupDialog::MergeGroupDialog(Session &session, GroupWish wish, const PropertyNames &names,
                                   QWidget *parent)
    : QDialog(parent)
    , m_session(session)
    , m_names(names)
    , m_wish(std::move(wish))
    , m_leftOut(std::max(qsizetype(0), m_wish.otherIds.size() - mostMergesAtOnce))
    , m_work(std::make_unique<QObject>())
    , m_message(new MessageBar(this))
    , m_progress(new CallBar(this))
    , m_title(new QLabel(this))
    , m_steps(new GroupStepsModel(names, this))
    , m_preview(new MergeModel(names, this))
    , m_different(new QCheckBox(tr("Only &different values"), this))
    , m_note(new NoteLabel(this))
    , m_command(new QLineEdit(this))
    , m_copy(new QPushButton(tr("Cop&y Command"), this))
    , m_close(new QPushButton(tr("&Close"), this))
    , m_stage(new QPushButton(tr("&Stage"), this))
    , m_merge(new QPushButton(tr("&Merge"), this))
{
    setObjectName(u"mergeGroupDialog"_s);
    setWindowTitle(m_wish.type == ObjectType::Contacts ? tr("Merge Duplicate Contacts")
                                                       : tr("Merge Duplicate Companies"));
    m_wish.otherIds = m_wish.otherIds.mid(0, mostMergesAtOnce);
    m_message->setMasking(names.masking());
    build();
    connectParts();
    m_title->setText(tr("Reading %Ln record(s)…", nullptr, int(m_wish.otherIds.size()) + 1));
    auto *call = readGroup(m_session, m_wish, m_work.get());
    m_progress->watch(call, tr("Reading records"));
    call->onDone(this, [this](const Result<MergeImages> &found) { onRead(found); });
    refresh();
}

MergeGroupDialog::~MergeGroupDialog()
{
    m_work.reset(); // Its calls speak to the parts.
}

QWidget *MergeGroupDialog::makeViews()
{
    auto *splitter = new QSplitter(Qt::Vertical, this);
    m_stepsView = makeMergeView(u"mergeSteps"_s, tr("Merges, one after the other"), m_steps, this);
    m_previewView =
        makeMergeView(u"mergePreview"_s, tr("What is left of both records"), m_preview, this);
    const int width = fontMetrics().averageCharWidth();
    m_stepsView->header()->resizeSection(GroupStepsModel::RecordColumn, width * 44);
    splitter->addWidget(m_stepsView);
    splitter->addWidget(m_previewView);
    splitter->setStretchFactor(0, 2);
    splitter->setStretchFactor(1, 5);
    splitter->setChildrenCollapsible(false);
    return splitter;
}

QWidget *MergeGroupDialog::makeCommandRow()
{
    auto *row = new QWidget(this);
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins({});
    line->addWidget(new QLabel(tr("Command:"), row));
    line->addWidget(m_command, 1);
    line->addWidget(m_copy);
    m_command->setObjectName(u"mergeCommand"_s);
    m_command->setAccessibleName(tr("Command"));
    m_command->setReadOnly(true);
    m_copy->setObjectName(u"copyMergeCommand"_s);
    return row;
}

void MergeGroupDialog::build()
{
    m_title->setTextFormat(Qt::PlainText);
    m_title->setWordWrap(true);
    m_title->setObjectName(u"mergeTitle"_s);
    m_note->setObjectName(u"mergeNote"_s);
    m_note->setWordWrap(true);
    m_different->setChecked(true);
    m_close->setObjectName(u"closeMerge"_s);
    m_stage->setObjectName(u"stageMerges"_s);
    m_stage->setToolTip(tr("Puts the merges with the staged changes; nothing is sent"));
    m_merge->setObjectName(u"mergeNow"_s);
    m_merge->setToolTip(tr("Sends these merges to HubSpot, and nothing else that is staged"));
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_close);
    buttons->addStretch();
    buttons->addWidget(m_stage);
    buttons->addWidget(m_merge);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_title);
    layout->addWidget(m_message);
    layout->addWidget(makeViews(), 1);
    layout->addWidget(m_different);
    layout->addWidget(m_note);
    layout->addWidget(m_progress);
    layout->addWidget(makeCommandRow());
    layout->addLayout(buttons);
    for (QPushButton *button : findChildren<QPushButton *>())
        button->setAutoDefault(false);
    const QSize wanted(fontMetrics().averageCharWidth() * 120, fontMetrics().lineSpacing() * 38);
    resize(wanted.boundedTo(QSize(1000, 660)));
}

void MergeGroupDialog::connectParts()
{
    connect(m_different, &QCheckBox::toggled, m_preview, &MergeModel::setOnlyDifferent);
    connect(m_preview, &MergeModel::chosen, this,
            [this](const QString &property, const QString &text) {
                m_wish.wanted.insert(property, text);
                plan();
            });
    connect(m_steps, &GroupStepsModel::ticksChanged, this, &MergeGroupDialog::plan);
    connect(m_stepsView->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &MergeGroupDialog::showStep);
    connect(m_copy, &QPushButton::clicked, this, [this] {
        QApplication::clipboard()->setText(m_command->text());
        emit statusMessage(tr("The command was copied."));
    });
    connect(m_close, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_stage, &QPushButton::clicked, this, &MergeGroupDialog::stage);
    connect(m_merge, &QPushButton::clicked, this, &MergeGroupDialog::merge);
    connect(m_message, &MessageBar::buttonPressed, this, [this](Choice choice) {
        if (choice != Choice::ShowJournal)
            return;
        emit runWanted(m_run);
        accept();
    });
    const auto lookAgain = [this] {
        if (!m_isOver && !m_isMerging)
            plan();
    };
    connect(&m_session, &Session::policyChanged, this, lookAgain);
    connect(&m_session.changes(), &ChangeSet::changed, this, lookAgain);
}

void MergeGroupDialog::onRead(const Result<MergeImages> &found)
{
    if (!found) {
        m_title->setText(tr("The records could not be read."));
        m_message->showError(found.error(), Situation::ReadingRecords, Offer::Nothing);
        return refresh();
    }
    m_found = *found;
    QList<Record> records;
    for (const RecordImage &image : m_found.images)
        records.append(image.record);
    m_steps->setRecords(m_wish.type, records.mid(1));
    plan();
    m_stepsView->setCurrentIndex(m_steps->index(0, 0));
    m_stepsView->setFocus();
}

QString MergeGroupDialog::keptLabel() const
{
    const Record &record = m_found.images.first().record;
    return u"%1 (%2)"_s.arg(
        m_names.masking().name(labelOf(m_wish.type, record.properties, record.id)), record.id);
}

/// What would be sent now.
void MergeGroupDialog::plan()
{
    if (m_found.images.isEmpty())
        return;
    m_wish.otherIds = m_steps->tickedIds();
    MergeImages found {{m_found.images.first()}, m_found.definitions};
    for (const RecordImage &image : std::as_const(m_found.images)) {
        if (m_wish.otherIds.contains(image.record.id))
            found.images.append(image);
    }
    m_previews = previewsOf(m_wish, found);
    m_steps->setPreviews(m_previews);
    //: %1 is the record that stays.
    m_title->setText(tr("%Ln record(s) go into %1, one after the other. HubSpot cannot separate "
                        "them again.",
                        nullptr, int(m_previews.size()))
                         .arg(keptLabel()));
    m_command->setText(m_previews.isEmpty() ? QString()
                                            : mergeCommand(m_session.connection().provisionerPath,
                                                           m_wish, found.images));
    m_command->setCursorPosition(0);
    showStep();
    showRefusals();
    refresh();
}

void MergeGroupDialog::showStep()
{
    const QModelIndex current = m_stepsView->currentIndex();
    const MergePreview *shown = nullptr;
    for (const MergePreview &preview : std::as_const(m_previews)) {
        if (current.isValid() && preview.merged.record.id == m_steps->idAt(current.row()))
            shown = &preview;
    }
    m_preview->setPreview(shown ? *shown : MergePreview());
    showNote(shown);
}

void MergeGroupDialog::showNote(const MergePreview *preview)
{
    QStringList lines;
    if (m_leftOut > 0)
        lines.append(tr("%Ln more record(s) of the group are too many for once. Check whether they "
                        "really are one; merge the next ones afterwards.",
                        nullptr, int(m_leftOut)));
    if (preview) {
        for (const QString &warning : preview->warnings)
            lines.append(m_names.masking().text(warning));
        lines.append(tr("%Ln association(s) of the second record move to the merged one.", nullptr,
                        int(preview->moving.size())));
    }
    lines.append(tr("Before each merge both records go into the journal whole. Revert Run on the "
                    "Journal page rebuilds the second one; of several merges the last comes "
                    "first."));
    m_note->setText(lines.join(u'\n'));
}

/// What is refused is said before somebody tries.
void MergeGroupDialog::showRefusals()
{
    m_message->dismiss();
    m_isRefused = m_mayMerge = false;
    if (m_previews.isEmpty())
        return;
    if (const auto refusal = refusalOfStaged(m_session.changes(), m_previews)) {
        m_isRefused = true;
        return m_message->showMessage(MessageBar::Warning, refusal->what, refusal->remedy);
    }
    const auto refusal = refusalOfPolicy(m_session, m_previews);
    m_mayMerge = !refusal;
    if (refusal)
        m_message->showMessage(MessageBar::Warning, tr("This connection does not allow the merge."),
                               refusal->sentence());
}

void MergeGroupDialog::stage()
{
    std::vector<RowChange> rows;
    for (const MergePreview &preview : std::as_const(m_previews))
        rows.push_back(preview.row);
    const int count = int(rows.size());
    (void)m_session.changes().addRows(std::move(rows), Adding::Merge, tr("Merge"), &m_session);
    emit statusMessage(tr("%Ln merge(s) staged. Nothing was sent.", nullptr, count));
    accept();
    emit staged();
}

void MergeGroupDialog::merge()
{
    const Connection &connection = m_session.connection();
    if (m_session.policyInForce().mode != WriteMode::Confirm
        && connection.kind != ConnectionKind::Production)
        return start();
    auto *question =
        new QMessageBox(QMessageBox::Question, tr("Merge Records"),
                        tr("Merge %Ln record(s) into %1 in “%2”?", nullptr, int(m_previews.size()))
                            .arg(keptLabel(), connection.label),
                        QMessageBox::NoButton, this);
    question->setObjectName(u"mergeQuestion"_s);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setInformativeText(
        tr("HubSpot cannot separate them again. The journal keeps what it takes to rebuild them, "
           "under new IDs."));
    auto *agree = question->addButton(tr("&Merge"), QMessageBox::AcceptRole);
    question->setDefaultButton(question->addButton(QMessageBox::Cancel));
    connect(agree, &QAbstractButton::clicked, this, &MergeGroupDialog::start);
    question->open();
}

void MergeGroupDialog::start()
{
    RunOptions options;
    options.reviewed = true; // This is the review.
    options.confirmed = true;
    m_message->dismiss();
    m_isMerging = true; // First: staging the rows changes the change set.
    m_steps->begin();
    m_group =
        new MergeGroup(m_session, m_previews, options, &m_session); // Ends without the window, too.
    connect(m_group, &MergeGroup::merged, m_steps, &GroupStepsModel::setOutcome);
    m_group->onDone(this, [this](const Result<MergedGroup> &outcome) { onMerged(outcome); });
    refresh();
}

void MergeGroupDialog::onMerged(const Result<MergedGroup> &outcome)
{
    m_isMerging = false;
    m_isOver = true;
    if (outcome) {
        showOutcome(*outcome);
    } else {
        m_steps->end({});
        m_message->showError(outcome.error(), Situation::ApplyingChanges, Offer::Nothing);
    }
    refresh();
    m_close->setFocus();
}

void MergeGroupDialog::showOutcome(const MergedGroup &group)
{
    m_run = group.runId;
    m_steps->end(group.records);
    const auto isMerged = [](const MergedRecord &one) { return one.state == RowState::Applied; };
    const int done = int(std::count_if(group.records.begin(), group.records.end(), isMerged));
    const QList<MessageBar::Button> buttons {{Choice::ShowJournal, tr("Show in &Journal")}};
    if (group.isComplete())
        return m_message->showMessage(
            MessageBar::Good,
            //: %1 is the id of the record that stays.
            tr("%Ln record(s) merged into %1.", nullptr, done).arg(group.survivor),
            tr("Revert Run on the Journal page takes it back."), buttons);
    const auto failed = std::find_if(group.records.begin(), group.records.end(),
                                     [](const MergedRecord &one) { return !one.isGood(); });
    QStringList details {group.stopped ? m_names.masking().text(group.stopped->sentence())
                                       : tr("You stopped it.")};
    details.append(tr("%Ln record(s) merged before.", nullptr, done));
    if (failed->state == RowState::Unknown)
        details.append(
            tr("It stays with the changes: when you apply them, HubSpot is asked first."));
    m_message->showMessage(MessageBar::Failure,
                           tr("Stopped at %1.").arg(m_steps->labelOf(failed->id)),
                           details.join(u' '), buttons);
}

void MergeGroupDialog::reject()
{
    if (m_isMerging && m_group)
        return m_group->finishEarly();
    QDialog::reject();
}

void MergeGroupDialog::refresh()
{
    const bool isReady = !m_previews.isEmpty() && !m_isOver && !m_isMerging;
    m_merge->setEnabled(isReady && m_mayMerge);
    m_stage->setEnabled(isReady && !m_isRefused);
    m_copy->setEnabled(!m_command->text().isEmpty());
    m_previewView->setEnabled(!m_isOver && !m_isMerging);
    m_close->setText(m_isMerging ? tr("S&top") : tr("&Close"));
    m_merge->setText(isReady ? tr("&Merge %Ln Record(s)", nullptr, int(m_previews.size()))
                             : tr("&Merge"));
}

} // namespace hubkeeper
