// SPDX-License-Identifier: MIT
#pragma once

#include "cliservices.h"
#include "provisioner/project/projectfile.h"
#include "provisioner/report/report.h"
#include "provisioner/rules/validation.h"

namespace hubkeeper {
struct MappingOptions;
}

namespace hubkeeper::cli {

/// The options of every verb that looks at provisioner files without a portal.
struct FileArguments
{
    std::vector<std::string> paths;
    std::string profile; ///< Empty: commercial.
    std::string deployedAs;
    std::vector<std::string> ignore; ///< Ids of rules.
    std::vector<std::string> only;
    std::string today; ///< ISO 8601; empty: it is.
    bool noProjectFile = false;
    std::string type; ///< "provisioner", "mappings"; empty: by the content.
    std::string provisioner; ///< For mappings: the one that they use.
    std::string managed; ///< For mappings: the managed.json of their server.
    bool takesMappings = false; ///< The verb knows mappings too.

    void addTo(CLI::App &verb);
    /// The same for a verb that knows mappings too.
    void addWithMappingsTo(CLI::App &verb);

    /// Finds the project file above the first path, or above the working folder, and takes from it
    /// what the command line does not say: paths and the kind of server. Fails as
    /// findProjectFile(), and with InvalidInput if no file is named anywhere.
    [[nodiscard]] Result<std::optional<ProjectFile>> takeProject();
    /// The rules of the command line, on those of the project. InvalidInput for unknown ones.
    [[nodiscard]] Result<RuleChoice> rules(const std::optional<ProjectFile> &project) const;
    /// How files are to be checked: today, by the user's own dated rules if there are some. Fails
    /// with InvalidInput if those cannot be used.
    [[nodiscard]] Result<ValidationOptions> options(const Services &services) const;
    /// The name under which the file counts; empty if it is not known.
    [[nodiscard]] QString nameFor(const QString &path) const;
    /// What is wrong with a file: as a provisioner, or as mappings (see idm/mappings), by --type or
    /// by what is in it.
    [[nodiscard]] QList<Finding> findingsIn(const JsonText &text, const QString &path,
                                            const ValidationOptions &options) const;
    /// Whether findingsIn() looks for mappings.
    [[nodiscard]] bool areMappings(const JsonText &text, const QString &path) const;

private:
    /// What --provisioner and --managed name. Fails with InvalidInput.
    [[nodiscard]] Result<void> addNamedFiles(MappingOptions &mappings) const;
};

/// The files that are meant: a folder stands for the provisioners below it, in the order of their
/// paths; "-" is standard input. Fails with InvalidInput for a folder without any, and for a name
/// to deploy under together with several files.
[[nodiscard]] Result<QStringList> filesOf(const FileArguments &arguments);

/// The bytes of a file, or of standard input for "-". Fails with InvalidInput.
[[nodiscard]] Result<QByteArray> bytesOf(const QString &path, Services &services);

} // namespace hubkeeper::cli
