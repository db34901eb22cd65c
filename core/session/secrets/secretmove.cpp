// SPDX-License-Identifier: MIT
#include "session/secrets/secretmove.h"

#include "provisioner/confidential/secretvalue.h"
#include "provisioner/document/document.h"
#include "provisioner/document/draftfile.h"
#include "provisioner/document/secretplacing.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

Result<std::unique_ptr<Document>> openUntouched(const QString &path, const DraftFile &drafts)
{
    const QString remedy = u"Open its connection, save or drop the edits, then move the secret."_s;
    if (drafts.isTaken())
        return fail(ErrorKind::Conflict, u"%1 is open in another window."_s.arg(path), remedy);
    auto document = Document::open(path);
    if (!document)
        return document;
    const auto draft = drafts.read((*document)->bytes());
    if (!draft || *draft)
        return fail(ErrorKind::Conflict, u"Unsaved edits of %1 wait."_s.arg(path), remedy);
    return document;
}

class SecretMove final : public Call<void>
{
public:
    SecretMove(const Connection &connection, QString name, const SessionServices &services,
               QObject *parent)
        : Call(parent)
        , m_name(std::move(name))
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
        const Secret secret = plainSecret(text, text.at(u"/configurationProperties/"_s + m_name));
        if (secret.isEmpty()) {
            end(fail(ErrorKind::InvalidInput,
                     u"%1 of %2 is no plain text."_s.arg(m_name, m_document->path())));
            return;
        }
        services.secrets.write({connection.id, m_name}, secret.clone(), this)
            ->onDone(this, [this](const Result<void> &stored) { onStored(stored); });
    }

private:
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

    const QString m_name;
    std::unique_ptr<DraftFile> m_drafts; ///< Its lock keeps others away meanwhile.
    std::unique_ptr<Document> m_document;
};

} // namespace

Call<void> *moveSecretIntoStore(const Connection &connection, const QString &name,
                                const SessionServices &services, QObject *parent)
{
    return new SecretMove(connection, name, services, parent);
}

} // namespace hubkeeper
