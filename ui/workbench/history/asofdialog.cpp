// SPDX-License-Identifier: MIT
#include "workbench/history/asofdialog.h"

#include "changes/set/changeset.h"
#include "records/values/propertynames.h"
#include "session/open/session.h"
#include "widgets/callbar.h"
#include "widgets/commandfield.h"
#include "widgets/messagebar.h"
#include "widgets/notelabel.h"
#include "widgets/wrappedlabel.h"
#include "workbench/history/asofchoices.h"
#include "workbench/repairs/repairpreview.h"

#include <QBoxLayout>
#include <QLocale>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace hubkeeper {

AsOfDialog::AsOfDialog(Session &session, const PropertyNames &names, RecordsSubject subject,
                       QWidget *parent)
    : QDialog(parent)
    , m_session(session)
    , m_subject(std::move(subject))
    , m_work(std::make_unique<QObject>())
    , m_choices(new AsOfChoices(names, m_subject, this))
    , m_limits(new NoteLabel(this))
    , m_message(new MessageBar(this))
    , m_summary(new WrappedLabel(this))
    , m_changes(new RepairPreview(names, {tr("Then"), tr("Not &known"), true}, this))
    , m_progress(new CallBar(this))
    , m_command(new CommandField(this))
    , m_preview(new QPushButton(tr("Pre&view"), this))
    , m_stage(new QPushButton(tr("&Stage Changes"), this))
    , m_close(new QPushButton(tr("&Close"), this))
{
    setObjectName(u"asOfDialog"_s);
    //: %1 is the name of a connection.
    setWindowTitle((m_subject.set->type() == ObjectType::Contacts
                        ? tr("Values of Contacts As Of a Moment – %1")
                        : tr("Values of Companies As Of a Moment – %1"))
                       .arg(m_session.connection().label));
    m_message->setMasking(names.masking());
    m_limits->setText(tr("HubSpot keeps the last %Ln value(s) of a property. What it does not know "
                         "any more is listed, not guessed.",
                         nullptr, keptValues(m_subject.set->type())));
    build();
    connectParts();
    forget();
}

AsOfDialog::~AsOfDialog()
{
    m_work.reset(); // Its calls speak to the parts.
}

void AsOfDialog::build()
{
    m_summary->setObjectName(u"asOfSummary"_s);
    m_limits->setObjectName(u"asOfLimits"_s);
    m_preview->setObjectName(u"asOfPreview"_s);
    m_stage->setObjectName(u"asOfStage"_s);
    m_close->setObjectName(u"asOfClose"_s);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_close);
    buttons->addStretch();
    buttons->addWidget(m_preview);
    buttons->addWidget(m_stage);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_choices);
    column->addWidget(m_limits);
    column->addWidget(m_message);
    column->addWidget(m_summary);
    column->addWidget(m_changes, 1);
    column->addWidget(m_progress);
    column->addWidget(m_command);
    column->addLayout(buttons);
    for (QPushButton *button : findChildren<QPushButton *>())
        button->setAutoDefault(false);
    const QSize wanted(fontMetrics().averageCharWidth() * 130, fontMetrics().lineSpacing() * 34);
    resize(wanted.boundedTo(QSize(1000, 660)));
}

void AsOfDialog::connectParts()
{
    connect(m_choices, &AsOfChoices::changed, this, &AsOfDialog::forget);
    connect(m_changes, &RepairPreview::ticksChanged, this, &AsOfDialog::refresh);
    connect(m_preview, &QPushButton::clicked, this, &AsOfDialog::preview);
    connect(m_stage, &QPushButton::clicked, this, &AsOfDialog::stage);
    connect(m_close, &QPushButton::clicked, this, &QDialog::reject);
}

void AsOfDialog::showFailure(const Error &error)
{
    if (error.kind != ErrorKind::Cancelled)
        m_message->showMessage(MessageBar::Failure, tr("The values were not read."),
                               error.sentence());
}

/// What was previewed is of other choices.
void AsOfDialog::forget()
{
    m_checked.reset();
    m_message->dismiss();
    m_changes->clear();
    m_summary->setText(
        tr("Preview shows what the values were beside what they are. Nothing is staged before."));
    refresh();
}

void AsOfDialog::preview()
{
    forget();
    if (!m_subject.set)
        return m_message->showMessage(MessageBar::Failure,
                                      tr("The records were read again; open Values As Of anew."));
    m_isBusy = true;
    auto *call = new ValuesAsOf(m_session, *m_subject.set, m_subject.rows(m_choices->extent()),
                                m_choices->properties(), m_choices->moment(), m_work.get());
    m_progress->watch(call, tr("Reading the history"));
    call->onDone(m_work.get(),
                 [this](const Result<CheckedAsOf> &checked) { showChecked(checked); });
    refresh();
}

void AsOfDialog::showChecked(const Result<CheckedAsOf> &checked)
{
    m_isBusy = false;
    if (!checked) {
        showFailure(checked.error());
        return refresh();
    }
    m_checked = checked->values;
    const RepairCounts &counts = m_checked->counts;
    m_changes->show(counts);
    QStringList said {tr("%Ln record(s) looked at.", nullptr, int(m_checked->records)),
                      tr("%Ln value(s) were different then.", nullptr, int(counts.changedCount()))};
    if (checked->unknown > 0)
        said.append(
            tr("HubSpot does not know %Ln value(s) any more.", nullptr, int(checked->unknown)));
    if (checked->notThere > 0)
        said.append(tr("%Ln value(s) are of records that were made later.", nullptr,
                       int(checked->notThere)));
    if (checked->gone > 0)
        said.append(tr("%Ln record(s) are not there any more.", nullptr, int(checked->gone)));
    m_summary->setText(said.join(u' '));
    refresh();
}

void AsOfDialog::stage()
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
            return m_message->showMessage(MessageBar::Failure, tr("Nothing was staged."),
                                          added.error().sentence());
        if (!added->left.isEmpty())
            return m_message->showMessage(MessageBar::Warning,
                                          tr("%Ln record(s) were left out: they are being sent.",
                                             nullptr, int(added->left.size())));
        accept();
        emit staged(added->added);
    });
    refresh();
}

void AsOfDialog::refresh()
{
    const bool mayStage = m_checked && !m_isBusy && m_changes->tickedCount() > 0;
    m_stage->setText(mayStage ? tr("&Stage %Ln Value(s)", nullptr, int(m_changes->tickedCount()))
                              : tr("&Stage Changes"));
    m_stage->setEnabled(mayStage);
    m_preview->setEnabled(!m_isBusy && !m_choices->properties().isEmpty());
    m_choices->setEnabled(!m_isBusy);
    m_preview->setDefault(!mayStage);
    m_stage->setDefault(mayStage);
    showCommand();
}

void AsOfDialog::showCommand()
{
    const auto records = commandWords(m_subject, m_choices->extent(), u"--where"_s);
    if (m_choices->properties().isEmpty())
        return m_command->setWords({}, tr("Tick the properties that are to be put back."));
    if (!records)
        return m_command->setWords({}, tr("None: it would have to name every record"));
    QStringList words {u"hubkeeper-cli"_s, u"history"_s, m_subject.provisioner,
                       commandWord(m_subject.view.type)};
    words += records->isEmpty() ? QStringList {u"--where"_s, u"true"_s} : *records;
    for (const QString &property : m_choices->properties())
        words << u"--property"_s << property;
    words << u"--as-of"_s << m_choices->moment().toUTC().toString(Qt::ISODate) << u"--stage"_s;
    m_command->setWords(words,
                        m_changes->unticked().isEmpty()
                            ? QString()
                            : tr("The command makes the changes without a tick, too."));
}

} // namespace hubkeeper
