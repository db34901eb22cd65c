// SPDX-License-Identifier: MIT
#pragma once

#include "base/clock.h"
#include "base/paths.h"
#include "connector/testreport.h"
#include "net/qnamtransport.h"
#include "net/ratebudget.h"
#include "net/tokenkeeper.h"
#include "net/traffic.h"
#include "secrets/secretstore.h"
#include "session/connection.h"
#include "store/recordset.h"

namespace hubkeeper {

class Connector;
class Journal;
class ProvisionerModel;

/// What a session is built from; all must outlive it.
struct SessionServices
{
    Clock &clock;
    SecretStore &secrets;
    Paths paths;
};

/// Which records a page asks for.
struct BrowseQuery
{
    ObjectType type = ObjectType::Contacts;
    QStringList properties; ///< The columns.
    /// HubSpot search, or nothing for the complete list by id.
    std::optional<SearchQuery> search;
};

/// One open connection: what the GUI and the CLI do goes through here, so that no face can forget
/// a guard. Everything starts lazily; making a session sends nothing. One thread.
class Session final : public QObject
{
    Q_OBJECT

public:
    /// Reads the provisioner and the secrets (keychain first; plain text in the file where it is
    /// there). Fails with InvalidInput, NotFound (a secret is missing; says which), NoKeychain.
    [[nodiscard]] static Call<std::shared_ptr<Session>> *
    open(const Connection &connection, const SessionServices &services, QObject *parent);
    /// With secrets given by the caller (standard input of the CLI).
    [[nodiscard]] static Result<std::shared_ptr<Session>> openWith(const Connection &connection,
                                                                   OAuthCredentials credentials,
                                                                   const SessionServices &services);
    ~Session() override;

    [[nodiscard]] const Connection &connection() const;
    void setPolicy(const WritePolicy &policy);
    [[nodiscard]] const ProvisionerModel &provisioner() const;

    [[nodiscard]] Portal &portal();
    [[nodiscard]] Connector &connector();
    [[nodiscard]] ChangeSet &changes();
    [[nodiscard]] TrafficLog &traffic();
    [[nodiscard]] const LimitReport &limits() const;
    [[nodiscard]] const TokenState &tokenState() const;
    [[nodiscard]] std::optional<CertificateReport> lastCertificate() const;

    /// Named steps with timings; each report is kept as lastTest().
    [[nodiscard]] Call<TestReport> *test(QObject *parent);
    [[nodiscard]] const std::optional<TestReport> &lastTest() const;

    /// Read once and kept; `fresh` reads again.
    [[nodiscard]] Call<AccountDetails> *account(QObject *parent);
    [[nodiscard]] Call<QList<PropertyDefinition>> *definitions(ObjectType type, bool fresh,
                                                               QObject *parent);
    [[nodiscard]] Call<QList<Owner>> *owners(bool fresh, QObject *parent);

    /// Reads page after page into `set` until the end or until cancelled; progress is
    /// records/total (-1 while unknown). The outcome is the number of records, and whether more
    /// exist than HubSpot lets a search reach.
    struct BrowseSummary
    {
        qint64 records = 0;
        bool complete = true;
        qint64 total = -1;
    };
    [[nodiscard]] Call<BrowseSummary> *browse(const BrowseQuery &query, RecordSet &set,
                                              QObject *parent);
    /// A record with every defined property.
    [[nodiscard]] Call<Record> *fullRecord(ObjectType type, const QString &id, QObject *parent);

    /// Applies the staged changes; guards, journal and proof included (ApplyRun).
    [[nodiscard]] Call<RunSummary> *apply(const RunOptions &options, QObject *parent);
    /// Stages the inverse of a run as changes; the names of what cannot go back are returned.
    [[nodiscard]] Result<QStringList> stageRevert(const QString &runId);
    [[nodiscard]] Journal &journal();

signals:
    void tokenStateChanged();
    void limitsChanged();
    void testFinished();
    /// Written records as the portal has them now, for grids.
    void recordsWritten(hubkeeper::ObjectType type, const QList<hubkeeper::Record> &records);
    void recordsArchived(hubkeeper::ObjectType type, const QStringList &ids);
    void policyChanged();

private:
    class Private;
    explicit Session(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace hubkeeper
