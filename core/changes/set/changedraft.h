// SPDX-License-Identifier: MIT
#pragma once

#include "changes/set/changeset.h"

#include <QPointer>
#include <QTimer>

namespace hubkeeper {

/// Keeps a change set in a file (mode 0600), so that no edit is lost to a crash: saved half a
/// second after the last change, every five seconds while changes go on, at once before creates
/// are sent, and on destruction. An empty set has no file. Belongs to the change set's thread;
/// destroy it before the change set.
class ChangeDraft final : public QObject
{
    Q_OBJECT

public:
    /// Saves nothing until start() was called. `path` is a file in a folder that is made (0700)
    /// if missing.
    ChangeDraft(QString path, ChangeSet &changes, QObject *parent = nullptr);
    ~ChangeDraft() override;

    /// Takes what the file holds into the change set, as one step that cannot be undone into
    /// nothing by accident: undo starts behind it. Gives the number of rows; 0 without a file. A
    /// file that cannot be read is moved aside (".unreadable", never overwritten) and told as
    /// InvalidInput; the draft works from then on in either case.
    [[nodiscard]] Result<int> start();

    /// Writes now what was not written yet. Fails with Storage.
    [[nodiscard]] Result<void> save();

signals:
    /// Saving failed; it is tried again with the next change.
    void failed(const hubkeeper::Error &error);

private:
    void onChanged();
    void saveOrTell();
    [[nodiscard]] bool holdsUnsavedCreates() const;

    const QString m_path;
    QPointer<ChangeSet> m_changes;
    QTimer m_pause; // Restarted by every change.
    QTimer m_patience; // Started by the first change that is not saved.
    bool m_started = false;
    bool m_dirty = false;
    bool m_sendingSaved = false; // The file knows that creates are being sent.
};

} // namespace hubkeeper
