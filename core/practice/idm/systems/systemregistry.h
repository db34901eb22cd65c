// SPDX-License-Identifier: MIT
#pragma once

#include "practice/data/shiftedclock.h"
#include "practice/idm/data/idmoptions.h"
#include "practice/idm/data/secretbox.h"
#include "practice/idm/systems/systemtype.h"

#include <QSet>

#include <map>
#include <vector>

namespace hubkeeper::practice {

/// Configurations by id ("provisioner.openicf/hubspot"), as they were stored.
using Configurations = std::map<QString, QJsonObject>;

/// A connected system: a configuration whose connector was, or will be, registered.
struct ConnectedSystem
{
    enum State {
        Waiting, ///< Listed, "connector not available".
        Active,
    };

    QString name;
    QString configId;
    QJsonObject config;
    State state = Waiting;
    std::shared_ptr<Connector> connector; ///< Null while it waits.
    const ConnectorBundle *bundle = nullptr;

    [[nodiscard]] bool isEnabled() const
    {
        return config.value(QLatin1String("enabled")).toBool(true);
    }
    [[nodiscard]] QStringList typeNames() const;
    [[nodiscard]] std::optional<SystemType> type(const QString &typeName) const;
    /// resultsHandlerConfig.enableFilteredResultsHandler
    [[nodiscard]] bool isFiltered() const;
};

/// Which systems there are, by the name in the body of their configuration (idm-rest 9.2): a second
/// configuration of one name takes the system over; after a write it takes a while until the
/// connector answers.
class SystemRegistry
{
public:
    SystemRegistry(const IdmOptions &options, const ShiftedClock &clock, SecretBox &secrets)
        : m_options(options)
        , m_clock(clock)
        , m_secrets(secrets)
    {
    }

    void addBundle(std::unique_ptr<ConnectorBundle> bundle);
    [[nodiscard]] const std::vector<std::unique_ptr<ConnectorBundle>> &bundles() const
    {
        return m_bundles;
    }
    /// Whether the jar of a bundle is there. Systems of one that is not are unavailable.
    void setPresent(const QString &bundleName, bool isPresent);
    [[nodiscard]] bool isPresent(const ConnectorBundle &bundle) const
    {
        return !m_absent.contains(bundle.bundleName);
    }
    /// The newest bundle that a connectorRef means; null without.
    [[nodiscard]] const ConnectorBundle *bundleFor(const QJsonValue &connectorRef) const;
    /// Whether the connectorRef names a connector server.
    [[nodiscard]] static bool isRemote(const QJsonValue &connectorRef);

    /// After a configuration was stored or deleted. `isAwaited`: the answer comes when the system
    /// is there (waitForCompletion).
    void noteWrite(const QString &configId, const QJsonObject &config, bool isAwaited);
    void noteRemoval(const QString &configId);
    void clear() { m_registered.clear(); }

    /// All that are listed, by name.
    [[nodiscard]] QList<ConnectedSystem> listed() const;
    [[nodiscard]] std::optional<ConnectedSystem> find(const QString &name) const;
    /// One that answers requests; nothing for others, disabled ones included.
    [[nodiscard]] std::optional<ConnectedSystem> active(const QString &name) const;

    /// A connector with these properties, whose secrets may be sealed; what keeps it from becoming
    /// active is the error.
    [[nodiscard]] tl::expected<std::shared_ptr<Connector>, QString>
    opened(const ConnectorBundle &bundle, const QJsonObject &config) const;

private:
    struct Registration
    {
        QString configId;
        QJsonObject config;
        Clock::Instant written;
        bool isAwaited = false;
        mutable std::shared_ptr<Connector> connector; // Once it was opened.
    };

    [[nodiscard]] ConnectedSystem systemOf(const QString &name, const Registration &entry) const;
    [[nodiscard]] bool isListed(const Registration &entry) const;

    const IdmOptions &m_options;
    const ShiftedClock &m_clock;
    SecretBox &m_secrets;
    std::vector<std::unique_ptr<ConnectorBundle>> m_bundles;
    std::map<QString, Registration> m_registered; // By name.
    QSet<QString> m_absent; // Names of bundles.
};

} // namespace hubkeeper::practice
