// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/document/document.h"

#include <QStringList>

namespace hubkeeper {

// Edits of `objectTypes` (idm-connector 2.6), each one undoable step of the document called
// `step`. Entries are named by their JSON pointers. All fail with InvalidInput if the text is no
// valid JSON now, and then leave the document alone.

/// "contact" and "a/b" become the last part of a pointer: "/contact", "/a~1b".
[[nodiscard]] QString pointerPart(QString key);

/// An object type without attributes whose id and nativeType are its key; a missing `objectTypes`
/// is made. Fails too for an empty or taken key.
[[nodiscard]] Result<void> addObjectType(Document &document, const QString &key,
                                         const QString &step);
/// Attributes with their JSON text, at the end of a type; a missing `properties` is made. Fails too
/// for an empty or taken name.
[[nodiscard]] Result<void> addAttributes(Document &document, const QString &type,
                                         const QList<std::pair<QString, QByteArray>> &attributes,
                                         const QString &step);
/// A member of any object. An attribute keeps its native name: where it was not written, since it
/// is the key by default, it is written now. Fails too for an empty or taken name.
[[nodiscard]] Result<void> renameEntry(Document &document, const QString &pointer,
                                       const QString &name, const QString &step);
/// A copy right after the entry; its key is returned.
[[nodiscard]] Result<QString> duplicateEntry(Document &document, const QString &pointer,
                                             const QString &step);
/// Whatever the pointers name, one after the other: of a list the last elements have to come first.
[[nodiscard]] Result<void> removeEntries(Document &document, const QStringList &pointers,
                                         const QString &step);
/// One place up (-1) or down (1) among its neighbours; without effect at the end.
[[nodiscard]] Result<void> moveEntry(Document &document, const QString &pointer, int by,
                                     const QString &step);
/// Puts a flag on attributes or takes it off; an empty list of flags goes away.
[[nodiscard]] Result<void> setFlag(Document &document, const QStringList &attributes,
                                   const QString &flag, bool on, const QString &step);
[[nodiscard]] Result<void> setFlags(Document &document, const QString &attribute,
                                    const QStringList &flags, const QString &step);
/// An array needs a nativeType, because the default is what IDM refuses there: it is written if it
/// was not.
[[nodiscard]] Result<void> setAttributeType(Document &document, const QString &attribute,
                                            const QString &type, const QString &step);

} // namespace hubkeeper
