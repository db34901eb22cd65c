// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/model/provisionerfields.h"

namespace hubkeeper {

/// Entries that a provisioner may have many of.
enum class EntryKind {
    ObjectType, ///< A member of objectTypes (idm-connector 2.6).
    Attribute, ///< A member of an object type's properties (idm-connector 2.6).
    OperationOptions, ///< A member of operationOptions (idm-connector 2.7).
    ObjectFeatures, ///< A member of an operation's objectFeatures (idm-connector 2.7).
};

enum class EntryValue {
    Single, ///< As EntryField::type says.
    Names, ///< A list of texts.
    Any, ///< Whatever JSON has.
};

/// A value of such an entry. Sentences are English, marked for translation in the context
/// "EntryField".
struct EntryField
{
    EntryKind entry;
    const char *pointer; ///< JSON pointer from the entry on.
    EntryValue value;
    PropertyType type; ///< Of a single value.
    const char *defaultJson; ///< What IDM takes when it is left out; "" if that is nothing.
    const char *label;
    const char *help; ///< One or two sentences.
};

/// In the order of the documentation. What names an entry, and what is in the columns of the
/// tree of object types, is not among them.
[[nodiscard]] const QList<EntryField> &entryFields();

/// What a denied operation may do (idm-connector 2.7).
[[nodiscard]] const QStringList &denialKinds();

/// What an operation of operationNames() is for: an English sentence, marked for translation in the
/// context "EntryField"; "" for others.
[[nodiscard]] const char *meaningOfOperation(const QString &operation);

} // namespace hubkeeper
