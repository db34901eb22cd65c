// SPDX-License-Identifier: MIT
// What the dialog does with the selected secret: out of the file, for this session, to another
// connection, forgotten. Nothing is replaced unasked.
#include "connect/secretsdialog.h"
#include "provisioner/document/document.h"
#include "provisioner/document/secretplacing.h"
#include "session/connections/secretvault.h"
#include "session/secrets/secretmove.h"
#include "widgets/callbar.h"
#include "widgets/messagebar.h"

#include <QDir>
#include <QFileInfo>
#include <QMenu>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace hubkeeper {

bool SecretsDialog::isOpen(const SecretPlace &place) const
{
    return m_services.document
        && QFileInfo(m_services.document->path()) == QFileInfo(place.provisionerPath);
}

void SecretsDialog::takeOutOfFile()
{
    const SecretPlace place = *selected();
    if (!isOpen(place))
        return askToTakeOut(place);
    if (place.stored)
        return askToReplaceFromFile(place);
    takeOutOfOpenFile(place);
}

void SecretsDialog::askToReplaceFromFile(const SecretPlace &place)
{
    m_asked = place;
    m_messages->showMessage(
        MessageBar::Warning, tr("Replace this in the keychain: %1?").arg(nameOf(place)),
        tr("The keychain holds one already. The one in the file takes its place, and the other "
           "cannot be brought back from here."),
        {{Choice::TakeOutOfOpenFile, tr("&Replace It")}});
}

void SecretsDialog::takeOutOfOpenFile(const SecretPlace &place)
{
    const JsonText &text = m_services.document->text();
    const Secret secret =
        plainSecret(text, text.at(u"/configurationProperties/"_s + place.id.name));
    if (secret.isEmpty())
        return look(); // Edited meanwhile.
    m_services.session.secrets.write(place.id, secret.clone(), this)
        ->onDone(this, [this, place](const Result<void> &stored) {
            if (!stored)
                return onChanged({}, stored);
            const auto taken =
                takeSecretOut(*m_services.document, place.id.name, titleOfSecret(place.id.name));
            const QString said = tr("It is in the keychain, and out of the open file. Save the "
                                    "configuration to take it out on disk; undo brings it back.");
            onChanged(said, taken);
            if (taken)
                showDone(said, place.id.name);
        });
}

void SecretsDialog::showDone(const QString &said, const QString &secret)
{
    const Document *document = m_services.document;
    const auto formOf = [&] {
        return secretFormOf(document->text(),
                            document->text().at(u"/configurationProperties/"_s + secret));
    };
    const bool isOfOpenFile = document && selected() && isOpen(*selected());
    if (!isOfOpenFile)
        return m_messages->showMessage(MessageBar::Good, said);
    if (formOf() != SecretForm::Absent)
        return m_messages->showMessage(MessageBar::Good, said, tr("The file was not changed."));
    m_substituted = secret;
    m_messages->showMessage(
        MessageBar::Good, said,
        //: %1 is a substitution: "&{esv.hubspot.client.secret}".
        tr("IDM cannot read Hubkeeper's keychain, and the file holds nothing for this secret. A "
           "substitution (%1) lets IDM fill it in from its environment.")
            .arg(u"&{%1}"_s.arg(substitutionNameFor(secret, document->path()))),
        {{Choice::PutSubstitution, tr("&Put the Substitution Into the File")}});
}

void SecretsDialog::putSubstitution()
{
    if (!m_services.document || m_substituted.isEmpty())
        return;
    const QString name = substitutionNameFor(m_substituted, m_services.document->path());
    const auto placed =
        placeSubstitution(*m_services.document, m_substituted, name, titleOfSecret(m_substituted));
    onChanged(tr("The open file has the substitution &{%1}. Save the configuration to write it.")
                  .arg(name),
              placed);
}

void SecretsDialog::askToTakeOut(const SecretPlace &place)
{
    m_asked = place;
    m_messages->showMessage(
        MessageBar::Warning, tr("Move this out of its file: %1?").arg(nameOf(place)),
        (place.stored
             //: %1 is the path of a file.
             ? tr("It replaces the one in the keychain; then %1 is saved with null in its place. "
                  "Neither can be undone here.")
             //: %1 is the path of a file.
             : tr("It goes into the keychain; then %1 is saved with null in its place. The file is "
                  "not open, so this cannot be undone here."))
            .arg(QDir::toNativeSeparators(place.provisionerPath)),
        {{Choice::TakeOut, tr("Move and &Save")}});
}

void SecretsDialog::takeOutOfClosedFile()
{
    const auto connection = m_services.book.byId(m_asked->id.connection);
    if (!connection)
        return look(); // Forgotten meanwhile.
    auto *call =
        moveSecretIntoStore(*connection, m_asked->id.name, m_services.session,
                            m_asked->stored ? WhenStored::Replace : WhenStored::Refuse, this);
    m_progress->watch(call, tr("Waiting for the keychain"));
    call->onDone(this, [this, name = nameOf(*m_asked)](const Result<void> &moved) {
        //: %1 is "Client secret of ACME EU".
        onChanged(tr("%1: in the keychain, and out of its file.").arg(name), moved);
    });
}

void SecretsDialog::keepForSession()
{
    const SecretPlace place = *selected();
    m_services.vault->keepForSession(place.id, this)
        ->onDone(this, [this, name = nameOf(place)](const Result<void> &kept) {
            onChanged(tr("%1: out of the keychain, in memory until the program ends.").arg(name),
                      kept);
        });
}

void SecretsDialog::fillMoveMenu()
{
    m_moveMenu->clear();
    const SecretPlace *place = selected();
    for (const Connection &target : m_services.book.connections()) {
        if (!place || target.id == place->id.connection)
            continue;
        QString label = target.label;
        QAction *action = m_moveMenu->addAction(label.replace(u'&', u"&&"_s));
        connect(action, &QAction::triggered, this, [this, target] { askToMoveTo(target); });
    }
}

/// What the target has already is looked for anew: it may have been stored meanwhile.
void SecretsDialog::askToMoveTo(const Connection &target)
{
    const SecretPlace place = *selected();
    m_services.session.secrets.read({target.id, place.id.name}, this)
        ->onDone(this, [this, place, target](const Result<Secret> &there) {
            if (there)
                return askToReplace(place, target);
            if (there.error().kind != ErrorKind::NotFound)
                return onChanged({}, tl::unexpected(there.error()));
            moveTo(place, target);
        });
}

void SecretsDialog::askToReplace(const SecretPlace &place, const Connection &target)
{
    m_asked = place;
    m_target = target;
    m_messages->showMessage(
        MessageBar::Warning,
        //: %1 is a kind of secret, %2 the label of a connection.
        tr("Replace the %1 of %2?").arg(titleOfSecret(place.id.name).toLower(), target.label),
        tr("The keychain holds one for it already, which cannot be brought back from here."),
        {{Choice::Replace, tr("&Replace It")}});
}

void SecretsDialog::moveTo(const SecretPlace &place, const Connection &target)
{
    const SecretId to {target.id, place.id.name};
    SecretStore &secrets = m_services.session.secrets;
    const auto done =
        [this,
         said = tr("%1 is the secret of %2 now.").arg(titleOfSecret(place.id.name), target.label)](
            const Result<void> &outcome) { onChanged(said, outcome); };
    secrets.read(place.id, this)
        ->onDone(this, [this, &secrets, place, to, done](const Result<Secret> &found) {
            if (!found)
                return done(tl::unexpected(found.error()));
            secrets.write(to, found->clone(), this)
                ->onDone(this, [this, &secrets, place, done](const Result<void> &written) {
                    if (!written)
                        return done(written);
                    secrets.remove(place.id, this)->onDone(this, done);
                });
        });
}

void SecretsDialog::askToForget()
{
    if (const SecretPlace *place = selected()) {
        m_asked = *place;
        m_messages->showMessage(
            MessageBar::Warning, tr("Forget this: %1?").arg(nameOf(*place)),
            tr("It is removed from the keychain and cannot be brought back from here."),
            {{Choice::Forget, tr("&Forget It")}});
    }
}

void SecretsDialog::forget()
{
    const SecretPlace place = *m_asked;
    m_services.session.secrets.remove(place.id, this)
        ->onDone(this, [this, name = nameOf(place)](const Result<void> &removed) {
            onChanged(tr("Forgotten: %1.").arg(name), removed);
        });
}

} // namespace hubkeeper
