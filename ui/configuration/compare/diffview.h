// SPDX-License-Identifier: MIT
#pragma once

#include "editor/diffrows.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

class QAction;
class QComboBox;
class QLabel;
class QStackedWidget;
class QToolButton;

namespace hubkeeper {

class DiffText;
class Document;
class MessageBar;
class Settings;
class SideBySideDiff;

/// The document against what it is compared with: its saved file, another file, the shipped
/// sample; in one text, or in two beside each other, as the user chose last. Secrets are masked;
/// single changes can be taken back as undoable edits.
class DiffView final : public QWidget
{
    Q_OBJECT

public:
    enum class Against { Saved, Sample, File };

    /// `settings` must outlive it.
    DiffView(Settings &settings, QWidget *parent);

    /// Null: nothing to compare. The document may be deleted at any time.
    void setDocument(Document *document);
    void compareWith(Against against);
    /// Another file; says beside the comparison if it cannot be read.
    void compareWithFile(const QString &path);

    [[nodiscard]] const TextComparison &comparison() const { return m_comparison; }
    [[nodiscard]] DiffText *text() const { return m_text; }
    [[nodiscard]] SideBySideDiff *sides() const { return m_sides; }
    [[nodiscard]] QString summary() const;
    /// The comparison as a patch, secrets masked.
    [[nodiscard]] QByteArray patch() const;

    void nextChange(int by);
    /// The change at the cursor goes back to what the other side has.
    void revertChange();

protected:
    void showEvent(QShowEvent *event) override;

private:
    void build();
    QAction *makeAction(const QString &name, const QString &iconName, const QString &text);
    void onChosen();
    void compare();
    void compareLater();
    void showComparison();
    void showSideBySide(bool on);
    /// The text that the user is in: the one, or that of the document.
    [[nodiscard]] DiffText *front() const;
    void updateActions();
    void copyPatch();
    [[nodiscard]] QByteArray otherSide() const;
    [[nodiscard]] QString otherName() const;

    Settings &m_settings;
    QPointer<Document> m_document;
    Against m_against = Against::Saved;
    QString m_otherPath;
    QByteArray m_otherFile;
    QByteArray m_before;
    QByteArray m_after;
    TextComparison m_comparison;
    QTimer m_pause;
    bool m_isStale = true;
    QComboBox *m_choice;
    QToolButton *m_sideBySide;
    QToolButton *m_context;
    QLabel *m_summary;
    QStackedWidget *m_stack;
    QLabel *m_empty;
    DiffText *m_text;
    SideBySideDiff *m_sides;
    MessageBar *m_message;
    QAction *m_next;
    QAction *m_previous;
    QAction *m_revert;
    QAction *m_copy;
};

} // namespace hubkeeper
