// SPDX-License-Identifier: MIT
#include "practice/practiceidmserver.h"

#include "session/idm/serverregistry.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

Result<Server> keepPracticeServer(const QUrl &address, const QString &userName,
                                  const QString &label, const Paths &paths)
{
    auto registry = ServerRegistry::load(paths);
    if (!registry)
        return tl::unexpected(registry.error());
    const auto reached = serverAddressFrom(address.toString());
    if (!reached)
        return tl::unexpected(reached.error());
    const auto fill = [&](Server &server) -> Result<void> {
        server.address = *reached;
        server.login = {LoginKind::StaticUser, userName};
        server.mode = WriteMode::Free;
        return {};
    };
    QString free = label;
    for (int number = 2;; ++number) {
        const Server *known = registry->find(free);
        if (known && known->kind == ConnectionKind::Practice)
            return registry->edit(known->id, fill);
        if (!known)
            break;
        free = u"%1 %2"_s.arg(label).arg(number);
    }
    Server server;
    server.label = free;
    server.kind = ConnectionKind::Practice;
    return fill(server).and_then([&] { return registry->add(server); });
}

} // namespace hubkeeper
