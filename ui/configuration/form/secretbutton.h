// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/confidential/secretvalue.h"
#include "provisioner/document/document.h"

#include <QPointer>
#include <QPushButton>

namespace hubkeeper {

/// Where a secret is, for people. `isSignedIn`: Hubkeeper has one to sign in with.
[[nodiscard]] QString secretStateText(SecretForm form, bool isSignedIn);

/// Offers the places where a secret can be put: the keychain, which is the window's, and the file.
class SecretButton final : public QPushButton
{
    Q_OBJECT

public:
    /// `property` and `label` as of SecretInFileDialog.
    SecretButton(QString property, QString label, QWidget *parent);

    void setDocument(Document *document) { m_document = document; }

signals:
    void keychainWanted();
    void failed(const hubkeeper::Error &error);

private:
    void offer();
    void putIntoFile();
    void takeOut();

    const QString m_property;
    const QString m_label;
    QPointer<Document> m_document;
    QAction *m_takeOut;
};

} // namespace hubkeeper
