// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/document/document.h"
#include "provisioner/model/entryfields.h"

#include <QWidget>

#include <functional>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QToolButton;

namespace hubkeeper {

class FindingNotes;
class NoteLabel;
class SecretButton;
struct Finding;

/// What one field of the form edits, with its texts translated.
struct FieldSpec
{
    QString pointer; ///< JSON pointer, from the field's base on.
    EntryValue value = EntryValue::Single;
    PropertyType type = PropertyType::String; ///< Of a single value.
    QByteArray defaultJson; ///< Empty: nothing applies while it is absent.
    bool required = false;
    bool isProperty = false; ///< Of configurationProperties: emptied to null, reset to its default.
    QString label;
    QString help;
    QStringList choices; ///< Offered beside any other text.
    bool isShownOnlyIfSet = false;
    /// What the present text says, translated; shown after the help.
    std::function<QString(const QString &)> meaning = {};
};

[[nodiscard]] FieldSpec specOf(const ConnectorProperty &property);
[[nodiscard]] FieldSpec specOf(const ProvisionerField &field);
/// The fields of one kind of entry, with what they offer to choose from.
[[nodiscard]] QList<FieldSpec> specsOf(EntryKind kind);

/// One value of the document: editor, reset, what is to be known, and what is wrong with it. Every
/// edit is one step of the document. A value that IDM would convert is shown converted and stays
/// as it is until it is edited; substitutions and encrypted values are shown and left alone.
class FormField final : public QWidget
{
    Q_OBJECT

public:
    FormField(FieldSpec spec, QWidget *parent);

    [[nodiscard]] const FieldSpec &spec() const { return m_spec; }
    /// Where the value is in the document.
    [[nodiscard]] QString pointer() const { return m_base + m_spec.pointer; }
    /// Goes on with the value of another entry; "" is the document itself.
    void setBase(const QString &base);
    /// Whether there is a reason to show it.
    [[nodiscard]] bool isWanted() const;
    /// What takes the focus; the button for secrets.
    [[nodiscard]] QWidget *editor() const { return m_editor; }
    /// The label beside the editor, or null where the editor has its own.
    [[nodiscard]] QLabel *label() const { return m_label; }

    /// The label's text with its access key marked.
    void setAccessKey(const QString &labelWithKey);

    /// Null disables. The document must outlive its use here.
    void setDocument(Document *document);
    /// Reads the value again; what is being typed stays.
    void showValue();
    void showFindings(const QList<Finding> &findings);
    /// Puts what is being typed into the document, if it is a value already; the typing goes on.
    void takeTyping();
    /// For confidential values: what is known, translated: "In the keychain".
    void setSecretState(const QString &state);

signals:
    void failed(const hubkeeper::Error &error);
    void secretsWanted();
    void fixWanted(const hubkeeper::Finding &finding);

private:
    struct Value
    {
        bool isAbsent = true;
        bool isSubstituted = false;
        QJsonValue raw;
        QJsonValue taken; ///< After IDM's conversion; undefined if it refuses.
        QString text; ///< For a line.
    };

    void makeEditor();
    void makeLine();
    void makeSwitch();
    void makeChoice();
    void makeSecret();
    [[nodiscard]] Value read() const;
    void readValue(Value &value, const JsonText &text, int node) const;
    void showLine(const Value &value);
    void showNote(const Value &value);
    void commitText(const QString &text);
    [[nodiscard]] Result<QByteArray> jsonFor(const QString &text, const Value &before) const;
    void set(const QByteArray &json, const QString &name);
    void remove(const QString &name);
    void reset();

    const FieldSpec m_spec;
    QString m_base;
    Document *m_document = nullptr;
    QWidget *m_editor = nullptr;
    QLineEdit *m_line = nullptr; // Of its own, or of the choice.
    QComboBox *m_choice = nullptr;
    QCheckBox *m_box = nullptr;
    SecretButton *m_secret = nullptr;
    QLabel *m_state = nullptr;
    QLabel *m_label = nullptr;
    QToolButton *m_reset;
    NoteLabel *m_note;
    FindingNotes *m_findings;
};

} // namespace hubkeeper
