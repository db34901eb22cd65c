// SPDX-License-Identifier: MIT
#include "connect/grantpage.h"

#include "widgets/icons.h"
#include "widgets/messagebar.h"
#include "widgets/scopetext.h"

#include <QBoxLayout>
#include <QHeaderView>
#include <QLocale>
#include <QTreeWidget>

using namespace Qt::StringLiterals;

namespace hubkeeper {

GrantPage::GrantPage(SignInState &state, QWidget *parent)
    : AssistantPage(state, tr("What Was Granted"), parent)
    , m_messages(new MessageBar(this))
    , m_list(new QTreeWidget(this))
{
    m_list->setObjectName(u"granted"_s);
    m_list->setAccessibleName(tr("Scopes asked for, and what was granted"));
    m_list->setColumnCount(3);
    m_list->setHeaderLabels({tr("Scope"), tr("State"), tr("What it means")});
    m_list->setRootIsDecorated(false);
    m_list->setAlternatingRowColors(true);
    m_list->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_column->addWidget(m_messages);
    m_column->addWidget(m_list, 1);
    connect(m_messages, &MessageBar::buttonPressed, this, &GrantPage::askAgain);
}

void GrantPage::initializePage()
{
    m_list->clear();
    for (const QString &scope : m_state.scopes.required + m_state.scopes.optional)
        addScope(scope);
    m_list->setCurrentItem(m_list->topLevelItem(0));
    showSummary();
}

void GrantPage::addScope(const QString &scope)
{
    const SignInOutcome &outcome = *m_state.outcome;
    const bool isMissing =
        outcome.missingRequired.contains(scope) || outcome.missingOptional.contains(scope);
    const bool isTold = !outcome.granted.isEmpty();
    auto *item = new QTreeWidgetItem(m_list);
    item->setText(0, scope);
    if (!isTold) {
        item->setText(1, tr("not known"));
        item->setText(2, purposeOf(scope));
    } else if (isMissing) {
        item->setIcon(1, icon(u"dialog-warning"_s));
        item->setText(1, tr("missing"));
        item->setText(2, lossWithout(scope));
    } else {
        item->setIcon(1, icon(u"dialog-ok"_s));
        item->setText(1, tr("granted"));
        item->setText(2, purposeOf(scope));
    }
}

void GrantPage::showSummary()
{
    const SignInOutcome &outcome = *m_state.outcome;
    if (!outcome.missingRequired.isEmpty()) {
        m_messages->showMessage(
            MessageBar::Warning, tr("The app lacks scopes that the connector needs."),
            tr("Add them to the app in HubSpot and sign in once more, or go on with less."),
            {{Choice::Again, tr("Sign In &Again")}});
    } else if (outcome.granted.isEmpty()) {
        m_messages->showMessage(MessageBar::Information,
                                tr("HubSpot did not say which scopes it granted."),
                                tr("The test shows what works."));
    } else if (!outcome.missingOptional.isEmpty()) {
        m_messages->showMessage(MessageBar::Information,
                                tr("Everything the connector needs was granted."),
                                tr("Some optional scopes were left out."));
    } else {
        m_messages->showMessage(MessageBar::Good, tr("Everything was granted."));
    }
}

} // namespace hubkeeper
