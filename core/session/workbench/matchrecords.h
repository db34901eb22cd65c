// SPDX-License-Identifier: MIT
#pragma once

#include "portal/portalreader.h"
#include "portal/samevalue.h"

namespace hubkeeper {

/// What rows of a table are matched by.
struct MatchKey
{
    ObjectType type = ObjectType::Contacts;
    PropertyDefinition property; ///< Its name is "id" for the record's id.

    [[nodiscard]] bool isRecordId() const;
    [[nodiscard]] bool isDomain() const;
    /// A text that is equal for equal keys; empty for none.
    [[nodiscard]] QString keyOf(const QString &text) const;
    /// All keys that find the record: a contact has several addresses.
    [[nodiscard]] QStringList keysOf(const Record &record) const;
};

/// The first letter of what a row is found by that has no key: its record ID follows. Keys are
/// trimmed, so that none begins like this.
inline constexpr char recordKeyMark = '\1';

struct FoundRecords
{
    QHash<QString, QList<Record>> byKey; ///< MatchKey::keyOf() to the live records.
    QHash<QString, QString> survivors; ///< Ids that were merged away, with the one that is left.
};

/// Which live records have these keys. By HubSpot's search for domains, which does not know what
/// was written in the last seconds; exactly for all others. At most mostBatchInputs texts.
/// `properties` are read of each. Fails as the portal's reads do. The portal must outlive the call.
[[nodiscard]] Call<FoundRecords> *matchRecords(PortalReader &portal, const MatchKey &key,
                                               const QStringList &texts,
                                               const QStringList &properties, QObject *parent);

} // namespace hubkeeper
