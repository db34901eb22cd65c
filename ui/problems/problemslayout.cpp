// SPDX-License-Identifier: MIT
#include "configuration/findings/documentfindings.h"
#include "problems/explanation.h"
#include "problems/findingsmodel.h"
#include "problems/findingstable.h"
#include "problems/noproblems.h"
#include "problems/problemsdock.h"
#include "problems/projectline.h"
#include "problems/severitybuttons.h"
#include "widgets/actionbutton.h"
#include "widgets/callbar.h"
#include "widgets/icons.h"
#include "widgets/messagebar.h"
#include "widgets/sizes.h"

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
    m_filter->setSourceModel(m_model);
    m_table = new FindingsTable(*m_filter, this);
    m_table->addAction(m_copy);
    m_explanation = new QTextBrowser(this);
    m_explanation->setAccessibleName(tr("Explanation of the finding"));
    m_explanation->setOpenLinks(false);
    m_explanation->hide();
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(m_table);
    m_empty = new NoProblems(this);
    connect(m_empty, &NoProblems::rulesWanted, this, &ProblemsDock::showRules);
    connect(m_empty, &NoProblems::allWanted, this, &ProblemsDock::showAll);
    m_stack->addWidget(m_empty);
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
    setDockMargins(*layout);
    layout->addLayout(makeButtons());
    layout->addWidget(new ProjectLine(m_findings, this));
    layout->addWidget(m_message);
    layout->addWidget(split, 1);
    layout->addWidget(m_progress);
}

QBoxLayout *ProblemsDock::makeButtons()
{
    m_severities = new SeverityButtons(this);
    connect(m_severities, &SeverityButtons::toggled, this, [this](Severity severity, bool shown) {
        m_filter->setShown(severity, shown);
        showEmptyState();
        updateButtons();
    });
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
    m_profile->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_profile->setMinimumContentsLength(14);
    m_profile->addItem(tr("IDM 7 and newer"), int(ServerProfile::Commercial));
    m_profile->addItem(tr("OpenIDM community"), int(ServerProfile::Community));
    connect(m_profile, &QComboBox::currentIndexChanged, this,
            [this] { m_findings.setProfile(ServerProfile(m_profile->currentData().toInt())); });

    auto *row = new QHBoxLayout;
    row->addWidget(m_severities);
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
