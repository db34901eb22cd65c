// SPDX-License-Identifier: MIT
#pragma once

#include "configuration/form/formsection.h"

class QListWidget;
class QStackedWidget;

namespace hubkeeper {

class MessageBar;
class DocumentFindings;
class ObjectTypesSection;
class Session;

/// The form of a provisioner: every block of the file in a section of its own, findings beside the
/// fields and as a mark at the section. Every edit is one step of the document.
class ProvisionerForm final : public QWidget
{
    Q_OBJECT

public:
    /// `findings` must outlive the form.
    ProvisionerForm(DocumentFindings *findings, QWidget *parent);

    /// Null empties and disables the form. The document must outlive its use here.
    void setDocument(Document *document);
    void setSession(std::shared_ptr<Session> session);
    /// What is known of a secret, translated: "in the keychain", "not set".
    void setSecretState(const QString &property, const QString &state);

    [[nodiscard]] const QList<FormSection *> &sections() const { return m_sections; }
    [[nodiscard]] ObjectTypesSection *objectTypes() const { return m_objectTypes; }
    [[nodiscard]] QListWidget *sectionList() const { return m_list; }
    /// The field of a value, or null.
    [[nodiscard]] FormField *field(const QString &pointer) const;
    /// Goes to the section and field of a JSON pointer; false if the form has none.
    bool showField(const QString &pointer);
    /// The JSON pointer of what has the focus: a field, or the current row of a table; empty if
    /// neither has.
    [[nodiscard]] QString focusedPointer() const;
    /// Puts what is being typed into a field into the document, if it is a value already; the
    /// typing goes on.
    void takeTyping();

signals:
    /// An edit was refused; the form shows why.
    void failed(const hubkeeper::Error &error);
    void secretsWanted();
    void textWanted(const QString &pointer);

private:
    void addSections();
    void addSection(FormSection *section, const QString &icon);
    void onDocumentChanged();
    void showFindings();
    void showMark(int row);

    DocumentFindings *m_findings;
    Document *m_document = nullptr;
    QListWidget *m_list;
    QStackedWidget *m_stack;
    MessageBar *m_refusal; // Below all, so that nothing moves: the editor may be open again.
    QList<FormSection *> m_sections;
    ObjectTypesSection *m_objectTypes = nullptr;
};

} // namespace hubkeeper
