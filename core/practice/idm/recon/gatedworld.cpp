// SPDX-License-Identifier: MIT
#include "practice/idm/recon/gatedworld.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::practice {

namespace {

/// What every call comes to once the server ends.
tl::unexpected<ObjectFault> ended()
{
    return tl::unexpected<ObjectFault>(
        {ObjectFault::Refused, 503, u"The practice IDM is ending."_s});
}

/// Does the work in the server's thread.
template <typename Work>
std::invoke_result_t<Work> through(ServerGate &gate, Work work)
{
    auto given = gate.run(work);
    if (!given)
        return ended();
    return *given;
}

} // namespace

hubkeeper::Answer<ObjectRows> GatedObjects::query(const QString &collection,
                                                  const ObjectQuery &query)
{
    const auto time = m_gate.run([&] { return m_objects.searchTimeOf(collection); });
    m_gate.pause(time.value_or(std::chrono::milliseconds(0)));
    return through(m_gate, [&] { return m_objects.query(collection, query); });
}

hubkeeper::Answer<std::optional<QJsonObject>> GatedObjects::read(const QString &collection,
                                                                 const QString &id)
{
    return through(m_gate, [&] { return m_objects.read(collection, id); });
}

hubkeeper::Answer<QJsonObject> GatedObjects::create(const QString &collection,
                                                    const QJsonObject &object)
{
    return through(m_gate, [&] { return m_objects.create(collection, object); });
}

hubkeeper::Answer<QJsonObject> GatedObjects::update(const QString &collection, const QString &id,
                                                    const QJsonObject &object)
{
    return through(m_gate, [&] { return m_objects.update(collection, id, object); });
}

hubkeeper::Answer<void> GatedObjects::remove(const QString &collection, const QString &id)
{
    return through(m_gate, [&] { return m_objects.remove(collection, id); });
}

hubkeeper::Answer<void> GatedObjects::keepLastSync(const QString &collection, const QString &id,
                                                   const QJsonObject &lastSync)
{
    return through(m_gate, [&] { return m_objects.keepLastSync(collection, id, lastSync); });
}

QString GatedObjects::timestamp() const
{
    return m_gate.run([this] { return m_objects.timestamp(); }).value_or(QString());
}

QJsonObject GatedObjects::ask(const QString &operation, const QJsonArray &arguments)
{
    return m_gate.run([&] { return m_objects.ask(operation, arguments); })
        .value_or(QJsonObject {
            {u"error"_s,
             QJsonObject {{u"code"_s, 503},
                          {u"message"_s, QString(u"The practice IDM is ending."_s)}}}});
}

std::optional<SyncLink> GatedLinks::findByFirst(const QString &type, const QString &qualifier,
                                                const QString &id)
{
    return m_gate.run([&] { return m_links.findByFirst(type, qualifier, id); })
        .value_or(std::nullopt);
}

std::optional<SyncLink> GatedLinks::findBySecond(const QString &type, const QString &qualifier,
                                                 const QString &id)
{
    return m_gate.run([&] { return m_links.findBySecond(type, qualifier, id); })
        .value_or(std::nullopt);
}

QList<SyncLink> GatedLinks::links(const QString &type, const QString &qualifier)
{
    return m_gate.run([&] { return m_links.links(type, qualifier); }).value_or(QList<SyncLink>());
}

hubkeeper::Answer<SyncLink> GatedLinks::create(const SyncLink &link)
{
    return through(m_gate, [&] { return m_links.create(link); });
}

hubkeeper::Answer<SyncLink> GatedLinks::update(const SyncLink &link)
{
    return through(m_gate, [&] { return m_links.update(link); });
}

hubkeeper::Answer<void> GatedLinks::remove(const SyncLink &link)
{
    return through(m_gate, [&] { return m_links.remove(link); });
}

} // namespace hubkeeper::practice
