// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "widgets/page.h"

class QAction;

namespace hubkeeper {

class OpenDocument;

/// New, Save, Save As and Revert of the open provisioner, with their dialogs.
class FileActions final : public QObject
{
    Q_OBJECT

public:
    /// `open` and `window`, which dialogs open over, must outlive it.
    FileActions(OpenDocument &open, QWidget *window);

    void addToMenus(const Menus &menus);
    /// Those that have a button on the page.
    [[nodiscard]] QList<QAction *> onPage() const { return {m_save, m_saveAs, m_revert}; }
    /// The file the connection names; what is there may be unreadable.
    void setPath(const QString &path) { m_path = path; }
    /// Enables what makes sense now; what is being typed counts as an edit.
    void update(bool isTyping);

    /// True if there is nothing to save; else failed() or conflict() says why it is false.
    [[nodiscard]] bool save();
    /// Writes to another place and goes on there.
    void saveAs(const QString &path);

signals:
    /// The moment to take over what is being typed.
    void aboutToSave();
    void saved();
    /// Another program changed the file meanwhile.
    void conflict();
    void failed(const hubkeeper::Error &error);
    /// Not done, with the reason, translated.
    void refused(const QString &text, const QString &detail);
    /// The document goes on in this file.
    void moved(const QString &path);
    /// Another file is to be opened.
    /// A new provisioner was written there.
    void created(const QString &path);

private:
    QAction *makeAction(const QString &icon, const QString &text, void (FileActions::*slot)());
    void askForNew();
    void trySave();
    void askToSaveAs();
    void saveAsChosen(const QString &path);
    void revert();

    OpenDocument &m_open;
    QWidget *m_window;
    QString m_path;
    QAction *m_save;
    QAction *m_saveAs;
    QAction *m_revert;
};

} // namespace hubkeeper
