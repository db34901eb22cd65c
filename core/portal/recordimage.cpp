// SPDX-License-Identifier: MIT
#include "portal/recordimage.h"

#include "portal/jsontext.h"
#include "portal/portaltext.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QJsonArray imageKindsJson(const QList<AssociationKind> &kinds)
{
    QJsonArray list;
    for (const AssociationKind &kind : kinds)
        list.append(QJsonObject {
            {u"category"_s, kind.category}, {u"typeId"_s, kind.typeId}, {u"label"_s, kind.label}});
    return list;
}

QList<AssociationKind> imageKindsFrom(const QJsonArray &list)
{
    QList<AssociationKind> kinds;
    for (const QJsonValue &kind : list)
        kinds.append({kind["category"_L1].toString(), kind["typeId"_L1].toInt(),
                      kind["label"_L1].toString()});
    return kinds;
}

QString isoOf(const QDateTime &instant)
{
    return instant.isValid() ? instant.toUTC().toString(Qt::ISODateWithMs) : QString();
}

} // namespace

QJsonObject jsonOf(const RecordImage &image)
{
    QJsonObject properties;
    for (auto text = image.record.properties.cbegin(); text != image.record.properties.cend();
         ++text) {
        if (!text.value().isEmpty())
            properties.insert(text.key(), text.value());
    }
    QJsonArray links;
    for (const ImageLink &link : image.links)
        links.append(QJsonObject {{u"type"_s, nameOf(link.type)},
                                  {u"id"_s, link.id},
                                  {u"kinds"_s, imageKindsJson(link.kinds)}});
    return {{u"id"_s, image.record.id},
            {u"createdAt"_s, isoOf(image.record.createdAt)},
            {u"updatedAt"_s, isoOf(image.record.updatedAt)},
            {u"properties"_s, properties},
            {u"associations"_s, links}};
}

RecordImage imageFrom(const QJsonObject &json)
{
    RecordImage image;
    image.record.id = json.value("id"_L1).toString();
    image.record.createdAt = instantOf(json.value("createdAt"_L1));
    image.record.updatedAt = instantOf(json.value("updatedAt"_L1));
    const QJsonObject properties = json.value("properties"_L1).toObject();
    for (auto text = properties.begin(); text != properties.end(); ++text)
        image.record.properties.insert(text.key(), text.value().toString());
    const QJsonArray links = json.value("associations"_L1).toArray();
    for (const QJsonValue &link : links) {
        const bool isCompany = link["type"_L1].toString() == nameOf(ObjectType::Companies);
        image.links.append({isCompany ? ObjectType::Companies : ObjectType::Contacts,
                            link["id"_L1].toString(), imageKindsFrom(link["kinds"_L1].toArray())});
    }
    return image;
}

ReadImageLinks::ReadImageLinks(PortalReader &portal, ObjectType type, const QString &id,
                               QObject *parent)
    : Call(parent)
    , m_portal(portal)
    , m_type(type)
    , m_id(id)
    , m_types(allObjectTypes.begin(), allObjectTypes.end())
{
    readNext();
}

void ReadImageLinks::readNext()
{
    if (m_types.isEmpty())
        return readFromContacts();
    const ObjectType to = m_types.takeFirst();
    then(m_portal.associations(m_type, m_id, to, this),
         [this, to](const QList<Association> &links) { onLinks(to, links); });
}

void ReadImageLinks::onLinks(ObjectType to, const QList<Association> &links)
{
    if (m_links.size() + m_contacts.size() + links.size() > mostImageLinks)
        return complete(
            fail(ErrorKind::Refused,
                 PortalText::tr("%1 has more than %2 associations: they cannot be kept.")
                     .arg(m_id)
                     .arg(mostImageLinks),
                 PortalText::tr("Do this one in HubSpot, where it cannot be undone.")));
    const bool isOther = m_type == ObjectType::Companies && to == ObjectType::Contacts;
    for (const Association &link : links) {
        if (isOther)
            m_contacts.append(link.toId);
        else
            m_links.append({to, link.toId, link.kinds});
    }
    readNext();
}

/// Labels differ by side, and those of a contact and a company belong to the contact.
void ReadImageLinks::readFromContacts()
{
    if (m_contacts.isEmpty()) {
        std::sort(m_links.begin(), m_links.end(), [](const ImageLink &a, const ImageLink &b) {
            return a.type == b.type ? idLess(a.id, b.id) : a.type < b.type;
        });
        return complete(std::move(m_links));
    }
    const QStringList some = m_contacts.mid(0, mostAssociationReads);
    m_contacts = m_contacts.mid(some.size());
    then(new BatchAssociations(m_portal, ObjectType::Contacts, some, m_type, this),
         [this](const AssociationsById &found) { onFromContacts(found); });
}

void ReadImageLinks::onFromContacts(const AssociationsById &found)
{
    for (auto contact = found.cbegin(); contact != found.cend(); ++contact) {
        for (const Association &link : *contact) {
            if (link.toId == m_id)
                m_links.append({ObjectType::Contacts, contact.key(), link.kinds});
        }
    }
    readFromContacts();
}

} // namespace hubkeeper
