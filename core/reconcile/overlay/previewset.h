// SPDX-License-Identifier: MIT
#pragma once

#include "reconcile/overlay/preview.h"

#include <memory>

namespace hubkeeper {

/// Makes a preview of a JSON object with the keys `mappings`, `objectsBefore`, `linksBefore` and
/// `runs`, as a case of the recordings has them (recon-vectors/README.md). `run` n, from 0, starts
/// from `objectsAfter` and `linksAfter` of run n-1. `objectTypes` (those of a provisioner, by
/// "system/<name>") is optional; without it the types are those of the recordings where the file is
/// one, else they take everything.
///
/// `replacement` is a list of mappings in place of the file's; undefined: the file's. InvalidInput
/// with what is missing or of another type, and for objects without an id of their own.
[[nodiscard]] Result<std::unique_ptr<Preview>>
readPreviewSet(const QJsonObject &set, int run = 0, PreviewPlace place = PreviewPlace::inMemory(),
               const QJsonValue &replacement = QJsonValue::Undefined);

} // namespace hubkeeper
