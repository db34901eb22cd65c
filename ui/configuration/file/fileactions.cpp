// SPDX-License-Identifier: MIT
#include "configuration/file/fileactions.h"

#include "configuration/file/newprovisionerdialog.h"
#include "configuration/file/opendocument.h"
#include "widgets/icons.h"

#include <QAction>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>

using namespace Qt::StringLiterals;

namespace hubkeeper {

FileActions::FileActions(OpenDocument &open, QWidget *window)
    : QObject(window)
    , m_open(open)
    , m_window(window)
    , m_save(makeAction(u"document-save"_s, tr("&Save"), &FileActions::trySave))
    , m_saveAs(makeAction(u"document-save-as"_s, tr("Save &As…"), &FileActions::askToSaveAs))
    , m_revert(makeAction(u"document-revert"_s, tr("&Revert to Saved"), &FileActions::revert))
{
    m_save->setShortcut(QKeySequence::Save);
    QList<QKeySequence> keys = QKeySequence::keyBindings(QKeySequence::SaveAs);
    if (keys.isEmpty()) // Not every desktop has one.
        keys.append(QKeySequence(u"Ctrl+Shift+S"_s));
    m_saveAs->setShortcuts(keys);
}

QAction *FileActions::makeAction(const QString &icon, const QString &text,
                                 void (FileActions::*slot)())
{
    auto *action = new QAction(hubkeeper::icon(icon), text, m_window);
    connect(action, &QAction::triggered, this, slot);
    return action;
}

void FileActions::addToMenus(const Menus &menus)
{
    connect(menus.newProvisioner, &QAction::triggered, this, &FileActions::askForNew);
    QAction *before =
        menus.file->actions().value(std::max(0, int(menus.file->actions().size()) - 2));
    menus.file->insertActions(before, onPage());
    menus.file->insertSeparator(before);
}

void FileActions::update(bool isTyping)
{
    const bool isModified = m_open.document() && (isTyping || m_open.document()->isModified());
    m_save->setEnabled(isModified);
    m_saveAs->setEnabled(m_open.document() != nullptr);
    m_revert->setEnabled(isModified);
}

void FileActions::askForNew()
{
    const QByteArray current = m_open.document() ? m_open.document()->bytes() : QByteArray();
    const QString folder = m_path.isEmpty() ? QDir::homePath() : QFileInfo(m_path).absolutePath();
    auto *dialog = new NewProvisionerDialog(current, folder, m_window->window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { emit created(dialog->path()); });
    dialog->open();
}

bool FileActions::save()
{
    if (!m_open.document())
        return true;
    emit aboutToSave();
    // A file that was removed is simply written again.
    const auto done = m_open.document()->save(m_open.diskState() == DiskState::Gone);
    if (done)
        emit saved();
    else if (done.error().kind == ErrorKind::Conflict)
        emit conflict();
    else
        emit failed(done.error());
    return done.has_value();
}

void FileActions::trySave()
{
    (void)save();
}

void FileActions::askToSaveAs()
{
    auto *dialog = new QFileDialog(m_window, tr("Save Provisioner As"), m_path);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("Provisioners (*.json)")});
    dialog->setDefaultSuffix(u"json"_s);
    connect(dialog, &QFileDialog::fileSelected, this, &FileActions::saveAsChosen);
    dialog->open();
}

void FileActions::saveAsChosen(const QString &path)
{
    // "provisioner.openicf-hubspot" has an ending for the dialog, so it adds none; without .json
    // IDM does not see the file.
    if (path.endsWith(".json"_L1, Qt::CaseInsensitive))
        return saveAs(path);
    const QString named = path + u".json"_s;
    if (!QFileInfo::exists(named)) // Nobody was asked about that one.
        return saveAs(named);
    emit refused(tr("%1 is there already.").arg(QFileInfo(named).fileName()),
                 tr("Choose it with its ending if it is to be replaced."));
}

void FileActions::saveAs(const QString &path)
{
    if (!m_open.document())
        return;
    emit aboutToSave();
    const auto done = m_open.saveAs(path);
    if (!done)
        return emit failed(done.error());
    m_path = QFileInfo(path).absoluteFilePath();
    emit moved(m_path);
}

void FileActions::revert()
{
    if (!m_open.document())
        return;
    emit aboutToSave(); // What is being typed is a step that can be undone, too.
    m_open.document()->setBytes(m_open.document()->savedBytes(), tr("Revert to Saved"));
}

} // namespace hubkeeper
