// SPDX-License-Identifier: MIT
#include "startup.h"

#include "base/paths.h"
#include "base/version.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <set>

namespace hubkeeper {

namespace {

void printPaths(const Paths &paths)
{
    const std::pair<const char *, QString> lines[] = {{"config", paths.config},
                                                      {"data", paths.data},
                                                      {"state", paths.state},
                                                      {"cache", paths.cache}};
    for (const auto &[name, path] : lines)
        std::printf("%-7s %s\n", name, qUtf8Printable(path));
}

/// The arguments without those that Qt takes itself (QGuiApplication, QApplication), which are not
/// ours to judge.
std::vector<std::string> withoutQtOptions(int argc, char *argv[])
{
    const std::set<std::string> switches {"reverse"};
    const std::set<std::string> valued {"style",
                                        "stylesheet",
                                        "platform",
                                        "platformpluginpath",
                                        "platformtheme",
                                        "plugin",
                                        "qwindowgeometry",
                                        "qwindowicon",
                                        "qwindowtitle",
                                        "geometry",
                                        "display",
                                        "session",
                                        "name",
                                        "title",
                                        "icon"};
    std::vector<std::string> ours;
    for (int at = 1; at < argc; ++at) {
        const std::string whole = argv[at];
        const auto begin = whole.find_first_not_of('-');
        const bool isOption = begin == 1 || begin == 2;
        const std::string name =
            isOption ? whole.substr(begin, whole.find('=') - begin) : std::string();
        if (switches.count(name) > 0)
            continue;
        if (valued.count(name) > 0) {
            at += whole.find('=') == std::string::npos ? 1 : 0;
            continue;
        }
        ours.push_back(whole);
    }
    std::reverse(ours.begin(), ours.end()); // As CLI11 wants them.
    return ours;
}

} // namespace

StartupOrExit readArguments(int argc, char *argv[])
{
    CLI::App app("Administration of the HubSpot connector of IDM", "hubkeeper");
    std::vector<std::string> files;
    std::string profile;
    std::string colours;
    bool practice = false;
    bool paths = false;
    app.set_version_flag(
        "--version", std::string(productName) + " " + productVersion + " (Qt " + qVersion() + ")");
    app.add_option("FILE", files, "Provisioner to open");
    app.add_flag("--practice", practice,
                 "Open the practice portal and the practice IDM, a local HubSpot and IDM");
    app.add_option("--profile", profile, "Keep settings, journal and cache below this folder");
    app.add_option("--colors", colours, "system, light or dark, for this time")
        ->check(CLI::IsMember({"system", "light", "dark"}));
    app.add_flag("--print-paths", paths, "Where this program keeps its files");
    app.allow_extras(false);
    try { // CLI11 reports by exceptions; they end here.
        app.parse(withoutQtOptions(argc, argv));
    } catch (const CLI::ParseError &error) {
        return {{}, app.exit(error) == 0 ? 0 : 2};
    }
    Startup startup;
    for (const std::string &file : files)
        startup.files.append(QString::fromStdString(file));
    startup.practice = practice;
    startup.colours = QString::fromStdString(colours);
    startup.profileFolder = QString::fromStdString(profile);
    if (!paths)
        return {startup, std::nullopt};
    printPaths(startup.profileFolder.isEmpty() ? Paths::standard()
                                               : Paths::below(startup.profileFolder));
    return {startup, 0};
}

} // namespace hubkeeper
