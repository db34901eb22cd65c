// SPDX-License-Identifier: MIT
#include "base/savefile.h"
#include "commands.h"
#include "options.h"
#include "policy/policyfile.h"
#include "policy/policyjson.h"

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

constexpr qint64 largestPolicyFile = 1 << 20; // Bytes.

QString namesOrNone(const QStringList &names)
{
    return names.isEmpty() ? u"none"_s : names.join(u", "_s);
}

/// What the limits of a rule say, one phrase each.
QStringList limitPhrases(const PortalLimits &limits)
{
    QStringList phrases;
    if (limits.mode)
        phrases.append(u"write mode %1 or stricter"_s.arg(nameOf(limits.mode->value)));
    if (limits.mostRows)
        phrases.append(u"most records in one run: %1"_s.arg(limits.mostRows->value));
    if (limits.mostPercent)
        phrases.append(u"most of the records in one run: %1 %"_s.arg(limits.mostPercent->value));
    if (limits.mostArchives)
        phrases.append(u"most archived in one run: %1"_s.arg(limits.mostArchives->value));
    if (limits.noArchiving)
        phrases.append(u"no archiving"_s);
    for (const Ruled<QString> &name : limits.protectedProperties)
        phrases.append(u"protected: %1"_s.arg(name.value));
    if (limits.signatures)
        phrases.append(u"signatures: %1"_s.arg(limits.signatures->value));
    return phrases;
}

void showPolicy(const Policy &policy, Output &output)
{
    output.line(policy.file);
    if (!policy.contact.isEmpty())
        output.line(u"Contact: "_s + policy.contact);
    if (policy.allowedPortals)
        output.line(u"Allowed portals: "_s + namesOrNone(policy.allowedPortals->value));
    if (policy.allowedServers)
        output.line(u"Allowed servers: "_s + namesOrNone(policy.allowedServers->value));
    for (const Policy::PortalRule &rule : policy.portals)
        output.line(u"%1: %2"_s.arg(rule.ids.isEmpty() ? u"All portals"_s
                                                       : u"Portal "_s + rule.ids.join(u", "_s),
                                    limitPhrases(rule.limits).join(u"; "_s)));
    for (const Policy::ServerRule &rule : policy.servers)
        output.line(u"%1: write mode %2 or stricter"_s.arg(
            rule.addresses.isEmpty() ? u"All servers"_s : rule.addresses.join(u", "_s),
            nameOf(rule.mode.value)));
    if (policy.masking)
        output.line(u"Personal data is masked in the window."_s);
    for (const TrustedKey &key : policy.trustedKeys)
        output.line(u"Trusted key %1: %2 (%3)"_s.arg(
            key.name, QString::fromLatin1(key.key.toBase64()), key.accounts.join(u", "_s)));
}

int runShowPolicy(Services &services)
{
    const auto policy = currentPolicyFile();
    if (!policy)
        return services.output.failure(policy.error());
    if (services.output.json) {
        QJsonObject json = jsonOf(*policy);
        json.insert(u"path"_s, policyPath());
        json.insert(u"present"_s, policy->isPresent());
        services.output.result(json);
    } else if (policy->isPresent()) {
        showPolicy(*policy, services.output);
    } else {
        services.output.message(
            u"The policy file %1 does not exist, so nothing is forbidden."_s.arg(policyPath()));
    }
    return Done;
}

/// Of a draft, wherever it is and whoever wrote it.
int runCheckPolicy(const std::string &path, Services &services)
{
    const QString name = QString::fromStdString(path);
    const auto content = readFile(name, largestPolicyFile);
    if (!content)
        return services.output.failure(content.error());
    const ParsedPolicy parsed = parsePolicy(*content, name);
    QJsonArray faults;
    for (const PolicyFault &fault : parsed.faults) {
        faults.append(jsonOf(fault));
        if (!services.output.json)
            services.output.line(
                u"%1:%2:%3: %4"_s.arg(name).arg(fault.line).arg(fault.column).arg(fault.text));
    }
    if (services.output.json)
        services.output.result(QJsonObject {
            {u"path"_s, name}, {u"valid"_s, parsed.faults.isEmpty()}, {u"faults"_s, faults}});
    else if (parsed.faults.isEmpty())
        services.output.message(
            u"Good. As root: `install -D -m 644 %1 %2`."_s.arg(name, policyPath()));
    return parsed.faults.isEmpty() ? Done : Findings;
}

} // namespace

void addPolicyCommands(CLI::App &app, Run &chosen)
{
    CLI::App *group =
        app.add_subcommand("policy", "What the administrator of this computer allows");
    group->require_subcommand(1);
    group->fallthrough();
    addVerb(*group, "show", "The rules that hold here", chosen,
            [](CLI::App &) { return Run(&runShowPolicy); });
    addVerb(*group, "check", "Look for faults in a policy file", chosen, [](CLI::App &verb) {
        auto path = std::make_shared<std::string>();
        verb.add_option("FILE", *path, "The file, before it is put into its place")
            ->required()
            ->type_name(fileArgument);
        return Run([path](Services &services) { return runCheckPolicy(*path, services); });
    });
}

} // namespace hubkeeper::cli
