// SPDX-License-Identifier: MIT
#include "idm/limitfields.h"
#include "idm/run/runresultview.h"
#include "idm/run/runtab.h"
#include "idm/run/runtables.h"
#include "widgets/callbar.h"
#include "widgets/elidedlabel.h"
#include "widgets/icons.h"
#include "widgets/masking.h"
#include "widgets/messagebar.h"
#include "widgets/wrappedlabel.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QSplitter>
#include <QTreeWidget>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int longestNote = 1000;

void addLabelled(QBoxLayout &row, const QString &text, QWidget *field, int stretch = 0)
{
    auto *label = new QLabel(text, field->parentWidget());
    label->setBuddy(field);
    row.addWidget(label);
    row.addWidget(field, stretch);
}

void name(QPushButton *button, const QString &objectName, const QString &tip)
{
    button->setObjectName(objectName);
    button->setToolTip(tip);
}

} // namespace

RunTab::RunTab(CurrentServer &server, const Masking &masking, QWidget *parent)
    : QWidget(parent)
    , m_server(server)
    , m_shown(std::make_unique<QObject>())
    , m_reading(std::make_unique<QObject>())
    , m_mapping(new QComboBox(this))
    , m_ids(new QLineEdit(this))
    , m_start(new QPushButton(icon(u"apply"_s), tr("&Start Run"), this))
    , m_preview(new ElidedLabel(this))
    , m_usePreview(new QPushButton(tr("Use the Prev&iew"), this))
    , m_choosePreview(new QPushButton(icon(u"document-open"_s), tr("Compare &With…"), this))
    , m_noPreview(new QPushButton(tr("With &Nothing"), this))
    , m_note(new QLineEdit(this))
    , m_patience(new QSpinBox(this))
    , m_most(new LimitFields(u"run"_s, this))
    , m_messages(new MessageBar(this))
    , m_progress(new CallBar(this))
    , m_loading(new CallBar(this))
    , m_live(new WrappedLabel(this))
    , m_list(makeRunList(this))
    , m_refresh(new QPushButton(icon(u"view-refresh"_s), tr("&Read Again"), this))
    , m_watch(new QPushButton(tr("Wa&tch"), this))
    , m_cancel(new QPushButton(icon(u"process-stop"_s), tr("Cance&l Run"), this))
    , m_result(new RunResultView(masking, this))
    , m_command(new QLineEdit(this))
    , m_copy(new QPushButton(icon(u"edit-copy"_s), tr("Cop&y"), this))
{
    m_messages->setMasking(masking);
    build();
    connectAll();
    takePreview({}, std::nullopt);
    onServer();
}

QLayout *RunTab::mappingRow()
{
    m_mapping->setObjectName(u"runMapping"_s);
    m_mapping->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_mapping->setMinimumContentsLength(20);
    m_ids->setObjectName(u"runIds"_s);
    m_ids->setPlaceholderText(tr("all objects"));
    m_ids->setToolTip(tr("Ids of source objects with commas between; a server runs one at a time"));
    m_start->setObjectName(u"startRun"_s);
    auto *row = new QHBoxLayout;
    addLabelled(*row, tr("&Mapping:"), m_mapping, 2);
    addLabelled(*row, tr("&Only:"), m_ids, 1);
    row->addWidget(m_start);
    return row;
}

QLayout *RunTab::previewRow()
{
    m_preview->setObjectName(u"runPreview"_s);
    name(m_usePreview, u"usePreview"_s, tr("Hold runs against what the tab Preview shows"));
    name(m_choosePreview, u"choosePreview"_s,
         tr("A preview that was exported as JSON: what a run does is held against it"));
    name(m_noPreview, u"noPreview"_s, tr("Hold runs against no preview"));
    auto *row = new QHBoxLayout;
    row->addWidget(m_preview, 1);
    for (QPushButton *button : {m_usePreview, m_choosePreview, m_noPreview})
        row->addWidget(button);
    return row;
}

QLayout *RunTab::limitRow()
{
    m_note->setObjectName(u"runNote"_s);
    m_note->setPlaceholderText(tr("Why? (kept in the journal)"));
    m_note->setAccessibleName(tr("Note for the Journal"));
    m_note->setMaxLength(longestNote);
    m_patience->setObjectName(u"runPatience"_s);
    m_patience->setRange(1, 24 * 60);
    m_patience->setValue(10);
    //: Minutes.
    m_patience->setSuffix(tr(" min"));
    m_patience->setToolTip(tr("Stop watching when nothing has happened in the run for so long: "
                              "after a fault of the server it can stay under way for ever"));
    m_most->setToolTip(tr("A run whose preview exceeds one of these is not started"));
    auto *row = new QHBoxLayout;
    row->addWidget(m_most);
    row->addWidget(m_note, 1);
    addLabelled(*row, tr("Give &up after:"), m_patience);
    return row;
}

QLayout *RunTab::runRow()
{
    name(m_refresh, u"refreshRuns"_s, tr("Ask the server which runs it remembers"));
    name(m_watch, u"watchRun"_s, tr("Follow the chosen run until it is over"));
    name(m_cancel, u"cancelRun"_s,
         tr("Have the server end the chosen run; what it has done stays done"));
    m_live->setObjectName(u"runLive"_s);
    auto *row = new QHBoxLayout;
    row->addWidget(m_live, 1);
    row->addStretch(0); // While it is hidden.
    for (QPushButton *button : {m_refresh, m_watch, m_cancel})
        row->addWidget(button);
    return row;
}

QLayout *RunTab::commandRow()
{
    m_command->setObjectName(u"runCommand"_s);
    m_command->setReadOnly(true);
    m_command->setAccessibleName(tr("The command that does the same"));
    m_copy->setObjectName(u"runCopy"_s);
    auto *row = new QHBoxLayout;
    row->addWidget(m_command, 1);
    row->addWidget(m_copy);
    return row;
}

void RunTab::build()
{
    m_messages->setObjectName(u"runMessages"_s);
    m_list->setMinimumHeight(fontMetrics().height() * 4);
    auto *split = new QSplitter(Qt::Vertical, this);
    split->addWidget(m_list);
    split->addWidget(m_result);
    split->setStretchFactor(0, 2);
    split->setStretchFactor(1, 3);
    split->setChildrenCollapsible(false);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(mappingRow());
    column->addLayout(previewRow());
    column->addLayout(limitRow());
    for (QWidget *bar : std::initializer_list<QWidget *> {m_messages, m_progress, m_loading})
        column->addWidget(bar);
    column->addLayout(runRow());
    column->addWidget(split, 1);
    column->addLayout(commandRow());
    setFocusProxy(m_mapping);
}

} // namespace hubkeeper
