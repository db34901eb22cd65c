// SPDX-License-Identifier: MIT
#include "idm/run/runresultview.h"

#include "idm/run/entrymodel.h"
#include "idm/run/runtables.h"
#include "widgets/icons.h"
#include "widgets/wrappedlabel.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QHeaderView>
#include <QLocale>
#include <QPushButton>
#include <QSplitter>
#include <QTreeView>
#include <QTreeWidget>

using namespace Qt::StringLiterals;

namespace hubkeeper {

RunResultView::RunResultView(const Masking &masking, QWidget *parent)
    : QWidget(parent)
    , m_entries(new EntryModel(masking, this))
    , m_summary(new WrappedLabel(this))
    , m_tally(makeTally(this))
    , m_choice(new QComboBox(this))
    , m_export(new QPushButton(icon(u"document-save-as"_s), tr("E&xport…"), this))
    , m_list(new QTreeView(this))
    , m_cut(new WrappedLabel(this))
{
    build();
    connect(m_choice, &QComboBox::currentIndexChanged, this, [this] {
        m_entries->choose(EntryChoice(m_choice->currentData().toInt()));
        showCounts();
    });
    connect(m_export, &QPushButton::clicked, this, &RunResultView::exportWanted);
    clear({});
}

void RunResultView::build()
{
    m_summary->setObjectName(u"runSummary"_s);
    m_choice->setObjectName(u"runChoice"_s);
    m_choice->setAccessibleName(tr("Which entries"));
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_choice->addItem(tr("All entries"), int(EntryChoice::All));
    m_choice->addItem(tr("What failed"), int(EntryChoice::Failed));
    m_choice->addItem(tr("What differs from the preview"), int(EntryChoice::Different));
    m_export->setObjectName(u"exportEntries"_s);
    m_export->setToolTip(tr("All entries of the run into a file, as CSV or JSON Lines"));
    m_cut->setObjectName(u"runCut"_s);
    m_list->setModel(m_entries);
    m_list->setObjectName(u"runEntries"_s);
    m_list->setAccessibleName(tr("Entries of the run"));
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setAlternatingRowColors(true);
    m_list->header()->setStretchLastSection(true);
    const int letter = fontMetrics().averageCharWidth();
    for (const auto &[column, letters] :
         {std::pair(EntryModel::SideColumn, 8), std::pair(EntryModel::SituationColumn, 22),
          std::pair(EntryModel::ActionColumn, 12), std::pair(EntryModel::ResultColumn, 9),
          std::pair(EntryModel::SourceColumn, 24), std::pair(EntryModel::TargetColumn, 24)})
        m_list->header()->resizeSection(column, letter * letters);
    auto *row = new QHBoxLayout;
    row->addWidget(m_choice);
    row->addWidget(m_cut, 1);
    row->addStretch(0); // While it is hidden.
    row->addWidget(m_export);
    auto *entries = new QWidget(this);
    auto *inside = new QVBoxLayout(entries);
    inside->setContentsMargins(0, 0, 0, 0);
    inside->addLayout(row);
    inside->addWidget(m_list, 1);
    auto *split = new QSplitter(Qt::Horizontal, this);
    split->addWidget(m_tally);
    split->addWidget(entries);
    split->setStretchFactor(0, 2);
    split->setStretchFactor(1, 3);
    split->setChildrenCollapsible(false);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_summary);
    column->addWidget(split, 1);
    for (QWidget *list : std::initializer_list<QWidget *> {m_tally, m_list})
        list->setMinimumHeight(fontMetrics().height() * 5);
}

QString RunResultView::summary() const
{
    return m_summary->text();
}

void RunResultView::clear(const QString &sentence)
{
    m_result.reset();
    m_entries->clear();
    m_tally->clear();
    m_summary->setText(sentence);
    m_choice->setCurrentIndex(0);
    showCounts();
}

void RunResultView::append(const QList<AuditEntry> &page)
{
    m_entries->append(page);
}

void RunResultView::show(const RunResult &result)
{
    m_result = result;
    m_entries->setFindings(result.failures,
                           result.comparison ? result.comparison->differences()
                                             : QList<ComparedEntry>());
    fillTally(*m_tally, result);
    m_summary->setText(summaryOf(result));
    showCounts();
}

/// How many there are, and whether all of them are shown.
void RunResultView::showCounts()
{
    const qint64 all = m_result ? m_result->entries : 0;
    const qint64 failed = m_result && m_result->hasEntries ? m_result->failed : 0;
    const qint64 different =
        m_result && m_result->comparison ? m_result->comparison->differences().size() : 0;
    const QLocale locale;
    //: Each %1 is a number.
    m_choice->setItemText(0, tr("All entries (%1)").arg(locale.toString(all)));
    m_choice->setItemText(1, tr("What failed (%1)").arg(locale.toString(failed)));
    m_choice->setItemText(2,
                          tr("What differs from the preview (%1)").arg(locale.toString(different)));
    const qint64 counts[] = {all, failed, different};
    const int shown = m_entries->rowCount();
    const bool isCut = m_result && shown < counts[m_choice->currentIndex()];
    m_cut->setText(isCut ? tr("Only %Ln of them are here; Export has all.", nullptr, shown)
                         : QString());
    m_cut->setVisible(isCut);
}

void RunResultView::setExportEnabled(bool isEnabled)
{
    m_export->setEnabled(isEnabled);
}

} // namespace hubkeeper
