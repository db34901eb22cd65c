// SPDX-License-Identifier: MIT
#include "journal/change.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

QString nameOf(ChangeKind kind)
{
    switch (kind) {
    case ChangeKind::Update:
        return u"update"_s;
    case ChangeKind::Create:
        return u"create"_s;
    case ChangeKind::Archive:
        break;
    }
    return u"archive"_s;
}

std::optional<ChangeKind> changeKindFrom(const QString &name)
{
    for (const ChangeKind kind : {ChangeKind::Update, ChangeKind::Create, ChangeKind::Archive}) {
        if (nameOf(kind) == name)
            return kind;
    }
    return {};
}

} // namespace hubkeeper
