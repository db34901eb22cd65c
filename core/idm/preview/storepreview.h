// SPDX-License-Identifier: MIT
#pragma once

#include "idm/preview/previewwork.h"

namespace hubkeeper {

/// The preview of a set that was read from a server: its objects by the rules of their types
/// (`objectTypes`) and of the managed schema, its links, its mappings, or `replacement` in place of
/// them. Run it in onStore(). InvalidInput for a set without mappings, Storage.
[[nodiscard]] Result<std::unique_ptr<Preview>>
previewOf(PreviewWork &work, const QJsonValue &replacement = QJsonValue::Undefined);

/// Policies of a collection's schema that only the server checks, such as "city: my-own".
[[nodiscard]] Result<QStringList> uncheckedPolicies(const PreviewStore &store,
                                                    const QString &collection);

/// Runs what works on a PreviewWork, and gives what its database throws as an error.
[[nodiscard]] Result<void> onStore(const std::function<void()> &work);

/// Which collections a preview of the mapping needs: its own two, and those that the managed
/// objects it writes start mappings to (enableSync).
[[nodiscard]] QStringList neededCollections(const SyncMappings &mappings,
                                            const SyncMapping &mapping);

} // namespace hubkeeper
