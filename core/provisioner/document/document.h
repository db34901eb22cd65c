// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/document/editstep.h"
#include "provisioner/text/jsonedit.h"

#include <QObject>

#include <memory>

namespace hubkeeper {

/// A provisioner file that is open for editing: the text first, the tree beside it.
///
/// Every change is a list of text edits on one undo stack, whoever makes it: a form that sets a
/// value, a text view, a fix. Nothing else of the file changes. Belongs to one thread.
class Document final : public QObject
{
    Q_OBJECT

public:
    static constexpr qint64 largestFile = 64 << 20; ///< Bytes; a shipped file has 15,000.

    explicit Document(QObject *parent = nullptr);

    /// Fails with InvalidInput if the file cannot be read; what is not JSON is opened all the same,
    /// with its faults.
    [[nodiscard]] static Result<std::unique_ptr<Document>> open(const QString &path);
    [[nodiscard]] static std::unique_ptr<Document> fromBytes(const QByteArray &bytes);

    [[nodiscard]] const QString &path() const { return m_path; }
    [[nodiscard]] const JsonText &text() const { return m_text; }
    [[nodiscard]] const QByteArray &bytes() const { return m_text.bytes(); }
    /// The first fault as a sentence with line and column, or nothing.
    [[nodiscard]] std::optional<QString> firstFault() const;

    [[nodiscard]] QJsonValue value(const QString &pointer) const;
    /// Sets a value; missing objects on the way are made. The raw form takes JSON text as it is to
    /// stand in the file. Without effect if the value is there already. `name` is what undo says.
    /// Fails with InvalidInput if the text is not valid JSON now or the pointer goes through a
    /// value that is not an object.
    [[nodiscard]] Result<void> setValue(const QString &pointer, const QJsonValue &value,
                                        const QString &name);
    [[nodiscard]] Result<void> setRaw(const QString &pointer, const QByteArray &json,
                                      const QString &name);
    /// Succeeds if there is nothing.
    [[nodiscard]] Result<void> removeValue(const QString &pointer, const QString &name);
    void edit(const QList<TextEdit> &edits, const QString &name);
    /// Replaces the whole text, as one step, changing only what differs; typing and deleting go on
    /// with the step before while they are one run of the same name, see joinSteps().
    void setBytes(const QByteArray &bytes, const QString &name);

    [[nodiscard]] bool isModified() const;
    [[nodiscard]] bool canUndo() const { return m_done > 0; }
    [[nodiscard]] bool canRedo() const { return m_done < m_steps.size(); }
    [[nodiscard]] QString undoName() const;
    [[nodiscard]] QString redoName() const;
    void undo();
    void redo();

    /// The file as it was read or saved last.
    [[nodiscard]] const QByteArray &savedBytes() const { return m_onDisk; }
    /// `onDisk` is what the file holds now, `next` becomes the text, as one undoable step: the end
    /// of a merge.
    void adopt(const QByteArray &onDisk, const QByteArray &next, const QString &name);
    /// Whether the file on disk is no longer what was read or saved last.
    [[nodiscard]] bool isChangedOnDisk() const;
    /// Whole or not at all (base/savefile.h). Fails with Conflict if the file was changed on disk
    /// and `overwrite` is not set, or with NotSaved.
    [[nodiscard]] Result<void> save(bool overwrite);
    [[nodiscard]] Result<void> saveAs(const QString &path);
    /// Reads the file again as one undoable step.
    [[nodiscard]] Result<void> reload();

signals:
    void changed();
    void savedOrMoved();

private:
    void push(EditStep step);
    void replaceText(QByteArray bytes);
    [[nodiscard]] Result<TextEdit> editFor(const QString &pointer, const QByteArray &json) const;

    QString m_path;
    JsonText m_text;
    QByteArray m_onDisk;
    QList<EditStep> m_steps;
    qsizetype m_done = 0;
};

} // namespace hubkeeper
