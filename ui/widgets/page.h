// SPDX-License-Identifier: MIT
#pragma once

#include "widgets/choice.h"
#include "widgets/place.h"

#include <QIcon>
#include <QMenu>
#include <QWidget>

#include <memory>

namespace hubkeeper {

class Document;
class Session;
struct Connection;

/// The menus of the window, for pages that add actions of their own.
struct Menus
{
    QMenu *file = nullptr;
    QMenu *edit = nullptr;
    QMenu *view = nullptr;
    QMenu *go = nullptr;
    QMenu *portal = nullptr;
    QMenu *changes = nullptr;
    QMenu *help = nullptr;
    QAction *newProvisioner = nullptr; ///< Made by the window; the page that can do it connects it.
};

/// A page of the window, or a panel in its lower docks: one view on the open session.
///
/// A page exists as long as the window; sessions come and go. Whatever it started for a session
/// must end (be a child of something it deletes) when setSession() is called again.
class Page : public QWidget
{
    Q_OBJECT

public:
    Page(PageId id, QWidget *parent);

    [[nodiscard]] PageId id() const { return m_id; }
    /// For navigation and dock tabs, with a count where there is one: "Changes (12)".
    [[nodiscard]] virtual QString title() const = 0;
    [[nodiscard]] virtual QIcon icon() const = 0;

    /// The connection that is open, before its session is; null if none is. Called again when its
    /// settings change.
    virtual void setConnection(const Connection *connection);
    /// The session to show; null when none is open.
    virtual void setSession(std::shared_ptr<Session> session) = 0;
    /// Of a page: whether it says itself why there is no session, so that nobody else has to.
    [[nodiscard]] virtual bool saysWhyNotReady() const { return false; }
    /// Of a panel: whether it has nothing to show, so that its dock takes no room unasked.
    [[nodiscard]] virtual bool isEmpty() const { return false; }
    /// Of a panel: whether what it shows should be seen first, such as errors of a file that was
    /// opened.
    [[nodiscard]] virtual bool needsAttention() const { return false; }
    /// Shown in the Inspector dock while this page is in front; null if the page has none. Owned
    /// by the page until the dock takes it over.
    [[nodiscard]] virtual QWidget *inspector() { return nullptr; }
    /// Called once, when the window is built.
    virtual void addToMenus(const Menus &menus);
    /// Shows what Place::item names; the page is in front already.
    virtual void showItem(const PlaceItem &item);
    /// Ctrl+F: moves the focus to the page's own filter or search field.
    virtual void focusFilter();
    /// Ctrl+G: asks which item, by number or id, and goes there; false if the page has no such
    /// question.
    [[nodiscard]] virtual bool askForItem() { return false; }
    /// F5: reads again what the page shows.
    virtual void reload();

    /// Undo of the page itself; where a page has none, the window undoes staged changes.
    [[nodiscard]] virtual bool hasUndo() const { return false; }
    [[nodiscard]] virtual QString undoName() const { return {}; } ///< Empty: nothing to undo.
    [[nodiscard]] virtual QString redoName() const { return {}; }
    virtual void undo() { }
    virtual void redo() { }
    /// Edits that would be lost if the program ended now, as a sentence; empty if there are none.
    [[nodiscard]] virtual QString unsaved() const { return {}; }
    /// The provisioner that is open for editing, of the page that edits it; null elsewhere.
    [[nodiscard]] virtual Document *document() const { return nullptr; }
    /// Saves what unsaved() speaks of; false if that failed and the page shows why.
    [[nodiscard]] virtual bool save() { return true; }

signals:
    /// Shown in the status bar for some seconds.
    void statusMessage(const QString &text);
    /// What the page is waiting for, and how far it is, for the status bar; empty once that is
    /// over.
    void working(const QString &text);
    /// The user wants to go somewhere else.
    void goTo(const hubkeeper::Place &place);
    /// Asks for something only the window can do; choices that are not the window's are ignored.
    void wants(hubkeeper::Choice choice);
    /// The user wants this provisioner opened.
    void fileWanted(const QString &path);
    void titleChanged();
    void undoChanged();

private:
    const PageId m_id;
};

} // namespace hubkeeper
