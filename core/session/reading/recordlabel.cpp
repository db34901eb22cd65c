// SPDX-License-Identifier: MIT
#include "session/reading/recordlabel.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

QStringList labelProperties(ObjectType type)
{
    return type == ObjectType::Contacts ? QStringList {u"email"_s, u"firstname"_s, u"lastname"_s}
                                        : QStringList {u"name"_s, u"domain"_s};
}

QString labelOf(ObjectType type, const QHash<QString, QString> &properties, const QString &id)
{
    const QStringList candidates = type == ObjectType::Contacts
        ? QStringList {properties.value(u"email"_s),
                       (properties.value(u"firstname"_s) + u' ' + properties.value(u"lastname"_s))
                           .trimmed()}
        : QStringList {properties.value(u"name"_s), properties.value(u"domain"_s)};
    for (const QString &candidate : candidates) {
        if (!candidate.isEmpty())
            return candidate;
    }
    return id;
}

} // namespace hubkeeper
