// SPDX-License-Identifier: MIT
#pragma once

#include "editor/codeeditor.h"
#include "provisioner/confidential/showntext.h"

#include <QPointer>

namespace hubkeeper {

class Document;
class JsonCompleter;
class JsonEditorKeys;
class JsonHighlighter;
enum class ServerProfile;

/// The text of a provisioner, edited in place: typing makes edits of just the bytes it is about,
/// on the document's own undo stack, so line endings, byte-order mark and all the rest stay.
///
/// Secrets are shown as dots until showSecrets() says otherwise. The dots are all the editor has:
/// what is copied, found or read aloud is dots, too. A hidden secret can be removed whole, with
/// its line or by selecting it, but not edited, and dots are never pasted into the file. A secret
/// that is being typed is seen until the cursor leaves its line.
///
/// What is not UTF-8 is shown, but cannot be edited: see notice().
class JsonEditor final : public CodeEditor
{
    Q_OBJECT

public:
    explicit JsonEditor(QWidget *parent);
    ~JsonEditor() override;

    /// Null: empty. The document may be deleted at any time.
    void setDocument(Document *document);
    [[nodiscard]] Document *provisioner() const { return m_document; }
    [[nodiscard]] const ShownText &shown() const { return m_shown; }

    void showSecrets(bool shown);

    /// Why the text cannot be edited; empty if it can.
    [[nodiscard]] QString notice() const { return m_notice; }
    /// Whether convert() can help.
    [[nodiscard]] bool canConvert() const;
    /// Makes UTF-8 of it, as one undoable step: UTF-16 and UTF-32 are decoded, single bytes that
    /// are no UTF-8 are taken for Windows-1252.
    void convert();

    /// A place as the validator gives it: bytes of the document.
    void goToOffset(qsizetype offset);
    [[nodiscard]] qsizetype cursorOffset() const;
    /// Underlined stretches of the document, with texts.
    struct Stretch
    {
        Span at;
        QString text;
        MarkKind kind = MarkKind::Error;
    };
    void setStretches(const QList<Stretch> &stretches);

    /// Offers what can be at the cursor.
    void complete();
    void setProfile(ServerProfile profile);
    [[nodiscard]] JsonCompleter *completer() const { return m_completer; }
    /// Puts `//` before the selected lines, or takes it away.
    void toggleComment();
    /// Shows what the document has, if the view is behind it.
    void catchUp();
    /// Moves the focus to the next widget, or the previous one.
    void leave(bool forward);

signals:
    void noticeChanged();
    /// An edit was not made; the sentence says why.
    void refused(const QString &why);

protected:
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void insertFromMimeData(const QMimeData *source) override;
    bool focusNextPrevChild(bool next) override;

private:
    void onContentsChange(int position, int removed, int added);
    void onCursorMoved();
    void onDocumentChanged();
    void show(const QByteArray &bytes);
    void showAgain();
    void resync();
    void hideSecretsAgain();
    void updateNotice();
    void updateRegions();
    [[nodiscard]] QList<Span> secretsToHide(const QByteArray &bytes) const;

    QPointer<Document> m_document;
    JsonHighlighter *m_highlighter;
    JsonCompleter *m_completer;
    JsonEditorKeys *m_keys;
    ShownText m_shown;
    QString m_notice;
    QList<Stretch> m_stretches;
    bool m_secretsShown = false;
    bool m_isShowing = false; // The view follows the document; nobody types.
    bool m_isTyping = false; // The document follows the view.
    bool m_isStale = false; // The view shows something else than the document.
    bool m_hasTypedSecrets = false; // Something may have to be hidden when the line is left.
    int m_line = 0; // Of the cursor.
};

} // namespace hubkeeper
