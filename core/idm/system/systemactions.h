// SPDX-License-Identifier: MIT
#pragma once

#include "idm/access/idmclient.h"
#include "idm/system/testanswer.h"

namespace hubkeeper {

/// The actions of `system` that change nothing. Each fails as IdmClient::send().

[[nodiscard]] Call<QList<LoadedConnector>> *availableConnectors(IdmClient &client, QObject *parent);

/// All connectors with their state. Fails with ServerFault where one provisioner without a name
/// breaks the test of all (OpenIDM 6.3.0 was seen to answer 500).
[[nodiscard]] Call<QList<TestAnswer>> *testAll(IdmClient &client, QObject *parent);

/// One connector, by its `name`. NotFound: it is not registered; absent, disabled or not there yet.
[[nodiscard]] Call<TestAnswer> *testOne(IdmClient &client, const QString &name, QObject *parent);

/// A configuration that is not deployed: `config` whole, secrets in clear text; `_id` and `id` are
/// taken out. Where the server has a connector of the same `name`, it tests with that one's
/// connectorRef: give another name to test a changed one.
[[nodiscard]] Call<TestAnswer> *testConfig(IdmClient &client, QJsonObject config, QObject *parent);

} // namespace hubkeeper
