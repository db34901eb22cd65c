// SPDX-License-Identifier: MIT
#pragma once

#include "configuration/form/formfield.h"
#include "provisioner/rules/finding.h"

class QLabel;
class QVBoxLayout;

namespace hubkeeper {

class FieldsForm;

/// One section of the form: a heading, what it is for, and what edits one part of the document.
class FormSection : public QWidget
{
    Q_OBJECT

public:
    /// `prefixes` are the JSON pointers the section is about: their findings are its own.
    FormSection(QString title, const QString &introduction, QStringList prefixes, QWidget *parent);

    [[nodiscard]] const QString &title() const { return m_title; }
    [[nodiscard]] bool covers(const QString &pointer) const;

    /// Null disables. The document must outlive its use here; showValues() follows its changes.
    void setDocument(Document *document);
    virtual void showValues() = 0;
    /// Those of its prefixes; what no part of the section shows comes below its heading.
    void showFindings(const QList<Finding> &findings);
    [[nodiscard]] const QList<Finding> &findings() const { return m_findings; }
    /// Moves the focus to what edits the value; false if nothing does.
    virtual bool showField(const QString &pointer) = 0;

signals:
    void failed(const hubkeeper::Error &error);
    void fixWanted(const hubkeeper::Finding &finding);
    void secretsWanted();
    /// The user wants to see the place in the text.
    void textWanted(const QString &pointer);

protected:
    [[nodiscard]] Document *document() const { return m_document; }
    [[nodiscard]] QVBoxLayout *body() const { return m_body; }
    [[nodiscard]] FindingNotes *notes() const { return m_notes; }
    /// Findings that no part of the section shows come into a place of their own below it, as high
    /// whatever the cursor is on, so that nothing moves under the mouse.
    void keepPlaceForNotes();
    /// Reports a failed edit; true if it is none.
    bool succeeded(const Result<void> &done);
    virtual void onDocument(Document *) { }
    /// Asks placed() again, where what it gives depends on more than the findings.
    void placeFindings();
    /// Shows the findings it has a place for and gives back the others.
    [[nodiscard]] virtual QList<Finding> placed(const QList<Finding> &findings) { return findings; }

private:
    const QString m_title;
    const QStringList m_prefixes;
    Document *m_document = nullptr;
    void showNotesArea();

    QVBoxLayout *m_body;
    FindingNotes *m_notes;
    QWidget *m_notesArea = nullptr; // Scrolls; null where the notes are in the form itself.
    QLabel *m_noNotes = nullptr; // Stands there while the cursor is on nothing that is wrong.
    QList<Finding> m_findings;
};

/// A section of single values, in a form.
class FieldsSection final : public FormSection
{
    Q_OBJECT

public:
    FieldsSection(QString title, const QString &introduction, QStringList prefixes,
                  const QList<FieldSpec> &specs, QWidget *parent);

    [[nodiscard]] const QList<FormField *> &fields() const;
    void showValues() override;
    bool showField(const QString &pointer) override;

protected:
    void onDocument(Document *document) override;
    QList<Finding> placed(const QList<Finding> &findings) override;

private:
    FieldsForm *m_form;
};

} // namespace hubkeeper
