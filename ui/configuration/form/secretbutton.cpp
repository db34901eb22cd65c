// SPDX-License-Identifier: MIT
#include "configuration/form/secretbutton.h"

#include "configuration/form/secretinfiledialog.h"
#include "provisioner/document/secretplacing.h"
#include "widgets/icons.h"

#include <QMenu>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QString inFile(SecretForm form)
{
    switch (form) {
    case SecretForm::Absent:
        return SecretButton::tr("Not in the file");
    case SecretForm::PlainText:
        return SecretButton::tr(
            "In the file, as plain text; IDM encrypts it when it loads the file");
    case SecretForm::Encrypted:
        return SecretButton::tr("In the file, encrypted by IDM");
    case SecretForm::Substituted:
        return SecretButton::tr("In the file, as a substitution that IDM fills in");
    case SecretForm::Invalid:
        return SecretButton::tr("In the file, in a form that is not a secret");
    }
    Q_UNREACHABLE();
}

} // namespace

QString secretStateText(SecretForm form, bool isSignedIn)
{
    const bool fromKeychain = isSignedIn && form != SecretForm::PlainText;
    return fromKeychain
        ? inFile(form) + u'\n' + SecretButton::tr("Hubkeeper signs in with the one in the keychain")
        : inFile(form);
}

SecretButton::SecretButton(QString property, QString label, QWidget *parent)
    : QPushButton(hubkeeper::icon(u"key"_s), tr("Change"), parent)
    , m_property(std::move(property))
    , m_label(std::move(label))
{
    setAccessibleName(tr("Change %1").arg(m_label));
    auto *menu = new QMenu(this);
    QAction *keep = menu->addAction(tr("Store in the &Keychain…"));
    keep->setObjectName(u"storeInKeychain"_s);
    connect(keep, &QAction::triggered, this, &SecretButton::keychainWanted);
    QAction *put = menu->addAction(tr("Put Into the &File…"));
    put->setObjectName(u"putIntoFile"_s);
    connect(put, &QAction::triggered, this, &SecretButton::putIntoFile);
    m_takeOut = menu->addAction(tr("&Take Out of the File"));
    m_takeOut->setObjectName(u"takeOutOfFile"_s);
    connect(m_takeOut, &QAction::triggered, this, &SecretButton::takeOut);
    connect(menu, &QMenu::aboutToShow, this, &SecretButton::offer);
    setMenu(menu);
}

void SecretButton::offer()
{
    m_takeOut->setEnabled(
        m_document
        && secretFormOf(m_document->text(),
                        m_document->text().at(u"/configurationProperties/"_s + m_property))
            != SecretForm::Absent);
}

void SecretButton::putIntoFile()
{
    if (!m_document)
        return;
    auto *dialog = new SecretInFileDialog(*m_document, m_property, m_label, window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void SecretButton::takeOut()
{
    if (!m_document)
        return;
    //: Name of a step; %1 is a secret.
    const auto done = takeSecretOut(*m_document, m_property, tr("Take Out %1").arg(m_label));
    if (!done)
        emit failed(done.error());
}

} // namespace hubkeeper
