// SPDX-License-Identifier: MIT
#include "window/undoactions.h"

#include "widgets/masking.h"
#include "window/currentsession.h"
#include "window/pagenavigation.h"
#include "window/windowactions.h"

#include <QAction>

using namespace Qt::StringLiterals;

namespace hubkeeper {

UndoActions::UndoActions(CurrentSession &keeper, const PageNavigation &pages,
                         const Masking &masking, const WindowActions &actions, QObject *parent)
    : QObject(parent)
    , m_keeper(keeper)
    , m_pages(pages)
    , m_masking(masking)
    , m_actions(actions)
{
    connect(m_actions.undo, &QAction::triggered, this, [this] { undoOrRedo(true); });
    connect(m_actions.redo, &QAction::triggered, this, [this] { undoOrRedo(false); });
}

void UndoActions::show()
{
    const Page *page = m_pages.current();
    const bool own = page && page->hasUndo();
    const Session *session = m_keeper.session().get();
    const ChangeSet *changes = session ? &m_keeper.session()->changes() : nullptr;
    const bool canUndo = own ? !page->undoName().isEmpty() : changes && changes->canUndo();
    const bool canRedo = own ? !page->redoName().isEmpty() : changes && changes->canRedo();
    // A staged step may be named after a record.
    const bool named = own || (changes && !m_masking.isOn());
    const QString undoName = own ? page->undoName() : named ? changes->undoName() : QString();
    const QString redoName = own ? page->redoName() : named ? changes->redoName() : QString();
    m_actions.undo->setEnabled(canUndo);
    m_actions.redo->setEnabled(canRedo);
    //: %1 names a step: "Undo: clientId".
    m_actions.undo->setText(!undoName.isEmpty() ? tr("&Undo: %1").arg(undoName) : tr("&Undo"));
    m_actions.redo->setText(!redoName.isEmpty() ? tr("&Redo: %1").arg(redoName) : tr("&Redo"));
}

void UndoActions::undoOrRedo(bool undo)
{
    Page *page = m_pages.current();
    if (page && page->hasUndo()) {
        // It may have been made in another view, and its effect be out of sight.
        const QString name = undo ? page->undoName() : page->redoName();
        undo ? page->undo() : page->redo();
        //: %1 names a step: "Undone: Refresh token".
        emit done(undo ? tr("Undone: %1").arg(name) : tr("Done again: %1").arg(name));
    } else if (m_keeper.session()) {
        emit done({}); // What was said of the step is over.
        undo ? m_keeper.session()->changes().undo() : m_keeper.session()->changes().redo();
    }
}

} // namespace hubkeeper
