// SPDX-License-Identifier: MIT
#include "testkit/testprogram.h"
#include "testkit/warnings.h"
#include "widgets/windowlocale.h"

#include <QDate>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

/// Numbers and dates in the sentences of a window that speaks English.
class TestWindowLocale final : public QObject
{
    Q_OBJECT

private slots:
    void init() { failOnUnexpectedWarnings(); }
    void digitsFitTheText_data();
    void digitsFitTheText();
};

void TestWindowLocale::digitsFitTheText_data()
{
    QTest::addColumn<QString>("system");
    QTest::addColumn<QString>("number");
    QTest::newRow("English") << u"en_US"_s << u"1,234.5"_s;
    QTest::newRow("German keeps its own") << u"de_DE"_s << u"1.234,5"_s;
    QTest::newRow("Arabic digits") << u"ar_EG"_s << u"1,234.5"_s;
    QTest::newRow("Persian digits") << u"fa_IR"_s << u"1,234.5"_s;
    QTest::newRow("Hebrew marks of direction") << u"he_IL"_s << u"1,234.5"_s;
}

void TestWindowLocale::digitsFitTheText()
{
    QFETCH(QString, system);
    QFETCH(QString, number);
    const QLocale locale = localeForEnglish(QLocale(system));
    QCOMPARE(locale.toString(1234.5), number);
    QCOMPARE(locale.textDirection(), Qt::LeftToRight);
    const QString date = locale.toString(QDate(2026, 11, 29), QLocale::ShortFormat);
    QVERIFY2(date.contains(u"29"_s), qPrintable(date));
}

HUBKEEPER_TEST(TestWindowLocale)
#include "tst_windowlocale.moc"
