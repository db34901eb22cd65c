// SPDX-License-Identifier: MIT
#include "provisioner/model/versionrange.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper;
using namespace Qt::StringLiterals;

/// The grammar and the order of bundleVersion (idm-connector 2.3).
class TestVersionRange : public QObject
{
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
    void contains_data();
    void contains();
    void empty_data();
    void empty();
    void meets_data();
    void meets();
};

void TestVersionRange::reads_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("same");

    // clang-format off
    QTest::newRow("half open")         << u"[1.5.0.0,1.6.0.0)"_s         << u"[1.5.0.0,1.6.0.0)"_s;
    QTest::newRow("closed")            << u"[1.5.0.0,1.6.0.0]"_s         << u"[1.5.0.0,1.6.0.0]"_s;
    QTest::newRow("open")              << u"(1.5.0.0,1.6.0.0)"_s         << u"(1.5.0.0,1.6.0.0)"_s;
    QTest::newRow("blanks")            << u" [ 1.5.0.0 , 1.6.0.0 ) "_s   << u"[1.5.0.0,1.6.0.0)"_s;
    QTest::newRow("single")            << u"1.5.20.11"_s                 << u"1.5.20.11"_s;
    QTest::newRow("fewer numbers")     << u"[1.5,2)"_s                   << u"[1.5.0.0,2.0.0.0)"_s;
    QTest::newRow("qualifier")         << u"1.5.0.0-SNAPSHOT"_s          << u"1.5.0.0"_s;
    QTest::newRow("qualifiers, range") << u"[1.5.0.0-a,1.6.0.0-b.2)"_s   << u"[1.5.0.0,1.6.0.0)"_s;
    // clang-format on
}

void TestVersionRange::reads()
{
    QFETCH(QString, text);

    const auto range = versionRangeFrom(text);

    QVERIFY2(range, range ? "" : qPrintable(range.error().what));
    QTEST(range->toString(), "same");
}

void TestVersionRange::refuses_data()
{
    QTest::addColumn<QString>("text");

    // clang-format off
    QTest::newRow("nothing")              << u""_s;
    QTest::newRow("blanks")               << u"  "_s;
    QTest::newRow("no closing bracket")   << u"[1.5.0.0,1.6.0.0"_s;
    QTest::newRow("no opening bracket")   << u"1.5.0.0,1.6.0.0)"_s;
    QTest::newRow("no brackets")          << u"1.5.0.0,1.6.0.0"_s;
    QTest::newRow("curly brackets")       << u"{1.5.0.0,1.6.0.0}"_s;
    QTest::newRow("two commas")           << u"[1.5.0.0,1.6.0.0,1.7.0.0)"_s;
    QTest::newRow("brackets, one version")<< u"[1.5.0.0]"_s;
    QTest::newRow("no upper version")     << u"[1.5.0.0,)"_s;
    QTest::newRow("no lower version")     << u"(,1.6.0.0)"_s;
    QTest::newRow("five numbers")         << u"1.5.0.0.0"_s;
    QTest::newRow("letters")              << u"1.5.x"_s;
    QTest::newRow("empty number")         << u"1..5"_s;
    QTest::newRow("sign")                 << u"1.+5"_s;
    QTest::newRow("beyond int")           << u"1.99999999999"_s;
    QTest::newRow("qualifier alone")      << u"-SNAPSHOT"_s;
    QTest::newRow("comma alone")          << u","_s;
    QTest::newRow("two characters")       << u"[,"_s;
    // clang-format on
}

void TestVersionRange::refuses()
{
    QFETCH(QString, text);

    const auto range = versionRangeFrom(text);

    QVERIFY(!range);
    QCOMPARE(range.error().kind, ErrorKind::InvalidInput);
    QVERIFY(range.error().what.endsWith(u'.'));
}

void TestVersionRange::contains_data()
{
    QTest::addColumn<QString>("range");
    QTest::addColumn<QString>("version");
    QTest::addColumn<bool>("isInside");

    // clang-format off
    QTest::newRow("lower end, closed") << u"[1.5.0.0,1.6.0.0)"_s << u"1.5.0.0"_s    << true;
    QTest::newRow("lower end, open")   << u"(1.5.0.0,1.6.0.0)"_s << u"1.5.0.0"_s    << false;
    QTest::newRow("upper end, open")   << u"[1.5.0.0,1.6.0.0)"_s << u"1.6.0.0"_s    << false;
    QTest::newRow("upper end, closed") << u"[1.5.0.0,1.6.0.0]"_s << u"1.6.0.0"_s    << true;
    QTest::newRow("numbers, no texts") << u"[1.5.0.0,1.6.0.0)"_s << u"1.5.20.34"_s  << true;
    QTest::newRow("above")             << u"[1.5.0.0,1.5.9.0)"_s << u"1.5.20.0"_s   << false;
    QTest::newRow("single")            << u"1.5.20.11"_s         << u"1.5.20.11"_s  << true;
    QTest::newRow("beside single")     << u"1.5.20.11"_s         << u"1.5.20.12"_s  << false;
    QTest::newRow("qualifier")         << u"1.5.0.0"_s           << u"1.5.0.0-RC1"_s << true;
    // clang-format on
}

void TestVersionRange::contains()
{
    QFETCH(QString, range);
    QFETCH(QString, version);

    QTEST(versionRangeFrom(range)->contains(*bundleVersionFrom(version)), "isInside");
}

void TestVersionRange::empty_data()
{
    QTest::addColumn<QString>("range");
    QTest::addColumn<bool>("isEmpty");

    QTest::newRow("turned round") << u"[1.6.0.0,1.5.0.0)"_s << true;
    QTest::newRow("same, half open") << u"[1.5.0.0,1.5.0.0)"_s << true;
    QTest::newRow("same, closed") << u"[1.5.0.0,1.5.0.0]"_s << false;
    QTest::newRow("usual") << u"[1.5.0.0,1.6.0.0)"_s << false;
}

void TestVersionRange::empty()
{
    QFETCH(QString, range);

    QTEST(versionRangeFrom(range)->isEmpty(), "isEmpty");
}

void TestVersionRange::meets_data()
{
    QTest::addColumn<QString>("a");
    QTest::addColumn<QString>("b");
    QTest::addColumn<bool>("meet");

    // clang-format off
    QTest::newRow("inside")            << u"1.5.20.0"_s          << u"[1.5.0.0,1.6.0.0)"_s << true;
    QTest::newRow("overlap")           << u"[1.4.6.0,1.5.1.0)"_s << u"[1.5.0.0,1.6.0.0)"_s << true;
    QTest::newRow("touch, both closed")<< u"[1.4.0.0,1.5.0.0]"_s << u"[1.5.0.0,1.6.0.0)"_s << true;
    QTest::newRow("touch, one open")   << u"[1.4.0.0,1.5.0.0)"_s << u"[1.5.0.0,1.6.0.0)"_s << false;
    QTest::newRow("behind")            << u"[1.6.0.0,1.7.0.0)"_s << u"[1.5.0.0,1.6.0.0)"_s << false;
    QTest::newRow("before")            << u"1.4.0.0"_s           << u"[1.5.0.0,1.6.0.0)"_s << false;
    // clang-format on
}

void TestVersionRange::meets()
{
    QFETCH(QString, a);
    QFETCH(QString, b);
    QFETCH(bool, meet);
    const VersionRange first = *versionRangeFrom(a);
    const VersionRange second = *versionRangeFrom(b);

    QCOMPARE(first.meets(second), meet);
    QCOMPARE(second.meets(first), meet);
}

HUBKEEPER_TEST(TestVersionRange)
#include "tst_versionrange.moc"
