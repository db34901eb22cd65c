// SPDX-License-Identifier: MIT
#pragma once

#include "portal/access/restclient.h"
#include "portal/account.h"
#include "portal/apipaths.h"
#include "portal/association.h"
#include "portal/batch.h"
#include "portal/property.h"
#include "portal/record.h"
#include "portal/search.h"

namespace hubkeeper {

/// Where a list starts and what it returns (hubspot-api 4.3).
struct ListOptions
{
    QString after;
    int limit = 100; ///< 1 to 100.
    QStringList properties; ///< Empty: HubSpot's default ones.
    QStringList associations; ///< Type names.
    bool archived = false;
};

struct ReadOptions
{
    QStringList properties;
    QStringList associations;
    QString idProperty; ///< Empty: record id.
    bool archived = false;
};

/// What HubSpot's API lets one read, for one connection: each function is one request (with the
/// repeats of RestClient) and returns a Call that lives on `parent`. Long property lists do not go
/// into a URL (hubspot-api 1.8): list and read switch to batch/read by themselves when the URL
/// would exceed 4,000 characters. Changes nothing at the portal; PortalWriter does.
class PortalReader
{
public:
    PortalReader(RestClient &client, ApiVersion version);

    [[nodiscard]] ApiVersion version() const { return m_version; }
    [[nodiscard]] RestClient &client() const { return m_client; }

    // Records.
    [[nodiscard]] Call<RecordPage> *list(ObjectType type, const ListOptions &options,
                                         QObject *parent);
    /// The id of a record that was merged away answers with the one it was merged into; see
    /// Record::mergedId.
    [[nodiscard]] Call<Record> *read(ObjectType type, const QString &id, const ReadOptions &options,
                                     QObject *parent);
    [[nodiscard]] Call<RecordPage> *search(ObjectType type, const SearchQuery &query,
                                           QObject *parent);
    /// At most mostBatchInputs ids. Ids that were merged away are in BatchReadOutcome::survivors.
    [[nodiscard]] Call<BatchReadOutcome> *batchRead(ObjectType type, const QStringList &ids,
                                                    const QStringList &properties, QObject *parent);
    /// The live records that have one of these values of a property that HubSpot keeps unique (the
    /// e-mail address of contacts among them, additional ones too): at most mostBatchInputs. Values
    /// that nobody has are passed over.
    [[nodiscard]] Call<RecordPage> *batchReadBy(ObjectType type, const QString &idProperty,
                                                const QStringList &values,
                                                const QStringList &properties, QObject *parent);

    // Property definitions.
    [[nodiscard]] Call<QList<PropertyDefinition>> *properties(ObjectType type, QObject *parent);
    [[nodiscard]] Call<PropertyDefinition> *property(ObjectType type, const QString &name,
                                                     QObject *parent);

    // Owners and account.
    [[nodiscard]] Call<OwnerPage> *owners(const QString &after, bool archived, QObject *parent);
    [[nodiscard]] Call<Owner> *owner(const QString &id, QObject *parent);
    [[nodiscard]] Call<AccountDetails> *accountDetails(QObject *parent);

    // Associations (hubspot-api 9).
    [[nodiscard]] Call<QList<Association>> *associations(ObjectType from, const QString &id,
                                                         ObjectType to, QObject *parent);
    [[nodiscard]] Call<QList<AssociationLabel>> *associationLabels(ObjectType from, ObjectType to,
                                                                   QObject *parent);

protected:
    [[nodiscard]] const ApiPaths &paths() const { return m_paths; }

private:
    RestClient &m_client;
    ApiVersion m_version;
    ApiPaths m_paths;
};

} // namespace hubkeeper
