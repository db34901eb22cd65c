// SPDX-License-Identifier: MIT
#include "connector/readobject.h"

#include "connector/connectortext.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

bool canBeUid(ObjectClass objectClass, const QString &uid)
{
    if (uid.isEmpty())
        return false;
    if (definitionsOf(objectClass))
        return true;
    return std::all_of(uid.cbegin(), uid.cend(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

tl::unexpected<Error> unknownUid(ObjectClass objectClass, const QString &uid)
{
    return fail(ErrorKind::NotFound,
                ConnectorText::tr("There is no %1 with the ID “%2”.")
                    .arg(nameOf(objectClass), uid.left(80)));
}

ReadObject::ReadObject(ConnectorContext &context, ObjectClass objectClass, QString uid,
                       const QStringList &fields, QObject *parent)
    : Call(parent)
    , m_context(context)
    , m_class(objectClass)
    , m_uid(std::move(uid))
{
    cancelWith(m_context.lifetime());
    if (!canBeUid(m_class, m_uid)) {
        complete(unknownUid(m_class, m_uid));
        return;
    }
    then(m_context.schema(this), [this, fields](const Schema &schema) {
        m_attributes = wantedAttributes(schema.of(m_class), fields);
        then(m_context.accountFor(m_attributes, this),
             [this](const AccountDetails &account) { onAccount(account); });
    });
}

void ReadObject::onAccount(const AccountDetails &account)
{
    if (recordTypeOf(m_class))
        readRecord(account);
    else if (m_class == ObjectClass::Owner)
        readOwner(account);
    else
        readDefinition();
}

template <typename T>
void ReadObject::thenOf(Call<T> *call, std::function<void(const T &)> use)
{
    always(call, [this, use](const Result<T> &answer) {
        if (answer)
            return use(*answer);
        Error error = answer.error();
        if (error.kind == ErrorKind::NotFound)
            error.what = unknownUid(m_class, m_uid).value().what;
        complete(tl::unexpected(error));
    });
}

void ReadObject::readRecord(const AccountDetails &account)
{
    ReadOptions options;
    options.properties = propertiesFor(m_attributes);
    auto *call = m_context.portal().read(*recordTypeOf(m_class), m_uid, options, this);
    thenOf<Record>(call, [this, account](const Record &record) {
        ConnectorObject object = objectFrom(m_class, record, m_attributes, account);
        object.record = record;
        if (!record.mergedId.isEmpty())
            object.warnings.append(mergedAway(record.mergedId, record.id).what);
        complete(std::move(object));
    });
}

void ReadObject::readOwner(const AccountDetails &account)
{
    thenOf<Owner>(m_context.portal().owner(m_uid, this), [this, account](const Owner &owner) {
        complete(objectFrom(owner, m_attributes, account));
    });
}

void ReadObject::readDefinition()
{
    auto *call = m_context.portal().property(*definitionsOf(m_class), m_uid, this);
    thenOf<PropertyDefinition>(call, [this](const PropertyDefinition &definition) {
        if (definition.archived)
            return complete(unknownUid(m_class, m_uid));
        complete(objectFrom(m_class, definition, m_attributes));
    });
}

} // namespace hubkeeper
