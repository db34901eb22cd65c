// SPDX-License-Identifier: MIT
#include "shell/startpage.h"

#include "shell/emptystate.h"
#include "shell/icons.h"

#include <QBoxLayout>

using namespace Qt::StringLiterals;

namespace hubkeeper {

StartPage::StartPage(bool offersPractice, QWidget *parent)
    : QWidget(parent)
{
    setObjectName(u"start"_s);
    auto *state = new EmptyState(this);
    state->setContents(
        programIcon(), tr("Welcome to Hubkeeper"),
        tr("Check the configuration of a HubSpot connector, keep its secrets in the keychain, see "
           "whether it works, and repair contacts and companies by hand.\n\n"
           "Open the connector's provisioner file to begin. Nothing is sent anywhere until you "
           "ask for it: Hubkeeper has no account and collects no data about you."));
    state->addButton(u"open"_s, icon(u"document-open"_s), tr("&Open Provisioner…"));
    if (offersPractice)
        state->addButton(u"practice"_s, icon(u"practice"_s), tr("Try the &Practice Portal"));
    connect(state, &EmptyState::pressed, this, &StartPage::wants);
    auto *column = new QVBoxLayout(this);
    column->addWidget(state);
}

} // namespace hubkeeper
