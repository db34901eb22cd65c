// SPDX-License-Identifier: MIT
#pragma once

#include "base/secret.h"
#include "provisioner/document/document.h"

namespace hubkeeper {

/// Edits of one confidential property ("clientSecret"), each one undoable step that changes that
/// value and nothing else. `step` is what undo says. All fail as Document::setRaw().
///
/// Plain text is what IDM expects when a configuration is deployed: it encrypts the value when it
/// loads the file (idm-connector 2.8). From then on the text lies in the document's memory.
[[nodiscard]] Result<void> placePlainText(Document &document, const QString &property,
                                          const Secret &secret, const QString &step);
/// "esv.hubspot.secret" becomes "&{esv.hubspot.secret}". Fails with InvalidInput if the name is
/// none.
[[nodiscard]] Result<void> placeSubstitution(Document &document, const QString &property,
                                             const QString &name, const QString &step);
/// The value becomes null; succeeds if there is none.
[[nodiscard]] Result<void> takeSecretOut(Document &document, const QString &property,
                                         const QString &step);

/// Letters, digits, dots, dashes and underscores, beginning with a letter: a name that the
/// servers of both generations fill in (idm-connector 2.8).
[[nodiscard]] bool isSubstitutionName(const QString &name);

} // namespace hubkeeper
