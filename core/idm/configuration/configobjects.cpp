// SPDX-License-Identifier: MIT
#include "idm/configuration/configobjects.h"

#include "idm/idmtext.h"

#include <QJsonArray>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

class Listing final : public Call<QStringList>
{
public:
    Listing(IdmClient &client, QObject *parent)
        : Call(parent)
    {
        then(client.get(u"config"_s, this), [this](const IdmReply &reply) {
            const QJsonValue list = reply.body["configurations"_L1];
            if (!list.isArray())
                return complete(
                    fail(ErrorKind::BadReply,
                         IdmText::tr("The server's list of configurations cannot be read.")));
            QStringList ids;
            const QJsonArray array = list.toArray();
            for (const QJsonValue &entry : array)
                ids.append(entry["_id"_L1].toString());
            ids.sort();
            complete(ids);
        });
    }
};

class Reading final : public Call<ConfigObject>
{
public:
    Reading(IdmClient &client, const QString &id, QObject *parent)
        : Call(parent)
    {
        if (const auto usable = checkConfigId(id); !usable) {
            complete(tl::unexpected(usable.error()));
            return;
        }
        then(client.get(u"config/"_s + id, this), [this, id](const IdmReply &reply) {
            if (!reply.body.isObject())
                return complete(
                    fail(ErrorKind::BadReply,
                         IdmText::tr("The configuration %1 is not an object.").arg(id)));
            QJsonObject value = reply.body.toObject();
            value.remove("_id"_L1);
            complete(ConfigObject {id, value});
        });
    }
};

/// One after the other: a server has a handful.
class ReadingProvisioners final : public Call<QList<ConfigObject>>
{
public:
    ReadingProvisioners(IdmClient &client, QObject *parent)
        : Call(parent)
        , m_client(client)
    {
        then(listConfig(client, this), [this](const QStringList &ids) {
            for (const QString &id : ids) {
                if (id.startsWith(provisionerPrefix) && id.count(u'/') == 1)
                    m_left.append(id);
            }
            next();
        });
    }

private:
    void next()
    {
        if (m_left.isEmpty())
            return complete(m_read);
        const QString id = m_left.takeFirst();
        always(readConfig(m_client, id, this), [this](const Result<ConfigObject> &object) {
            if (object)
                m_read.append(*object);
            else if (object.error().kind != ErrorKind::NotFound) // Deleted meanwhile.
                return complete(tl::unexpected(object.error()));
            next();
        });
    }

    IdmClient &m_client;
    QStringList m_left;
    QList<ConfigObject> m_read;
};

} // namespace

bool isEncrypted(const QJsonValue &value)
{
    return value.isObject() && value.toObject().contains("$crypto"_L1);
}

Result<void> checkConfigId(const QString &id)
{
    static const QRegularExpression usable(u"^(?!\\.+/)[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)?\\z"_s);
    if (usable.match(id).hasMatch())
        return {};
    return fail(ErrorKind::InvalidInput,
                IdmText::tr("\"%1\" is not an id that a server keeps as it is.").arg(id),
                IdmText::tr("Use one name, or two with a slash between them, of letters, digits, "
                            "dots, dashes and underscores."));
}

Call<QStringList> *listConfig(IdmClient &client, QObject *parent)
{
    return new Listing(client, parent);
}

Call<ConfigObject> *readConfig(IdmClient &client, const QString &id, QObject *parent)
{
    return new Reading(client, id, parent);
}

Call<QList<ConfigObject>> *readProvisioners(IdmClient &client, QObject *parent)
{
    return new ReadingProvisioners(client, parent);
}

} // namespace hubkeeper
