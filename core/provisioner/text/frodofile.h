// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/text/jsontext.h"

#include <QStringList>

namespace hubkeeper {

/// The provisioner in a text as frodo (frodo-cli 2 and newer) keeps it, or none for any other text:
///
///     {"meta": {...}, "idm": {"provisioner.openicf/hubspot": {"_id": ..., "connectorRef": ...}}}
///
/// `meta` may be missing. Nothing else may be beside `idm`, and nothing beside the one member in
/// it: what holds more is an export of many things. In a text with faults, where brackets are not
/// where they were meant, other members are let be.
[[nodiscard]] int provisionerOfFrodo(const JsonText &text);

/// Whether root() of the text is such a provisioner, with frodo's objects around it.
[[nodiscard]] inline bool isFrodoFile(const JsonText &text)
{
    return text.root() > 0;
}

/// The keys of the two objects around it, from the outside in; none for other texts.
[[nodiscard]] QStringList keysAroundRoot(const JsonText &text);

} // namespace hubkeeper
