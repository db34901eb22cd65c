// SPDX-License-Identifier: MIT
#include "session/reading/linkorders.h"

#include "session/sessiontext.h"

namespace hubkeeper {

LinkOrder turned(LinkOrder order)
{
    if (order.from.type == ObjectType::Companies && order.to.type == ObjectType::Contacts)
        std::swap(order.from, order.to);
    return order;
}

PlannedLink planned(const LinkOrder &order, const LinkNow &now)
{
    const AssociationKind plain = unlabelledKind(order.from.type, order.to.type);
    QList<AssociationKind> wanted = now.kinds;
    switch (order.verb) {
    case LinkOrder::Add:
        wanted += order.kinds;
        wanted.append(plain);
        break;
    case LinkOrder::Remove:
        wanted.clear();
        break;
    case LinkOrder::TakeOff:
        wanted = without(wanted, without(order.kinds, {plain}));
        break;
    case LinkOrder::Set:
        wanted = order.kinds;
        wanted.append(plain);
        break;
    }
    return {order, now,
            associationRow({order.from, order.to, order.label, now.kinds, wanted, now.primary})};
}

PlanLinks::PlanLinks(PortalReader &portal, QList<LinkOrder> orders, QObject *parent)
    : Call(parent)
    , m_portal(portal)
    , m_orders(std::move(orders))
{
    cancelWith(m_portal.client().lifetime());
    for (LinkOrder &order : m_orders) {
        if (order.from == order.to) {
            complete(
                fail(ErrorKind::InvalidInput,
                     SessionText::tr("%1 cannot be associated with itself.").arg(order.from.id)));
            return;
        }
        order = turned(order);
    }
    collect();
    readNext();
}

void PlanLinks::collect()
{
    for (const ObjectType from : allObjectTypes) {
        for (const ObjectType to : allObjectTypes) {
            QStringList ids;
            for (const LinkOrder &order : std::as_const(m_orders)) {
                if (order.from.type == from && order.to.type == to
                    && localNumber(order.from.id) == 0)
                    ids.append(order.from.id);
            }
            ids.removeDuplicates();
            for (qsizetype i = 0; i < ids.size(); i += mostAssociationReads)
                m_toRead.push_back({from, to, ids.mid(i, mostAssociationReads)});
        }
    }
}

void PlanLinks::readNext()
{
    if (m_toRead.empty())
        return plan();
    const ToRead next = m_toRead.back();
    m_toRead.pop_back();
    then(new BatchAssociations(m_portal, next.from, next.ids, next.to, this),
         [this, next](const AssociationsById &found) {
             AssociationsById &all = m_found[placeOf(next.from, next.to)];
             for (auto one = found.cbegin(); one != found.cend(); ++one)
                 all.insert(one.key(), *one);
             readNext();
         });
}

void PlanLinks::plan()
{
    QList<PlannedLink> plans;
    for (const LinkOrder &order : std::as_const(m_orders)) {
        const AssociationsById &all = m_found[placeOf(order.from.type, order.to.type)];
        plans.append(planned(order, linkNow(all.value(order.from.id), order.to.id)));
    }
    complete(plans);
}

} // namespace hubkeeper
