// SPDX-License-Identifier: MIT
#pragma once

#include "changes/set/rowchange.h"
#include "policy/signature.h"

#include <QJsonObject>

#include <vector>

namespace hubkeeper {

/// A row as the file of a change set has it, with the line's end, whatever became of it since: what
/// a signature is about (core/changes/README.md, "Canonical form").
[[nodiscard]] QByteArray signedLineOf(const RowChange &row);
/// Any object in that form, with the line's end.
[[nodiscard]] QByteArray canonicalLine(const QJsonObject &json);
/// SHA-256 of a line, 32 bytes.
[[nodiscard]] QByteArray lineDigest(QByteArrayView line);

/// What a file of changes was signed for, without the rows themselves: enough to tell whether a row
/// is one of them. Whether the signatures are good is found out by whoever asks, so that nothing
/// depends on where this was kept meanwhile.
struct SignedChanges
{
    QByteArray header; ///< The first line, with its end.
    qint64 portalId = 0; ///< Of the header, like the author.
    QString author; ///< The account that saved it.
    QByteArray rowDigests; ///< lineDigest() of each row in the order of the file.
    QList<Signature> signatures;
    qint64 gone = 0; ///< Rows that were applied and taken out of the set since.

    [[nodiscard]] qint64 rowCount() const;
    [[nodiscard]] bool contains(const RowChange &row) const;
    /// What the signatures have to be of: SHA-512 of the header and the digests of the rows.
    [[nodiscard]] const QByteArray &digest() const { return m_digest; }
    /// For the two above; after header and rowDigests were set.
    void prepare();

    bool operator==(const SignedChanges &other) const;

private:
    std::vector<QByteArray> m_sorted;
    QByteArray m_digest;
};

/// As the file behind a change set keeps it, and back; nothing if it is not one.
[[nodiscard]] QString keptForm(const SignedChanges &changes);
[[nodiscard]] std::optional<SignedChanges> signedChangesFrom(const QString &keptForm);

/// A signature as the last lines of a file have it, and back; the other side is a phrase that names
/// the member.
[[nodiscard]] QJsonObject jsonOf(const Signature &signature);
[[nodiscard]] tl::expected<Signature, QString> signatureFromJson(const QJsonObject &json);

} // namespace hubkeeper
