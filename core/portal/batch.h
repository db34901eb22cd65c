// SPDX-License-Identifier: MIT
#pragma once

#include "portal/record.h"

namespace hubkeeper {

inline constexpr int mostBatchInputs = 100; // hubspot-api 5

/// One row to write. For update: id (or idProperty) and properties; for create: properties.
struct BatchInput
{
    QString traceId; ///< objectWriteTraceId, unique in the batch; made by the caller (a UUID).
    QString id; ///< Record id, or the value of `idProperty`. Empty for create.
    QString idProperty; ///< Empty: `id` is a record id.
    QHash<QString, QString> properties; ///< Empty text clears a value.
    QString primaryCompanyId; ///< Create contact only: associate; may be empty.
};

/// What became of one row.
struct BatchOutcome
{
    QString traceId; ///< As in the input.
    Result<Record> record = fail(ErrorKind::BadReply, {}); ///< The written record, or why not.
};

/// Matches a reply of 200, 201 or 207 to its inputs by trace id, record id or idProperty value;
/// grouped errors (context.ids) reach every row they name. Rows the reply does not mention get
/// OutcomeUnknown. One outcome per input, in input order.
[[nodiscard]] Result<QList<BatchOutcome>> parseBatchReply(const QByteArray &json,
                                                          const QList<BatchInput> &inputs);

/// What batch read found.
struct BatchReadOutcome
{
    QList<Record> records; ///< In the portal's order.
    QStringList missing; ///< Ids that do not exist or are archived.
    /// Ids that were merged into another record, with that record's id. It is in `records` under
    /// its own.
    QHash<QString, QString> survivors;
};

[[nodiscard]] Result<BatchReadOutcome> parseBatchRead(const QByteArray &json,
                                                      const QStringList &ids);

} // namespace hubkeeper
