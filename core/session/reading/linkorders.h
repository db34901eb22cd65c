// SPDX-License-Identifier: MIT
#pragma once

#include "changes/run/associationplan.h"

namespace hubkeeper {

/// What somebody wants of the link between two records, whatever it is now.
struct LinkOrder
{
    enum Verb {
        Add, ///< A link with at least `kinds`; none: without a label.
        Remove, ///< No link.
        TakeOff, ///< The link without `kinds`.
        Set, ///< A link with exactly `kinds`.
    };

    RecordReference from; ///< The contact, where the other end is a company; see turned().
    RecordReference to;
    Verb verb = Add;
    QList<AssociationKind> kinds = {}; ///< Of links in that direction.
    QString label = {}; ///< What people call the two.
};

/// The order with the contact as its first end: a link of a contact and a company is a row of the
/// contact.
[[nodiscard]] LinkOrder turned(LinkOrder order);

/// An order against what the portal has.
struct PlannedLink
{
    LinkOrder order;
    LinkNow now;
    std::optional<RowChange> row; ///< Nothing: it is so already.
};

/// Pure. Taking labels off where there is no link changes nothing.
[[nodiscard]] PlannedLink planned(const LinkOrder &order, const LinkNow &now);

/// Plans orders, in their order, by the links that the portal has now; at most a thousand records
/// are asked about with one request. A record of the change set that is new ("new-3") has none.
/// Whether records are there is not looked at: the run does.
///
/// Orders for one contact do not know of each other: two companies that both shall be primary are a
/// conflict in the run. Fails with InvalidInput if a record shall be linked with itself, or as the
/// reads do. `portal` must outlive the call.
class PlanLinks final : public Call<QList<PlannedLink>>
{
public:
    PlanLinks(PortalReader &portal, QList<LinkOrder> orders, QObject *parent);

private:
    struct ToRead
    {
        ObjectType from;
        ObjectType to;
        QStringList ids;
    };
    void collect();
    void readNext();
    void plan();
    [[nodiscard]] static size_t placeOf(ObjectType from, ObjectType to)
    {
        return size_t(from) * allObjectTypes.size() + size_t(to);
    }

    PortalReader &m_portal;
    QList<LinkOrder> m_orders;
    std::vector<ToRead> m_toRead;
    std::array<AssociationsById, allObjectTypes.size() * allObjectTypes.size()> m_found;
};

} // namespace hubkeeper
