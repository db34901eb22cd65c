// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

namespace hubkeeper {

class Masking;
class PageNavigation;
class CurrentSession;
struct WindowActions;

/// Undo and Redo: of the page in front where it has steps of its own, else of the staged changes.
class UndoActions final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it.
    UndoActions(CurrentSession &keeper, const PageNavigation &pages, const Masking &masking,
                const WindowActions &actions, QObject *parent);

    /// Says what would be undone, and enables.
    void show();

signals:
    /// A step of the page in front was undone or made again; `text` names it.
    void done(const QString &text);

private:
    void undoOrRedo(bool undo);

    CurrentSession &m_keeper;
    const PageNavigation &m_pages;
    const Masking &m_masking;
    const WindowActions &m_actions;
};

} // namespace hubkeeper
