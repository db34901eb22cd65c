// SPDX-License-Identifier: MIT
#include "base/log.h"
#include "launch.h"
#include "practice/rehearsalportal.h"
#include "practicestart.h"
#include "secrets/keychainsecretstore.h"
#include "session/connections/secretvault.h"
#include "tour.h"
#include "tourbrowser.h"
#include "window/mainwindow.h"
#include "window/parts.h"

#include <QApplication>

#include <cstdio>

using namespace hubkeeper;
using namespace Qt::StringLiterals;

/// hubkeeper-tour FOLDER [light|dark [WIDTHxHEIGHT]]: walks through the real window on the practice
/// portal, saves a picture of every page to the folder, and ends: 0 if every step passed.
int main(int argc, char *argv[])
{
    installRedactingLog();
    QApplication application(argc, argv);
    prepare(application);
    const QStringList arguments = QApplication::arguments();
    if (arguments.size() < 2 || arguments.size() > 4) {
        std::fputs("Usage: hubkeeper-tour FOLDER [light|dark [WIDTHxHEIGHT]]\n", stderr);
        return 2;
    }

    const Paths paths = Paths::standard();
    SystemClock clock;
    KeychainSecretStore keychain(u"Hubkeeper"_s);
    SecretVault vault(keychain);
    BudgetRegistry budgets;
    ConnectionRegistry registry = loadRegistry(paths);
    PracticeStart practice(registry, vault, paths);
    TourBrowser browser;
    WindowServices services {registry,
                             {clock, vault, paths, budgets},
                             &vault,
                             [&practice](QObject *parent) { return practice.connection(parent); },
                             [&practice](QObject *parent) { return practice.server(parent); },
                             &startRehearsalPortal};
    services.openBrowser = [&browser](const QUrl &url) { return browser.open(url); };
    MainWindow window(services);
    addParts(window);
    if (const auto colours = coloursFrom(arguments.value(2)))
        window.showColours(*colours);
    window.show();
    Tour tour(window, vault, browser, arguments.at(1));
    const QStringList size = arguments.value(3).split(u'x');
    if (size.size() == 2)
        window.resize(size[0].toInt(), size[1].toInt());
    QObject::connect(&tour, &Tour::finished, &application, &QApplication::exit,
                     Qt::QueuedConnection);
    tour.start();
    return QApplication::exec();
}
