// SPDX-License-Identifier: MIT
#include "configuration/file/opendocument.h"

#include "base/savefile.h"

#include <QFile>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace hubkeeper {

OpenDocument::OpenDocument(QString draftFolder, QObject *parent)
    : QObject(parent)
    , m_draftFolder(std::move(draftFolder))
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(1s);
    m_settle.setSingleShot(true);
    m_settle.setInterval(200ms);
    connect(&m_pause, &QTimer::timeout, this, [this] {
        emit aboutToKeepDraft();
        writeDraft();
    });
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, &m_settle, qOverload<>(&QTimer::start));
    connect(&m_settle, &QTimer::timeout, this, [this] {
        watch(); // Whoever replaces a file takes the watch away with the old one.
        emit fileTouched();
    });
}

OpenDocument::~OpenDocument()
{
    close();
}

Result<void> OpenDocument::open(const QString &path)
{
    close();
    auto opened = Document::open(path);
    if (!opened)
        return tl::unexpected(opened.error());
    m_document = std::move(*opened);
    m_draftFile = std::make_unique<DraftFile>(m_draftFolder, path);
    lookForDraft();
    connectDocument();
    watch();
    return {};
}

void OpenDocument::connectDocument()
{
    connect(m_document.get(), &Document::changed, &m_pause, qOverload<>(&QTimer::start));
    connect(m_document.get(), &Document::savedOrMoved, this, &OpenDocument::writeDraft);
}

void OpenDocument::lookForDraft()
{
    auto found = m_draftFile->read(m_document->bytes());
    if (!found) {
        m_draftFile->remove(); // It is damaged, and would only be reported again.
        return;
    }
    if (*found && restored(**found, m_document->text()).text != m_document->bytes())
        m_draft = std::move(*found);
    else
        m_draftFile->remove();
}

void OpenDocument::close()
{
    m_pause.stop();
    m_settle.stop();
    if (m_draftFile && !m_draft)
        m_draftFile->remove();
    if (const QStringList watched = m_watcher.files(); !watched.isEmpty())
        m_watcher.removePaths(watched);
    m_draft.reset();
    m_draftFile.reset();
    m_document.reset();
    m_toldFailure = false;
}

void OpenDocument::watch()
{
    if (m_document && !m_watcher.files().contains(m_document->path())
        && QFile::exists(m_document->path()))
        m_watcher.addPath(m_document->path());
}

void OpenDocument::writeDraft()
{
    m_pause.stop();
    if (!m_document || m_draft)
        return;
    if (!m_document->isModified())
        return m_draftFile->remove();
    const auto written = m_draftFile->write(m_document->text(), m_document->savedBytes());
    if (!written && !m_toldFailure)
        emit failed(written.error());
    m_toldFailure = !written;
}

void OpenDocument::keepDraftSoon()
{
    if (m_document)
        m_pause.start();
}

int OpenDocument::restore()
{
    if (!m_draft || !m_document)
        return 0;
    const RestoredText back = restored(*m_draft, m_document->text());
    m_draft.reset();
    m_document->setBytes(back.text, tr("Restore Unsaved Edits"));
    writeDraft();
    return back.lostSecrets;
}

void OpenDocument::discard()
{
    m_draft.reset();
    if (m_draftFile)
        writeDraft();
}

DiskState OpenDocument::diskState() const
{
    if (!m_document || m_document->path().isEmpty())
        return DiskState::Same;
    const auto now = readFile(m_document->path(), Document::largestFile);
    if (!now)
        return DiskState::Gone;
    if (*now == m_document->savedBytes())
        return DiskState::Same;
    return m_document->isModified() ? DiskState::Diverged : DiskState::Changed;
}

Result<Merge> OpenDocument::merge(const QHash<QString, MergeSide> &choices) const
{
    return readFile(m_document->path(), Document::largestFile)
        .and_then([&](const QByteArray &theirs) {
            return merged(m_document->savedBytes(), m_document->bytes(), theirs, choices);
        });
}

Result<void> OpenDocument::adoptMerge(const QHash<QString, MergeSide> &choices)
{
    return readFile(m_document->path(), Document::largestFile)
        .and_then([&](const QByteArray &theirs) {
            return merged(m_document->savedBytes(), m_document->bytes(), theirs, choices)
                .map([&](const Merge &merge) {
                    m_document->adopt(theirs, merge.bytes, tr("Merge"));
                });
        });
}

Result<void> OpenDocument::keepMine()
{
    return readFile(m_document->path(), Document::largestFile).map([&](const QByteArray &theirs) {
        m_document->adopt(theirs, m_document->bytes(), {});
    });
}

Result<void> OpenDocument::saveAs(const QString &path)
{
    const auto saved = m_document->saveAs(path);
    if (!saved)
        return saved;
    if (!m_draft)
        m_draftFile->remove();
    m_draft.reset();
    m_draftFile = std::make_unique<DraftFile>(m_draftFolder, path);
    m_draftFile->remove(); // Of the file that was there before.
    if (const QStringList watched = m_watcher.files(); !watched.isEmpty())
        m_watcher.removePaths(watched);
    watch();
    return {};
}

} // namespace hubkeeper
