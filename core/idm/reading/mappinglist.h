// SPDX-License-Identifier: MIT
#pragma once

#include "idm/access/idmclient.h"
#include "idm/access/serverfacts.h"

#include <QJsonArray>

namespace hubkeeper {

/// All mappings of a server in the order in which it runs them: the list of `config/sync`, and on
/// commercial servers `sync/mappings`, which has those of `config/mapping` as well. A server that
/// never had one gives an empty list (idm-rest 5). Numbers are as a server keeps them
/// (reconcile/values/exactjson.h). Fails as IdmClient::send().
[[nodiscard]] Call<QJsonArray> *readMappingList(IdmClient &client, IdmProfile profile,
                                                QObject *parent);

} // namespace hubkeeper
