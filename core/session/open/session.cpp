// SPDX-License-Identifier: MIT
#include "session/open/session.h"

#include "base/log.h"
#include "connector/connector.h"
#include "portal/access/restclient.h"
#include "portal/listowners.h"
#include "session/connections/connectionregistry.h"
#include "session/connections/provisionerfacts.h"
#include "session/connections/testhistory.h"
#include "session/open/remember.h"
#include "session/open/writeaccess.h"
#include "session/open/writesunderway.h"
#include "session/secrets/storedrefreshtoken.h"
#include "session/sessiontext.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// The writes on their way, then what the journal keeps of them.
class FinishWriting final : public Call<void>
{
public:
    FinishWriting(WritesUnderWay &writes, std::shared_ptr<Journal> journal, QObject *parent)
        : Call(parent)
    {
        then(writes.finish(this), [this, journal = std::move(journal)] {
            if (!journal) // A session that can only read.
                return complete({});
            always(journal->finish(this), [this](const Result<void> &done) { complete(done); });
        });
    }
};

/// Tells sign-ins apart without naming them: what the account is called until the portal has said
/// its id. A refresh token belongs to exactly one app and account.
QString signInKey(const Secret &refreshToken)
{
    const QByteArray digest = refreshToken.withClearText([](std::string_view token) {
        return QCryptographicHash::hash(
            QByteArray::fromRawData(token.data(), qsizetype(token.size())),
            QCryptographicHash::Sha256);
    });
    return QString::fromLatin1(digest.toHex());
}

} // namespace

QString journalPath(const Paths &paths)
{
    return paths.data + u"/journal.sqlite"_s;
}

class Session::Private
{
public:
    Private(SessionParts given, const SessionServices &services)
        : parts(std::move(given))
        , paths(services.paths)
        , recordFolder(recordFolderIn(services.paths))
        , clock(services.clock)
        , transport(parts.transport)
        , budgets(services.budgets)
        , budget(parts.permitsPerSecond)
        , storedToken(services, parts.connection.id, parts.refreshTokenIsStored)
        , clientId(parts.credentials.clientId)
        , tokens(transport, clock, ApiPaths(parts.connection.apiVersion).token(),
                 std::move(parts.credentials))
        , client(transport, clock, budget, tokens, traffic)
        , portal(client, parts.connection.apiVersion)
        , connector(portal, clock, connectorOptions())
    {
        budget.setReserve(parts.connection.reserve);
        tokens.share(storedToken);
        shareBudget(signInKey(tokens.refreshToken()));
        (void)holdPolicy();
        (void)isPolicyNews();
    }

    /// That of the connection under the policy file of this moment; remembered.
    Result<WritePolicy> holdPolicy()
    {
        auto held = underPolicyFile(parts.connection.policy, parts.connection, portalId);
        inForce = held ? *held : WritePolicy();
        policyFault = held ? std::nullopt : std::optional(held.error());
        return held;
    }

    /// Whether the policy file says something else than when this was last asked.
    bool isPolicyNews()
    {
        const QString fault = policyFault ? policyFault->what : QString();
        const bool isNews = fault != lastFault || inForce.limits != lastLimits;
        lastFault = fault;
        lastLimits = inForce.limits;
        return isNews;
    }

    void shareBudget(const QString &holder)
    {
        const QString server = parts.transport.base.authority();
        budget.share(budgets, server + u' ' + holder, clientId);
    }

    /// From now on with everybody who is signed in to the same portal, whoever they are.
    void onPortalKnown(qint64 id)
    {
        if (id == 0 || id == portalId)
            return;
        portalId = id;
        shareBudget(QString::number(id));
    }

    void keepAccount(const AccountDetails &details)
    {
        account = details;
        onPortalKnown(details.portalId);
    }

    [[nodiscard]] ConnectorOptions connectorOptions()
    {
        ConnectorConfiguration known;
        known.clientId = clientId;
        known.hasClientSecret = true; // Nothing opens without them.
        known.hasRefreshToken = true;
        known.acceptSelfSignedCertificates = parts.transport.acceptSelfSignedCertificates;
        known.disableHostNameVerifier = parts.transport.disableHostNameVerifier;
        known.maximumConnections = parts.transport.maximumConnections;
        known.permitsPerSecond = parts.permitsPerSecond;
        known.httpProxyHost = parts.transport.proxyHost;
        known.httpProxyPort = parts.transport.proxyPort;
        ConnectorOptions options;
        options.readSchema = parts.readSchema;
        options.configuration = known;
        options.tokens = &tokens;
        return options;
    }

    SessionParts parts;
    const Paths paths;
    const QString recordFolder;
    Clock &clock;
    QnamTransport transport;
    BudgetRegistry &budgets;
    AccountBudget budget; // Shared by all sessions on this account.
    qint64 portalId = 0; // 0: not known yet.
    WritePolicy inForce; // As last found.
    std::optional<Error> policyFault;
    QString lastFault; // As last reported.
    PortalLimits lastLimits;
    StoredRefreshToken storedToken;
    const QString clientId;
    TokenProvider tokens;
    TrafficLog traffic;
    RestClient client;
    PortalWriter portal;
    Connector connector;
    WriteAccess writeAccess {connector, portal};
    ChangeSet changes;
    WritesUnderWay writes;

    std::optional<TestReport> lastTest;
    std::optional<AccountDetails> account;
    QHash<ObjectType, QList<PropertyDefinition>> definitions;
    std::optional<QList<Owner>> owners;
};

Session::Session(SessionParts parts, const SessionServices &services)
    : d(std::make_unique<Private>(std::move(parts), services))
{
    // Before anybody uses the token, so that the first request is counted in the right place.
    connect(&d->tokens, &TokenProvider::stateChanged, this, &Session::onTokenState);
    // Who leaves waits until it is stored, as for a write.
    connect(&d->storedToken, &StoredRefreshToken::storing, this, [this](Call<void> *call) {
        addWriter(
            call, [] {}, [] {});
    });
    connect(&d->storedToken, &StoredRefreshToken::failed, this, &Session::refreshTokenNotStored);
    connect(&d->traffic, &TrafficLog::added, this, &Session::limitsChanged);
}

Session::~Session() = default;

/// The reply with the token gives the portal's id, but need not (hubspot-api 3.4).
void Session::onTokenState()
{
    const TokenState &state = d->tokens.state();
    d->onPortalKnown(state.hubId);
    if (state.phase == TokenState::Valid && d->portalId == 0)
        (void)account(this);
    lookAtPolicy();
    emit tokenStateChanged();
}

/// Once more is known of the portal.
void Session::lookAtPolicy()
{
    (void)d->holdPolicy();
    if (d->isPolicyNews())
        emit policyChanged();
}

const Connection &Session::connection() const
{
    return d->parts.connection;
}

void Session::setPolicy(const WritePolicy &policy)
{
    d->parts.connection.policy = policy;
    d->holdPolicy();
    emit policyChanged();
}

Result<WritePolicy> Session::currentPolicy()
{
    if (!d->parts.journal)
        return WritePolicy(); // Opened for reading (SessionUse): read-only.
    const auto own = hubkeeper::currentPolicy(d->parts.connection, d->paths);
    if (!own)
        return own;
    Connection now = d->parts.connection;
    now.policy = *own;
    const bool isOther = !differences(now, d->parts.connection).isEmpty();
    d->parts.connection.policy = *own;
    const auto inForce = d->holdPolicy();
    if (isOther || d->isPolicyNews())
        emit policyChanged();
    return inForce;
}

const WritePolicy &Session::policyInForce() const
{
    return d->inForce;
}

const std::optional<Error> &Session::policyFault() const
{
    return d->policyFault;
}

void Session::setReserve(int percent)
{
    d->parts.connection.reserve = percent;
    d->budget.setReserve(percent);
}

const ProvisionerFacts &Session::provisioner() const
{
    return *d->parts.provisioner;
}

bool Session::secretsAreFromFile() const
{
    return d->parts.secretsAreFromFile;
}

const Paths &Session::paths() const
{
    return d->paths;
}

QString Session::recordFolder() const
{
    return d->recordFolder;
}

Clock &Session::clock() const
{
    return d->clock;
}

int Session::maximumConnections() const
{
    return d->parts.transport.maximumConnections;
}

PortalReader &Session::portal()
{
    return d->portal;
}

WriteAccess &Session::writeAccess()
{
    return d->writeAccess;
}

Connector &Session::connector()
{
    return d->connector;
}

std::unique_ptr<Connector> Session::connectorWith(const ConnectorOptions &options)
{
    return std::make_unique<Connector>(d->portal, d->clock, options);
}

ChangeSet &Session::changes()
{
    return d->changes;
}

Journal &Session::journal()
{
    return *d->parts.journal;
}

QString Session::journalWarning() const
{
    if (!d->parts.journal)
        return {};
    switch (d->parts.journal->trust()) {
    case JournalTrust::Sealed:
        return {};
    case JournalTrust::NoKey:
        return SessionText::tr("New journal entries are not sealed. ") + d->parts.whyUnsealed;
    case JournalTrust::Altered:
        break;
    }
    return SessionText::tr("The journal was altered. New entries are not sealed; "
                           "`hubkeeper-cli journal verify` says what is wrong.");
}

TrafficLog &Session::traffic()
{
    return d->traffic;
}

LimitReport Session::limits() const
{
    return d->budget.report();
}

const TokenState &Session::tokenState() const
{
    return d->tokens.state();
}

std::optional<CertificateReport> Session::lastCertificate() const
{
    return d->transport.lastCertificate();
}

Call<TestReport> *Session::test(QObject *parent)
{
    auto *call = d->connector.test(parent);
    call->onDone(this, [this](const Result<TestReport> &report) {
        if (!report)
            return;
        d->lastTest = *report;
        if (report->account)
            d->keepAccount(*report->account);
        lookAtPolicy();
        const auto kept = TestHistory::add(d->parts.connection.id, *report, d->paths);
        if (!kept) // Only a display depends on it.
            qCWarning(lcSession).noquote() << kept.error().sentence();
        emit testFinished();
    });
    return call;
}

QList<PastTest> Session::pastTests() const
{
    return TestHistory::of(d->parts.connection.id, d->paths);
}

const std::optional<TestReport> &Session::lastTest() const
{
    return d->lastTest;
}

Call<AccountDetails> *Session::account(QObject *parent)
{
    if (d->account)
        return new ReadyCall<AccountDetails>(*d->account, parent);
    return remember(d->portal.accountDetails(parent), this, [this](const AccountDetails &account) {
        d->keepAccount(account);
        lookAtPolicy();
    });
}

Call<QList<PropertyDefinition>> *Session::definitions(ObjectType type, bool fresh, QObject *parent)
{
    if (!fresh && d->definitions.contains(type))
        return new ReadyCall<QList<PropertyDefinition>>(d->definitions.value(type), parent);
    return remember(d->portal.properties(type, parent), this,
                    [this, type](const QList<PropertyDefinition> &definitions) {
                        d->definitions.insert(type, definitions);
                    });
}

Call<QList<Owner>> *Session::owners(bool fresh, QObject *parent)
{
    if (!fresh && d->owners)
        return new ReadyCall<QList<Owner>>(*d->owners, parent);
    return remember(static_cast<Call<QList<Owner>> *>(new ListOwners(d->portal, parent)), this,
                    [this](const QList<Owner> &owners) { d->owners = owners; });
}

void Session::addWriter(CallBase *call, std::function<void()> finishEarly,
                        std::function<void()> stop)
{
    d->writes.add(call, std::move(finishEarly), std::move(stop));
}

bool Session::isWriting() const
{
    return !d->writes.isEmpty();
}

Call<void> *Session::finishWrites(QObject *parent)
{
    return new FinishWriting(d->writes, d->parts.journal, parent);
}

void Session::stopWrites()
{
    d->writes.stop();
}

} // namespace hubkeeper
