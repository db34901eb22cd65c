// SPDX-License-Identifier: MIT
#include "session/schema/mappinguse.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QString textAt(const JsonText &text, int object, const QString &key)
{
    const int member = text.member(object, key);
    return member == JsonText::none ? QString() : text.stringOf(member);
}

void appendUses(QList<MappingUse> &uses, const JsonText &sync, int mapping, const QString &name,
                const QString &system, const QString &attribute)
{
    const bool isSource = textAt(sync, mapping, u"source"_s) == system;
    const bool isTarget = textAt(sync, mapping, u"target"_s) == system;
    const int properties = sync.member(mapping, u"properties"_s);
    if ((!isSource && !isTarget) || properties == JsonText::none)
        return;
    for (int at = sync.node(properties).firstChild; at != JsonText::none; at = sync.node(at).next) {
        const QString source = textAt(sync, at, u"source"_s);
        const QString target = textAt(sync, at, u"target"_s);
        if (isSource && source == attribute)
            uses.append({name, true, target, sync.pointerOf(at)});
        if (isTarget && target == attribute)
            uses.append({name, false, source, sync.pointerOf(at)});
    }
}

} // namespace

QList<MappingUse> mappingUses(const JsonText &sync, const QString &system,
                              const QString &objectType, const QString &attribute)
{
    QList<MappingUse> uses;
    const int mappings = sync.at(u"/mappings"_s);
    if (mappings == JsonText::none)
        return uses;
    const QString wanted = u"system/%1/%2"_s.arg(system, objectType);
    int number = 0;
    for (int at = sync.node(mappings).firstChild; at != JsonText::none; at = sync.node(at).next) {
        const QString name = textAt(sync, at, u"name"_s);
        ++number;
        appendUses(uses, sync, at, name.isEmpty() ? QString::number(number) : name, wanted,
                   attribute);
    }
    return uses;
}

} // namespace hubkeeper
