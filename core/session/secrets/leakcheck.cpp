// SPDX-License-Identifier: MIT
#include "session/secrets/leakcheck.h"

#include "session/connections/provisionerfacts.h"
#include "session/secrets/secretplaces.h"
#include "session/sessiontext.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// Collects the secrets that are known, then has them searched for.
class CheckForLeaks final : public Call<LeakReport>
{
public:
    CheckForLeaks(const QList<Connection> &connections, const SessionServices &services,
                  const QStringList &more, QObject *parent)
        : Call(parent)
        , m_secrets(services.secrets)
        , m_places(QStringList {services.paths.config, services.paths.data, services.paths.state,
                                services.paths.cache}
                   + more)
    {
        for (const Connection &connection : connections) {
            m_expected.append(connection.provisionerPath);
            for (const QString &name : secretNames())
                m_ids.append({{connection.id, name}, u"%1 of %2"_s.arg(name, connection.label)});
            takeFromFile(connection);
        }
        m_ids.append({journalKeyId(), SessionText::tr("journal key")});
        readNext();
    }

private:
    /// What is in a provisioner as plain text is a secret too, wherever else it turns up.
    void takeFromFile(const Connection &connection)
    {
        const auto facts = readProvisionerFacts(connection.provisionerPath, ClientIdNeed::Optional);
        if (!facts)
            return;
        const std::pair<QString, const Secret *> entries[] = {
            {nameOf(SecretName::ClientSecret), &facts->clientSecret},
            {nameOf(SecretName::RefreshToken), &facts->refreshToken}};
        for (const auto &[name, secret] : entries) {
            if (!secret->isEmpty())
                m_known.push_back({u"%1 of %2"_s.arg(name, connection.label), secret->clone()});
        }
    }

    void readNext()
    {
        if (m_next == m_ids.size())
            return search();
        always(m_secrets.read(m_ids[m_next].first, this), [this](const Result<Secret> &found) {
            const QString name = m_ids[m_next++].second;
            if (found)
                m_known.push_back({name, found->clone()});
            else if (found.error().kind != ErrorKind::NotFound)
                m_failure = found.error();
            readNext();
        });
    }

    void search()
    {
        auto *call = searchForLeaks(std::move(m_known), m_places, m_expected, this);
        connect(call, &CallBase::progressed, this, &CallBase::progressed);
        call->onDone(this, [this](const Result<LeakReport> &found) {
            if (!found)
                return complete(found);
            LeakReport report = *found;
            report.keychainFailure = m_failure;
            complete(std::move(report));
        });
    }

    SecretStore &m_secrets;
    const QStringList m_places;
    QStringList m_expected;
    QList<std::pair<SecretId, QString>> m_ids;
    std::vector<KnownSecret> m_known;
    qsizetype m_next = 0;
    std::optional<Error> m_failure;
};

} // namespace

Call<LeakReport> *checkForLeaks(const QList<Connection> &connections,
                                const SessionServices &services, const QStringList &more,
                                QObject *parent)
{
    return new CheckForLeaks(connections, services, more, parent);
}

} // namespace hubkeeper
