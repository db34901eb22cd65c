// SPDX-License-Identifier: MIT
#pragma once

#include "portal/portalreader.h"

namespace hubkeeper {

/// Every association of one record with one type, page after page.
class AllAssociations final : public Call<QList<Association>>
{
public:
    AllAssociations(RestClient &client, const ApiPaths &paths, ObjectType from, QString id,
                    ObjectType to, QObject *parent);

private:
    void fetchPage(const QString &after);
    void onPage(const QString &after, const AssociationPage &page);

    RestClient &m_client;
    const ApiPaths m_paths;
    const ObjectType m_from;
    const QString m_id;
    const ObjectType m_to;
    QList<Association> m_all;
};

} // namespace hubkeeper
