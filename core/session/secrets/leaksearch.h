// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"
#include "base/secret.h"

namespace hubkeeper {

/// A place in a file where a known secret is. Never holds the secret.
struct Leak
{
    QString path;
    qint64 offset = 0; ///< Bytes from the beginning of the file.
    QString secret; ///< "clientSecret of ACME EU".
    QString form; ///< "plain text", "base64", "percent-encoded", "JSON-escaped", "UTF-16".

    bool operator==(const Leak &) const = default;
};

/// What a leak check looked at, and what it found.
struct LeakReport
{
    int secrets = 0; ///< Looked for; others are not known or too short to tell apart.
    int files = 0;
    qint64 bytes = 0;
    QList<Leak> leaks; ///< At most mostLeaks.
    QStringList unreadable; ///< Files that could not be read.
    std::optional<Error> keychainFailure; ///< Some secrets are not known because of it.

    static constexpr qsizetype mostLeaks = 1000;
};

/// A secret with the name it is reported under.
struct KnownSecret
{
    QString name;
    Secret value;
};

/// Searches the files below `places` (files or folders; symbolic links are not followed) for
/// secrets, as they stand and encoded. Files in `expected` are left out. Reads piece by piece on a
/// pool's thread, reports bytes as progress, can be cancelled. Secrets shorter than eight bytes are
/// not looked for: they are found everywhere.
[[nodiscard]] Call<LeakReport> *searchForLeaks(std::vector<KnownSecret> secrets,
                                               const QStringList &places,
                                               const QStringList &expected, QObject *parent);

} // namespace hubkeeper
