// SPDX-License-Identifier: MIT
#pragma once

#include "practice/idm/state/idmstate.h"

namespace hubkeeper::practice {

/// A run as GET recon/<id> shows it (idm-connector 6.4).
[[nodiscard]] QJsonObject runJson(const IdmState &state, const ReconRun &run);

/// Audit entries of a run: its start, one object, its end.
[[nodiscard]] QJsonObject startEntry(IdmState &state, const ReconRun &run);
[[nodiscard]] QJsonObject objectEntry(IdmState &state, const ReconRun &run,
                                      const ReconEntry &entry);
[[nodiscard]] QJsonObject summaryEntry(IdmState &state, const ReconRun &run);

/// The audit/sync entry of what implicit synchronisation did.
[[nodiscard]] QJsonObject syncEntry(IdmState &state, const QString &mapping,
                                    const QString &sourceCollection, const ReconEntry &entry);

} // namespace hubkeeper::practice
