// SPDX-License-Identifier: MIT
#include "connect/secretmoves.h"

#include "connect/secretplacesmodel.h"
#include "provisioner/document/secretplacing.h"
#include "session/connections/connectionregistry.h"
#include "session/connections/secretvault.h"
#include "session/secrets/secretmove.h"
#include "widgets/callbar.h"
#include "widgets/messagebar.h"

#include <QDir>
#include <QFileInfo>
#include <QMenu>

using namespace Qt::StringLiterals;

namespace hubkeeper {

SecretMoves::SecretMoves(const SecretsServices &services, MessageBar &messages, CallBar &progress,
                         QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_messages(messages)
    , m_progress(progress)
{
}

QString SecretMoves::nameOf(const SecretPlace &place)
{
    //: %1 is a kind of secret, %2 the label of a connection: "Client secret of ACME EU".
    return tr("%1 of %2").arg(titleOfSecret(place.id.name), place.connection);
}

bool SecretMoves::isOpen(const SecretPlace &place) const
{
    return m_services.document
        && QFileInfo(m_services.document->path()) == QFileInfo(place.provisionerPath);
}

void SecretMoves::report(const QString &said, const Result<void> &outcome)
{
    m_asked.reset();
    if (outcome) {
        m_messages.showMessage(MessageBar::Good, said);
        emit changed();
        emit outdated();
        return;
    }
    if (outcome.error().kind == ErrorKind::Cancelled)
        return;
    const ErrorText words = errorText(outcome.error(), Situation::StoringSecret);
    QList<MessageBar::Button> buttons;
    const bool canKeep = m_services.vault && !m_services.vault->isSessionOnly();
    if (outcome.error().kind == ErrorKind::NoKeychain && canKeep)
        buttons.append({words.button, words.buttonText});
    m_messages.showMessage(MessageBar::Failure, words.sentence,
                           (words.detail + u'\n' + words.advice).trimmed(), buttons);
}

void SecretMoves::showDone(const QString &said, const SecretPlace &place)
{
    m_asked.reset();
    if (!isOpen(place))
        return m_messages.showMessage(MessageBar::Good, said);
    const Document &document = *m_services.document;
    const SecretForm form = secretFormOf(
        document.text(), document.text().at(u"/configurationProperties/"_s + place.id.name));
    if (form != SecretForm::Absent)
        return m_messages.showMessage(MessageBar::Good, said, tr("The file was not changed."));
    m_asked = place;
    m_messages.showMessage(
        MessageBar::Good, said,
        //: %1 is a substitution: "&{esv.hubspot.client.secret}".
        tr("IDM cannot read Hubkeeper's keychain, and the file holds nothing for this secret. A "
           "substitution (%1) lets IDM fill it in from its environment.")
            .arg(u"&{%1}"_s.arg(substitutionNameFor(place.id.name, document.path()))),
        {{Choice::PutSubstitution, tr("&Put the Substitution Into the File")}});
}

void SecretMoves::answer(Choice choice)
{
    if (!m_asked)
        return;
    const SecretPlace place = *std::exchange(m_asked, std::nullopt);
    const std::optional<Connection> target = std::exchange(m_target, std::nullopt);
    switch (choice) {
    case Choice::Forget:
        return forget(place);
    case Choice::TakeOut:
        return takeOutOfClosedFile(place);
    case Choice::TakeOutOfOpenFile:
        return takeOutOfOpenFile(place);
    case Choice::Replace:
        return target ? moveTo(place, *target) : void();
    case Choice::PutSubstitution:
        return putSubstitution(place);
    default:
        return;
    }
}

void SecretMoves::forgetQuestion()
{
    m_target.reset();
    if (std::exchange(m_asked, std::nullopt))
        m_messages.dismiss();
}

void SecretMoves::ask(const SecretPlace &place, const QString &question, const QString &detail,
                      Choice choice, const QString &yes)
{
    m_messages.showMessage(MessageBar::Warning, question, detail, {{choice, yes}});
    m_asked = place;
}

void SecretMoves::takeOutOfFile(const SecretPlace &place)
{
    if (!isOpen(place))
        return askToTakeOut(place);
    if (!place.stored)
        return takeOutOfOpenFile(place);
    ask(place, tr("Replace this in the keychain: %1?").arg(nameOf(place)),
        tr("The keychain holds one already. The one in the file takes its place, and the other "
           "cannot be brought back from here."),
        Choice::TakeOutOfOpenFile, tr("&Replace It"));
}

/// It may ask the user first, in a window of its own.
template <typename T>
Call<T> *SecretMoves::watched(Call<T> *call)
{
    m_progress.watch(call, tr("Waiting for the keychain"));
    return call;
}

void SecretMoves::takeOutOfOpenFile(const SecretPlace &place)
{
    if (!m_services.document)
        return emit outdated(); // The connection was opened anew.
    const JsonText &text = m_services.document->text();
    const Secret secret =
        plainSecret(text, text.at(u"/configurationProperties/"_s + place.id.name));
    if (secret.isEmpty())
        return emit outdated(); // Edited meanwhile.
    watched(m_services.session.secrets.write(place.id, secret.clone(), this))
        ->onDone(this, [this, place](const Result<void> &stored) {
            if (!stored)
                return report({}, stored);
            if (!m_services.document)
                return emit outdated(); // It is in the keychain, and still in the file.
            const auto taken =
                takeSecretOut(*m_services.document, place.id.name, titleOfSecret(place.id.name));
            const QString said = tr("It is in the keychain, and out of the open file. Save the "
                                    "configuration to take it out on disk; undo brings it back.");
            report(said, taken);
            if (taken)
                showDone(said, place);
        });
}

void SecretMoves::putSubstitution(const SecretPlace &place)
{
    if (!m_services.document)
        return;
    const QString name = substitutionNameFor(place.id.name, m_services.document->path());
    const auto placed =
        placeSubstitution(*m_services.document, place.id.name, name, titleOfSecret(place.id.name));
    report(tr("The open file has the substitution &{%1}. Save the configuration to write it.")
               .arg(name),
           placed);
}

void SecretMoves::askToTakeOut(const SecretPlace &place)
{
    ask(place, tr("Move this out of its file: %1?").arg(nameOf(place)),
        (place.stored
             //: %1 is the path of a file.
             ? tr("It replaces the one in the keychain; then %1 is saved with null in its place. "
                  "Neither can be undone here.")
             //: %1 is the path of a file.
             : tr("It goes into the keychain; then %1 is saved with null in its place. The file is "
                  "not open, so this cannot be undone here."))
            .arg(QDir::toNativeSeparators(place.provisionerPath)),
        Choice::TakeOut, tr("Move and &Save"));
}

void SecretMoves::takeOutOfClosedFile(const SecretPlace &place)
{
    const auto *connection = m_services.registry.byId(place.id.connection);
    if (!connection)
        return emit outdated(); // Forgotten meanwhile.
    auto *call = moveSecretIntoStore(*connection, place.id.name, m_services.session,
                                     place.stored ? WhenStored::Replace : WhenStored::Refuse, this);
    watched(call)->onDone(this, [this, name = nameOf(place)](const Result<void> &moved) {
        //: %1 is "Client secret of ACME EU".
        report(tr("%1: in the keychain, and out of its file.").arg(name), moved);
    });
}

void SecretMoves::keepForSession(const SecretPlace &place)
{
    watched(m_services.vault->keepForSession(place.id, this))
        ->onDone(this, [this, name = nameOf(place)](const Result<void> &kept) {
            report(tr("%1: out of the keychain, in memory until the program ends.").arg(name),
                   kept);
        });
}

void SecretMoves::fillTargets(QMenu &menu, const SecretPlace &place)
{
    menu.clear();
    for (const Connection &target : m_services.registry.connections()) {
        if (target.id == place.id.connection)
            continue;
        QString label = target.label;
        QAction *action = menu.addAction(label.replace(u'&', u"&&"_s));
        connect(action, &QAction::triggered, this,
                [this, place, target] { askToMoveTo(place, target); });
    }
}

/// What the target has already is looked for anew: it may have been stored meanwhile.
void SecretMoves::askToMoveTo(const SecretPlace &place, const Connection &target)
{
    watched(m_services.session.secrets.read({target.id, place.id.name}, this))
        ->onDone(this, [this, place, target](const Result<Secret> &there) {
            if (!there) {
                if (there.error().kind == ErrorKind::NotFound)
                    return moveTo(place, target);
                return report({}, tl::unexpected(there.error()));
            }
            m_target = target;
            //: %1 is a kind of secret, %2 the label of a connection.
            ask(place,
                tr("Replace the %1 of %2?")
                    .arg(titleOfSecret(place.id.name).toLower(), target.label),
                tr("The keychain holds one for it already, which cannot be brought back from "
                   "here."),
                Choice::Replace, tr("&Replace It"));
        });
}

void SecretMoves::moveTo(const SecretPlace &place, const Connection &target)
{
    const SecretId to {target.id, place.id.name};
    SecretStore &secrets = m_services.session.secrets;
    const auto done =
        [this,
         said = tr("%1 is the secret of %2 now.").arg(titleOfSecret(place.id.name), target.label)](
            const Result<void> &outcome) { report(said, outcome); };
    watched(secrets.read(place.id, this))
        ->onDone(this, [this, &secrets, place, to, done](const Result<Secret> &found) {
            if (!found)
                return done(tl::unexpected(found.error()));
            watched(secrets.write(to, found->clone(), this))
                ->onDone(this, [this, &secrets, place, done](const Result<void> &written) {
                    if (!written)
                        return done(written);
                    watched(secrets.remove(place.id, this))->onDone(this, done);
                });
        });
}

void SecretMoves::askToForget(const SecretPlace &place)
{
    ask(place, tr("Forget this: %1?").arg(nameOf(place)),
        tr("It is removed from the keychain and cannot be brought back from here."), Choice::Forget,
        tr("&Forget It"));
}

void SecretMoves::forget(const SecretPlace &place)
{
    watched(m_services.session.secrets.remove(place.id, this))
        ->onDone(this, [this, name = nameOf(place)](const Result<void> &removed) {
            report(tr("Forgotten: %1.").arg(name), removed);
        });
}

} // namespace hubkeeper
