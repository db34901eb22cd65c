// SPDX-License-Identifier: MIT
#include "changesets.h"

#include "counttext.h"
#include "options.h"
#include "session/writing/keepchanges.h"
#include "waiting.h"

#include <QFile>

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

void ChangesArguments::addTo(CLI::App &verb)
{
    connect.addTo(verb);
    verb.add_option("CHANGES", changes,
                    "A change set file; without it, what is staged for the connection")
        ->type_name(fileArgument);
}

QString rowCount(qsizetype count)
{
    return countText(count, "change"_L1, "changes"_L1);
}

QJsonObject bindingJson(const ChangeBinding &binding)
{
    return {{u"portalId"_s, binding.portalId},
            {u"portalName"_s, binding.portalName},
            {u"connectionId"_s, binding.connectionId},
            {u"connection"_s, binding.connectionLabel}};
}

bool isChangeSet(const std::string &path)
{
    QFile file(QString::fromStdString(path));
    return file.open(QIODevice::ReadOnly) && file.read(512).contains("\"hubkeeper-changes\"");
}

Result<ExchangedChanges> readChanges(const std::string &path)
{
    return readChangesFile(QString::fromStdString(path));
}

Result<KeptChanges> keptFor(const std::string &provisioner, Services &services)
{
    ConnectOptions options;
    options.file = provisioner;
    const auto connection = connectionFor(options, services);
    if (!connection)
        return tl::unexpected(connection.error());
    const QList<KeptChanges> kept = keptChanges(services.paths, connection->id, nullptr);
    if (kept.isEmpty())
        return fail(ErrorKind::NotFound, u"Nothing is staged for %1."_s.arg(connection->label),
                    u"`hubkeeper-cli changes list` shows what is staged."_s);
    return kept.first();
}

/// Puts the rows of the file, or what is staged for the connection, into the session's set.
Result<void> load(Session &session, const ChangesArguments &arguments, Services &services)
{
    if (arguments.changes.empty()) {
        return waitFor(
                   static_cast<Call<RestoredChanges> *>(new KeepChanges(session, &services.calls)),
                   services.interrupt)
            .and_then([](const RestoredChanges &restored) -> Result<void> {
                if (restored.takenBy.isEmpty())
                    return {};
                return fail(ErrorKind::Refused,
                            u"The staged changes are open in %1."_s.arg(restored.takenBy),
                            u"Close it, or apply them there."_s);
            });
    }
    const auto set = readChanges(arguments.changes);
    if (!set)
        return tl::unexpected(set.error());
    session.changes().setBinding(set->binding()); // The run refuses another portal.
    return waitFor(session.changes().addRows(set->rows, Adding::KeepStaged, {}, &services.calls),
                   services.interrupt)
        .map([&](const AddedRows &) { session.changes().setSignedAs(set->signedAs()); });
}

} // namespace hubkeeper::cli
