// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QObject>
#include <QTimer>

namespace hubkeeper {

/// The scratch pad of the Scripts page, kept in a file (mode 0600), so that no text is lost to a
/// crash or at the end. Saved half a second after the last change and on destruction. Scripts of
/// the provisioner need none: they are part of the document and its draft.
class ScriptDraft final : public QObject
{
    Q_OBJECT

public:
    /// Reads the file if there is one; what cannot be read counts as empty. The folder is made
    /// (0700) if missing. An empty text has no file.
    explicit ScriptDraft(QString path, QObject *parent = nullptr);
    ~ScriptDraft() override;

    [[nodiscard]] const QString &path() const { return m_path; }
    [[nodiscard]] const QString &text() const { return m_text; }
    void setText(const QString &text);
    /// Writes now what was not written yet. Fails with NotSaved.
    [[nodiscard]] Result<void> save();

signals:
    /// Saving after a pause did not work; it is tried again after the next change.
    void failed(const hubkeeper::Error &error);

private:
    const QString m_path;
    QString m_text;
    QTimer m_pause;
    bool m_dirty = false;
};

} // namespace hubkeeper
