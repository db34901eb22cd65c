// SPDX-License-Identifier: MIT
#include "connector/connectoreye.h"

#include "connector/attributevalue.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

EyeNote noteOf(const AttributeInfo &info, bool hasValue)
{
    if (info.source == AttributeSource::None)
        return EyeNote::NoCounterpart;
    if (!info.updateable)
        return EyeNote::ReadOnly;
    return hasValue ? EyeNote::Overwritten : EyeNote::Writable;
}

EyeLine lineOf(const AttributeInfo &info, const Record &record, const QJsonObject &attributes)
{
    EyeLine line;
    line.attribute = info.name;
    line.value = attributes.value(info.name);
    if (info.source == AttributeSource::Property) {
        line.property = info.property;
        line.text = record.text(info.property);
    } else if (info.source == AttributeSource::RecordId) {
        line.property = u"hs_object_id"_s;
        line.text = record.id;
    }
    line.note = noteOf(info, !line.value.isUndefined());
    return line;
}

} // namespace

QList<EyeLine> connectorEye(const ObjectClassInfo &info, const Record &record,
                            const AccountDetails &account)
{
    const ConnectorObject object = objectFrom(info.objectClass, record, info.attributes, account);
    QList<EyeLine> lines;
    for (const AttributeInfo &attribute : info.attributes)
        lines.append(lineOf(attribute, record, object.attributes));

    // Some attributes are made of properties that are not theirs alone: merged ids, addresses.
    const QStringList read = propertiesFor(info.attributes);
    QSet<QString> seen(read.begin(), read.end());
    seen.insert(u"hs_object_id"_s);
    QStringList names = record.properties.keys();
    names.sort();
    for (const QString &name : std::as_const(names)) {
        if (!seen.contains(name) && !record.text(name).isEmpty())
            lines.append({name, record.text(name), {}, QJsonValue::Undefined, EyeNote::NotSeen});
    }
    return lines;
}

} // namespace hubkeeper
