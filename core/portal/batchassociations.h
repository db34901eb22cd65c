// SPDX-License-Identifier: MIT
#pragma once

#include "portal/portalreader.h"

namespace hubkeeper {

inline constexpr int mostAssociationReads = 1'000; // hubspot-api 9.2

/// The associations of many records with one type, by record id; records that have none are not in
/// it.
using AssociationsById = QHash<QString, QList<Association>>;

/// One page for each of several records.
struct AssociationPages
{
    QHash<QString, AssociationPage> pages; ///< By record id.
};

[[nodiscard]] HttpRequest associationBatchRequest(const ApiPaths &paths, ObjectType from,
                                                  const QStringList &ids, ObjectType to);
/// Records without associations are missing or listed as errors (hubspot-api 9.2): neither is one.
[[nodiscard]] Result<AssociationPages> parseAssociationBatch(const QByteArray &json);

/// Reads them with as few calls as there are: a batch, and the further pages of records that have
/// more than one of them.
class BatchAssociations final : public Call<AssociationsById>
{
public:
    /// Fails with InvalidInput for more than mostAssociationReads ids, and as the portal's reads
    /// do. `portal` must outlive the call.
    BatchAssociations(PortalReader &portal, ObjectType from, QStringList ids, ObjectType to,
                      QObject *parent);

private:
    void onBatch(const AssociationPages &batch);
    void readWhole();

    PortalReader &m_portal;
    const ObjectType m_from;
    const ObjectType m_to;
    AssociationsById m_found;
    QStringList m_toRead; // Those that have more than a page.
};

} // namespace hubkeeper
