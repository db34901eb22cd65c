// SPDX-License-Identifier: MIT
#include "portal/apipaths.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QString associationPair(ApiVersion version, ObjectType from, ObjectType to)
{
    const QString base = version == ApiVersion::V3
        ? u"/crm/v4/associations/"_s
        : u"/crm/associations/"_s + nameOf(version) + u'/';
    return base + nameOf(from) + u'/' + nameOf(to);
}

} // namespace

ApiPaths::ApiPaths(ApiVersion version)
    : m_version(version)
{
}

QString ApiPaths::records(ObjectType type) const
{
    if (m_version == ApiVersion::V3)
        return u"/crm/v3/objects/"_s + nameOf(type);
    return u"/crm/objects/"_s + nameOf(m_version) + u'/' + nameOf(type);
}

QString ApiPaths::record(ObjectType type, const QString &id) const
{
    return records(type) + u'/' + id;
}

QString ApiPaths::properties(ObjectType type) const
{
    if (m_version == ApiVersion::V3)
        return u"/crm/v3/properties/"_s + nameOf(type);
    return u"/crm/properties/"_s + nameOf(m_version) + u'/' + nameOf(type);
}

QString ApiPaths::propertyValidations(ObjectType type) const
{
    if (m_version == ApiVersion::V3)
        return u"/crm/v3/property-validations/"_s + typeIdOf(type);
    return u"/crm/property-validations/"_s + nameOf(m_version) + u'/' + typeIdOf(type);
}

QString ApiPaths::owners() const
{
    if (m_version == ApiVersion::V3)
        return u"/crm/v3/owners"_s;
    return u"/crm/owners/"_s + nameOf(m_version);
}

QString ApiPaths::associations(ObjectType from, const QString &id, ObjectType to) const
{
    // Records of v3 go with the associations of v4 (hubspot-api 2.3).
    const QString objects = m_version == ApiVersion::V3
        ? u"/crm/v4/objects/"_s
        : u"/crm/objects/"_s + nameOf(m_version) + u'/';
    return objects + nameOf(from) + u'/' + id + u"/associations/"_s + nameOf(to);
}

QString ApiPaths::associationBatch(ObjectType from, ObjectType to) const
{
    return associationPair(m_version, from, to) + u"/batch"_s;
}

QString ApiPaths::associationLabels(ObjectType from, ObjectType to) const
{
    return associationPair(m_version, from, to) + u"/labels"_s;
}

QString ApiPaths::limits() const
{
    return m_version == ApiVersion::V3 ? u"/crm/v3/limits"_s
                                       : u"/crm/limits/"_s + nameOf(m_version);
}

QString ApiPaths::accountDetails() const
{
    return u"/account-info/"_s + nameOf(m_version) + u"/details"_s;
}

QString ApiPaths::token() const
{
    return u"/oauth/"_s + nameOf(m_version) + u"/token"_s;
}

} // namespace hubkeeper
