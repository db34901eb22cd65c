// SPDX-License-Identifier: MIT
#pragma once

#include "connector/schema.h"
#include "provisioner/text/jsonedit.h"

namespace hubkeeper {

/// Which differences patchedObjectTypes() removes.
struct SchemaPatch
{
    bool addClasses = false; ///< Object types the file has none of.
    bool addAttributes = true;
    bool correct = true; ///< Types that differ; flags and `required` where the file is too lax.
    bool onlyDrift = false; ///< With correct: types only where SchemaDifference calls it drift.
    QStringList onlyAttributes = {}; ///< With addAttributes: these; empty: all.
};

/// Edits of the text that bring its objectTypes in line with the live schema. Everything else
/// stays: attributes the portal does not know, unknown keys, stricter flags, layout. Empty if
/// nothing is to be done, or the text has faults. What is added needs readSchema = true. Pure.
[[nodiscard]] QList<TextEdit> patchedObjectTypes(const JsonText &file, const Schema &live,
                                                 const SchemaPatch &patch = {});

/// Names of the file's attributes that the schema does not have, in the order of the file.
[[nodiscard]] QStringList goneAttributes(const JsonText &file, const Schema &live);

/// The text without those of goneAttributes() that are in `names`. Pure.
[[nodiscard]] QByteArray withoutGone(const QByteArray &file, const Schema &live,
                                     const QStringList &names);

} // namespace hubkeeper
