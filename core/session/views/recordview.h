// SPDX-License-Identifier: MIT
#pragma once

#include "filter/crestfilter.h"
#include "portal/objecttype.h"
#include "store/sets/recordset.h"

#include <QHash>
#include <QJsonObject>
#include <QStringList>

namespace hubkeeper {

/// A named, kept way to look at the contacts or companies of a connection: which records, which
/// columns, in what order.
struct RecordView
{
    static constexpr int longestName = 80; ///< Characters.
    static constexpr int mostFixed = 8; ///< Pinned columns.

    QString id; ///< Empty: it is not kept yet.
    QString connectionId;
    ObjectType type = ObjectType::Contacts;
    QString name; ///< Of the view of all records: empty; it is called what the window calls it.
    QString words; ///< HubSpot's own search for words; may be empty.
    QString filter; ///< As viewfilter.h says; empty: every record.
    QStringList columns; ///< Properties; empty: the usual ones (usualColumns()).
    QHash<QString, int> widths; ///< In pixels, by property; of the id's column by "".
    int pinned = 2; ///< So many columns stay where they are: the id's and the first properties'.
    QList<RowSort> sorts; ///< The first one decides; an empty property is the record's id.

    /// The view that is always there and shows every record; its id.
    [[nodiscard]] bool isAll() const { return id == allId(connectionId, type); }
    [[nodiscard]] static QString allId(const QString &connectionId, ObjectType type);
    /// Whether both show the same, whatever they are called.
    [[nodiscard]] bool showsAs(const RecordView &other) const;

    bool operator==(const RecordView &) const = default;
};

/// The columns of who has chosen none.
[[nodiscard]] QStringList usualColumns(ObjectType type);

/// The conditions as a tree; true where there are none. Fails with InvalidInput, as the parser.
[[nodiscard]] Result<CrestFilter> filterOf(const RecordView &view);

/// As it is kept, and as `views show --json` prints it.
[[nodiscard]] QJsonObject asJson(const RecordView &view);
/// What cannot be read of it has its default; without an id it is not a view.
[[nodiscard]] RecordView recordViewFrom(const QJsonObject &json);

} // namespace hubkeeper
