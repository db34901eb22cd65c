// SPDX-License-Identifier: MIT
#include "base/savefile.h"
#include "commands.h"
#include "options.h"
#include "provisioner/document/document.h"
#include "provisioner/document/newprovisioner.h"
#include "provisionerfiles.h"

#include <QDir>
#include <QFileInfo>

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

struct NewArguments
{
    std::string from = "sample";
    std::string name;
    std::string clientId;
    std::string out;
    bool force = false;
};

Result<QByteArray> newFileSourceOf(const NewArguments &arguments, Services &services)
{
    if (arguments.from == "sample")
        return sampleProvisioner();
    return bytesOf(QString::fromStdString(arguments.from), services).and_then(copyOfProvisioner);
}

Result<QByteArray> contentFor(const NewArguments &arguments, Services &services)
{
    const auto source = newFileSourceOf(arguments, services);
    if (!source)
        return source;
    const auto document = Document::fromBytes(*source);
    Result<void> done;
    if (!arguments.clientId.empty()) {
        done = document->setValue(u"/configurationProperties/clientId"_s,
                                  QString::fromStdString(arguments.clientId), {});
    }
    if (done && !arguments.name.empty())
        done = document->setValue(u"/name"_s, QString::fromStdString(arguments.name), {});
    return done.map([&document] { return document->bytes(); });
}

/// A folder gets a file that is named as IDM wants it.
Result<QString> targetOf(const NewArguments &arguments)
{
    const QString out = QString::fromStdString(arguments.out);
    if (out == "-"_L1)
        return out; // Standard output.
    if (!QFileInfo::exists(out) && !out.endsWith(".json"_L1, Qt::CaseInsensitive)) {
        QString folder = out;
        while (folder.size() > 1 && folder.endsWith(u'/'))
            folder.chop(1);
        return fail(ErrorKind::InvalidInput, u"There is no folder %1."_s.arg(folder),
                    u"Make it first, or give the name of a file, which ends in .json."_s);
    }
    if (!QFileInfo(out).isDir())
        return out;
    const std::string name = arguments.name.empty() ? "hubspot" : arguments.name;
    return provisionerFileName(QString::fromStdString(name)).map([&out](const QString &file) {
        return QDir(out).filePath(file);
    });
}

int runNew(const NewArguments &arguments, Services &services)
{
    const auto target = targetOf(arguments);
    if (!target)
        return services.output.failure(target.error());
    const bool isStream = *target == "-"_L1;
    if (!isStream && QFileInfo::exists(*target) && !arguments.force) {
        return services.output.failure(fail(ErrorKind::Refused,
                                            u"%1 exists already."_s.arg(*target),
                                            u"Choose another name, or add --force."_s)
                                           .value());
    }
    const auto bytes = contentFor(arguments, services);
    if (!bytes)
        return services.output.failure(bytes.error());
    if (isStream) {
        services.output.raw(*bytes);
        return Done;
    }
    if (const auto saved = saveFile(*target, *bytes, FileMode::KeepOrDefault); !saved)
        return services.output.failure(saved.error());
    if (services.output.json)
        services.output.result(QJsonObject {{u"path"_s, *target}});
    else
        services.output.line(*target);
    return Done;
}

} // namespace

void addNewCommand(CLI::App &app, Run &chosen)
{
    addVerb(app, "new", "Create a starter provisioner without secrets", chosen, [](CLI::App &verb) {
        auto arguments = std::make_shared<NewArguments>();
        verb.add_option("OUT", arguments->out, "The file to write, or its folder")
            ->required()
            ->type_name(fileArgument);
        verb.add_option("--from", arguments->from, "sample, a provisioner, or - for input")
            ->type_name(fileArgument);
        verb.add_option("--name", arguments->name, "The connector's name in IDM");
        verb.add_option("--client-id", arguments->clientId, "Client ID of the HubSpot app");
        verb.add_flag("--force", arguments->force, "Replace a file that is there");
        return Run([arguments](Services &services) { return runNew(*arguments, services); });
    });
}

} // namespace hubkeeper::cli
