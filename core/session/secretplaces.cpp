// SPDX-License-Identifier: MIT
#include "session/secretplaces.h"

#include "provisioner/document/document.h"
#include "session/secretuse.h"
#include "session/secretvault.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// How each property of a file holds its secret; absent for a file that cannot be read.
SecretForm formIn(const Document *document, const QString &name)
{
    if (!document)
        return SecretForm::Absent;
    const int node = document->text().at(u"/configurationProperties/"_s + name);
    return node == JsonText::none ? SecretForm::Absent : secretFormOf(document->text(), node);
}

/// Asks the store for one secret after the other: a keychain answers one at a time anyway.
class Looking final : public Call<QList<SecretPlace>>
{
public:
    Looking(QList<SecretPlace> places, SecretStore &secrets, SecretVault *vault, QObject *parent)
        : Call(parent)
        , m_places(std::move(places))
        , m_secrets(secrets)
        , m_vault(vault)
    {
        askNext();
    }

private:
    void askNext()
    {
        if (m_next == m_places.size())
            return complete(std::move(m_places));
        m_secrets.read(m_places[m_next].id, this)
            ->onDone(this, [this](const Result<Secret> &found) {
                SecretPlace &place = m_places[m_next++];
                place.stored = found.has_value();
                place.sessionOnly = found && m_vault && m_vault->isForSession(place.id);
                if (!found && found.error().kind != ErrorKind::NotFound)
                    place.failure = found.error();
                if (!isFinished())
                    askNext();
            });
    }

    QList<SecretPlace> m_places;
    SecretStore &m_secrets;
    SecretVault *m_vault;
    qsizetype m_next = 0;
};

} // namespace

const QStringList &secretNames()
{
    static const QStringList names {u"clientSecret"_s, u"refreshToken"_s};
    return names;
}

SecretId journalKeyId()
{
    return {u"journal"_s, u"journalKey"_s};
}

Call<QList<SecretPlace>> *lookForSecrets(const QList<Connection> &connections,
                                         const SessionServices &services, SecretVault *vault,
                                         QObject *parent)
{
    const SecretUse use = SecretUse::load(services.paths);
    QList<SecretPlace> places;
    for (const Connection &connection : connections) {
        const auto document = Document::open(connection.provisionerPath);
        for (const QString &name : secretNames()) {
            SecretPlace place;
            place.id = {connection.id, name};
            place.connection = connection.label;
            place.provisionerPath = connection.provisionerPath;
            place.inFile = formIn(document ? document->get() : nullptr, name);
            place.lastUse = use.lastUse(place.id);
            places.append(place);
        }
    }
    SecretPlace journal;
    journal.id = journalKeyId();
    journal.lastUse = use.lastUse(journal.id);
    places.append(journal);
    return new Looking(std::move(places), services.secrets, vault, parent);
}

} // namespace hubkeeper
