// SPDX-License-Identifier: MIT
#include "provisionerfiles.h"

#include "base/savefile.h"
#include "provisioner/rules/datedrules.h"

#include <QDirIterator>
#include <QFileInfo>

#include <CLI/CLI.hpp>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

constexpr qint64 largestFile = 128 << 20; // Bytes; larger ones than the reader takes are findings.

QStringList provisionersBelow(const QString &folder)
{
    QStringList files;
    QDirIterator it(folder, {u"provisioner.openicf-*.json"_s}, QDir::Files | QDir::Hidden,
                    QDirIterator::Subdirectories);
    while (it.hasNext())
        files.append(it.next());
    std::sort(files.begin(), files.end());
    return files;
}

} // namespace

void FileArguments::addTo(CLI::App &verb)
{
    verb.add_option("FILE", paths, "Provisioners, folders to search for them, or - for input")
        ->required();
    verb.add_option("--profile", profile, "The server: commercial or community")
        ->check(CLI::IsMember({"commercial", "community"}));
    verb.add_option("--deployed-as", deployedAs, "The file's name on the server, if it is another");
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
    options.profile = *profileFrom(QString::fromStdString(profile));
    options.today = services.clock.utc().date();
    options.dated = *std::move(dated);
    return options;
}

QString FileArguments::nameFor(const QString &path) const
{
    if (!deployedAs.empty())
        return QString::fromStdString(deployedAs);
    return nameToJudge(QFileInfo(path).fileName());
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
        const QStringList below = provisionersBelow(path);
        if (below.isEmpty()) {
            return fail(ErrorKind::InvalidInput,
                        u"There is no provisioner.openicf-*.json below %1."_s.arg(path),
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
        return readFile(path, largestFile);
    QByteArray bytes;
    while (bytes.size() <= largestFile) {
        const QByteArray part = services.input.read(1 << 16);
        if (part.isEmpty())
            return bytes;
        bytes += part;
    }
    return fail(ErrorKind::InvalidInput, u"Standard input is larger than 128 MB."_s);
}

} // namespace hubkeeper::cli
