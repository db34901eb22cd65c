// SPDX-License-Identifier: MIT
#include "connector/deleteobject.h"

#include "connector/readobject.h"

namespace hubkeeper {

DeleteObject::DeleteObject(ConnectorContext &context, ObjectClass objectClass, const QString &uid,
                           QObject *parent)
    : Call(parent)
{
    cancelWith(context.lifetime());
    then<ConnectorObject>(
        new ReadObject(context, objectClass, uid, {}, this),
        [this, &context, objectClass](const ConnectorObject &object) {
            Call<void> *archive = recordTypeOf(objectClass)
                ? context.portal().archive(*recordTypeOf(objectClass), object.uid, this)
                : context.portal().archiveProperty(*definitionsOf(objectClass), object.uid, this);
            then(archive, [this, &context, objectClass, object] {
                if (definitionsOf(objectClass))
                    context.forget();
                complete(object);
            });
        });
}

} // namespace hubkeeper
