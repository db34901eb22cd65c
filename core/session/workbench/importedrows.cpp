// SPDX-License-Identifier: MIT
#include "session/workbench/importedrows.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

QString nameOf(ImportedRow::Status status)
{
    switch (status) {
    case ImportedRow::Status::Creates:
        return u"create"_s;
    case ImportedRow::Status::Updates:
        return u"update"_s;
    case ImportedRow::Status::Unchanged:
        return u"unchanged"_s;
    case ImportedRow::Status::Refused:
        return u"refused"_s;
    }
    Q_UNREACHABLE();
}

Result<void> visitRows(const ImportedRows &rows,
                       const std::function<bool(const ImportedRow &)> &visit)
{
    constexpr int block = 500;
    for (qint64 next = 0; next < rows.count(); next += block) {
        const auto some = rows.read(next, block);
        if (!some)
            return tl::unexpected(some.error());
        for (const ImportedRow &row : *some) {
            if (!visit(row))
                return {};
        }
    }
    return {};
}

} // namespace hubkeeper
