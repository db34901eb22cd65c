// SPDX-License-Identifier: MIT
#include "session/secrets/secretmove.h"

#include "provisioner/confidential/secretvalue.h"
#include "provisioner/document/document.h"
#include "provisioner/document/draftfile.h"
#include "provisioner/document/secretplacing.h"
#include "session/sessiontext.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

Result<std::unique_ptr<Document>> openUntouched(const QString &path, const DraftFile &drafts)
{
    const QString remedy =
        SessionText::tr("Open its connection, save or drop the edits, then move the secret.");
    if (drafts.isTaken())
        return fail(ErrorKind::Conflict, SessionText::tr("%1 is open in another window.").arg(path),
                    remedy);
    auto document = Document::open(path);
    if (!document)
        return document;
    const auto draft = drafts.read((*document)->bytes());
    if (!draft || *draft)
        return fail(ErrorKind::Conflict, SessionText::tr("Unsaved edits of %1 wait.").arg(path),
                    remedy);
    return document;
}

class Comparison final : public Call<bool>
{
public:
    Comparison(const SecretId &id, const Secret &secret, SecretStore &secrets, QObject *parent)
        : Call(parent)
        , m_secret(secret.clone())
    {
        secrets.read(id, this)->onDone(this, [this](const Result<Secret> &known) {
            if (known)
                return complete(!known->equals(m_secret));
            if (known.error().kind == ErrorKind::NotFound)
                return complete(false);
            complete(tl::unexpected(known.error()));
        });
    }

private:
    const Secret m_secret;
};

class SecretMove final : public Call<void>
{
public:
    SecretMove(const Connection &connection, QString name, const SessionServices &services,
               WhenStored whenStored, QObject *parent)
        : Call(parent)
        , m_secrets(services.secrets)
        , m_id {connection.id, name}
        , m_label(connection.label)
        , m_name(std::move(name))
        , m_whenStored(whenStored)
        , m_drafts(std::make_unique<DraftFile>(draftFolder(services.paths.state),
                                               connection.provisionerPath))
    {
        auto document = openUntouched(connection.provisionerPath, *m_drafts);
        if (!document) {
            end(tl::unexpected(document.error()));
            return;
        }
        m_document = std::move(*document);
        const JsonText &text = m_document->text();
        m_secret = plainSecret(text, text.at(u"/configurationProperties/"_s + m_name));
        if (m_secret.isEmpty()) {
            end(fail(
                ErrorKind::InvalidInput,
                SessionText::tr("%1 of %2 is not plain text.").arg(m_name, m_document->path())));
            return;
        }
        always(m_secrets.read(m_id, this), [this](const Result<Secret> &known) { onKnown(known); });
    }

private:
    void onKnown(const Result<Secret> &known)
    {
        const bool isAnother = known && !known->equals(m_secret);
        if (isAnother && m_whenStored == WhenStored::Refuse) {
            return end(fail(
                ErrorKind::Conflict,
                SessionText::tr("The keychain holds another %1 of \"%2\".").arg(m_name, m_label),
                SessionText::tr(
                    "Nothing was changed. Allow it to be replaced, or forget it first.")));
        }
        // Stopped in between: the secret is in both places.
        always(m_secrets.write(m_id, m_secret.clone(), this),
               [this](const Result<void> &stored) { onStored(stored); });
    }

    void onStored(const Result<void> &stored)
    {
        if (!stored)
            return end(stored);
        const auto taken = takeSecretOut(*m_document, m_name, m_name);
        end(taken ? m_document->save(false) : taken);
    }

    /// The file is free again at once, not only when the call is deleted.
    void end(const Result<void> &outcome)
    {
        m_drafts.reset();
        m_document.reset();
        complete(outcome);
    }

    void abortWork() override
    {
        m_drafts.reset();
        m_document.reset();
    }

    SecretStore &m_secrets;
    const SecretId m_id;
    const QString m_label;
    const QString m_name;
    const WhenStored m_whenStored;
    Secret m_secret;
    std::unique_ptr<DraftFile> m_drafts; ///< Its lock keeps others away meanwhile.
    std::unique_ptr<Document> m_document;
};

} // namespace

Call<bool> *holdsAnother(const SecretId &id, const Secret &secret, SecretStore &secrets,
                         QObject *parent)
{
    return new Comparison(id, secret, secrets, parent);
}

Call<void> *moveSecretIntoStore(const Connection &connection, const QString &name,
                                const SessionServices &services, WhenStored whenStored,
                                QObject *parent)
{
    return new SecretMove(connection, name, services, whenStored, parent);
}

} // namespace hubkeeper
