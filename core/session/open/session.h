// SPDX-License-Identifier: MIT
#pragma once

#include "base/clock.h"
#include "base/paths.h"
#include "connector/testreport.h"
#include "journal/journal.h"
#include "net/qnamtransport.h"
#include "net/traffic.h"
#include "portal/access/accountbudget.h"
#include "portal/access/tokenprovider.h"
#include "secrets/secretstore.h"
#include "session/connections/connection.h"
#include "session/connections/services.h"
#include "session/connections/testhistory.h"

#include <functional>

namespace hubkeeper {

class Connector;
class WriteAccess;
struct ConnectorOptions;
struct ProvisionerFacts;

/// Where the journal of all connections is.
[[nodiscard]] QString journalPath(const Paths &paths);

/// What opening a connection found out; consumed by the session.
struct SessionParts
{
    Connection connection;
    std::shared_ptr<const ProvisionerFacts> provisioner;
    TransportOptions transport;
    int permitsPerSecond = 10;
    bool readSchema = false;
    OAuthCredentials credentials;
    bool secretsAreFromFile = false; ///< At least one is in the file as plain text and is used.
    bool refreshTokenIsStored = false; ///< It was read from the store of secrets.
    std::shared_ptr<Journal> journal; ///< Null: the session can only read (SessionUse).
    QString whyUnsealed; ///< A sentence, where the journal gets no seals.
};

/// One open connection: its portal, what was read of it and is kept, the staged changes, the
/// journal, and what is being written. The use cases of session/reading and session/writing work on
/// it; only the write engine can write (WriteAccess). Everything starts lazily; making a session
/// sends nothing. One thread.
class Session final : public QObject
{
    Q_OBJECT

public:
    /// Made by openSession() (session/sessionopening.h); sends nothing by itself.
    Session(SessionParts parts, const SessionServices &services);
    ~Session() override;

    [[nodiscard]] const Connection &connection() const;
    void setPolicy(const WritePolicy &policy);
    /// The write policy that holds at this moment, for the guard at the point of sending: that of
    /// the connection, where what another program has set meanwhile counts and is taken over, under
    /// the policy file of the computer. Fails as hubkeeper::currentPolicy() and underPolicyFile();
    /// nothing may be sent then.
    [[nodiscard]] Result<WritePolicy> currentPolicy();
    /// The same as it was last found, to be shown; read-only where it could not be read.
    /// policyChanged() says when it is another one.
    [[nodiscard]] const WritePolicy &policyInForce() const;
    /// Why nothing can be written, where the policy could not be read.
    [[nodiscard]] const std::optional<Error> &policyFault() const;
    /// Connection::reserve; counts from the next request on.
    void setReserve(int percent);
    [[nodiscard]] const ProvisionerFacts &provisioner() const;

    /// At least one secret in use is in the file as plain text.
    [[nodiscard]] bool secretsAreFromFile() const;

    [[nodiscard]] const Paths &paths() const;
    /// Where record sets of this session go (Paths::cache).
    [[nodiscard]] QString recordFolder() const;

    [[nodiscard]] Clock &clock() const;
    /// Requests that may be on their way at a time.
    [[nodiscard]] int maximumConnections() const;

    [[nodiscard]] PortalReader &portal();
    [[nodiscard]] Connector &connector();
    /// For the write engine (WriteAccess).
    [[nodiscard]] WriteAccess &writeAccess();
    /// Another connector on the same portal, e.g. with readSchema on. Must not outlive the session.
    [[nodiscard]] std::unique_ptr<Connector> connectorWith(const ConnectorOptions &options);
    [[nodiscard]] ChangeSet &changes();
    [[nodiscard]] TrafficLog &traffic();
    [[nodiscard]] LimitReport limits() const;
    [[nodiscard]] const TokenState &tokenState() const;
    [[nodiscard]] std::optional<CertificateReport> lastCertificate() const;

    /// Named steps with timings; each report is kept as lastTest().
    [[nodiscard]] Call<TestReport> *test(QObject *parent);
    [[nodiscard]] const std::optional<TestReport> &lastTest() const;
    /// Of this connection, in earlier sessions too, oldest first.
    [[nodiscard]] QList<PastTest> pastTests() const;

    /// Read once and kept; `fresh` reads again.
    [[nodiscard]] Call<AccountDetails> *account(QObject *parent);
    [[nodiscard]] Call<QList<PropertyDefinition>> *definitions(ObjectType type, bool fresh,
                                                               QObject *parent);
    [[nodiscard]] Call<QList<Owner>> *owners(bool fresh, QObject *parent);

    /// Not of a session that was opened for reading (SessionUse).
    [[nodiscard]] Journal &journal();
    /// What is wrong with what the journal gets from now on: it was altered, or gets no seal, and
    /// why; empty if it is sealed. For people, at the opening and when something was written.
    [[nodiscard]] QString journalWarning() const;

    /// Counts `call`, e.g. a script, as one that writes; `finishEarly` makes it end as soon as what
    /// it has sent is finished, `stop` at once, with what is known in the journal.
    void addWriter(CallBase *call, std::function<void()> finishEarly, std::function<void()> stop);
    /// A run or a script is under way: leaving now would leave it interrupted.
    [[nodiscard]] bool isWriting() const;
    /// Starts no further write; over when those on their way have finished, and the journal says
    /// how.
    [[nodiscard]] Call<void> *finishWrites(QObject *parent);
    /// Stops them at once; the journal says what is known of those on their way.
    void stopWrites();

signals:
    void tokenStateChanged();
    void limitsChanged();
    void testFinished();
    /// Written records as the portal has them now, for grids.
    void recordsWritten(hubkeeper::ObjectType type, const QList<hubkeeper::Record> &records);
    void recordsArchived(hubkeeper::ObjectType type, const QStringList &ids);
    void policyChanged();
    /// The server has replaced the refresh token, and the new one could not be stored: it serves
    /// until the program ends, and then nobody can sign in without connecting anew.
    void refreshTokenNotStored(const hubkeeper::Error &error);

private:
    void onTokenState();
    void lookAtPolicy();

    class Private;
    std::unique_ptr<Private> d;
};

} // namespace hubkeeper
