// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/model/serverprofile.h"
#include "provisioner/text/jsontext.h"

namespace hubkeeper {

/// Something that may stand at a place.
struct Candidate
{
    QString text; ///< As it is listed and matched: a key or a value, without quotes.
    QByteArray insert; ///< JSON text: `"clientId"`, `-1`, and after a key `: ` with its value.
    QString detail; ///< English: type, default, meaning. May be empty.
};

/// What may be written at a place, and what it replaces.
struct Completion
{
    QList<Candidate> candidates; ///< Those that begin with what is there come first.
    Span replaced; ///< What is there already of the word, its quotes included.
    bool isKey = false; ///< Keys of an object; else values.
};

/// Keys and values a provisioner may have at a byte, from the tables of the validator: top-level
/// keys, configuration properties, connectorRef, pool, handlers, time-outs, attributes, types,
/// flags, operations, failure handling. Keys the object has already are left out. Where the text
/// around is broken, from what is still legible. Empty where anything may stand. Pure.
[[nodiscard]] Completion completionAt(const JsonText &text, qsizetype offset,
                                      ServerProfile profile = ServerProfile::Commercial);

} // namespace hubkeeper
