// SPDX-License-Identifier: MIT
#include "base/log.h"
#include "base/version.h"
#include "practicestart.h"
#include "secrets/keychainsecretstore.h"
#include "session/connections/secretvault.h"
#include "startup.h"
#include "tour.h"
#include "tourbrowser.h"
#include "widgets/icons.h"
#include "window/mainwindow.h"
#include "window/parts.h"

#include <QApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QMessageBox>
#include <QSettings>
#include <QTranslator>

using namespace hubkeeper;
using namespace Qt::StringLiterals;

namespace {

/// Our own translation (English has one too, for its plurals) and Qt's.
void translate(QApplication &application)
{
    auto *own = new QTranslator(&application);
    if (own->load(QLocale(), u"hubkeeper"_s, u"_"_s, u":/translations"_s)
        || own->load(u":/translations/hubkeeper_en.qm"_s))
        QApplication::installTranslator(own);
    auto *qt = new QTranslator(&application);
    if (qt->load(QLocale(), u"qtbase"_s, u"_"_s,
                 QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QApplication::installTranslator(qt);
}

/// Window layout and recent files are state, not configuration.
void keepSettingsIn(const Paths &paths)
{
    (void)makePrivateFolder(paths.state);
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, paths.state);
}

/// A damaged list of connections is told and left alone; the program works without it.
ConnectionBook loadBook(const Paths &paths)
{
    auto book = ConnectionBook::load(paths);
    if (book)
        return std::move(*book);
    QMessageBox::warning(nullptr, QString::fromLatin1(productName), book.error().sentence());
    return {};
}

} // namespace

int main(int argc, char *argv[])
{
    const StartupOrExit arguments = readArguments(argc, argv);
    if (arguments.exitCode)
        return *arguments.exitCode;
    const Startup &startup = arguments.startup;
    installRedactingLog();

    QApplication application(argc, argv);
    QApplication::setApplicationName(u"hubkeeper"_s);
    QApplication::setApplicationDisplayName(QString::fromLatin1(productName));
    QApplication::setApplicationVersion(QString::fromLatin1(productVersion));
    QApplication::setDesktopFileName(QString::fromLatin1(applicationId));
    QApplication::setWindowIcon(programIcon());
    translate(application);

    const Paths paths =
        startup.profileFolder.isEmpty() ? Paths::standard() : Paths::below(startup.profileFolder);
    keepSettingsIn(paths);
    SystemClock clock;
    KeychainSecretStore keychain(u"Hubkeeper"_s);
    SecretVault vault(keychain);
    ConnectionBook book = loadBook(paths);
    PracticeStart practice(book, paths);
    TourBrowser tourBrowser;
    WindowServices services {book, {clock, vault, paths}, &vault, [&practice](QObject *parent) {
                                 return practice.connection(parent);
                             }};
    if (!startup.tourFolder.isEmpty())
        services.openBrowser = [&tourBrowser](const QUrl &url) { return tourBrowser.open(url); };
    MainWindow window(services);
    addParts(window);
    if (const auto colours = coloursFrom(startup.colours))
        window.showColours(*colours);
    window.show();
    if (!startup.tourFolder.isEmpty()) {
        Tour tour(window, vault, tourBrowser, startup.tourFolder);
        QObject::connect(&tour, &Tour::finished, &application, &QApplication::exit,
                         Qt::QueuedConnection);
        tour.start();
        return QApplication::exec();
    }
    if (startup.practice)
        window.openPractice();
    for (const QString &file : startup.files)
        window.openFile(file);
    return QApplication::exec();
}
