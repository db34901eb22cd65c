// SPDX-License-Identifier: MIT
#include "journal/journalpage.h"
#include "journal/journalwatch.h"
#include "journal/runreverts.h"
#include "widgets/callbar.h"
#include "widgets/masking.h"
#include "widgets/messagebar.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace hubkeeper {

void JournalPage::buildLayout()
{
    m_runsView->setObjectName(u"journalRuns"_s);
    m_rowsView->setObjectName(u"journalRows"_s);
    m_rowsView->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_revert->setObjectName(u"revertRun"_s);
    m_export->setObjectName(u"exportRun"_s);
    m_revertRows->setToolTip(tr("Stage the inverse of the selected rows only"));
    m_anew->setToolTip(tr("Stage records that the run archived as new ones, from the values that "
                          "the journal kept"));
    m_all->setToolTip(tr("Show the runs of all connections; only those of this portal can be "
                         "reverted here"));
    m_filter->setObjectName(u"journalFilter"_s);
    m_filter->setPlaceholderText(tr("Filter runs: person, note, record, property or value"));
    m_filter->setAccessibleName(tr("Filter runs"));
    m_filter->setClearButtonEnabled(true);
    m_seal->setWordWrap(true);
    m_seal->hide();
    m_empty->setTextFormat(Qt::PlainText);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    auto *split = new QSplitter(Qt::Vertical, this);
    split->addWidget(m_runsView);
    split->addWidget(m_rowsView);
    split->setStretchFactor(0, 2);
    split->setStretchFactor(1, 3);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(split);

    auto *buttons = new QHBoxLayout;
    for (QWidget *button : {m_revert, m_revertRows, m_anew, m_export})
        buttons->addWidget(button);
    buttons->addStretch(1);
    buttons->addWidget(m_all);
    buttons->addWidget(m_verify);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(buttons);
    layout->addWidget(m_filter);
    layout->addWidget(m_message);
    layout->addWidget(m_progress);
    layout->addWidget(m_seal);
    layout->addWidget(m_stack, 1);
}

void JournalPage::connectAll()
{
    connect(m_runsView->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &, const QModelIndex &before) {
                if (before.isValid()) // Not the same run in a list read anew.
                    m_message->dismissFor(m_reverts);
                showRows();
            });
    connect(m_reverts, &RunReverts::busyChanged, this, &JournalPage::updateButtons);
    connect(m_reverts, &RunReverts::statusMessage, this, &Page::statusMessage);
    connect(m_reverts, &RunReverts::goTo, this, &Page::goTo);
    connect(m_rowsView->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &JournalPage::updateButtons);
    connect(m_revert, &QPushButton::clicked, this, &JournalPage::revertCurrent);
    connect(m_revertRows, &QPushButton::clicked, this, &JournalPage::revertSelected);
    connect(m_anew, &QPushButton::clicked, this, &JournalPage::makeAnew);
    connect(m_verify, &QPushButton::clicked, this, &JournalPage::verify);
    connect(m_export, &QPushButton::clicked, this, &JournalPage::chooseExport);
    connect(m_all, &QCheckBox::toggled, this, &JournalPage::reload);
    connect(m_watch, &JournalWatch::touched, this, [this] {
        if (m_watch->states() != m_verified)
            m_message->dismissFor(m_verify); // Of a journal that was another one.
        if (isVisible())
            reload();
        else
            m_isStale = true;
    });
    connect(m_filter, &QLineEdit::textChanged, &m_typing, qOverload<>(&QTimer::start));
    connect(&m_typing, &QTimer::timeout, this, [this] {
        m_rows.setFilter(m_filter->text());
        reload();
    });
    connect(m_rowsView, &QTreeView::doubleClicked, this, &JournalPage::goToRecord);
    connect(&m_names, &PortalNames::changed, this, [this] { m_rows.namesChanged(); });
    connect(&m_masking, &Masking::changed, this, [this] {
        m_runs.maskingChanged();
        m_rows.namesChanged();
    });
}

QTreeView *JournalPage::makeView(const QString &name, QAbstractItemModel *model)
{
    auto *view = new QTreeView(this);
    view->setAccessibleName(name);
    view->setModel(model);
    view->setRootIsDecorated(false);
    view->setUniformRowHeights(true);
    view->setAlternatingRowColors(true);
    return view;
}

/// By what they hold; the last one has the rest.
void JournalPage::sizeColumns()
{
    const int letter = fontMetrics().averageCharWidth();
    const auto size = [letter](QTreeView *view, const QList<std::pair<int, int>> &columns) {
        for (const auto &[column, letters] : columns)
            view->header()->resizeSection(column, letter * letters);
    };
    using Runs = JournalRunsModel;
    size(m_runsView,
         {{Runs::StartedColumn, 20},
          {Runs::ConnectionColumn, 20},
          {Runs::PortalColumn, 14},
          {Runs::RowsColumn, 10},
          {Runs::OutcomeColumn, 34},
          {Runs::WhoColumn, 14}});
    using Rows = JournalRowsModel;
    size(m_rowsView,
         {{Rows::RecordColumn, 28},
          {Rows::PropertyColumn, 22},
          {Rows::BeforeColumn, 22},
          {Rows::AfterColumn, 22}});
}

} // namespace hubkeeper
