// SPDX-License-Identifier: MIT
#pragma once

#include "idm/access/serverfacts.h"
#include "idm/configuration/configobjects.h"
#include "idm/system/testanswer.h"

namespace hubkeeper {

/// How far one connector of a server is, and what keeps it from working.
struct ConnectorStatus
{
    enum class State {
        NotDeployed, ///< No configuration of that id.
        NoBundle, ///< What its connectorRef wants is not loaded.
        Disabled,
        NotRegistered, ///< The configuration is there, the system is not.
        Waiting, ///< Registered, but its service does not run.
        Failing, ///< It runs, and its test fails.
        Active,
    };

    QString id; ///< Of the configuration.
    QString name; ///< Of the system.
    State state = State::NotDeployed;
    std::optional<ConfigObject> config;
    std::optional<BundleCheck> bundle; ///< Nothing without a connectorRef to look for.
    std::optional<TestAnswer> test; ///< Nothing where there is no system to test.
    std::optional<Error> testFailure; ///< Why the test itself could not be made.
    QString detail; ///< One sentence: what is so.
    QString next; ///< What to do; empty for Active.
};

[[nodiscard]] QString nameOf(ConnectorStatus::State state); ///< "notDeployed", "noBundle", ...

/// What the parts mean together; fills state, detail and next from the rest. Pure.
void judge(ConnectorStatus &status);

/// The status of one connector. `wanted` is the connectorRef of a file that is not deployed yet:
/// used where the server has no configuration. Fails as IdmClient::send(); what the server refuses
/// about one connector is part of its status.
[[nodiscard]] Call<ConnectorStatus> *readStatus(IdmClient &client, const QString &id,
                                                IdmProfile profile, const QJsonObject &wanted,
                                                QObject *parent);

} // namespace hubkeeper
