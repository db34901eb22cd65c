// SPDX-License-Identifier: MIT
#include "session/views/recordview.h"

#include "filter/crestparser.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int widestColumn = 4000; // Pixels; what a damaged file says beyond is not believed.

QJsonArray sortsJson(const QList<RowSort> &sorts)
{
    QJsonArray list;
    for (const RowSort &sort : sorts)
        list.append(
            QJsonObject {{u"property"_s, sort.property}, {u"descending"_s, sort.descending}});
    return list;
}

QStringList textsOf(const QJsonValue &value)
{
    QStringList texts;
    const QJsonArray list = value.toArray();
    for (const QJsonValue &item : list) {
        if (item.isString() && !texts.contains(item.toString()))
            texts.append(item.toString());
    }
    return texts;
}

} // namespace

QString RecordView::allId(const QString &connectionId, ObjectType type)
{
    return u"all/"_s + nameOf(type) + u'/' + connectionId;
}

bool RecordView::showsAs(const RecordView &other) const
{
    RecordView same = other;
    same.id = id;
    same.connectionId = connectionId;
    same.name = name;
    return same == *this;
}

QStringList usualColumns(ObjectType type)
{
    if (type == ObjectType::Contacts) {
        return {u"email"_s,   u"firstname"_s,      u"lastname"_s,         u"phone"_s,
                u"company"_s, u"lifecyclestage"_s, u"hubspot_owner_id"_s, u"lastmodifieddate"_s};
    }
    return {u"name"_s,
            u"domain"_s,
            u"phone"_s,
            u"city"_s,
            u"country"_s,
            u"industry"_s,
            u"hubspot_owner_id"_s,
            u"hs_lastmodifieddate"_s};
}

Result<CrestFilter> filterOf(const RecordView &view)
{
    return parseCrestFilter(view.filter.trimmed().isEmpty() ? u"true"_s : view.filter);
}

QJsonObject asJson(const RecordView &view)
{
    QJsonObject widths;
    for (auto it = view.widths.cbegin(); it != view.widths.cend(); ++it)
        widths.insert(it.key(), it.value());
    return {{u"id"_s, view.id},
            {u"connection"_s, view.connectionId},
            {u"type"_s, nameOf(view.type)},
            {u"name"_s, view.name},
            {u"words"_s, view.words},
            {u"filter"_s, view.filter},
            {u"columns"_s, QJsonArray::fromStringList(view.columns)},
            {u"widths"_s, widths},
            {u"pinned"_s, view.pinned},
            {u"sorts"_s, sortsJson(view.sorts)}};
}

RecordView recordViewFrom(const QJsonObject &json)
{
    RecordView view;
    view.id = json["id"_L1].toString();
    view.connectionId = json["connection"_L1].toString();
    if (json["type"_L1] == nameOf(ObjectType::Companies))
        view.type = ObjectType::Companies;
    view.name = json["name"_L1].toString().left(RecordView::longestName);
    view.words = json["words"_L1].toString();
    view.filter = json["filter"_L1].toString();
    view.columns = textsOf(json["columns"_L1]);
    const QJsonObject widths = json["widths"_L1].toObject();
    for (auto it = widths.begin(); it != widths.end(); ++it) {
        if (const int width = it.value().toInt(); width > 0)
            view.widths.insert(it.key(), std::min(width, widestColumn));
    }
    view.pinned = std::clamp(json["pinned"_L1].toInt(view.pinned), 0, RecordView::mostFixed);
    const QJsonArray sorts = json["sorts"_L1].toArray();
    for (const QJsonValue &sort : sorts)
        view.sorts.append({sort["property"_L1].toString(), sort["descending"_L1].toBool()});
    return view;
}

} // namespace hubkeeper
