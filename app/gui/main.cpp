// SPDX-License-Identifier: MIT
#include "base/log.h"
#include "base/privatememory.h"
#include "endsignals.h"
#include "launch.h"
#include "practice/rehearsalportal.h"
#include "practicestart.h"
#include "secrets/keychainsecretstore.h"
#include "session/connections/secretvault.h"
#include "startup.h"
#include "store/sets/recordfile.h"
#include "window/mainwindow.h"
#include "window/parts.h"

#include <QApplication>

using namespace hubkeeper;
using namespace Qt::StringLiterals;

int main(int argc, char *argv[])
{
    keepMemoryPrivate();
    const StartupOrExit arguments = readArguments(argc, argv);
    if (arguments.exitCode)
        return *arguments.exitCode;
    const Startup &startup = arguments.startup;
    installRedactingLog();

    QApplication application(argc, argv);
    prepare(application);
    const EndSignals endSignals;

    const Paths paths =
        startup.profileFolder.isEmpty() ? Paths::standard() : Paths::below(startup.profileFolder);
    RecordPlace::removeLeftovers(recordFolderIn(paths));
    SystemClock clock;
    KeychainSecretStore keychain(u"Hubkeeper"_s);
    SecretVault vault(keychain);
    BudgetRegistry budgets;
    ConnectionRegistry registry = loadRegistry(paths);
    PracticeStart practice(registry, vault, paths);
    MainWindow window(
        WindowServices {registry,
                        {clock, vault, paths, budgets},
                        &vault,
                        [&practice](QObject *parent) { return practice.connection(parent); },
                        [&practice](QObject *parent) { return practice.server(parent); },
                        &startRehearsalPortal});
    addParts(window);
    if (const auto colours = coloursFrom(startup.colours))
        window.showColours(*colours);
    window.show();
    if (startup.practice)
        window.openPractice();
    for (const QString &file : startup.files)
        window.openFile(file);
    return QApplication::exec();
}
