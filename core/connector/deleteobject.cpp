// SPDX-License-Identifier: MIT
#include "connector/deleteobject.h"

#include "connector/readobject.h"

namespace hubkeeper {

DeleteObject::DeleteObject(ConnectorContext &context, PortalWriter &portal, ObjectClass objectClass,
                           const QString &uid, QObject *parent)
    : Call(parent)
{
    cancelWith(context.lifetime());
    then<ConnectorObject>(
        new ReadObject(context, objectClass, uid, {}, this),
        [this, &context, &portal, objectClass, uid](const ConnectorObject &object) {
            if (object.uid != uid && recordTypeOf(objectClass))
                return complete(tl::unexpected(mergedAway(uid, object.uid)));
            Call<void> *archive = recordTypeOf(objectClass)
                ? portal.archive(*recordTypeOf(objectClass), object.uid, this)
                : portal.archiveProperty(*definitionsOf(objectClass), object.uid, this);
            then(archive, [this, &context, objectClass, object] {
                if (definitionsOf(objectClass))
                    context.forget();
                complete(object);
            });
        });
}

} // namespace hubkeeper
