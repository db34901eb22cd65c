// SPDX-License-Identifier: MIT
#include "configuration/file/draftoffer.h"

#include "configuration/file/opendocument.h"
#include "widgets/messagebar.h"
#include "widgets/showntime.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

DraftOffer::DraftOffer(OpenDocument &open, MessageBar &bar, QObject *parent)
    : QObject(parent)
    , m_open(open)
    , m_bar(bar)
{
    connect(&bar, &MessageBar::buttonPressed, this, &DraftOffer::onButton);
}

void DraftOffer::ask()
{
    if (!m_open.draft())
        return;
    const QString when = shownTime(m_open.draft()->written);
    QString detail = tr("Hubkeeper ended unexpectedly. Secrets that were typed are not kept.");
    if (m_open.draft()->fileChanged)
        detail += u' ' + tr("The file has changed since then; look at it before you save.");
    m_bar.showMessage(MessageBar::Information, tr("Edits of %1 were not saved.").arg(when), detail,
                      {{Choice::Restore, tr("Restore")}, {Choice::Discard, tr("Discard")}});
}

void DraftOffer::onEdited()
{
    if (m_open.draft() && m_bar.isHidden())
        m_open.discard();
}

void DraftOffer::onButton(Choice button)
{
    m_bar.dismiss();
    if (button == Choice::Discard)
        return m_open.discard();
    if (const int lost = m_open.restore(); lost > 0)
        emit statusMessage(tr("%Ln secret(s) did not come back and are empty.", nullptr, lost));
}

} // namespace hubkeeper
