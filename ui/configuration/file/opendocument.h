// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/document/document.h"
#include "provisioner/document/draftfile.h"
#include "provisioner/document/merge.h"

#include <QFileSystemWatcher>
#include <QTimer>

namespace hubkeeper {

/// How the file on disk compares with what is being edited.
enum class DiskState {
    Same,
    Changed, ///< By another program, while nothing is edited here.
    Diverged, ///< By another program, while there are edits here.
    Gone, ///< Removed, or no longer readable.
};

/// The provisioner that is open, with what happens to it beside the editing: unsaved edits are
/// kept as a draft for the case of a crash, the file is watched, and edits of another program are
/// merged.
///
/// Drafts are written a moment after an edit, and removed when the edits are saved or the document
/// is closed. While a draft of an earlier run waits for restore() or discard(), none is written.
class OpenDocument final : public QObject
{
    Q_OBJECT

public:
    /// Drafts go to `draftFolder`, below Paths::state.
    OpenDocument(QString draftFolder, QObject *parent);
    ~OpenDocument() override;

    /// Closes what was open. Fails as Document::open().
    [[nodiscard]] Result<void> open(const QString &path);
    /// Unsaved edits and their draft are gone.
    void close();
    /// Null if none is open.
    [[nodiscard]] Document *document() const { return m_document.get(); }

    /// Left by a run that crashed, and not yet decided on.
    [[nodiscard]] const std::optional<Draft> &draft() const { return m_draft; }
    /// The draft becomes the text, as one step; the number of secrets that did not come back.
    int restore();
    void discard();

    /// Something is being typed that is not in the document yet: a draft is written in a moment.
    void keepDraftSoon();

    [[nodiscard]] DiskState diskState() const;
    /// Edits here and those on disk brought together. Fails as merged(), or if the file cannot be
    /// read. Nothing is changed.
    [[nodiscard]] Result<Merge> merge(const QHash<QString, MergeSide> &choices = {}) const;
    /// Takes the merge over as one step; what is on disk counts as read from now on.
    [[nodiscard]] Result<void> adoptMerge(const QHash<QString, MergeSide> &choices);
    /// What is on disk counts as read; the text here stays, and overwrites it when saved.
    [[nodiscard]] Result<void> keepMine();
    /// Writes to another place and stays there.
    [[nodiscard]] Result<void> saveAs(const QString &path);

signals:
    /// The file was written, removed or replaced, by whomever.
    void fileTouched();
    /// The moment to put into the document what is being typed.
    void aboutToKeepDraft();
    /// A draft could not be written.
    void failed(const hubkeeper::Error &error);

private:
    void connectDocument();
    void watch();
    void lookForDraft();
    void writeDraft();

    const QString m_draftFolder;
    std::unique_ptr<Document> m_document;
    std::unique_ptr<DraftFile> m_draftFile;
    std::optional<Draft> m_draft;
    QFileSystemWatcher m_watcher;
    QTimer m_pause; // Between an edit and its draft.
    QTimer m_settle; // A file that is replaced goes away for a moment.
    bool m_toldFailure = false;
};

} // namespace hubkeeper
