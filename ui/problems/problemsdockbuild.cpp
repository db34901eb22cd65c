// SPDX-License-Identifier: MIT
// How the Problems dock is put together: actions, buttons, table, empty state.
#include "configuration/findings/documentfindings.h"
#include "problems/findingsmodel.h"
#include "problems/problemsdock.h"
#include "widgets/actionbutton.h"
#include "widgets/callbar.h"
#include "widgets/icons.h"
#include "widgets/messagebar.h"

#include <QAction>
#include <QBoxLayout>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QTextBrowser>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace hubkeeper {

QIcon ProblemsDock::icon() const
{
    return hubkeeper::icon(u"problems"_s);
}

QAction *ProblemsDock::makeAction(const QString &name, const QString &iconName, const QString &text,
                                  void (ProblemsDock::*run)())
{
    auto *action = new QAction(text, this);
    action->setObjectName(name);
    if (!iconName.isEmpty())
        action->setIcon(hubkeeper::icon(iconName));
    connect(action, &QAction::triggered, this, run);
    return action;
}

void ProblemsDock::makeActions()
{
    m_validate =
        makeAction(u"validate"_s, u"review"_s, tr("&Validate"), &ProblemsDock::validateNow);
    m_validate->setShortcut(Qt::Key_F7);
    m_next = new QAction(tr("Next Prob&lem"), this);
    m_next->setObjectName(u"nextProblem"_s);
    m_next->setShortcut(Qt::Key_F8);
    m_previous = new QAction(tr("Pre&vious Problem"), this);
    m_previous->setObjectName(u"previousProblem"_s);
    m_previous->setShortcut(Qt::SHIFT | Qt::Key_F8);
    connect(m_next, &QAction::triggered, this, [this] { step(1); });
    connect(m_previous, &QAction::triggered, this, [this] { step(-1); });
    m_fix = makeAction(u"fix"_s, u"apply"_s, tr("F&ix"), &ProblemsDock::fixCurrent);
    m_fixAll = makeAction(u"fixAll"_s, {}, tr("Fix All &Safe…"), &ProblemsDock::fixAll);
    m_explain =
        makeAction(u"explain"_s, u"help-contents"_s, tr("E&xplain"), &ProblemsDock::explain);
    m_explain->setCheckable(true);
    m_explain->setToolTip(tr("What IDM does, what to do, an example"));
    m_copy = makeAction(u"copyFindings"_s, u"edit-copy"_s, tr("&Copy"), &ProblemsDock::copy);
    m_copy->setShortcut(QKeySequence::Copy);
    m_copy->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    m_export = makeAction(u"exportFindings"_s, u"document-save-as"_s, tr("Exp&ort…"),
                          &ProblemsDock::askWhereToExport);
    m_portal = makeAction(u"checkPortal"_s, u"test"_s, tr("Check Against the Portal"),
                          &ProblemsDock::checkPortal);
    m_portal->setToolTip(tr("Credentials, scopes, object types and limits, by asking HubSpot"));
}

void ProblemsDock::addToMenus(const Menus &menus)
{
    menus.edit->addSeparator();
    menus.edit->addActions({m_validate, m_fixAll});
    menus.go->addActions({m_next, m_previous});
    menus.portal->addAction(m_portal);
}

void ProblemsDock::build()
{
    m_table = new QTableView(this);
    m_table->setAccessibleName(tr("Problems"));
    m_filter->setSourceModel(m_model);
    m_table->setModel(m_filter);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_table->setShowGrid(false);
    m_table->setAlternatingRowColors(true);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(FindingsModel::PlaceColumn, Qt::AscendingOrder);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() * 3 / 2);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(FindingsModel::MessageColumn,
                                                      QHeaderView::Stretch);
    const int width = fontMetrics().averageCharWidth();
    m_table->setColumnWidth(FindingsModel::SeverityColumn, width * 16);
    m_table->setColumnWidth(FindingsModel::RuleColumn, width * 11);
    m_table->setColumnWidth(FindingsModel::PlaceColumn, width * 26);
    m_table->addAction(m_copy);

    m_explanation = new QTextBrowser(this);
    m_explanation->setAccessibleName(tr("Explanation of the finding"));
    m_explanation->setOpenLinks(false);
    m_explanation->hide();
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(m_table);
    m_stack->addWidget(makeEmptyState());
    auto *split = new QSplitter(Qt::Horizontal, this);
    split->setChildrenCollapsible(false);
    split->addWidget(m_stack);
    split->addWidget(m_explanation);
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 2);

    m_message = new MessageBar(this);
    m_progress = new CallBar(this);
    connect(m_progress, &CallBar::busyChanged, this, &ProblemsDock::updateButtons);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(makeButtons());
    layout->addWidget(m_message);
    layout->addWidget(split, 1);
    layout->addWidget(m_progress);
}

QWidget *ProblemsDock::makeEmptyState()
{
    auto *empty = new QWidget(this);
    m_emptyText = new QLabel(empty);
    m_emptyText->setAlignment(Qt::AlignCenter);
    m_emptyText->setWordWrap(true);
    m_rules = new QToolButton(empty);
    m_rules->setText(tr("Show the &Rules"));
    m_showAll = new QToolButton(empty);
    m_showAll->setText(tr("Show &All"));
    for (QToolButton *button : {m_rules, m_showAll})
        button->setFocusPolicy(Qt::StrongFocus);
    connect(m_rules, &QToolButton::clicked, this, &ProblemsDock::showRules);
    connect(m_showAll, &QToolButton::clicked, this, &ProblemsDock::showAll);
    auto *layout = new QVBoxLayout(empty);
    layout->addStretch(1);
    layout->addWidget(m_emptyText);
    layout->addWidget(m_rules, 0, Qt::AlignHCenter);
    layout->addWidget(m_showAll, 0, Qt::AlignHCenter);
    layout->addStretch(1);
    return empty;
}

QToolButton *ProblemsDock::makeSeverityButton(Severity severity)
{
    auto *button = new QToolButton(this);
    button->setObjectName(nameOf(severity) + u"Shown"_s);
    button->setIcon(hubkeeper::icon(severityIcon(severity)));
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setCheckable(true);
    button->setChecked(true);
    button->setFocusPolicy(Qt::StrongFocus);
    m_severities[size_t(severity)] = button;
    connect(button, &QToolButton::toggled, this, [this, severity](bool shown) {
        m_filter->setShown(severity, shown);
        showEmptyState();
        updateButtons();
    });
    return button;
}

void ProblemsDock::showCounts()
{
    for (const Severity severity : {Severity::Error, Severity::Warning, Severity::Info}) {
        const int count = m_findings.count(severity);
        QString text;
        if (severity == Severity::Error)
            text = tr("%Ln error(s)", nullptr, count);
        else if (severity == Severity::Warning)
            text = tr("%Ln warning(s)", nullptr, count);
        else
            text = tr("%Ln remark(s)", "findings of severity info", count);
        m_severities[size_t(severity)]->setText(text);
        m_severities[size_t(severity)]->setToolTip(tr("Show or hide them"));
    }
}

QBoxLayout *ProblemsDock::makeButtons()
{
    m_text = new QLineEdit(this);
    m_text->setPlaceholderText(tr("Filter"));
    m_text->setAccessibleName(tr("Filter the problems"));
    m_text->setClearButtonEnabled(true);
    connect(m_text, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filter->setText(text);
        showEmptyState();
        updateButtons();
    });
    m_profile = new QComboBox(this);
    m_profile->setAccessibleName(tr("Server"));
    m_profile->setToolTip(tr("The server the file is meant for"));
    m_profile->addItem(tr("IDM 7 and newer"), int(ServerProfile::Commercial));
    m_profile->addItem(tr("OpenIDM community"), int(ServerProfile::Community));
    connect(m_profile, &QComboBox::currentIndexChanged, this,
            [this] { m_findings.setProfile(ServerProfile(m_profile->currentData().toInt())); });

    auto *row = new QHBoxLayout;
    for (const Severity severity : {Severity::Error, Severity::Warning, Severity::Info})
        row->addWidget(makeSeverityButton(severity));
    row->addWidget(m_text, 1);
    for (QAction *action : {m_fix, m_fixAll, m_explain, m_copy, m_export, m_portal}) {
        const bool isPlain = action == m_copy || action == m_export;
        row->addWidget(buttonFor(
            action, isPlain ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon, this));
    }
    row->addWidget(m_profile);
    return row;
}

} // namespace hubkeeper
