// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/connectorproperties.h"
#include "provisioner/document.h"

#include <QWidget>

class QCheckBox;
class QFormLayout;
class QLabel;
class QLineEdit;

namespace hubkeeper {

/// The form of a provisioner: the ten properties of the connector with meaning, default and reset,
/// the `enabled` switch and the connector's version range. Every edit is one text edit on the
/// document; substitutions and encrypted secrets are shown as such and left alone.
class PropertyForm final : public QWidget
{
    Q_OBJECT

public:
    explicit PropertyForm(QWidget *parent);

    /// Null empties and disables the form. The document must outlive its use here.
    void setDocument(Document *document);
    /// What is known of a secret, translated: "in the keychain", "not set".
    void setSecretState(const QString &property, const QString &state);

    /// The editor of a property, for tests and for going to a finding; null for secrets.
    [[nodiscard]] QWidget *editorOf(const QString &property) const;
    /// Moves the focus to the field of a JSON pointer; false if the form has none.
    bool showField(const QString &pointer);

signals:
    void secretsWanted();
    void failed(const hubkeeper::Error &error);

private:
    struct Field
    {
        const ConnectorProperty *property = nullptr;
        QLineEdit *line = nullptr; ///< Texts and numbers.
        QCheckBox *box = nullptr; ///< Booleans.
        QLabel *state = nullptr; ///< Secrets.
        QLabel *note = nullptr;
    };

    void addProperty(QFormLayout *layout, const ConnectorProperty &property);
    [[nodiscard]] QWidget *makeEditor(Field &field);
    void show();
    void fill(const Field &field);
    void set(const QString &pointer, const QJsonValue &value, const QString &name);
    void commitLine(const Field &field);
    void reset(const Field &field);
    [[nodiscard]] QString noteFor(const Field &field, const QJsonValue &value) const;

    Document *m_document = nullptr;
    QCheckBox *m_enabled;
    QLineEdit *m_version;
    std::vector<Field> m_fields;
    QHash<QString, QString> m_secretStates;
};

} // namespace hubkeeper
