// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "policy/writemode.h"

#include <QByteArray>
#include <QUrl>

namespace hubkeeper {

/// Where in the policy file a rule is: "portals[0].mode", line 9.
struct RulePlace
{
    QString rule;
    int line = 0;

    bool operator==(const RulePlace &) const = default;
};

/// A value that the policy file sets, and where.
template <typename T>
struct Ruled
{
    T value {};
    RulePlace place;

    bool operator==(const Ruled &) const = default;
};

/// Somebody whose signature under a change set counts.
struct TrustedKey
{
    QString name; ///< For people.
    QByteArray key; ///< Ed25519, 32 bytes.
    QStringList accounts; ///< The accounts of who has it, at least one; case does not count.

    bool operator==(const TrustedKey &) const = default;
};

/// What the policy file says of one portal: the strictest of all rules that are for it.
struct PortalLimits
{
    QString file; ///< The policy file; empty: there is none, or it is not for this portal.
    QString contact; ///< Whom to ask; may be empty.
    qint64 portal = 0; ///< 0: not known.
    std::optional<RulePlace> notAllowed; ///< It is not among the allowed portals.
    /// Some rules are for certain portals, and which portal this is is not known yet.
    std::optional<RulePlace> unclear;
    std::optional<Ruled<WriteMode>> mode; ///< Nothing looser than this.
    std::optional<Ruled<int>> mostRows; ///< At least 1.
    std::optional<Ruled<int>> mostArchives; ///< At least 1.
    std::optional<Ruled<int>> mostPercent; ///< 1 to 100.
    std::optional<RulePlace> noArchiving;
    QList<Ruled<QString>> protectedProperties;
    std::optional<Ruled<int>> signatures; ///< At least 1.
    QList<TrustedKey> trustedKeys;

    bool operator==(const PortalLimits &) const = default;
};

/// What it says of one server.
struct ServerLimits
{
    QString file;
    QString contact;
    std::optional<RulePlace> notAllowed;
    std::optional<Ruled<WriteMode>> mode;
};

/// What the administrator of this computer has set for everybody on it (core/policy/README.md has
/// the file). One without a file forbids nothing.
struct Policy
{
    struct PortalRule
    {
        QStringList ids; ///< Empty: for all.
        PortalLimits limits; ///< Without file, contact and keys.
    };
    struct ServerRule
    {
        QStringList addresses; ///< Normalised; empty: for all.
        Ruled<WriteMode> mode;
    };

    QString file; ///< Empty: there is none.
    QString contact;
    std::optional<Ruled<QStringList>> allowedPortals;
    std::optional<Ruled<QStringList>> allowedServers; ///< Normalised addresses.
    QList<PortalRule> portals;
    QList<ServerRule> servers;
    std::optional<RulePlace> masking; ///< The window has to mask personal data.
    QList<TrustedKey> trustedKeys;

    [[nodiscard]] bool isPresent() const { return !file.isEmpty(); }
    /// `portal` 0: not known yet.
    [[nodiscard]] PortalLimits limitsOf(qint64 portal) const;
    [[nodiscard]] ServerLimits limitsOf(const QUrl &server) const;
};

/// An address as it is compared: scheme, host, port and path, without a slash at the end.
[[nodiscard]] QString comparedAddress(const QUrl &address);

/// Refused, naming the rule: `what`, a phrase that names the file, "(portals[0].mode, line 9)", and
/// whom to ask.
[[nodiscard]] Error refusedBy(const QString &what, const RulePlace &place, const QString &contact);

} // namespace hubkeeper
