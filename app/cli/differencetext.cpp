// SPDX-License-Identifier: MIT
#include "differencetext.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

/// Long values, whole object types above all, are cut; --json has them in full.
QString brief(const QString &json)
{
    constexpr qsizetype most = 120;
    return json.size() <= most ? json : json.left(most) + u'…';
}

} // namespace

QJsonObject asJson(const MeaningChange &change)
{
    const auto value = [](const QString &json) {
        return json.isEmpty() ? QJsonValue() : JsonText(json.toUtf8()).valueOf(0);
    };
    return {{u"pointer"_s, change.pointer},
            {u"kind"_s, nameOf(change.kind)},
            {u"before"_s, value(change.before)},
            {u"after"_s, value(change.after)}};
}

QString lineOf(const MeaningChange &change)
{
    switch (change.kind) {
    case MeaningChange::Kind::Added:
        return u"+ %1: %2"_s.arg(change.pointer, brief(change.after));
    case MeaningChange::Kind::Removed:
        return u"- %1: %2"_s.arg(change.pointer, brief(change.before));
    case MeaningChange::Kind::Changed:
        return u"~ %1: %2 -> %3"_s.arg(change.pointer, brief(change.before), brief(change.after));
    }
    Q_UNREACHABLE();
}

} // namespace hubkeeper::cli
