// SPDX-License-Identifier: MIT
#include "session/recordlabel.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

const QStringList &labelProperties()
{
    static const QStringList names {u"email"_s, u"name"_s, u"domain"_s, u"lastname"_s,
                                    u"firstname"_s};
    return names;
}

QString labelOf(const QHash<QString, QString> &properties, const QString &id)
{
    for (const QString &name : labelProperties()) {
        if (const QString text = properties.value(name); !text.isEmpty())
            return text;
    }
    return id;
}

} // namespace hubkeeper
