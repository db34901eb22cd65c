// SPDX-License-Identifier: MIT
#pragma once

#include "base/secret.h"
#include "provisioner/text/jsontext.h"

namespace hubkeeper {

/// How a file holds a confidential value.
enum class SecretForm {
    Absent, ///< Null, empty or not there.
    PlainText, ///< Readable by anybody who can read the file; IDM encrypts it when it loads it.
    Encrypted, ///< A `$crypto` block: only the IDM that made it can read it (idm-connector 2.8).
    Substituted, ///< `&{...}`: IDM fills it in from its environment.
    Invalid, ///< Something that is not a secret at all.
};

/// Looks without exposing anything.
[[nodiscard]] SecretForm secretFormOf(const JsonText &text, int node);

/// The clear text, if the form is PlainText; empty otherwise.
[[nodiscard]] Secret plainSecret(const JsonText &text, int node);

/// Whether a text holds a substitution `&{...}` (idm-connector 2.8).
[[nodiscard]] bool holdsSubstitution(const QString &text);

/// Whether a text is one substitution without a default, so that it reveals nothing.
[[nodiscard]] bool isPlainSubstitution(const QString &text);

/// Whether a value is filled in by IDM: a text with a substitution, or one of the coercion objects
/// `{"$int": "&{...}"}`.
[[nodiscard]] bool isSubstituted(const JsonText &text, int node);

} // namespace hubkeeper
