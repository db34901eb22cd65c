// SPDX-License-Identifier: MIT
#pragma once

#include "connector/attributevalue.h"
#include "connector/connectorobject.h"
#include "connector/schema.h"
#include "connector/testreport.h"
#include "filter/crestfilter.h"
#include "portal/portalreader.h"
#include "portal/search.h"

#include <functional>
#include <memory>

namespace hubkeeper {

class Clock;
class ConnectorContext;
class TokenProvider;

/// The provisioner's configuration as far as the connector may know it: no secret is in it.
struct ConnectorConfiguration
{
    QString clientId;
    bool hasClientSecret = false;
    bool hasRefreshToken = false;
    bool hasStaticToken = false; ///< A private app's token or a service key instead of the three.
    bool acceptSelfSignedCertificates = false;
    bool disableHostNameVerifier = false;
    int maximumConnections = 10;
    int permitsPerSecond = 10;
    QString httpProxyHost;
    int httpProxyPort = 0; ///< 0: not set.

    /// The configuration properties of idm-connector 1.2 without the secrets.
    [[nodiscard]] QJsonObject toJson(bool readSchema) const;
};

/// What is wrong with a configuration, found without network use: ICF's "validate". InvalidInput
/// naming each property, or nothing.
[[nodiscard]] Result<void> validate(const ConnectorConfiguration &configuration);

struct ConnectorOptions
{
    bool readSchema = false; ///< Schema from the portal's definitions instead of the shipped one.
    /// Checked by test() and shown to scripts; not checked if there is none.
    std::optional<ConnectorConfiguration> configuration = {};
    /// For the token step of test(); without it the account step shows whether the token is good.
    TokenProvider *tokens = nullptr;
};

struct SortKey
{
    QString field;
    bool ascending = true;
};

/// "+a,-b" and "a,-b" (idm-connector 2.9); InvalidInput for an empty name.
[[nodiscard]] Result<QList<SortKey>> parseSortKeys(const QString &text);

/// What ReadAll reads.
struct WantedRecords
{
    ObjectType type = ObjectType::Contacts;
    QStringList properties;
    /// Those that a search with these groups finds (SearchQuery::groups); none: all of the type.
    QList<QList<SearchFilter>> groups;
};
/// Reads records in any order, as fast as it can. Gives each to the function until that says false.
using ReadAll = std::function<Call<void> *(
    const WantedRecords &wanted, std::function<bool(const Record &)> take, QObject *parent)>;

struct SearchOptions
{
    QStringList fields = {}; ///< Attributes wanted, "_id" is always there; empty: the default ones.
    QList<SortKey> sortKeys = {}; ///< Empty: by id.
    int pageSize = 0; ///< 0: everything.
    QString cookie = {}; ///< Of the page before; not together with `offset`.
    int offset = 0; ///< So many results are skipped.
    /// If set, takes each object instead of SearchResult::objects; false stops the search and its
    /// requests.
    std::function<bool(const ConnectorObject &)> handler = {};
    /// If set, reads the list, or what a search finds, where no page of it is wanted; objects then
    /// come in any order, unless they are sorted.
    ReadAll readAll = {};
};

/// Those of the connector's seven operations (idm-connector 4) that read, for the five object
/// classes, carried out with HubSpot's API of today. ConnectorWriter has those that write; Script
/// on Connector is in script.h.
///
/// Object classes are named as in IDM: contact, company, owner, contactProperties,
/// companyProperties; all others fail before anything is sent. Errors keep their kinds; see
/// icferror.h for what IDM would make of them. Lives in one thread; portal and clock must outlive
/// it. Calls still under way when it goes are cancelled.
class Connector
{
public:
    Connector(PortalReader &portal, Clock &clock, ConnectorOptions options);
    ~Connector();

    [[nodiscard]] const ConnectorOptions &options() const;

    /// Configuration, token, account, then one read per object class. Never fails as a call.
    /// Progress counts steps.
    [[nodiscard]] Call<TestReport> *test(QObject *parent);
    [[nodiscard]] Call<Schema> *schema(QObject *parent);
    /// NotFound if there is no live object of this id.
    [[nodiscard]] Call<ConnectorObject> *get(const QString &objectClass, const QString &uid,
                                             const QStringList &fields, QObject *parent);
    /// `filter` in CREST's grammar (idm-connector 3.1); InvalidInput if it cannot be read or
    /// names an unknown attribute. Progress counts objects.
    [[nodiscard]] Call<SearchResult> *search(const QString &objectClass, const QString &filter,
                                             const SearchOptions &options, QObject *parent);
    [[nodiscard]] Call<SearchResult> *search(const QString &objectClass, const CrestFilter &filter,
                                             const SearchOptions &options, QObject *parent);
    /// Destroyed before all else of it: what uses the connector and is not a child of it stops
    /// then.
    [[nodiscard]] QObject *lifetime();

    /// Reads account, definitions and live schema anew when they are needed next.
    void refresh();

private:
    friend class ConnectorWriter;
    std::unique_ptr<ConnectorContext> m_context;
};

} // namespace hubkeeper
