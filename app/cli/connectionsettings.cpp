// SPDX-License-Identifier: MIT
#include "connectionsettings.h"

#include "options.h"
#include "portal/access/accountbudget.h"
#include "session/idm/serverregistry.h"

#include <QRegularExpression>

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

constexpr int mostOfALimit = 1'000'000; // Records in one run, as in the window.

Result<void> setLabel(Connection &connection, const std::string &text)
{
    const QString label = QString::fromStdString(text).trimmed();
    if (label.isEmpty())
        return fail(ErrorKind::InvalidInput, u"A label must not be empty."_s,
                    u"Give a name, as in --label Production."_s);
    connection.label = label;
    return {};
}

/// Whether the address may stay or become the connection's is a matter of both settings.
Result<void> setAddress(Connection &connection, const ConnectionSettings &settings)
{
    if (settings.allowRemote)
        connection.allowRemoteBaseUrl = *settings.allowRemote;
    if (settings.baseUrl) {
        const QString text = QString::fromStdString(*settings.baseUrl).trimmed();
        connection.baseUrl = text == "none"_L1 ? QUrl() : QUrl(text, QUrl::StrictMode);
        if (text != "none"_L1)
            return checkBaseUrl(connection.baseUrl, connection.allowRemoteBaseUrl);
    }
    if (!settings.allowRemote || connection.baseUrl.isEmpty())
        return {};
    return checkBaseUrl(connection.baseUrl, connection.allowRemoteBaseUrl);
}

Result<void> setProtected(QStringList &names, const ConnectionSettings &settings)
{
    static const QRegularExpression name(u"^[^\\s,;]+\\z"_s);
    if (settings.unprotectAll)
        names.clear();
    for (const std::string &text : settings.unprotect) {
        const QString given = QString::fromStdString(text).trimmed();
        const auto isGiven = [&](const QString &kept) {
            return kept.compare(given, Qt::CaseInsensitive) == 0;
        };
        if (names.removeIf(isGiven) == 0)
            return fail(ErrorKind::InvalidInput,
                        u"The property \"%1\" is not protected."_s.arg(given),
                        u"`hubkeeper-cli connections show` lists the protected ones."_s);
    }
    for (const std::string &text : settings.protect) {
        const QString given = QString::fromStdString(text).trimmed();
        if (!name.match(given).hasMatch())
            return fail(ErrorKind::InvalidInput,
                        u"\"%1\" is not the name of a property."_s.arg(given),
                        u"Use --protect email,phone: names as HubSpot has them."_s);
        if (!names.contains(given, Qt::CaseInsensitive))
            names.append(given);
    }
    return {};
}

/// A flag and its opposite; CLI11 would read neither of them as no. Who gives both, forbids.
void addChoice(CLI::App &verb, const char *names, std::optional<bool> &choice, const char *help)
{
    verb.add_flag_function(
        names, [&choice](std::int64_t allowed) { choice = allowed > 0; }, help);
}

} // namespace

void ConnectionSettings::addTo(CLI::App &verb)
{
    const CLI::Range records(0, mostOfALimit);
    verb.add_option("--label", label, "What people call it");
    addWords(verb, "--kind", kind, {"production", "sandbox", "practice"}, "The kind of portal");
    verb.add_option("--colour,--color", colour, "Shown beside the label: '#rrggbb', or none");
    addWords(verb, "--mode", mode, {"read-only", "review", "confirm", "free"},
             "How it is written to");
    addWords(verb, "--api-version", apiVersion, {"2026-09", "2026-03", "v3"},
             "HubSpot's API version");
    verb.add_option("--base-url", baseUrl,
                    "A portal other than HubSpot's own, on this machine; none: HubSpot's own");
    addChoice(verb, "--allow-remote-base-url,!--forbid-remote-base-url", allowRemote,
              "Whether --base-url may name another host");
    verb.add_option("--server", server, "The IDM server it is deployed to, or none")
        ->type_name(serverArgument);
    verb.add_option("--reserve", reserve, "Percent of HubSpot's limits left to other programs")
        ->check(CLI::Range(0, AccountBudget::mostReserve));
    verb.add_option("--most-rows", mostRows, "Largest run; 0 means no limit")->check(records);
    addChoice(verb, "--allow-archive,!--forbid-archive", archiveAllowed,
              "Whether records may be archived");
    verb.add_option("--most-archives", mostArchives,
                    "Most records archived in one run; 0 means no limit")
        ->check(records);
    verb.add_option("--most-percent", mostPercent,
                    "Largest share of a portal's contacts or companies that a run writes, in "
                    "percent; 0 means no limit")
        ->check(CLI::Range(0, 100));
    verb.add_option("--protect", protect, "Properties never to be written, separated by commas")
        ->delimiter(',');
    verb.add_option("--unprotect", unprotect, "Properties that may be written again")
        ->delimiter(',');
    verb.add_option("--confirm-label", confirmLabel,
                    "The label of a production connection, to allow more on it");
    verb.add_flag("--unprotect-all", unprotectAll, "All of them, before --protect adds any");
}

std::optional<QString> ConnectionSettings::confirmation() const
{
    if (!confirmLabel)
        return std::nullopt;
    return QString::fromStdString(*confirmLabel).trimmed();
}

Result<void> ConnectionSettings::lookUpServer(const Paths &paths)
{
    if (!server || *server == "none")
        return {};
    const auto registry = ServerRegistry::load(paths);
    if (!registry)
        return tl::unexpected(registry.error());
    const QString name = QString::fromStdString(*server);
    const Server *found = registry->find(name);
    if (!found)
        return fail(ErrorKind::NotFound, u"There is no server \"%1\"."_s.arg(name),
                    u"`hubkeeper-cli idm servers list` shows what is known."_s);
    server = found->id.toStdString();
    return {};
}

Result<void> ConnectionSettings::applyTo(Connection &connection,
                                         const std::optional<QString> &confirmed) const
{
    const Connection before = connection;
    if (const auto set = applyAll(connection); !set)
        return set;
    // What it becomes is read-only at first: a higher mode in the same command lifts that.
    Connection asProduction = before;
    if (connection.kind == ConnectionKind::Production)
        setKind(asProduction, ConnectionKind::Production);
    const QString known = before.inBook ? before.label : connection.label;
    if (!liftsGuard(asProduction, connection) || (confirmed && *confirmed == known))
        return {};
    return fail(
        ErrorKind::Refused,
        confirmed ? u"\"%1\" is not the label of the production portal %2."_s.arg(*confirmed, known)
                  : u"This would allow more on the production portal %1."_s.arg(known),
        u"Repeat its label with --confirm-label."_s);
}

Result<void> ConnectionSettings::applyAll(Connection &connection) const
{
    if (label) {
        if (const auto set = setLabel(connection, *label); !set)
            return set;
    }
    if (colour) {
        const auto color = colorFrom(*colour);
        if (!color)
            return tl::unexpected(color.error());
        connection.colour = *color;
    }
    if (const auto set = setAddress(connection, *this); !set)
        return set;
    // Other words were refused with the options.
    if (kind)
        setKind(connection, *connectionKindFrom(QString::fromStdString(*kind)));
    if (apiVersion)
        connection.apiVersion = *apiVersionFrom(QString::fromStdString(*apiVersion));
    WritePolicy &policy = connection.policy;
    if (mode)
        policy.mode = *writeModeFrom(QString::fromStdString(*mode));
    if (server)
        connection.server = *server == "none" ? QString() : QString::fromStdString(*server);
    connection.reserve = reserve.value_or(connection.reserve);
    policy.mostRows = mostRows.value_or(policy.mostRows);
    policy.mostArchives = mostArchives.value_or(policy.mostArchives);
    policy.mostPercent = mostPercent.value_or(policy.mostPercent);
    policy.archiveAllowed = archiveAllowed.value_or(policy.archiveAllowed);
    return setProtected(policy.protectedProperties, *this);
}

QJsonObject asJson(const Connection &connection)
{
    const WritePolicy &policy = connection.policy;
    return {{u"id"_s, connection.id},
            {u"label"_s, connection.label},
            {u"provisioner"_s, connection.provisionerPath},
            {u"kind"_s, nameOf(connection.kind)},
            {u"colour"_s, connection.colour},
            {u"mode"_s, nameOf(policy.mode)},
            {u"apiVersion"_s, nameOf(connection.apiVersion)},
            {u"baseUrl"_s, connection.baseUrl.toString()},
            {u"allowRemoteBaseUrl"_s, connection.allowRemoteBaseUrl},
            {u"server"_s, connection.server},
            {u"reserve"_s, connection.reserve},
            {u"mostRows"_s, policy.mostRows},
            {u"archiveAllowed"_s, policy.archiveAllowed},
            {u"mostArchives"_s, policy.mostArchives},
            {u"mostPercent"_s, policy.mostPercent},
            {u"protectedProperties"_s, QJsonArray::fromStringList(policy.protectedProperties)}};
}

} // namespace hubkeeper::cli
