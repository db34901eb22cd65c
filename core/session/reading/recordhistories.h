// SPDX-License-Identifier: MIT
#pragma once

#include "portal/propertyhistory.h"

#include <functional>

namespace hubkeeper {

/// Ids that a reading of histories found nothing of.
struct MissingHistories
{
    QStringList missing; ///< They do not exist or are archived.
    QHash<QString, QString> survivors; ///< Merged away, with the id that answers.
};

/// Why a value of then is not known, for people; empty if it is.
[[nodiscard]] QString reasonOf(const ValueThen &then, ObjectType type);

/// The histories of any number of records, some batches at a time; memory holds those batches only.
/// Progress is in records. `portal` must outlive the call.
class ReadRecordHistories final : public Call<MissingHistories>
{
public:
    /// Gets the records of a batch in the order of the batches; an error ends the call with it.
    using Take = std::function<Result<void>(const QList<RecordHistory> &)>;

    ReadRecordHistories(PortalReader &portal, ObjectType type, QStringList ids,
                        QStringList properties, Take take, QObject *parent);

private:
    void readMore();
    void onBatch(qsizetype number, const HistoryBatch &batch);

    PortalReader &m_portal;
    const ObjectType m_type;
    QStringList m_ids;
    const QStringList m_properties;
    const Take m_take;
    MissingHistories m_missing;
    QHash<qsizetype, HistoryBatch> m_early; // Batches that came before an earlier one.
    qsizetype m_next = 0; // The first id that is not asked for.
    qsizetype m_asked = 0; // Batches.
    qsizetype m_taken = 0; // Batches.
    qsizetype m_records = 0;
};

} // namespace hubkeeper
