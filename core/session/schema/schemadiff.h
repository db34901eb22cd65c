// SPDX-License-Identifier: MIT
#pragma once

#include "connector/schema.h"
#include "provisioner/text/jsonedit.h"

namespace hubkeeper {

enum class SchemaDifferenceKind {
    ClassMissing, ///< The connector offers the object class, the file has no object type for it.
    ClassUnknown, ///< The file has an object type the connector does not offer.
    AttributeMissing, ///< The portal has it, the file has not.
    AttributeGone, ///< The file has it, the portal has not; see SchemaDifference::suggestion.
    TypeDiffers, ///< Text, number, boolean, object, or a list of one of these.
    FlagsDiffer, ///< Creatable or updateable on one side only.
    RequiredDiffers,
};

/// "classMissing", "attributeGone", ...: for reports. Never changes.
[[nodiscard]] QString nameOf(SchemaDifferenceKind kind);

/// One difference between a file's object types and the portal's live schema, with the connector's
/// built-in schema as the third side. The three texts describe the attribute in one way, "string,
/// NOT_CREATABLE, required", and are empty where it does not exist; for a whole class they are
/// the number of attributes.
struct SchemaDifference
{
    SchemaDifferenceKind kind = SchemaDifferenceKind::AttributeMissing;
    QString objectType; ///< Its key in the file; the class's name where the file has none.
    QString attribute; ///< IDM's name for it; empty for a whole class.
    QString inDefault;
    QString inFile;
    QString inLive;
    QString suggestion; ///< AttributeGone: the live attribute that may be meant; else empty.
    QString pointer; ///< Of the attribute in the file, or of the object it is missing from.
    /// The file promises what the connector, with the file's own readSchema, cannot keep. The rest
    /// is worth knowing and changes nothing.
    bool isDrift = false;
};

/// All differences, in the order of the file, what is missing last. Attributes are matched by
/// native name, object types by native type, in any letter case. Pure.
[[nodiscard]] QList<SchemaDifference> schemaDifferences(const JsonText &file, const Schema &live);

} // namespace hubkeeper
