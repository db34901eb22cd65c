// SPDX-License-Identifier: MIT
#include "workbench/repairs/repairpreview.h"

#include "workbench/repairs/doubtfulvaluesmodel.h"
#include "workbench/repairs/repairpairsmodel.h"

#include <QBoxLayout>
#include <QHeaderView>
#include <QLocale>
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

RepairPreview::RepairPreview(const PropertyNames &names, const Words &words, QWidget *parent)
    : QWidget(parent)
    , m_words(words)
    , m_pairs(new RepairPairsModel(names, words.after, this))
    , m_doubtful(new DoubtfulValuesModel(names, this))
    , m_tabs(new QTabWidget(this))
    , m_pairsView(tableOf(m_pairs, m_tabs))
    , m_doubtfulView(tableOf(m_doubtful, m_tabs))
{
    m_pairsView->setObjectName(u"repairPairs"_s);
    m_pairsView->setAccessibleName(tr("What would change"));
    m_doubtfulView->setObjectName(u"repairDoubtful"_s);
    m_doubtfulView->setAccessibleName(tr("What is left"));
    m_doubtfulView->setColumnHidden(DoubtfulValuesModel::SuggestionColumn, !words.suggests);
    m_tabs->setObjectName(u"repairTabs"_s);
    m_tabs->addTab(m_pairsView, {});
    m_tabs->addTab(m_doubtfulView, {});
    m_tabs->setAccessibleName(tr("What would change, and what is left"));
    m_tabs->tabBar()->setAccessibleName(tr("What would change, and what is left"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_tabs);
    connect(m_pairs, &RepairPairsModel::ticksChanged, this, &RepairPreview::ticksChanged);
    showTitles();
}

void RepairPreview::show(const RepairCounts &counts)
{
    m_left = counts.doubtfulCount();
    m_doubtful->setValues(counts.doubtful());
    m_pairs->setPairs(counts.pairs());
    m_pairsView->resizeColumnsToContents();
    m_doubtfulView->resizeColumnsToContents();
    const bool hasOnlyDoubtful = m_pairs->rowCount() == 0 && m_doubtful->rowCount() > 0;
    m_tabs->setCurrentIndex(hasOnlyDoubtful ? 1 : 0);
    showTitles();
}

void RepairPreview::clear()
{
    m_left = -1;
    m_doubtful->setValues({});
    m_pairs->setPairs({});
    showTitles();
}

QList<RepairPair> RepairPreview::unticked() const
{
    return m_pairs->unticked();
}

qint64 RepairPreview::tickedCount() const
{
    return m_pairs->tickedCount();
}

void RepairPreview::showTitles()
{
    const bool isThere = m_left >= 0;
    m_tabs->setTabText(0, isThere ? tr("Ch&anges (%L1)").arg(m_pairs->rowCount()) : tr("Ch&anges"));
    //: %1 is the title of a tab, %2 a number.
    m_tabs->setTabText(
        1, isThere ? tr("%1 (%2)").arg(m_words.left, QLocale().toString(m_left)) : m_words.left);
}

} // namespace hubkeeper
