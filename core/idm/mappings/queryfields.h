// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QString>

namespace hubkeeper {

/// One comparison in a query that a script puts together.
struct QueryField
{
    QString attribute; ///< Without a slash before it.
    QString op; ///< "eq", "pr", ...
    bool breaksOnQuotes = false; ///< A value is put between quotes as it is.
};

/// The comparisons in the texts of a JavaScript that makes a query filter, such as
/// `({_queryFilter: 'email eq "' + source.mail + '"'})`. What is put together in another way is not
/// found. Pure.
[[nodiscard]] QList<QueryField> queryFieldsIn(const QString &script);

} // namespace hubkeeper
