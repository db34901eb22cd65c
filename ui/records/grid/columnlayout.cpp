// SPDX-License-Identifier: MIT
#include "records/grid/columnlayout.h"

#include "session/reading/recordlabel.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

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

} // namespace

ColumnLayout::ColumnLayout(ObjectType type, Settings &settings)
    : m_type(type)
    , m_settings(settings)
{
}

QString ColumnLayout::key() const
{
    return m_connection + u'/' + nameOf(m_type);
}

QStringList ColumnLayout::columns(const PropertyNames &names) const
{
    const QStringList kept = m_settings.value(setting::columns, key());
    QStringList known;
    for (const QString &name : kept.isEmpty() ? usualColumns(m_type) : kept) {
        if (names.definition(name))
            known.append(name);
    }
    return known;
}

QStringList ColumnLayout::readProperties(const PropertyNames &names) const
{
    QStringList properties = columns(names);
    for (const QString &name : labelProperties(m_type)) {
        if (!properties.contains(name))
            properties.append(name);
    }
    return properties;
}

void ColumnLayout::setColumns(const QStringList &columns)
{
    m_settings.setValue(setting::columns, columns, key());
}

} // namespace hubkeeper
