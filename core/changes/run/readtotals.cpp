// SPDX-License-Identifier: MIT
#include "changes/run/readtotals.h"

#include "changes/changestext.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

class ReadMissingTotals final : public Call<void>
{
public:
    ReadMissingTotals(PortalReader &portal, WriteGuard &guard, QList<ObjectType> types,
                      QObject *parent)
        : Call(parent)
        , m_portal(portal)
        , m_guard(guard)
        , m_types(std::move(types))
    {
        next();
    }

private:
    void next()
    {
        while (!m_types.isEmpty() && m_guard.knowsTotal(m_types.constFirst()))
            m_types.removeFirst();
        if (m_types.isEmpty())
            return complete({});
        SearchQuery everything;
        everything.limit = 1;
        then(m_portal.search(m_types.constFirst(), everything, this),
             [this](const RecordPage &page) { onPage(page); });
    }

    void onPage(const RecordPage &page)
    {
        if (page.total < 0)
            return complete(
                fail(ErrorKind::BadReply,
                     ChangesText::tr("The portal does not say how many records it has."),
                     ChangesText::tr("Apply again, or take the limit of the share out of the "
                                     "connection.")));
        m_guard.setTotal(m_types.constFirst(), page.total);
        next();
    }

    PortalReader &m_portal;
    WriteGuard &m_guard;
    QList<ObjectType> m_types;
};

} // namespace

Call<void> *readMissingTotals(PortalReader &portal, WriteGuard &guard,
                              const QList<ObjectType> &types, QObject *parent)
{
    return new ReadMissingTotals(portal, guard, guard.needsTotals() ? types : QList<ObjectType>(),
                                 parent);
}

} // namespace hubkeeper
