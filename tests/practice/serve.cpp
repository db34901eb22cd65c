// SPDX-License-Identifier: MIT
// Serves a practice portal until its standard input ends, for tests written in other languages.
// Prints one line of JSON: url, credentials, control token. Arguments: contacts companies.
#include "practice/server/practiceportal.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSocketNotifier>

#include <cstdio>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace hubkeeper;

namespace {

QString clear(const Secret &secret)
{
    return secret.withClearText([](std::string_view text) {
        return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    });
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    practice::PracticeOptions options;
    options.contacts = arguments.value(1, u"2000"_s).toInt();
    options.companies = arguments.value(2, u"500"_s).toInt();
    options.portalId = 12'345'678; // Known to the tests.
    options.control = true;
    SystemClock clock;
    practice::PracticePortal portal(options, clock);
    if (const auto started = portal.start(); !started) {
        std::fprintf(stderr, "%s\n", qUtf8Printable(started.error().sentence()));
        return 1;
    }
    const QJsonObject ready {
        {u"url"_s, portal.url().toString()},
        {u"clientId"_s, portal.clientId()},
        {u"clientSecret"_s, clear(portal.clientSecret())},
        {u"refreshToken"_s, clear(portal.refreshToken())},
        {u"foreignRefreshToken"_s, clear(portal.foreignRefreshToken())},
        {u"staticToken"_s, clear(portal.staticToken())},
        {u"readOnlyToken"_s, clear(portal.addStaticToken({u"crm.objects.contacts.read"_s}))},
        {u"controlToken"_s, QString::fromLatin1(portal.controlToken())}};
    std::printf("%s\n", QJsonDocument(ready).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
    QSocketNotifier input(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(&input, &QSocketNotifier::activated, &app, [&app] {
        char buffer[256];
        if (::read(STDIN_FILENO, buffer, sizeof buffer) <= 0)
            app.quit();
    });
    return QCoreApplication::exec();
}
