// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "provisioner/text/jsontext.h"

#include <QDateTime>

#include <memory>

class QLockFile;

namespace hubkeeper {

/// Unsaved edits of a provisioner as a crash left them.
struct Draft
{
    QByteArray text; ///< With "(secret)" where confidential values stood.
    QDateTime written;
    bool fileChanged = false; ///< The file is no longer what the edits were made on.
};

/// What a draft brings back.
struct RestoredText
{
    QByteArray text;
    int lostSecrets = 0; ///< Confidential values that neither draft nor file has: null now.
};

/// The place below Paths::state where unsaved edits of one provisioner are kept for the case of a
/// crash: one file of mode 0600, named after the hash of the provisioner's path.
///
/// It never holds a secret: confidential values are left out when it is written, whether they were
/// typed or stood in the file, and come back from the file. Two programs that have the same
/// provisioner open do not take each other's drafts: the one that came first holds a lock, which a
/// crash releases.
class DraftFile
{
public:
    DraftFile(const QString &folder, const QString &provisioner);
    ~DraftFile();

    /// Whether there is a draft of a provisioner; takes nothing and reads nothing.
    [[nodiscard]] static bool exists(const QString &folder, const QString &provisioner);

    [[nodiscard]] const QString &path() const { return m_path; }
    /// Whether another running program keeps drafts of the same provisioner; then nothing is
    /// written and none is found.
    [[nodiscard]] bool isTaken() const { return !m_lock && !m_fault; }

    /// `saved` is what the provisioner held when it was read. Fails with NotSaved.
    [[nodiscard]] Result<void> write(const JsonText &text, const QByteArray &saved);
    /// Nothing if there is none. `file` is what the provisioner holds now. Fails with InvalidInput
    /// if the draft is damaged.
    [[nodiscard]] Result<std::optional<Draft>> read(const QByteArray &file) const;
    void remove();

private:
    QString m_provisioner;
    QString m_path;
    std::unique_ptr<QLockFile> m_lock;
    std::optional<Error> m_fault; ///< Why there can be no lock, and so no draft.
};

/// Where drafts are kept below the program's state, Paths::state.
[[nodiscard]] QString draftFolder(const QString &state);

/// The draft's text with its confidential values taken from the same places of the file.
[[nodiscard]] RestoredText restored(const Draft &draft, const JsonText &file);

} // namespace hubkeeper
