// SPDX-License-Identifier: MIT
#pragma once

#include "session/views/recordview.h"

#include <QPointer>

#include <optional>

namespace hubkeeper {

class RecordsPage;
class Session;

/// The records that a tool may be used on, as a page has them at a moment.
struct RecordsSubject
{
    enum Extent { Selected, Shown };

    QPointer<RecordSet> set; ///< Null once the page has read anew.
    RowOrder selected; ///< Store rows.
    RowOrder shown;
    QStringList columns; ///< Of the grid, without the id.
    QString provisioner;
    RecordView view; ///< What the page shows.
    bool isViewKept = false; ///< A command can name the view.
    bool isWholeView = false; ///< `shown` is all that the view finds.

    [[nodiscard]] const RowOrder &rows(Extent extent) const
    {
        return extent == Selected ? selected : shown;
    }
};

/// Nothing before records and definitions are read.
[[nodiscard]] std::optional<RecordsSubject> subjectOf(RecordsPage &page, const Session &session);

/// Options of hubkeeper-cli that choose the same records: --view, or `filterOption` with conditions
/// or ids. Nothing where they would have to name more than twenty records, and for a search for
/// words that is not kept as a view.
[[nodiscard]] std::optional<QStringList> commandWords(const RecordsSubject &subject,
                                                      RecordsSubject::Extent extent,
                                                      const QString &filterOption);

/// "contact" or "company", as commands call the records.
[[nodiscard]] QString commandWord(ObjectType type);

} // namespace hubkeeper
