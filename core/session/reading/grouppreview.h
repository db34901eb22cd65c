// SPDX-License-Identifier: MIT
#pragma once

#include "session/reading/mergepreview.h"

namespace hubkeeper {

/// More records than that are not merged into one at a time: each is read whole before, and nobody
/// looks at more.
inline constexpr qsizetype mostMergesAtOnce = 20;

/// Records that are one: the others go into the one that stays, one after the other.
struct GroupWish
{
    ObjectType type = ObjectType::Contacts;
    QString keptId;
    QStringList otherIds; ///< In the order in which they are merged.
    /// By property: what shall be there in the end, instead of HubSpot's choice.
    QHash<QString, QString> wanted;
    QStringList correlated; ///< As in MergeWish.
    QString correlatedFrom; ///< Likewise.
};

/// What each merge of the group would do, in their order. A later one begins with what the ones
/// before leave by HubSpot's rules, under the id of the record that stays. A wanted value is chosen
/// in the merge that brings it along, since HubSpot keeps an address unique until then. `images`
/// are of the record that stays and of the others. Pure.
[[nodiscard]] QList<MergePreview> previewsOf(const GroupWish &wish, const MergeImages &found);

/// Reads all records of the group whole. Fails as readMergeImages(), and with InvalidInput for more
/// than mostMergesAtOnce others, or none. `session` must outlive the call.
[[nodiscard]] Call<MergeImages> *readGroup(Session &session, const GroupWish &wish,
                                           QObject *parent);

} // namespace hubkeeper
