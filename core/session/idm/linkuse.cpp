// SPDX-License-Identifier: MIT
#include "session/idm/linkuse.h"

#include "reconcile/mapping/mappingreader.h"
#include "session/sessiontext.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

Result<LinkUse> linkUseOf(const QJsonArray &mappings, const QString &name)
{
    return readMappings(mappings).and_then([&name](const SyncMappings &all) -> Result<LinkUse> {
        if (!all.unknown.isEmpty())
            return fail(
                ErrorKind::NotFound,
                SessionText::tr("The server does not know any mapping: %1").arg(all.unknown),
                SessionText::tr("Correct `links` in that mapping first: `hubkeeper-cli idm "
                                "mappings check` shows where."));
        if (const SyncMapping *mapping = all.find(name))
            return LinkUse {name, mapping->links, mapping->linksReversed, mapping->source,
                            mapping->target};
        QStringList names;
        for (const SyncMapping &one : all.mappings)
            names.append(one.name);
        return fail(ErrorKind::NotFound, SessionText::tr("There is no mapping %1.").arg(name),
                    names.isEmpty()
                        ? SessionText::tr("The server has no mapping.")
                        : SessionText::tr("The server has: %1.").arg(names.join(u", "_s)));
    });
}

} // namespace hubkeeper
