// SPDX-License-Identifier: MIT
#pragma once

#include "portal/packedrecord.h"
#include "portal/portalreader.h"

namespace hubkeeper {

/// A page of the complete list as packed records, in the order of ids: one request, and another for
/// the values where the columns are more than a URL holds. Records that are gone by then are left
/// out.
class PackedList final : public Call<PackedPage>
{
public:
    /// `portal` must outlive the call. Without columns only ids and times are read.
    PackedList(PortalReader &portal, ObjectType type, std::shared_ptr<const PackedColumns> columns,
               const QString &after, QObject *parent);

private:
    PackedPage m_page;
};

/// These records, a hundred at most, those that are there.
[[nodiscard]] Call<PackedPage> *packedBatch(PortalReader &portal, ObjectType type,
                                            std::shared_ptr<const PackedColumns> columns,
                                            const QStringList &ids, QObject *parent);

} // namespace hubkeeper
