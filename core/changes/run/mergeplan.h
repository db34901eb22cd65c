// SPDX-License-Identifier: MIT
#pragma once

#include "changes/set/rowchange.h"
#include "portal/recordimage.h"
#include "portal/samevalue.h"

#include <map>

namespace hubkeeper {

class ChangeSet;

// The decisions about merges, as pure functions.

/// The property that lists a contact's other addresses, or a company's other domains.
[[nodiscard]] QString additionalNamesProperty(ObjectType type);
/// "email" or "domain": what goes there when another record has it.
[[nodiscard]] QString nameProperty(ObjectType type);

/// Whether a merge, or the undoing of one, can be about the property: values that HubSpot computes
/// are not, but the additional addresses of contacts are.
[[nodiscard]] bool isMergeable(ObjectType type, const PropertyDefinition &property);

/// Whether the cell is a contact's additional addresses in a row that takes a merge back: they are
/// written in a way of their own (SendAddresses), although the definition says that they cannot be.
[[nodiscard]] bool isAddressesOfRevert(const RowChange &row, const QString &property);

/// What the merged record has by HubSpot's rules: the primary's values, gaps filled from the other,
/// whose address or domain becomes an additional one (hubspot-api 4.8, live-behaviour F2). Of the
/// properties of isMergeable(), those that have a value.
[[nodiscard]] std::map<QString, QString> survivingTexts(ObjectType type, const Record &primary,
                                                        const Record &merged,
                                                        const DefinitionsByName &definitions);

/// What a merge changes in the primary record: its texts before, and `after`.
[[nodiscard]] CellChanges mergeCells(ObjectType type, const Record &primary,
                                     const std::map<QString, QString> &after,
                                     const DefinitionsByName &definitions);

/// What shall be instead of HubSpot's choice, by property: the cells of the row.
[[nodiscard]] CellChanges choiceCells(const std::map<QString, QString> &surviving,
                                      const QHash<QString, QString> &wanted);

/// The row that merges `merged` into `primary`.
[[nodiscard]] RowChange mergeRow(ObjectType type, const Record &primary, const Record &merged,
                                 const QString &label, const CellChanges &choice);

/// {"primary", "merged"}: what the journal keeps of both before they are merged.
[[nodiscard]] QJsonObject imagesJson(const RecordImage &primary, const RecordImage &merged);

/// Records that applied merges of the set replaced by one with a new id, with that id.
[[nodiscard]] QHash<QString, QString> survivorsOf(const ChangeSet &changes);
/// The id that remains of `id`, over any number of merges.
[[nodiscard]] QString survivorOf(QString id, const QHash<QString, QString> &survivors);

} // namespace hubkeeper
