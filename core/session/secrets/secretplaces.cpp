// SPDX-License-Identifier: MIT
#include "session/secrets/secretplaces.h"

#include "base/poolcall.h"
#include "base/savefile.h"
#include "provisioner/document/document.h"
#include "session/connections/secretuse.h"
#include "session/connections/secretvault.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// How a property of a file holds its secret; absent for a file that cannot be read.
SecretForm formIn(const std::optional<JsonText> &text, const QString &name)
{
    const int node = text ? text->at(u"/configurationProperties/"_s + name) : JsonText::none;
    return node == JsonText::none ? SecretForm::Absent : secretFormOf(*text, node);
}

/// Every secret of every connection, and how its file holds it. Reads files: for a worker.
QList<SecretPlace> placesOf(const QList<Connection> &connections, const Paths &paths,
                            const std::stop_token &stop)
{
    const SecretUse use = SecretUse::load(paths);
    QList<SecretPlace> places;
    for (const Connection &connection : connections) {
        if (stop.stop_requested())
            return places;
        std::optional<JsonText> text;
        if (const auto bytes = readFile(connection.provisionerPath, Document::largestFile))
            text.emplace(*bytes);
        for (const QString &name : secretNames()) {
            SecretPlace place;
            place.id = {connection.id, name};
            place.connection = connection.label;
            place.provisionerPath = connection.provisionerPath;
            place.inFile = formIn(text, name);
            place.lastUse = use.lastUse(place.id);
            places.append(place);
        }
    }
    SecretPlace journal;
    journal.id = journalKeyId();
    journal.lastUse = use.lastUse(journal.id);
    places.append(journal);
    return places;
}

/// Looks into the files on a worker, then asks the store for one secret after the other: a keychain
/// answers one at a time anyway.
class LookForSecrets final : public Call<QList<SecretPlace>>
{
public:
    LookForSecrets(const QList<Connection> &connections, const SessionServices &services,
                   SecretVault *vault, QObject *parent)
        : Call(parent)
        , m_secrets(services.secrets)
        , m_vault(vault)
    {
        const auto work = [connections, paths = services.paths](
                              const std::stop_token &stop) -> Result<QList<SecretPlace>> {
            return placesOf(connections, paths, stop);
        };
        auto *reading = new PoolCall<QList<SecretPlace>>(work, this);
        reading->onDone(this, [this](const Result<QList<SecretPlace>> &places) {
            if (!places)
                return complete(tl::unexpected(places.error()));
            m_places = *places;
            askNext();
        });
    }

private:
    void askNext()
    {
        if (m_next == m_places.size())
            return complete(std::move(m_places));
        always(m_secrets.read(m_places[m_next].id, this), [this](const Result<Secret> &found) {
            SecretPlace &place = m_places[m_next++];
            place.stored = found.has_value();
            place.sessionOnly = found && m_vault && m_vault->isForSession(place.id);
            if (!found && found.error().kind != ErrorKind::NotFound)
                place.failure = found.error();
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
    static const QStringList names {nameOf(SecretName::ClientSecret),
                                    nameOf(SecretName::RefreshToken)};
    return names;
}

QString substitutionNameFor(const QString &secret, const QString &provisionerPath)
{
    QString label = labelFor(provisionerPath);
    static const QRegularExpression unusual(u"[^A-Za-z0-9._-]+"_s);
    label.replace(unusual, u"-"_s);
    const QString what =
        secret == nameOf(SecretName::ClientSecret) ? u"client.secret"_s : u"refresh.token"_s;
    return u"esv.%1.%2"_s.arg(label, what);
}

SecretId journalKeyId()
{
    return {u"journal"_s, u"journalKey"_s};
}

Call<QList<SecretPlace>> *lookForSecrets(const QList<Connection> &connections,
                                         const SessionServices &services, SecretVault *vault,
                                         QObject *parent)
{
    return new LookForSecrets(connections, services, vault, parent);
}

} // namespace hubkeeper
