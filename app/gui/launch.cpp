// SPDX-License-Identifier: MIT
#include "launch.h"

#include "base/version.h"
#include "widgets/icons.h"
#include "widgets/windowlocale.h"

#include <QApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QMessageBox>
#include <QTranslator>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// Our own translation (English has one too, for its plurals) and Qt's.
void translate(QApplication &application)
{
    auto *own = new QTranslator(&application);
    const bool isTranslated = own->load(QLocale(), u"hubkeeper"_s, u"_"_s, u":/translations"_s);
    if (!isTranslated) // Its numbers and dates go with the text.
        QLocale::setDefault(localeForEnglish(QLocale()));
    if (isTranslated || own->load(u":/translations/hubkeeper_en.qm"_s))
        QApplication::installTranslator(own);
    auto *qt = new QTranslator(&application);
    if (qt->load(QLocale(), u"qtbase"_s, u"_"_s,
                 QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QApplication::installTranslator(qt);
}

} // namespace

void prepare(QApplication &application)
{
    QApplication::setApplicationName(u"hubkeeper"_s);
    QApplication::setApplicationDisplayName(QString::fromLatin1(productName));
    QApplication::setApplicationVersion(QString::fromLatin1(productVersion));
    QApplication::setDesktopFileName(QString::fromLatin1(applicationId));
    QApplication::setWindowIcon(programIcon());
    translate(application);
}

ConnectionRegistry loadRegistry(const Paths &paths)
{
    auto registry = ConnectionRegistry::load(paths);
    if (registry)
        return std::move(*registry);
    QMessageBox::warning(nullptr, QString::fromLatin1(productName), registry.error().sentence());
    return {};
}

} // namespace hubkeeper
