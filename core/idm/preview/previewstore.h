// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>

#include <memory>

namespace SQLite {
class Database;
} // namespace SQLite

namespace hubkeeper {

/// How the reading of one collection, or of the links, went.
struct CollectionReading
{
    QString collection; ///< "managed/user", "system/hubspot/contact", "repo/link".
    QDateTime began; ///< UTC.
    QDateTime ended;
    qint64 rows = 0; ///< Kept.
    qint64 seenTwice = 0; ///< Rows that came again: it changed while it was read.
    qint64 appeared = 0; ///< Of the second look at the ids, where there was one.
    qint64 vanished = 0;
    qint64 changed = 0;
    qint64 assigned = 0; ///< Objects that have values by role assignments.
    QString gap; ///< Why it is not known at all; empty: it was read to its end.

    [[nodiscard]] bool changedMeanwhile() const
    {
        return seenTwice + appeared + vanished + changed > 0;
    }
};

/// Where a set comes from.
struct PreviewOrigin
{
    QString server; ///< Its label.
    QString address;
    QString version; ///< "7.0.2"; may be empty.
    QString profile; ///< "community", ...
};

/// The rows of a page that were kept.
struct TakenRows
{
    qint64 added = 0;
    qint64 seenTwice = 0;
    qint64 assigned = 0; ///< With values by role assignments.
};

/// Both sides of a mapping, the links, the mappings and the schema as they were read from a server,
/// in one SQLite database: a temporary one without a name, or a file of a kind and version of its
/// own (README). Passwords and `$crypto` values are left out when rows come in.
///
/// One thread at a time fills it; reading may come from several. Fails with Storage, NotSaved.
class PreviewStore
{
public:
    static constexpr int version = 1;

    /// Gone when the last owner lets go of it, however the program ends.
    [[nodiscard]] static Result<std::shared_ptr<PreviewStore>> makeTemporary();
    /// Opens a file for reading. InvalidInput with a sentence: missing, another kind of file, cut
    /// off, damaged, written by a newer version.
    [[nodiscard]] static Result<std::shared_ptr<PreviewStore>> open(const QString &path);
    /// Whether a file begins as a SQLite database does.
    [[nodiscard]] static bool isDatabase(const QString &path);
    ~PreviewStore();

    /// Writes a file of mode 0600, whole or not at all.
    [[nodiscard]] Result<void> saveAs(const QString &path) const;

    /// Objects, each with `_id`; one with a known id is counted and left out.
    [[nodiscard]] Result<TakenRows> addObjects(const QString &collection, const QJsonArray &rows);
    /// Links as `repo/link` shows them.
    [[nodiscard]] Result<TakenRows> addLinks(const QJsonArray &rows);
    /// Compares rows of ids and revisions with what is kept; counts into `reading`. Rows that are
    /// known are counted as `added`.
    [[nodiscard]] Result<TakenRows> compare(const QJsonArray &rows, CollectionReading &reading);

    [[nodiscard]] Result<void> setReading(const CollectionReading &reading);
    [[nodiscard]] Result<QList<CollectionReading>> readings() const;
    [[nodiscard]] Result<void> setOrigin(const PreviewOrigin &origin);
    [[nodiscard]] Result<PreviewOrigin> origin() const;

    /// "mappings", "objectTypes" (by system), "managed": as read, or null.
    [[nodiscard]] Result<void> setDocument(const QString &name, const QJsonValue &value);
    [[nodiscard]] Result<QJsonValue> document(const QString &name) const;

    [[nodiscard]] Result<QStringList> collections() const;
    [[nodiscard]] Result<qint64> countOf(const QString &collection) const;
    /// Nothing if there is none of the id.
    [[nodiscard]] Result<std::optional<QJsonObject>> object(const QString &collection,
                                                            const QString &id) const;
    /// The number of a collection in the database; made if it is not there.
    [[nodiscard]] Result<int> sideOf(const QString &collection);

    /// Tables are `object` (side, place, id, body) and `link`; see the README.
    [[nodiscard]] SQLite::Database &database() const { return *m_database; }

private:
    explicit PreviewStore(std::unique_ptr<SQLite::Database> database);

    const std::unique_ptr<SQLite::Database> m_database;
};

} // namespace hubkeeper
