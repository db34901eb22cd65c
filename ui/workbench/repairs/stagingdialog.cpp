// SPDX-License-Identifier: MIT
#include "workbench/repairs/stagingdialog.h"

#include "changes/set/changeset.h"
#include "records/values/propertynames.h"
#include "widgets/callbar.h"
#include "widgets/commandfield.h"
#include "widgets/messagebar.h"
#include "widgets/wrappedlabel.h"

#include <QBoxLayout>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace hubkeeper {

StagingDialog::StagingDialog(Session &session, const PropertyNames &names, RecordsSubject subject,
                             Words words, QWidget *parent)
    : QDialog(parent)
    , m_session(session)
    , m_names(names)
    , m_subject(std::move(subject))
    , m_words(std::move(words))
    , m_work(std::make_unique<QObject>())
{
    setObjectName(m_words.name + u"Dialog"_s);
}

StagingDialog::~StagingDialog()
{
    m_work.reset(); // Its calls speak to the parts.
}

/// In the order of Tab, after the choices.
void StagingDialog::makeParts()
{
    m_message = new MessageBar(this);
    m_summary = new WrappedLabel(this);
    m_changes = new RepairPreview(m_names, m_words.preview, this);
    m_progress = new CallBar(this);
    m_command = new CommandField(this);
    m_close = new QPushButton(tr("&Close"), this);
    m_preview = new QPushButton(tr("Pre&view"), this);
    m_stage = new QPushButton(tr("&Stage Changes"), this);
    m_summary->setObjectName(m_words.name + u"Summary"_s);
    m_preview->setObjectName(m_words.name + u"Preview"_s);
    m_stage->setObjectName(m_words.name + u"Stage"_s);
    m_close->setObjectName(m_words.name + u"Close"_s);
    m_message->setMasking(m_names.masking());
}

void StagingDialog::connectParts()
{
    connect(m_changes, &RepairPreview::ticksChanged, this, &StagingDialog::refresh);
    connect(m_preview, &QPushButton::clicked, this, [this] {
        forget();
        preview();
        refresh();
    });
    connect(m_stage, &QPushButton::clicked, this, &StagingDialog::stage);
    connect(m_close, &QPushButton::clicked, this, &QDialog::reject);
}

void StagingDialog::build(const QList<QWidget *> &choices, int characters)
{
    makeParts();
    connectParts();
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_close);
    buttons->addStretch();
    buttons->addWidget(m_preview);
    buttons->addWidget(m_stage);
    auto *column = new QVBoxLayout(this);
    for (QWidget *widget : choices)
        column->addWidget(widget);
    column->addWidget(m_message);
    column->addWidget(m_summary);
    column->addWidget(m_changes, 1);
    column->addWidget(m_progress);
    column->addWidget(m_command);
    column->addLayout(buttons);
    for (QPushButton *button : findChildren<QPushButton *>())
        button->setAutoDefault(false);
    const QSize wanted(fontMetrics().averageCharWidth() * characters,
                       fontMetrics().lineSpacing() * 36);
    resize(wanted.boundedTo(QSize(1000, 660)));
    forget();
}

void StagingDialog::forget()
{
    m_checked.reset();
    m_message->dismiss();
    m_changes->clear();
    m_summary->setText(m_words.introduction);
    refresh();
}

void StagingDialog::watch(CallBase *call, const QString &title)
{
    m_isBusy = true;
    m_progress->watch(call, title);
}

void StagingDialog::showChecked(const std::shared_ptr<CheckedRepair> &checked,
                                const QStringList &said)
{
    m_isBusy = false;
    m_checked = checked;
    m_changes->show(checked->counts);
    QStringList all {tr("%Ln record(s) looked at.", nullptr, int(checked->records))};
    all += said;
    if (checked->gone > 0)
        all.append(tr("%Ln record(s) are not there any more.", nullptr, int(checked->gone)));
    m_summary->setText(all.join(u' '));
    refresh();
}

void StagingDialog::showFailure(const QString &what, const Error &error)
{
    m_isBusy = false;
    if (error.kind != ErrorKind::Cancelled)
        m_message->showMessage(MessageBar::Failure, what, error.sentence());
    refresh();
}

void StagingDialog::stage()
{
    if (!m_checked || m_isBusy)
        return;
    m_message->dismiss();
    auto *call = stageRepair(m_session, m_checked, m_changes->unticked(), m_work.get());
    watch(call, tr("Staging"));
    call->onDone(m_work.get(), [this](const Result<AddedRows> &added) { onStaged(added); });
    refresh();
}

void StagingDialog::onStaged(const Result<AddedRows> &added)
{
    if (!added)
        return showFailure(tr("Nothing was staged."), added.error());
    m_isBusy = false;
    refresh();
    if (!added->left.isEmpty())
        return m_message->showMessage(MessageBar::Warning,
                                      tr("%Ln record(s) were left out: they are being sent.",
                                         nullptr, int(added->left.size())));
    accept();
    emit staged(added->added);
}

void StagingDialog::refresh()
{
    const bool mayStage = m_checked && !m_isBusy && m_changes->tickedCount() > 0;
    m_stage->setText(mayStage ? tr("&Stage %Ln Value(s)", nullptr, int(m_changes->tickedCount()))
                              : tr("&Stage Changes"));
    m_stage->setEnabled(mayStage);
    m_preview->setEnabled(!m_isBusy && mayPreview());
    enableChoices(!m_isBusy);
    m_preview->setDefault(!mayStage);
    m_stage->setDefault(mayStage);
    showCommand();
}

QString StagingDialog::commandNote() const
{
    return m_changes->unticked().isEmpty()
        ? QString()
        : tr("The command makes the changes without a tick, too.");
}

} // namespace hubkeeper
