// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QJsonObject>
#include <QList>

namespace hubkeeper {

/// A connector that a server has loaded, an entry of `availableConnectors`.
struct LoadedConnector
{
    QString connectorName;
    QString bundleName;
    QString bundleVersion;
    QString displayName;
    QString host; ///< Its connector server; empty or "#LOCAL": the server itself.

    bool operator==(const LoadedConnector &) const = default;
    [[nodiscard]] bool isLocal() const;
};

/// The answer of `system?_action=availableConnectors`. Fails with BadReply if it is not one.
[[nodiscard]] Result<QList<LoadedConnector>> loadedConnectorsFrom(const QJsonValue &body);

/// Whether a server can load what a provisioner asks for.
struct BundleCheck
{
    enum class State {
        Loaded, ///< A connector accepts the reference.
        OtherVersion, ///< The bundle is there, in no version that the range accepts.
        Elsewhere, ///< It is there, but on another host.
        OtherConnector, ///< The bundle is there, without that connector.
        Missing, ///< No bundle of that name.
        Unreadable, ///< The reference itself cannot be read.
    };

    State state = State::Missing;
    QString detail; ///< One sentence: what is there instead, and what to do.
    LoadedConnector connector; ///< The one that fits best; empty with Missing and Unreadable.
};

[[nodiscard]] QString nameOf(BundleCheck::State state); ///< "loaded", "otherVersion", ...

/// Predicts what the server makes of a `connectorRef`: anything but Loaded waits for ever after a
/// write, or the write itself is refused with status 500 (idm-rest 2.1, 9.2).
[[nodiscard]] BundleCheck checkBundle(const QJsonObject &connectorRef,
                                      const QList<LoadedConnector> &loaded);

} // namespace hubkeeper
