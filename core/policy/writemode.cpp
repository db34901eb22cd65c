// SPDX-License-Identifier: MIT
#include "policy/writemode.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

QString nameOf(WriteMode mode)
{
    switch (mode) {
    case WriteMode::ReadOnly:
        return u"read-only"_s;
    case WriteMode::ReviewRequired:
        return u"review"_s;
    case WriteMode::Confirm:
        return u"confirm"_s;
    case WriteMode::Free:
        return u"free"_s;
    }
    Q_UNREACHABLE();
}

std::optional<WriteMode> writeModeFrom(const QString &name)
{
    for (const WriteMode mode : allWriteModes) {
        if (nameOf(mode) == name)
            return mode;
    }
    return std::nullopt;
}

} // namespace hubkeeper
