// SPDX-License-Identifier: MIT
#include "window/leaveguard.h"

#include "widgets/messagebar.h"
#include "widgets/page.h"
#include "widgets/typing.h"
#include "window/currentsession.h"
#include "window/pagenavigation.h"

#include <QMessageBox>

using namespace Qt::StringLiterals;

namespace hubkeeper {

LeaveGuard::LeaveGuard(CurrentSession &keeper, const PageNavigation &pages, MessageBar &messages,
                       QWidget &window)
    : QObject(&window)
    , m_keeper(keeper)
    , m_pages(pages)
    , m_messages(messages)
    , m_window(window)
{
}

QList<Page *> LeaveGuard::unsavedPages() const
{
    const QList<Page *> all = m_pages.pagesAndPanels();
    for (Page *page : all)
        commitTyping(page);
    // Staged changes that are kept come back: their panel has nothing unsaved then.
    QList<Page *> unsaved;
    for (Page *page : all) {
        if (!page->unsaved().isEmpty())
            unsaved.append(page);
    }
    return unsaved;
}

void LeaveGuard::leaveThen(std::function<void()> then)
{
    const QList<Page *> pages = unsavedPages();
    if (pages.isEmpty())
        then();
    else
        ask(pages, std::move(then));
}

void LeaveGuard::ask(const QList<Page *> &pages, std::function<void()> then)
{
    if (m_question)
        return m_question->raise();
    QStringList unsaved;
    for (const Page *page : pages)
        unsaved.append(page->unsaved());
    m_question =
        new QMessageBox(QMessageBox::Warning, tr("Unsaved Edits"), unsaved.join(u'\n'),
                        QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, &m_window);
    m_question->setObjectName(u"unsavedEdits"_s);
    m_question->setAttribute(Qt::WA_DeleteOnClose);
    m_question->setTextFormat(Qt::PlainText);
    m_question->setDefaultButton(QMessageBox::Save);
    connect(m_question, &QMessageBox::finished, this,
            [this, pages, then = std::move(then)](int answer) {
                m_question.clear(); // What follows may ask again.
                if (answer == QMessageBox::Save)
                    save(pages, then);
                else if (answer == QMessageBox::Discard)
                    then();
            });
    m_question->open();
}

void LeaveGuard::save(const QList<Page *> &pages, const std::function<void()> &then)
{
    for (Page *page : pages) {
        if (!page->save())
            return emit pageWanted(page->id());
    }
    then();
}

bool LeaveGuard::mayClose()
{
    if (m_isAnswered)
        return true;
    const auto session = m_keeper.session();
    if (session && session->isWriting()) {
        if (!m_finishingWrites) {
            awaitWrites();
            return false;
        }
        m_finishingWrites.clear();
        session->stopWrites(); // Asked for a second time.
    }
    const QList<Page *> pages = unsavedPages();
    if (pages.isEmpty())
        return true; // At once: an ignored event would stop a quit.
    ask(pages, [this] {
        m_isAnswered = true;
        m_window.close();
        m_isAnswered = false;
    });
    return false;
}

/// Nothing more is sent; the answers on their way are awaited, so that the journal knows them.
void LeaveGuard::awaitWrites()
{
    m_messages.showMessage(
        MessageBar::Information, tr("Closing when the writes on their way are finished."),
        tr("Nothing more is sent. Close again to stop at once: what the portal has not answered by "
           "then is in the journal as unknown."));
    m_messages.setCause(this);
    Call<void> *finishing = m_keeper.session()->finishWrites(this);
    m_finishingWrites = finishing;
    finishing->onDone(this, [this, finishing](const Result<void> &) {
        if (m_finishingWrites != finishing)
            return; // Closed again meanwhile.
        m_finishingWrites.clear();
        m_messages.dismissFor(this);
        m_window.close(); // Asks about what was edited meanwhile.
    });
}

} // namespace hubkeeper
