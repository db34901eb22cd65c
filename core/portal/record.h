// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "portal/objecttype.h"

#include <QDateTime>
#include <QHash>

namespace hubkeeper {

/// One contact or company as the portal returns it (hubspot-api 4.2).
struct Record
{
    QString id; ///< A number as text; may exceed 2^53.
    /// The id it was asked for, if that one was merged into this record; else empty.
    QString mergedId;
    /// Every value is text. A null QString is a property without value; a missing key was not
    /// asked for or is not defined.
    QHash<QString, QString> properties;
    QDateTime createdAt; ///< UTC.
    QDateTime updatedAt; ///< UTC; the base of conflict checks (hubspot-api 1.10).
    bool archived = false;
    QString url; ///< In HubSpot's own interface, or empty.
    QStringList warnings; ///< Sentences of PROPERTY_VALUE_NORMALIZED (hubspot-api 2.4).
    QHash<QString, QStringList> associatedIds; ///< By type name ("companies"), without doubles.

    /// The text of a property, empty for null and for missing ones.
    [[nodiscard]] QString text(const QString &property) const { return properties.value(property); }
};

/// A page of list or search.
struct RecordPage
{
    QList<Record> records;
    QString after; ///< Opaque cursor of the next page; empty on the last one.
    qint64 total = -1; ///< Search only.
};

/// The readers: pure, tolerant of unknown members, safe on any bytes. BadReply if the body is not
/// JSON or lacks an id. Pages are read with simdjson.
[[nodiscard]] Result<Record> parseRecord(const QByteArray &json);
[[nodiscard]] Result<RecordPage> parseRecordPage(const QByteArray &json);

/// The property of a record that lists the ids merged into it, joined by ';'.
inline constexpr QLatin1StringView mergedIdsProperty("hs_merged_object_ids");
/// `record` as the answer to a read of `askedId`; fills in mergedId. Without an id as it is.
[[nodiscard]] Record answering(Record record, const QString &askedId);
/// What to say where somebody means `id`, which was merged into `survivor`: Conflict, with the
/// surviving id. The two never stand for each other without consent (DESIGN 6).
[[nodiscard]] Error mergedAway(const QString &id, const QString &survivor);

/// Compares ids as numbers (they exceed 2^53), falling back to text.
[[nodiscard]] bool idLess(const QString &a, const QString &b);

} // namespace hubkeeper
