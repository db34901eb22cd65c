// SPDX-License-Identifier: MIT
#include "base/savefile.h"
#include "idm/mappings/mappingsview.h"
#include "provisioner/document/document.h"
#include "session/idm/mappingtrials.h"
#include "widgets/elidedlabel.h"
#include "widgets/messagebar.h"

#include <QDir>
#include <QFileDialog>
#include <QJsonDocument>

// The part of the view that opens and saves files, and loses nothing on the way.

using namespace Qt::StringLiterals;

namespace hubkeeper {

bool MappingsView::isForIt(const QString &path)
{
    const auto bytes = readFile(path, Document::largestFile);
    return bytes && mappingsIn(JsonText(*bytes)).isMappings();
}

void MappingsView::openFile(const QString &path)
{
    leaveThen([this, path] {
        auto opened = Document::open(path);
        if (!opened)
            return m_messages->showError(opened.error(), Situation::OpeningFile);
        if (!mappingsIn((*opened)->text()).isMappings())
            return m_messages->showMessage(
                MessageBar::Failure, tr("%1 holds no mappings.").arg(QFileInfo(path).fileName()),
                tr("Mappings are in sync.json, or in mapping-<name>.json."));
        m_messages->dismiss();
        m_onServer.reset();
        m_readFrom.reset();
        m_options = {};
        if (const QString name = QFileInfo(path).fileName(); isMappingFileName(name))
            m_options.fileName = name;
        addNeighbours(path, m_options);
        m_origin->setText(QDir::toNativeSeparators(path));
        take(std::move(*opened));
        check();
    });
}

QString MappingsView::unsaved() const
{
    if (!m_document || !m_document->isModified())
        return {};
    const JsonText &text = m_document->text();
    const bool isThere = m_onServer && text.isValid()
        && text.valueOf(text.root()) == QJsonDocument::fromJson(m_onServer->text()).object();
    if (isThere) // It was written.
        return {};
    return m_onServer
        ? tr("The mappings that were read from a server are changed here.")
        : tr("The file of mappings %1 is changed.").arg(QFileInfo(m_document->path()).fileName());
}

/// What was typed is not lost without being asked.
void MappingsView::leaveThen(std::function<void()> go)
{
    if (unsaved().isEmpty())
        return go();
    m_goOn = std::move(go);
    m_messages->showMessage(MessageBar::Warning, unsaved(), tr("Save it, or discard the changes."),
                            {{Choice::WriteFile, tr("&Save")}, {Choice::Discard, tr("&Discard")}});
}

void MappingsView::onPressed(Choice choice)
{
    switch (choice) {
    case Choice::Open:
        return askForFile();
    case Choice::WriteFile:
        if (!save())
            return;
        [[fallthrough]];
    case Choice::Discard:
        m_messages->dismiss();
        if (const auto goOn = std::exchange(m_goOn, {}))
            goOn();
        return;
    case Choice::Retry:
        return readServer();
    default:
        return;
    }
}

void MappingsView::askForFile()
{
    auto *dialog = new QFileDialog(this, tr("Open Mappings"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Mappings (sync*.json mapping-*.json)"), tr("JSON files (*.json)"),
                            tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, &MappingsView::openFile);
    dialog->open();
}

bool MappingsView::save()
{
    if (!m_document)
        return true;
    QString path = m_document->path();
    if (path.isEmpty()) {
        path = QFileDialog::getSaveFileName(this, tr("Save Mappings"), u"sync.json"_s,
                                            tr("JSON files (*.json)"));
        if (path.isEmpty())
            return false;
    }
    const auto saved =
        path == m_document->path() ? m_document->save(false) : m_document->saveAs(path);
    if (!saved) {
        m_messages->showError(saved.error(), Situation::SavingFile, Offer::Nothing);
        return false;
    }
    emit statusMessage(tr("Saved %1").arg(QDir::toNativeSeparators(path)));
    return true;
}

} // namespace hubkeeper
