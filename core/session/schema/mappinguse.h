// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/text/jsontext.h"

namespace hubkeeper {

/// One property of a mapping that reads or writes an attribute (idm-connector 5).
struct MappingUse
{
    QString mapping; ///< Its name, or its number in the file where it has none.
    bool reads = true; ///< The attribute is the source; else the target.
    QString other; ///< The property on the other side; may be empty.
    QString pointer; ///< Into the sync.json.

    bool operator==(const MappingUse &) const = default;
};

/// Who uses `attribute` of system/`system`/`objectType`: the mappings of a sync.json, in the order
/// of the file. Pure; what is of the wrong kind is skipped.
[[nodiscard]] QList<MappingUse> mappingUses(const JsonText &sync, const QString &system,
                                            const QString &objectType, const QString &attribute);

} // namespace hubkeeper
