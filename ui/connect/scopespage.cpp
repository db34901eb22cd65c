// SPDX-License-Identifier: MIT
#include "connect/scopespage.h"

#include "widgets/scopetext.h"

#include <QBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QTreeWidget>

using namespace Qt::StringLiterals;

namespace hubkeeper {

ScopesPage::ScopesPage(SignInState &state, QWidget *parent)
    : AssistantPage(state, tr("What the App May Do"), parent)
    , m_list(new QTreeWidget(this))
{
    m_list->setObjectName(u"scopes"_s);
    m_list->setAccessibleName(tr("Scopes to ask for"));
    m_list->setColumnCount(2);
    m_list->setHeaderLabels({tr("Scope"), tr("Why")});
    m_list->setRootIsDecorated(false);
    m_list->setAlternatingRowColors(true);
    m_list->header()->setStretchLastSection(true);
    m_list->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    for (const QString &scope : std::as_const(state.scopes.required))
        addScope(scope, true);
    for (const QString &scope : std::as_const(state.scopes.optional))
        addScope(scope, false);
    m_list->setCurrentItem(m_list->topLevelItem(0));

    m_column->addWidget(
        text(tr("The connector needs the scopes that are marked. Set these as required in the app, "
                "the others as optional; HubSpot leaves out an optional one that the account does "
                "not have.")));
    m_column->addWidget(m_list, 1);
}

void ScopesPage::addScope(const QString &scope, bool needed)
{
    auto *item = new QTreeWidgetItem(
        m_list, {scope, needed ? tr("%1 Needed.").arg(purposeOf(scope)) : purposeOf(scope)});
    item->setCheckState(0, Qt::Checked);
    item->setToolTip(1, lossWithout(scope));
    item->setData(0, Qt::UserRole, needed);
    if (needed)
        item->setFlags(Qt::ItemIsSelectable | Qt::ItemIsEnabled);
}

bool ScopesPage::validatePage()
{
    m_state.scopes.optional.clear();
    for (int row = 0; row < m_list->topLevelItemCount(); ++row) {
        const QTreeWidgetItem *item = m_list->topLevelItem(row);
        if (!item->data(0, Qt::UserRole).toBool() && item->checkState(0) == Qt::Checked)
            m_state.scopes.optional.append(item->text(0));
    }
    return true;
}

} // namespace hubkeeper
