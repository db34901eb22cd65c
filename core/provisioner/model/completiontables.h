// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/model/completion.h"

#include <QStringList>

namespace hubkeeper {

/// Where something is to be written: the keys and indexes from the root to the container, and the
/// tables that depend on the rest of the file.
struct CompletionPlace
{
    const JsonText &text;
    QStringList path; ///< Of the container; for a value with its key or index at the end.
    ServerProfile profile = ServerProfile::Commercial;
};

/// The keys an object at a place may have; Candidate::insert holds the value to begin with.
[[nodiscard]] QList<Candidate> keysAt(const CompletionPlace &place);
/// The values that may stand at a place.
[[nodiscard]] QList<Candidate> valuesAt(const CompletionPlace &place);

} // namespace hubkeeper
