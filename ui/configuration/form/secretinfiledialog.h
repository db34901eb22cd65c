// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/document/document.h"

#include <QDialog>
#include <QPointer>

class QLineEdit;
class QPushButton;
class QRadioButton;

namespace hubkeeper {

class MessageBar;

/// Puts a secret into the open file: the name of a substitution, or the secret as plain text. One
/// step that can be undone; saving writes it.
class SecretInFileDialog final : public QDialog
{
    Q_OBJECT

public:
    /// `property` is "clientSecret" or "refreshToken", `label` what the form calls it. The dialog
    /// closes by itself if the document goes.
    SecretInFileDialog(Document &document, QString property, QString label, QWidget *parent);

    void accept() override;

private:
    void build();
    void showChoice();

    QPointer<Document> m_document;
    const QString m_property;
    const QString m_label;
    MessageBar *m_message;
    QRadioButton *m_asName;
    QRadioButton *m_asText;
    QLineEdit *m_name;
    QLineEdit *m_text;
    QPushButton *m_put = nullptr;
};

} // namespace hubkeeper
