// SPDX-License-Identifier: MIT
#pragma once

#include "portal/portalreader.h"

namespace hubkeeper {

inline constexpr int mostHistoryInputs = 50; // Records of one batch with history (hubspot-api 5).

/// How many values of a property HubSpot keeps: 45 of contacts, 20 of companies (knowledge base
/// "Export property history", August 2024).
[[nodiscard]] constexpr int keptValues(ObjectType type)
{
    return type == ObjectType::Contacts ? 45 : 20;
}

/// One value that a property had, and who set it (hubspot-api 4.4).
struct PastValue
{
    QString value; ///< Empty: it was cleared.
    QDateTime at; ///< UTC; since when.
    QString sourceType; ///< "CRM_UI", "INTEGRATION", "IMPORT", "MERGE_OBJECTS", ...
    QString sourceId; ///< Whatever the source is known by: an app, a workflow, "userId:…".
    QString sourceLabel;
    QString userId; ///< The user, where HubSpot names one (also out of `sourceId`); else empty.

    bool operator==(const PastValue &) const = default;
};

/// What HubSpot keeps of a record's past.
struct RecordHistory
{
    Record record; ///< With the present texts of the properties.
    /// By property, newest first. Properties that the portal does not have are not in it.
    QHash<QString, QList<PastValue>> values;
};

/// What a batch of histories found.
struct HistoryBatch
{
    QList<RecordHistory> records; ///< In the portal's order.
    QStringList missing; ///< Ids that do not exist or are archived.
    QHash<QString, QString> survivors; ///< Ids that were merged away, with the id that answers.
};

[[nodiscard]] HttpRequest historyRequest(const ApiPaths &paths, ObjectType type,
                                         const QStringList &ids, const QStringList &properties);
/// Pure; BadReply if it is not a batch of records. Entries without a time are left out.
[[nodiscard]] Result<HistoryBatch> parseHistories(const QByteArray &json, const QStringList &ids);

/// One request for at most mostHistoryInputs records. Fails with InvalidInput for more or none, and
/// as requests do. `portal` must outlive the call.
[[nodiscard]] Call<HistoryBatch> *readHistories(PortalReader &portal, ObjectType type,
                                                QStringList ids, QStringList properties,
                                                QObject *parent);

/// What a property was at a moment, as far as HubSpot's history goes back.
struct ValueThen
{
    enum Knowledge {
        Known, ///< `value` it was; empty: it had none.
        NotKept, ///< The history begins later: HubSpot keeps no more than keptValues().
        NoHistory, ///< It has a value now, and HubSpot keeps no history of it.
        NotThere, ///< The record was made later.
    };
    Knowledge knowledge = Known;
    QString value;
};
/// Pure. A history that is shorter than what is kept is complete: before its first value there was
/// none.
[[nodiscard]] ValueThen valueAt(const RecordHistory &history, ObjectType type,
                                const QString &property, const QDateTime &moment);

/// For people: "in HubSpot", "by an app", "imported"; the type itself where it is not known.
[[nodiscard]] QString shownSource(const PastValue &value);

} // namespace hubkeeper
