// SPDX-License-Identifier: MIT
#include "provisionerfiles.h"

#include "base/savefile.h"
#include "idm/mappings/mappingfile.h"
#include "options.h"
#include "provisioner/rules/datedrules.h"
#include "session/idm/mappingtrials.h"
#include "standardinput.h"

#include <QDir>
#include <QFileInfo>

#include <CLI/CLI.hpp>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

constexpr auto provisionerPrefix = "provisioner.openicf-"_L1;
constexpr qint64 largestReadFile = 128
    << 20; // Bytes; larger ones than the reader takes are findings.

/// As the tools for cloud tenants keep connectors: fr-config-manager in sync/connectors, frodo as
/// *.idm.json in provisioner.openicf.
bool isTenantLayout(const QFileInfo &file)
{
    const QString folder = file.path();
    return folder.endsWith("/sync/connectors"_L1) || folder == "sync/connectors"_L1
        || (file.fileName().endsWith(".idm.json"_L1)
            && QFileInfo(folder).fileName() == "provisioner.openicf"_L1);
}

/// Whether the file is one of the HubSpot connector's: it names its class or bundle.
bool namesConnector(const QString &path)
{
    const auto bytes = readFile(path, largestReadFile);
    return bytes && bytes->contains("connectorRef") && bytes->contains("hubspot");
}

/// Whether a file is called as a server's mappings are, and holds some.
bool holdsMappings(const QFileInfo &file)
{
    if (!isMappingFileName(file.fileName()))
        return false;
    const auto bytes = readFile(file.filePath(), largestReadFile);
    return bytes && mappingsIn(JsonText(*bytes)).isMappings();
}

/// Provisioners below a folder, as servers and tenant tools name them, and mappings if they are
/// wanted. Folders that cannot be read go to `unreadable`.
QStringList provisionersBelow(const QString &folder, bool withMappings, QStringList &unreadable)
{
    QStringList files;
    const QDir dir(folder);
    if (!QFileInfo(folder).isReadable() || !QFileInfo(folder).isExecutable()) {
        unreadable.append(folder);
        return files;
    }
    const auto entries = dir.entryInfoList({u"*.json"_s}, QDir::Files | QDir::Hidden, QDir::Name);
    for (const QFileInfo &file : entries) {
        const bool isOfServer = file.fileName().startsWith(provisionerPrefix);
        if (isOfServer || (isTenantLayout(file) && namesConnector(file.filePath()))
            || (withMappings && holdsMappings(file)))
            files.append(file.filePath());
    }
    const auto folders = dir.entryInfoList(
        QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot | QDir::NoSymLinks, QDir::Name);
    for (const QFileInfo &below : folders)
        files += provisionersBelow(below.filePath(), withMappings, unreadable);
    return files;
}

} // namespace

void FileArguments::addTo(CLI::App &verb)
{
    verb.add_option("FILE", paths, "Provisioners, folders to search for them, or - for input")
        ->type_name(fileArgument);
    addWords(verb, "--server,--profile", profile, {"commercial", "community"},
             "The kind of IDM server the file is for");
    verb.add_option("--deployed-as", deployedAs, "The file's name on the server, if it is another");
    verb.add_option("--ignore", ignore, "Leave out these rules, separated by commas")
        ->delimiter(',')
        ->take_all()
        ->allow_extra_args(false)
        ->type_name(ruleArgument);
    verb.add_option("--only,--rule", only, "Only these rules, separated by commas")
        ->delimiter(',')
        ->take_all()
        ->allow_extra_args(false)
        ->type_name(ruleArgument);
    verb.add_option("--today", today, "The day that rules with a date count from")
        ->type_name("YYYY-MM-DD");
    verb.add_flag("--no-project-file", noProjectFile, "Do not look for a .hubkeeper.json");
}

void FileArguments::addWithMappingsTo(CLI::App &verb)
{
    takesMappings = true;
    addTo(verb);
    verb.get_option("FILE")->description(
        "Provisioners, files of mappings, folders to search for them, or - for input");
    addWords(verb, "--type", type, {"provisioner", "mappings"},
             "What the files are, if their content does not say it");
    verb.add_option("--provisioner", provisioner,
                    "For mappings: the provisioner whose object types they use; without it, those "
                    "beside the file")
        ->type_name(fileArgument);
    verb.add_option("--managed", managed,
                    "For mappings: the managed.json of their server; without it, the one beside "
                    "the file")
        ->type_name(fileArgument);
}

Result<std::optional<ProjectFile>> FileArguments::takeProject()
{
    std::optional<ProjectFile> project;
    if (!noProjectFile) {
        const QString first =
            paths.empty() || paths.front() == "-" ? u"."_s : QString::fromStdString(paths.front());
        const QFileInfo place(first);
        auto found = findProjectFile(place.isDir() ? first : place.path());
        if (!found)
            return found;
        project = *std::move(found);
    }
    if (project) {
        if (profile.empty() && project->profile)
            profile = nameOf(*project->profile).toStdString();
        if (paths.empty()) {
            for (const QString &path : std::as_const(project->paths))
                paths.push_back(path.toStdString());
        }
    }
    if (paths.empty())
        return fail(ErrorKind::InvalidInput, u"FILE is required."_s,
                    u"Name provisioners or folders, or list them as \"paths\" in "
                    ".hubkeeper.json."_s);
    return project;
}

namespace {

Result<QSet<QString>> knownRules(const std::vector<std::string> &ids)
{
    QSet<QString> known;
    for (const std::string &id : ids) {
        const auto one = knownRule(QString::fromStdString(id));
        if (!one)
            return tl::unexpected(one.error());
        known.insert(*one);
    }
    return known;
}

} // namespace

Result<RuleChoice> FileArguments::rules(const std::optional<ProjectFile> &project) const
{
    RuleChoice rules = project ? project->rules : RuleChoice();
    const auto ignored = knownRules(ignore);
    if (!ignored)
        return tl::unexpected(ignored.error());
    const auto wanted = knownRules(only);
    if (!wanted)
        return tl::unexpected(wanted.error());
    rules.ignored.unite(*ignored);
    rules.ignored.subtract(*wanted); // What is asked for by name is meant.
    if (!wanted->isEmpty())
        rules.only = *wanted;
    return rules;
}

Result<ValidationOptions> FileArguments::options(const Services &services) const
{
    auto dated = DatedRules::forUser(services.paths);
    if (!dated) { // Only the user's own file can be wrong.
        Error error = dated.error();
        error.what = services.paths.config + u"/dated-rules.json: "_s + error.what;
        return tl::unexpected(error);
    }
    ValidationOptions options;
    options.profile =
        *profileFrom(QString::fromStdString(profile.empty() ? "commercial" : profile));
    options.today = services.clock.utc().date();
    if (!today.empty())
        options.today = QDate::fromString(QString::fromStdString(today), Qt::ISODate);
    if (!options.today.isValid())
        return fail(ErrorKind::InvalidInput,
                    u"\"%1\" is not a day."_s.arg(QString::fromStdString(today)),
                    u"Write it as in --today 2027-02-16."_s);
    options.dated = *std::move(dated);
    MappingOptions tried;
    if (const auto read = addNamedFiles(tried); !read)
        return tl::unexpected(read.error());
    return options;
}

Result<void> FileArguments::addNamedFiles(MappingOptions &mappings) const
{
    if (!provisioner.empty()) {
        if (auto read = addProvisionerFile(QString::fromStdString(provisioner), mappings); !read)
            return read;
    }
    return managed.empty() ? Result<void>()
                           : addManagedFile(QString::fromStdString(managed), mappings);
}

QString FileArguments::nameFor(const QString &path) const
{
    if (!deployedAs.empty())
        return QString::fromStdString(deployedAs);
    return nameToJudge(QFileInfo(path).fileName());
}

bool FileArguments::areMappings(const JsonText &text, const QString &path) const
{
    if (!takesMappings || type == "provisioner")
        return false;
    return type == "mappings" || (nameFor(path).isEmpty() && mappingsIn(text).isMappings());
}

QList<Finding> FileArguments::findingsIn(const JsonText &text, const QString &path,
                                         const ValidationOptions &options) const
{
    if (!areMappings(text, path)) {
        ValidationOptions named = options;
        named.fileName = nameFor(path);
        return validate(text, named);
    }
    MappingOptions mappings;
    mappings.profile = options.profile;
    if (const QString name = QFileInfo(path).fileName(); isMappingFileName(name))
        mappings.fileName = name;
    if (path != "-"_L1)
        addNeighbours(path, mappings);
    (void)addNamedFiles(mappings); // They were read before: options() says if they cannot be.
    MappingTrials trials;
    trials.addTo(mappings);
    return validateMappings(text, mappings);
}

Result<QStringList> filesOf(const FileArguments &arguments)
{
    QStringList files;
    for (const std::string &argument : arguments.paths) {
        const QString path = QString::fromStdString(argument);
        if (path == "-"_L1 || !QFileInfo(path).isDir()) {
            files.append(path);
            continue;
        }
        QStringList unreadable;
        QStringList below = provisionersBelow(path, arguments.takesMappings, unreadable);
        std::sort(below.begin(), below.end());
        if (!unreadable.isEmpty()) { // What was not looked at must not pass.
            return fail(ErrorKind::InvalidInput,
                        u"The folder %1 cannot be read."_s.arg(unreadable.join(u", "_s)),
                        u"Run it as a user who may read it, or name the files themselves."_s);
        }
        if (below.isEmpty()) {
            return fail(
                ErrorKind::InvalidInput,
                u"There is no provisioner.openicf-*.json, and no connector of a tenant "
                "(sync/connectors/*.json, provisioner.openicf/*.idm.json), below %1."_s.arg(path),
                u"Name the files themselves."_s);
        }
        files += below;
    }
    if (!arguments.deployedAs.empty() && files.size() > 1) {
        return fail(ErrorKind::InvalidInput, u"Only one file can be deployed under a name."_s,
                    u"Use --deployed-as with a single file."_s);
    }
    return files;
}

Result<QByteArray> bytesOf(const QString &path, Services &services)
{
    if (path != "-"_L1)
        return readFile(path, largestReadFile);
    return readAllInput(services.input, largestReadFile);
}

} // namespace hubkeeper::cli
