// SPDX-License-Identifier: MIT
#include "provisioner/model/javapattern.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper;
using namespace Qt::StringLiterals;

/// Where Java's regular expressions are stricter than Perl's.
class TestJavaPattern : public QObject
{
    Q_OBJECT

private slots:
    void refuses_data();
    void refuses();
};

void TestJavaPattern::refuses_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<bool>("isRefused");

    // clang-format off
    QTest::newRow("empty")               << u""_s                       << false;
    QTest::newRow("usual")               << u".*HubspotConnector"_s     << false;
    QTest::newRow("repetitions")         << u"a{1}b{2,}c{3,4}?d{5}+"_s  << false;
    QTest::newRow("open")                << u"a{"_s                     << true;
    QTest::newRow("no number")           << u"a{x}"_s                   << true;
    QTest::newRow("no lower bound")      << u"a{,3}"_s                  << true;
    QTest::newRow("at the beginning")    << u"{2}a"_s                   << true;
    QTest::newRow("closing alone")       << u"a}"_s                     << false;
    QTest::newRow("escaped")             << u"a\\{x\\}"_s               << false;
    QTest::newRow("behind a backslash")  << u"a\\\\{x}"_s               << true;
    QTest::newRow("in a class")          << u"[{x}]+"_s                 << false;
    QTest::newRow("behind a class")      << u"[a]{x}"_s                 << true;
    QTest::newRow("class in a class")    << u"[a[b]{]"_s                << false;
    QTest::newRow("bracket in a class")  << u"[]{]"_s                   << false;
    QTest::newRow("negated class")       << u"[^]{]{2}"_s               << false;
    QTest::newRow("quoted")              << u"\\Qa{x}\\E"_s             << false;
    QTest::newRow("behind quoted")       << u"\\Qa\\E{x}"_s             << true;
    QTest::newRow("quoted to the end")   << u"\\Qa{x}"_s                << false;
    QTest::newRow("property")            << u"\\p{Lu}\\P{L}"_s          << false;
    QTest::newRow("code point")          << u"\\x{1F600}"_s             << false;
    QTest::newRow("Python's group")      << u"(?P<n>a)"_s               << true;
    QTest::newRow("verb")                << u"(*ANY)a"_s                << true;
    QTest::newRow("Perl's escapes")      << u"a\\K"_s                   << true;
    QTest::newRow("one unit")            << u"\\C"_s                    << true;
    QTest::newRow("escape in a class")   << u"[\\C]"_s                  << true;
    QTest::newRow("backslash at the end") << u"a\\"_s                   << false; // Perl refuses it, too.
    // clang-format on
}

void TestJavaPattern::refuses()
{
    QFETCH(QString, pattern);
    QTEST(isRefusedByJavaAlone(pattern), "isRefused");
}

HUBKEEPER_TEST(TestJavaPattern)
#include "tst_javapattern.moc"
