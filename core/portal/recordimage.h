// SPDX-License-Identifier: MIT
#pragma once

#include "portal/batchassociations.h"

namespace hubkeeper {

/// More associations than that are not kept of a record: an image has to fit an entry of the
/// journal.
inline constexpr qsizetype mostImageLinks = 20'000;

/// A link of a record as its image keeps it.
struct ImageLink
{
    ObjectType type = ObjectType::Contacts; ///< Of the other record.
    QString id; ///< The other record.
    /// As seen from the contact, where the link is one of a contact and a company; else as seen
    /// from the record of the image.
    QList<AssociationKind> kinds;

    bool operator==(const ImageLink &) const = default;
};

/// All that the portal says of a record: what it takes to make it again.
struct RecordImage
{
    Record record; ///< With every property that was asked for.
    QList<ImageLink> links; ///< With contacts and companies, by type and id.
};

/// {"id","createdAt","updatedAt","properties":{},"associations":[{"type","id","kinds":[]}]};
/// properties without a value are left out.
[[nodiscard]] QJsonObject jsonOf(const RecordImage &image);
/// Back; without an id: it was no image.
[[nodiscard]] RecordImage imageFrom(const QJsonObject &json);

/// The links of one record that is there, with both types. Fails with Refused for more than
/// mostImageLinks, and as requests do. `portal` must outlive the call.
class ReadImageLinks final : public Call<QList<ImageLink>>
{
public:
    ReadImageLinks(PortalReader &portal, ObjectType type, const QString &id, QObject *parent);

private:
    void readNext();
    void onLinks(ObjectType to, const QList<Association> &links);
    void readFromContacts();
    void onFromContacts(const AssociationsById &found);

    PortalReader &m_portal;
    const ObjectType m_type;
    const QString m_id;
    QList<ObjectType> m_types;
    QStringList m_contacts; // Of a company: whose side of the link is to be read.
    QList<ImageLink> m_links;
};

} // namespace hubkeeper
