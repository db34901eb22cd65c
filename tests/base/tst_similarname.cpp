// SPDX-License-Identifier: MIT
#include "base/similarname.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper;
using namespace Qt::StringLiterals;

class TestSimilarName : public QObject
{
    Q_OBJECT

private slots:
    void distance_data();
    void distance();
    void suggestion_data();
    void suggestion();
};

void TestSimilarName::distance_data()
{
    QTest::addColumn<QString>("a");
    QTest::addColumn<QString>("b");
    QTest::addColumn<int>("steps");

    // clang-format off
    QTest::newRow("same")            << u"email"_s << u"email"_s  << 0;
    QTest::newRow("letter case")     << u"EMAIL"_s << u"email"_s  << 0;
    QTest::newRow("one more")        << u"emaill"_s << u"email"_s << 1;
    QTest::newRow("one less")        << u"emil"_s  << u"email"_s  << 1;
    QTest::newRow("another")         << u"emaul"_s << u"email"_s  << 1;
    QTest::newRow("two swapped")     << u"emial"_s << u"email"_s  << 1;
    QTest::newRow("nothing")         << QString()  << u"abc"_s    << 3;
    QTest::newRow("nothing at all")  << QString()  << QString()   << 0;
    QTest::newRow("too long to try") << QString(100, u'a') << u"a"_s << 100;
    // clang-format on
}

void TestSimilarName::distance()
{
    QFETCH(QString, a);
    QFETCH(QString, b);

    QTEST(typingDistance(a, b), "steps");
    QTEST(typingDistance(b, a), "steps");
}

void TestSimilarName::suggestion_data()
{
    QTest::addColumn<QString>("wanted");
    QTest::addColumn<QString>("found");

    // clang-format off
    QTest::newRow("letter case")        << u"clientID"_s       << u"clientId"_s;
    QTest::newRow("an extra E")         << u"NOT_CREATEABLE"_s << u"NOT_CREATABLE"_s;
    QTest::newRow("without underscore") << u"notupdateable"_s  << u"NOT_UPDATEABLE"_s;
    QTest::newRow("known already")      << u"clientId"_s       << QString();
    QTest::newRow("nothing near")       << u"telephone"_s      << QString();
    QTest::newRow("empty")              << QString()           << QString();
    // clang-format on
}

void TestSimilarName::suggestion()
{
    QFETCH(QString, wanted);
    static const QStringList known {u"clientId"_s, u"clientSecret"_s, u"NOT_CREATABLE"_s,
                                    u"NOT_UPDATEABLE"_s};

    QTEST(mostSimilarName(wanted, known).value_or(QString()), "found");
}

HUBKEEPER_TEST(TestSimilarName)
#include "tst_similarname.moc"
