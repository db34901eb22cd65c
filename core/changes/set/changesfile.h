// SPDX-License-Identifier: MIT
#pragma once

#include "changes/set/changefile.h"
#include "changes/set/signedchanges.h"

namespace hubkeeper {

/// What the first line of a file of changes says.
struct ChangesHeader
{
    ChangeBinding binding; ///< Portal 0: a file of version 1, which says nothing of it.
    QDateTime created; ///< Whole seconds; invalid before version 3.
    QString author; ///< The account that saved it (accountName()); empty before version 3.
    QString note; ///< For who reads it; may be empty.
};

/// For a file that is made now, by this account.
[[nodiscard]] ChangesHeader headerFor(const ChangeBinding &binding, const QString &note = {});

/// A change set as it is exchanged, described in core/changes/README.md: JSON Lines.
struct ExchangedChanges
{
    ChangesHeader header;
    std::vector<RowChange> rows;
    /// What can be signed: header, digests of the rows as they are in the file, and the signatures
    /// there are. Null before version 3.
    std::shared_ptr<const SignedChanges> contents;
    /// The first line that is not in canonical form; 0: all are.
    int otherForm = 0;

    [[nodiscard]] const ChangeBinding &binding() const { return header.binding; }
    /// `contents`, if somebody has signed them. Not of a file in another form, which people may
    /// have read differently.
    [[nodiscard]] std::shared_ptr<const SignedChanges> signedAs() const
    {
        return contents && !contents->signatures.isEmpty() && otherForm == 0 ? contents : nullptr;
    }
};

/// In canonical form, without signatures.
[[nodiscard]] QByteArray changesToLines(const ChangesHeader &header,
                                        const std::vector<RowChange> &rows);
/// One line of it, with its end. A staged row's has nothing of how it failed before it was edited,
/// so that it can be signed.
[[nodiscard]] QByteArray lineOf(const ChangesHeader &header);
[[nodiscard]] QByteArray lineOf(const RowChange &row);
[[nodiscard]] QByteArray lineOf(const Signature &signature);

/// Reads such a file of any version, line by line: what is held is the rows, not the file. Strict:
/// InvalidInput, naming line and member (version 1: row and member) of the first fault and the
/// lines of others (Error::fields has all), for anything else; also for a row that is there twice,
/// for a reference to a record that no row creates, and for a newer version. Rows that were being
/// sent come back as Unknown. Any thread.
[[nodiscard]] Result<ExchangedChanges> readChangesFile(const QString &path);
/// The same of what was read already.
[[nodiscard]] Result<ExchangedChanges> changesFromFile(const QByteArray &content);

/// Puts a signature at the end of the file, unless the same key has signed it already (Conflict).
/// Fails with InvalidInput for what is not signed: another version, rows that were sent already, a
/// line that is not in canonical form, which what people saw might differ from; with NotSaved.
[[nodiscard]] Result<void> addSignature(const QString &path, const Signature &signature);

/// Why this must not be signed as it is, or nothing: as addSignature().
[[nodiscard]] std::optional<Error> refusalToSign(const ExchangedChanges &changes);

} // namespace hubkeeper
