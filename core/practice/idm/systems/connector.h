// SPDX-License-Identifier: MIT
#pragma once

#include "filter/crestfilter.h"

#include <QJsonObject>
#include <QList>

#include <tl/expected.hpp>

#include <chrono>
#include <memory>
#include <optional>

namespace hubkeeper::practice {

/// What a connector can throw (idm-connector 2.10).
enum class ConnectorFaultKind {
    AlreadyExists,
    PreconditionFailed,
    PreconditionRequired,
    UnknownUid,
    InvalidAttributeValue,
    InvalidCredential,
    PasswordExpired,
    PermissionDenied,
    ConnectionBroken,
    ConnectionFailed,
    OperationTimeout,
    Retryable,
    Configuration,
    ConnectorSecurity,
    UnsupportedOperation,
    Other, ///< ConnectorException itself.
    Runtime, ///< No exception of the framework.
};

struct ConnectorFault
{
    ConnectorFaultKind kind = ConnectorFaultKind::Other;
    QString message;
    QString javaClass {}; ///< For Runtime; the others have theirs by kind.

    /// "org.identityconnectors.framework.common.exceptions.ConfigurationException"
    [[nodiscard]] QString className() const;
};

template <typename T>
using ConnectorResult = tl::expected<T, ConnectorFault>;

[[nodiscard]] inline tl::unexpected<ConnectorFault> thrown(ConnectorFaultKind kind,
                                                           QString message = {})
{
    return tl::unexpected<ConnectorFault>({kind, std::move(message)});
}

/// An object as a connector knows it.
struct NativeObject
{
    QString uid;
    QString name; ///< __NAME__
    QJsonObject attributes; ///< By native name; those without a value are left out.
};

/// The ends of the filter's pointers are native names, `__UID__` and `__NAME__` among them.
using NativeFilter = std::optional<CrestFilter>;

/// One configured connector: the operations of ICF that the practice IDM needs. Used in the
/// server's thread; may not block.
class Connector
{
public:
    virtual ~Connector() = default;

    [[nodiscard]] virtual ConnectorResult<void> test() = 0;
    /// All objects that match, in the connector's order.
    [[nodiscard]] virtual ConnectorResult<QList<NativeObject>>
    search(const QString &type, const NativeFilter &filter) = 0;
    /// Gives the new object's uid. Attributes have values of their types, none is null.
    [[nodiscard]] virtual ConnectorResult<QString> create(const QString &type,
                                                          const QJsonObject &attributes) = 0;
    /// Replaces the values of the attributes named; null takes a value away.
    [[nodiscard]] virtual ConnectorResult<QString> update(const QString &type, const QString &uid,
                                                          const QJsonObject &attributes) = 0;
    [[nodiscard]] virtual ConnectorResult<void> remove(const QString &type, const QString &uid) = 0;

    /// How long a search takes on the wire.
    [[nodiscard]] virtual std::chrono::milliseconds searchTime() const { return {}; }
};

/// A connector of a bundle on the server's disk.
class ConnectorBundle
{
public:
    QString bundleName;
    QString bundleVersion;
    QString connectorName;
    QString displayName;

    virtual ~ConnectorBundle() = default;

    /// Names of properties that the server encrypts.
    [[nodiscard]] virtual QStringList confidential() const { return {}; }
    /// Properties without which the connector never becomes active.
    [[nodiscard]] virtual QStringList required() const { return {}; }
    /// All properties and their defaults, for createCoreConfig.
    [[nodiscard]] virtual QJsonObject defaults() const { return {}; }
    /// The schema, for createFullConfig.
    [[nodiscard]] virtual QJsonObject objectTypes() const { return {}; }
    /// Operations with options per object type, for createFullConfig.
    [[nodiscard]] virtual QStringList operations() const { return {}; }
    /// A configured one; null where the bundle is listed but does nothing here.
    [[nodiscard]] virtual std::unique_ptr<Connector> open(const QJsonObject &) const { return {}; }
};

/// Whether a bundle of that version is meant by "1.8.0" or "[1.4.0.0,2.0.0.0)". OpenIDM 6.3.0 was
/// seen not to take "1.8.0.0" for 1.8.0.
[[nodiscard]] bool versionMatches(const QString &wanted, const QString &version);

} // namespace hubkeeper::practice
