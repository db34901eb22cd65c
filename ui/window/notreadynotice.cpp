// SPDX-License-Identifier: MIT
#include "window/notreadynotice.h"

#include "widgets/messagebar.h"
#include "widgets/page.h"
#include "window/currentsession.h"
#include "window/pagenavigation.h"

namespace hubkeeper {

NotReadyNotice::NotReadyNotice(CurrentSession &keeper, PageNavigation &pages, MessageBar &bar,
                               QObject *parent)
    : QObject(parent)
    , m_keeper(keeper)
    , m_pages(pages)
    , m_bar(bar)
{
    connect(&m_keeper, &CurrentSession::sessionChanged, this, &NotReadyNotice::onSession);
    connect(&m_pages, &PageNavigation::currentChanged, this, &NotReadyNotice::show);
    connect(&m_bar, &MessageBar::dismissed, this, [this] { m_isDismissed = true; });
}

void NotReadyNotice::onSession()
{
    m_isDismissed = false;
    show();
}

void NotReadyNotice::show()
{
    const Page *page = m_pages.current();
    if (m_keeper.failure() && page && !page->saysWhyNotReady() && !m_isDismissed)
        showError(*m_keeper.failure());
    else
        m_bar.hide();
}

void NotReadyNotice::showError(const Error &error)
{
    const bool isMissing =
        error.kind == ErrorKind::InvalidInput || error.kind == ErrorKind::NotFound;
    if (!isMissing)
        return m_bar.showError(error, Situation::OpeningConnection);
    const ErrorText words = errorText(error, Situation::OpeningConnection);
    QList<MessageBar::Button> buttons {{Choice::Connect, tr("Co&nnect to HubSpot…")}};
    if (words.button != Choice::None)
        buttons.append({words.button, words.buttonText});
    QStringList lines {words.detail, words.advice};
    lines.removeAll(QString());
    m_bar.showMessage(MessageBar::Information, tr("Not connected to HubSpot yet."),
                      lines.join(u'\n'), buttons);
}

} // namespace hubkeeper
