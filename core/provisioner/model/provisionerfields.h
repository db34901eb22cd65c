// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/model/connectorproperties.h"

#include <QList>
#include <QStringList>

namespace hubkeeper {

/// The parts of a provisioner that are made of single values (idm-connector 2.2 to 2.4).
enum class FieldBlock {
    General,
    RestOnly, ///< At the top, and only in what IDM answers over REST.
    Reference,
    Pool,
    Handlers,
};

/// A single value of a provisioner outside configurationProperties. Sentences are English, marked
/// for translation in the context "ProvisionerField".
struct ProvisionerField
{
    const char *pointer; ///< JSON pointer.
    FieldBlock block;
    PropertyType type;
    const char *defaultJson; ///< What IDM takes when it is left out; "" if that is nothing.
    bool required;
    const char *label;
    const char *help; ///< One or two sentences.
};

/// All of them, block by block, in the order of the documentation. `enabled` is not among them.
[[nodiscard]] const QList<ProvisionerField> &provisionerFields();

/// Version ranges seen in shipped files, the usual one first (idm-connector 2.3).
[[nodiscard]] const QStringList &knownBundleVersions();

/// What may stand in an attribute's `type` and `nativeType`, and the flags that IDM knows
/// (idm-connector 2.6).
[[nodiscard]] const QStringList &attributeTypes();
[[nodiscard]] const QStringList &attributeNativeTypes();
[[nodiscard]] const QStringList &attributeFlags();

} // namespace hubkeeper
