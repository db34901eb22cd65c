// SPDX-License-Identifier: MIT
#include "practice/idm/systems/systemregistry.h"

#include <QVersionNumber>

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

/// What a server takes on PUT and what then keeps the connector from becoming active (idm-rest
/// 9.2, point 3).
bool hasBrokenSettings(const QJsonObject &config)
{
    const QJsonObject times = config.value("operationTimeout"_L1).toObject();
    for (const QJsonValue time : times) {
        if (!time.isDouble())
            return true;
    }
    const QJsonObject handlers = config.value("resultsHandlerConfig"_L1).toObject();
    for (const QJsonValue handler : handlers) {
        if (!handler.isBool())
            return true;
    }
    return false;
}

/// A write through REST is a file on the server's disk, too, and its watcher configures the
/// connector once more some seconds later (idm-rest 9.2).
bool isConfiguredAgain(Clock::Instant::duration since, std::chrono::milliseconds delay)
{
    return since >= 3 * delay && since < 3 * delay + delay / 2;
}

/// `enabled` that is no boolean is taken and makes the connector dead (community).
bool isUsableFlag(const QJsonValue &enabled)
{
    return enabled.isUndefined() || enabled.isBool();
}

} // namespace

QStringList ConnectedSystem::typeNames() const
{
    QStringList names {u"__ALL__"_s};
    names += config.value("objectTypes"_L1).toObject().keys();
    return names;
}

std::optional<SystemType> ConnectedSystem::type(const QString &typeName) const
{
    const QJsonValue json = config.value("objectTypes"_L1)[typeName];
    return json.isObject() ? std::optional(SystemType(typeName, json.toObject())) : std::nullopt;
}

bool ConnectedSystem::isFiltered() const
{
    return config.value("resultsHandlerConfig"_L1)["enableFilteredResultsHandler"_L1].toBool();
}

void SystemRegistry::addBundle(std::unique_ptr<ConnectorBundle> bundle)
{
    m_bundles.push_back(std::move(bundle));
}

void SystemRegistry::setPresent(const QString &bundleName, bool isPresent)
{
    if (isPresent)
        m_absent.remove(bundleName);
    else
        m_absent.insert(bundleName);
}

const ConnectorBundle *SystemRegistry::bundleFor(const QJsonValue &connectorRef) const
{
    const ConnectorBundle *best = nullptr;
    for (const auto &bundle : m_bundles) {
        if (!isPresent(*bundle) || bundle->bundleName != connectorRef["bundleName"_L1].toString()
            || bundle->connectorName != connectorRef["connectorName"_L1].toString()
            || !versionMatches(connectorRef["bundleVersion"_L1].toString(), bundle->bundleVersion))
            continue;
        if (!best
            || QVersionNumber::fromString(best->bundleVersion)
                < QVersionNumber::fromString(bundle->bundleVersion))
            best = bundle.get();
    }
    return best;
}

bool SystemRegistry::isRemote(const QJsonValue &connectorRef)
{
    const QString host = connectorRef["connectorHostRef"_L1].toString();
    return !host.isEmpty() && host.compare("#LOCAL"_L1, Qt::CaseInsensitive) != 0;
}

void SystemRegistry::noteWrite(const QString &configId, const QJsonObject &config, bool isAwaited)
{
    // Commercial servers take the name from the id where the body has none.
    const QString fallback = m_options.isCommercial() ? configId.section(u'/', 1) : QString();
    const QString name = config.value("name"_L1).toString(fallback);
    noteRemoval(configId); // It may have had another name.
    if (!name.isEmpty())
        m_registered[name] = {configId, config, m_clock.now(), isAwaited, nullptr};
}

void SystemRegistry::noteRemoval(const QString &configId)
{
    std::erase_if(m_registered,
                  [&](const auto &entry) { return entry.second.configId == configId; });
}

bool SystemRegistry::isListed(const Registration &entry) const
{
    if (!isUsableFlag(entry.config.value("enabled"_L1)))
        return false;
    const bool isDisabled = !entry.config.value("enabled"_L1).toBool(true);
    if (m_options.isCommercial() && isDisabled) // Not registered there (idm-rest 2.1).
        return false;
    return entry.isAwaited || m_clock.now() - entry.written >= m_options.registrationDelay / 2;
}

tl::expected<std::shared_ptr<Connector>, QString>
SystemRegistry::opened(const ConnectorBundle &bundle, const QJsonObject &config) const
{
    if (hasBrokenSettings(config))
        return tl::unexpected(u"the settings have values of a wrong type"_s);
    QJsonObject properties = config.value("configurationProperties"_L1).toObject();
    for (auto it = properties.begin(); it != properties.end(); ++it) {
        const auto clear = m_secrets.opened(it.value());
        if (!clear)
            return tl::unexpected(u"a secret is of another key store"_s);
        it.value() = *clear;
    }
    for (const QString &name : bundle.required()) {
        if (properties.value(name).isNull() || properties.value(name).isUndefined())
            return tl::unexpected(u"%1 is missing"_s.arg(name));
    }
    std::shared_ptr<Connector> connector = bundle.open(properties);
    if (!connector)
        return tl::unexpected(u"the connector does nothing here"_s);
    return connector;
}

ConnectedSystem SystemRegistry::systemOf(const QString &name, const Registration &entry) const
{
    ConnectedSystem system;
    system.name = name;
    system.configId = entry.configId;
    system.config = entry.config;
    const QJsonValue ref = entry.config.value("connectorRef"_L1);
    system.bundle = isRemote(ref) ? nullptr : bundleFor(ref);
    const auto since = m_clock.now() - entry.written;
    const bool isDue = entry.isAwaited
        || (since >= m_options.registrationDelay
            && !isConfiguredAgain(since, m_options.registrationDelay));
    if (!isDue || !system.bundle || !system.isEnabled())
        return system;
    if (!entry.connector) {
        if (auto connector = opened(*system.bundle, entry.config))
            entry.connector = *connector;
    }
    system.connector = entry.connector;
    if (system.connector)
        system.state = ConnectedSystem::Active;
    return system;
}

QList<ConnectedSystem> SystemRegistry::listed() const
{
    QList<ConnectedSystem> systems;
    for (const auto &[name, entry] : m_registered) {
        if (isListed(entry))
            systems.append(systemOf(name, entry));
    }
    return systems;
}

std::optional<ConnectedSystem> SystemRegistry::find(const QString &name) const
{
    const auto found = m_registered.find(name);
    if (found == m_registered.end() || !isListed(found->second))
        return std::nullopt;
    return systemOf(name, found->second);
}

std::optional<ConnectedSystem> SystemRegistry::active(const QString &name) const
{
    auto system = find(name);
    // A blank in the name: OpenIDM 6.3.0 was seen to list the system and not to route to it.
    if (!system || system->state != ConnectedSystem::Active || name.contains(u' '))
        return std::nullopt;
    return system;
}

} // namespace hubkeeper::practice
