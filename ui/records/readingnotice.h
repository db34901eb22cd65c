// SPDX-License-Identifier: MIT
#pragma once

#include "portal/objecttype.h"

#include <QCoreApplication>
#include <QString>

namespace hubkeeper {

class MessageBar;
class RecordsQuery;
struct Error;

/// What a records page says of what it read, above its grid or in place of it.
class ReadingNotice final
{
    Q_DECLARE_TR_FUNCTIONS(hubkeeper::ReadingNotice)

public:
    /// `bar` must outlive it.
    explicit ReadingNotice(MessageBar &bar);

    /// How a reading ended; nothing if all went well. Offers to read on where that can be.
    void showOutcome(const RecordsQuery &query);
    /// Something about the records could not be read.
    void showFailure(const Error &error);
    /// The properties could not be read, or that was stopped: there is no grid then.
    void showNamesFailure(const Error &error);
    /// `fault` says why the conditions cannot be searched with.
    void showBadSearch(const QString &fault);
    /// So many cells did not take the new value; `reasons` are the first ones.
    void showRefusedCells(int count, const QStringList &reasons);

    /// In place of a grid without rows.
    [[nodiscard]] static QString emptyText(const RecordsQuery &query, ObjectType type,
                                           bool isSearch);
    [[nodiscard]] static QString noSessionText();

private:
    MessageBar &m_bar;
};

} // namespace hubkeeper
