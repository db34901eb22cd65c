// SPDX-License-Identifier: MIT
#include "idm/limitfields.h"
#include "idm/preview/previewdetails.h"
#include "idm/preview/previewentries.h"
#include "idm/preview/previewtab.h"
#include "widgets/callbar.h"
#include "widgets/icons.h"
#include "widgets/messagebar.h"
#include "widgets/wrappedlabel.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSplitter>
#include <QTreeView>
#include <QTreeWidget>

using namespace Qt::StringLiterals;

namespace hubkeeper {

PreviewTab::PreviewTab(CurrentServer &server, const Masking &masking, QWidget *parent)
    : QWidget(parent)
    , m_server(server)
    , m_work(std::make_unique<QObject>())
    , m_mapping(new QComboBox(this))
    , m_direction(new QLabel(this))
    , m_run(new QPushButton(icon(u"view-refresh"_s), tr("&Read and Compute"), this))
    , m_again(new QPushButton(tr("Comp&ute Again"), this))
    , m_try(new QPushButton(tr("&Try a Mapping…"), this))
    , m_open(new QPushButton(icon(u"document-open"_s), tr("&Open Saved…"), this))
    , m_save(new QPushButton(icon(u"document-save-as"_s), tr("&Save…"), this))
    , m_export(new QPushButton(tr("E&xport…"), this))
    , m_most(new LimitFields(u"preview"_s, this))
    , m_messages(new MessageBar(this))
    , m_limits(new MessageBar(this))
    , m_progress(new CallBar(this))
    , m_summary(new WrappedLabel(this))
    , m_warnings(new QTreeWidget(this))
    , m_action(new QComboBox(this))
    , m_situation(new QComboBox(this))
    , m_text(new QLineEdit(this))
    , m_entries(new PreviewEntries(masking, this))
    , m_view(new QTreeView(this))
    , m_details(new PreviewDetails(masking, this))
    , m_command(new QLineEdit(this))
    , m_copy(new QPushButton(icon(u"edit-copy"_s), tr("Cop&y"), this))
{
    m_messages->setMasking(masking);
    build();
    connectAll();
    fillFilters();
    m_details->clear();
    updateButtons();
}

void PreviewTab::addNamed(QPushButton *button, const QString &name, const QString &tip)
{
    button->setObjectName(name);
    button->setToolTip(tip);
}

QLayout *PreviewTab::mappingRow()
{
    m_mapping->setObjectName(u"previewMapping"_s);
    m_mapping->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_mapping->setMinimumContentsLength(16);
    m_direction->setObjectName(u"previewDirection"_s);
    addNamed(m_run, u"previewRun"_s,
             tr("Read both sides from the server and compute; nothing is written"));
    addNamed(m_again, u"previewAgain"_s, tr("Compute from what was read, without the server"));
    addNamed(m_try, u"previewTry"_s,
             tr("A JSON file with a mapping takes the place of the one with its name, here only"));
    addNamed(m_open, u"previewOpen"_s, tr("Compute from a saved set, without the server"));
    addNamed(m_save, u"previewSave"_s, tr("Keep what was read; without passwords"));
    addNamed(m_export, u"previewExport"_s, tr("The preview as JSON"));
    auto *label = new QLabel(tr("&Mapping:"), this);
    label->setBuddy(m_mapping);
    auto *row = new QHBoxLayout;
    row->addWidget(label);
    row->addWidget(m_mapping, 1);
    row->addWidget(m_direction);
    for (QPushButton *button : {m_run, m_again})
        row->addWidget(button);
    return row;
}

QLayout *PreviewTab::limitRow()
{
    auto *row = new QHBoxLayout;
    row->addWidget(m_most);
    row->addStretch(1);
    for (QPushButton *button : {m_try, m_open})
        row->addWidget(button);
    return row;
}

QLayout *PreviewTab::filterRow()
{
    m_action->setObjectName(u"previewAction"_s);
    m_action->setAccessibleName(tr("Only this action"));
    m_situation->setObjectName(u"previewSituation"_s);
    m_situation->setAccessibleName(tr("Only this situation"));
    m_text->setObjectName(u"previewText"_s);
    m_text->setAccessibleName(tr("Only rows with this text"));
    m_text->setPlaceholderText(tr("Id or reason"));
    m_text->setClearButtonEnabled(true);
    auto *row = new QHBoxLayout;
    row->addWidget(m_action);
    row->addWidget(m_situation);
    row->addWidget(m_text, 1);
    for (QPushButton *button : {m_save, m_export})
        row->addWidget(button);
    return row;
}

QLayout *PreviewTab::commandRow()
{
    m_command->setObjectName(u"previewCommand"_s);
    m_command->setReadOnly(true);
    m_command->setAccessibleName(tr("The command that does the same"));
    m_copy->setObjectName(u"previewCopy"_s);
    auto *row = new QHBoxLayout;
    row->addWidget(m_command, 1);
    row->addWidget(m_copy);
    return row;
}

void PreviewTab::build()
{
    m_summary->setObjectName(u"previewSummary"_s);
    m_warnings->setObjectName(u"previewWarnings"_s);
    m_warnings->setAccessibleName(tr("Warnings"));
    m_warnings->setHeaderLabels({tr("Count"), tr("Warning")});
    m_warnings->setRootIsDecorated(false);
    m_warnings->hide();
    m_view->setObjectName(u"previewEntries"_s);
    m_view->setAccessibleName(tr("What would be done, object by object"));
    m_view->setModel(m_entries);
    m_view->setRootIsDecorated(false);
    m_view->setUniformRowHeights(true);
    m_view->setAlternatingRowColors(true);
    m_view->header()->setStretchLastSection(true);
    const int letter = fontMetrics().averageCharWidth();
    m_warnings->header()->resizeSection(0, letter * 9);
    for (const auto &[column, letters] :
         {std::pair(PreviewEntries::SituationColumn, 25),
          std::pair(PreviewEntries::ActionColumn, 13), std::pair(PreviewEntries::SourceColumn, 30),
          std::pair(PreviewEntries::TargetColumn, 26), std::pair(PreviewEntries::StatusColumn, 13)})
        m_view->header()->resizeSection(column, letter * letters);
    m_limits->setObjectName(u"previewLimits"_s);
    m_messages->setObjectName(u"previewMessages"_s);
    auto *split = new QSplitter(Qt::Vertical, this);
    split->addWidget(m_view);
    split->addWidget(m_details);
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 2);
    split->setChildrenCollapsible(false);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(mappingRow());
    column->addLayout(limitRow());
    for (QWidget *widget :
         std::initializer_list<QWidget *> {m_messages, m_limits, m_progress, m_summary, m_warnings})
        column->addWidget(widget);
    column->addLayout(filterRow());
    column->addWidget(split, 1);
    column->addLayout(commandRow());
    m_summary->setText(tr("Nothing is computed yet. Choose a mapping and read both sides, or open "
                          "a saved preview. Nothing is written to the server."));
    setFocusProxy(m_mapping);
}

/// All actions and situations that there are, with how often each is.
void PreviewTab::fillFilters()
{
    QMap<int, qint64> actions;
    QMap<int, qint64> situations;
    const auto counts = m_outcome ? m_outcome->counts : std::vector<EntryCount>();
    for (const EntryCount &count : counts) {
        if (count.action)
            actions[int(*count.action)] += count.count;
        if (count.situation)
            situations[int(*count.situation)] += count.count;
    }
    const QSignalBlocker quietActions(m_action);
    const QSignalBlocker quietSituations(m_situation);
    m_action->clear();
    m_situation->clear();
    m_action->addItem(tr("All actions"));
    m_situation->addItem(tr("All situations"));
    for (auto it = actions.cbegin(); it != actions.cend(); ++it)
        m_action->addItem(u"%1 (%2)"_s.arg(wordOf(SyncAction(it.key()))).arg(*it), it.key());
    for (auto it = situations.cbegin(); it != situations.cend(); ++it)
        m_situation->addItem(u"%1 (%2)"_s.arg(wordOf(SyncSituation(it.key()))).arg(*it), it.key());
    m_text->clear();
    m_entries->setFilter({});
}

} // namespace hubkeeper
