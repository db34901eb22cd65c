// SPDX-License-Identifier: MIT
#include "connector/testreport.h"

#include "connector/connectortext.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace hubkeeper {

QJsonObject TestReport::toIdmJson(const QString &name, bool enabled,
                                  const QJsonObject &connectorRef) const
{
    QJsonObject json {{u"name"_s, name},
                      {u"enabled"_s, enabled},
                      {u"config"_s, u"config/provisioner.openicf/"_s + name},
                      {u"connectorRef"_s, connectorRef},
                      {u"displayName"_s, u"Hubspot Connector"_s},
                      {u"objectTypes"_s, QJsonArray::fromStringList(objectTypes)},
                      {u"ok"_s, ok}};
    if (!ok)
        json[u"error"_s] =
            error ? error->sentence() : ConnectorText::tr("The test did not finish.");
    return json;
}

} // namespace hubkeeper
