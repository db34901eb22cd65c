// SPDX-License-Identifier: MIT
#pragma once

#include "portal/portalreader.h"

namespace hubkeeper {

// The requests PortalReader and PortalWriter send, as values: no network, no state.

inline constexpr int longestUrl = 4000; ///< Characters of path and query (hubspot-api 1.8).

/// Whether path and query together stay under longestUrl.
[[nodiscard]] bool fitsUrl(const HttpRequest &request);
/// Whether `id` can stand in a path: nothing in it divides or climbs paths.
[[nodiscard]] bool fitsPath(const QString &id);
/// Why nothing is sent for an id or a name that does not fit: such a one does not exist.
[[nodiscard]] tl::unexpected<Error> unusableId(const QString &id);
[[nodiscard]] tl::unexpected<Error> unusableName(const QString &name);
/// Why a batch of so many rows cannot be sent (hubspot-api 5), or nothing.
[[nodiscard]] std::optional<Error> excessOf(qsizetype inputs);

[[nodiscard]] HttpRequest getRequest(const QString &path);
[[nodiscard]] HttpRequest jsonRequest(Verb verb, const QString &path, const QByteArray &json,
                                      Repeat repeat = Repeat::Safe);
[[nodiscard]] HttpRequest jsonRequest(Verb verb, const QString &path, const QJsonObject &json,
                                      Repeat repeat = Repeat::Safe);

[[nodiscard]] HttpRequest listRequest(const ApiPaths &paths, ObjectType type,
                                      const ListOptions &options);
[[nodiscard]] HttpRequest readRequest(const ApiPaths &paths, ObjectType type, const QString &id,
                                      const ReadOptions &options);
[[nodiscard]] HttpRequest createRequest(const ApiPaths &paths, ObjectType type,
                                        const QHash<QString, QString> &properties);
[[nodiscard]] HttpRequest updateRequest(const ApiPaths &paths, ObjectType type, const QString &id,
                                        const QHash<QString, QString> &properties);
[[nodiscard]] Result<HttpRequest> searchRequest(const ApiPaths &paths, ObjectType type,
                                                const SearchQuery &query);
[[nodiscard]] HttpRequest mergeRequest(const ApiPaths &paths, ObjectType type,
                                       const QString &primaryId, const QString &mergedId);

/// `options` gives properties, idProperty and archived; associations cannot be had here.
[[nodiscard]] HttpRequest batchReadRequest(const ApiPaths &paths, ObjectType type,
                                           const QStringList &ids, const ReadOptions &options);
[[nodiscard]] HttpRequest batchCreateRequest(const ApiPaths &paths, ObjectType type,
                                             const QList<BatchInput> &inputs);
[[nodiscard]] HttpRequest batchUpdateRequest(const ApiPaths &paths, ObjectType type,
                                             const QList<BatchInput> &inputs);
[[nodiscard]] HttpRequest batchArchiveRequest(const ApiPaths &paths, ObjectType type,
                                              const QStringList &ids);

[[nodiscard]] HttpRequest ownersRequest(const ApiPaths &paths, const QString &after, bool archived);
[[nodiscard]] HttpRequest associationsRequest(const ApiPaths &paths, ObjectType from,
                                              const QString &id, ObjectType to,
                                              const QString &after);
[[nodiscard]] HttpRequest associateRequest(const ApiPaths &paths, ObjectType from,
                                           const QString &id, ObjectType to, const QString &toId,
                                           const QList<AssociationKind> &kinds);

} // namespace hubkeeper
