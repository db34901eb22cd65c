// SPDX-License-Identifier: MIT
#pragma once

#include <QJsonObject>

namespace hubkeeper::practice::test {

/// A small set made up by chance, the same for the same seed, with the keys of a recorded case:
/// one mapping between managed users and contacts in either direction, objects on both sides that
/// match, collide or lack values, links that are good, stale or half.
[[nodiscard]] QJsonObject generatedSet(quint32 seed);

} // namespace hubkeeper::practice::test
