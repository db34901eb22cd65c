// SPDX-License-Identifier: MIT
#include "policy/policyfile.h"
#include "testkit/policyinplace.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// The policy file at its place: who may have written it, and what a fault means.
class TestPolicyFile : public QObject
{
    Q_OBJECT

private slots:
    void placeIsFixed();
    void states_data();
    void states();
};

/// No variable of the environment moves it.
void TestPolicyFile::placeIsFixed()
{
    for (const char *name : {"XDG_CONFIG_HOME", "XDG_CONFIG_DIRS", "HOME", "HUBKEEPER_POLICY"})
        qputenv(name, "/tmp/elsewhere");
    QCOMPARE(policyPath(), u"/etc/hubkeeper/policy.json"_s);
}

void TestPolicyFile::states_data()
{
    QTest::addColumn<QByteArray>("prepare"); // By a shell, in the folder of the file, a good one.
    QTest::addColumn<QString>("says"); // Empty: it counts; "none": there is none.

    QTest::newRow("good") << QByteArray() << u""_s;
    QTest::newRow("not there") << QByteArray("rm policy.json") << u"none"_s;
    QTest::newRow("no folder") << QByteArray("rm policy.json; rmdir ../hubkeeper") << u"none"_s;
    QTest::newRow("private") << QByteArray("chmod 600 policy.json") << u""_s;
    QTest::newRow("group writes") << QByteArray("chmod 664 policy.json") << u"others than root"_s;
    QTest::newRow("all write") << QByteArray("chmod 666 policy.json") << u"others than root"_s;
    QTest::newRow("folder is open") << QByteArray("chmod 777 .") << u"others than root"_s;
    QTest::newRow("folder is sticky") << QByteArray("chmod 1777 .") << u"others than root"_s;
    QTest::newRow("folder above is open") << QByteArray("chmod 775 ..") << u"others than root"_s;
    QTest::newRow("folder") << QByteArray("rm policy.json; mkdir policy.json") << u"not a file"_s;
    QTest::newRow("pipe") << QByteArray("rm policy.json; mkfifo policy.json") << u"not a file"_s;
    QTest::newRow("link") << QByteArray("mv policy.json real.json; ln -s real.json policy.json")
                          << u""_s;
    QTest::newRow("link to nowhere")
        << QByteArray("rm policy.json; ln -s gone.json policy.json") << u"cannot be read"_s;
    QTest::newRow("link into an open folder")
        << QByteArray("mkdir open; mv policy.json open; chmod 777 open;"
                      " ln -s open/policy.json policy.json")
        << u"others than root"_s;
    QTest::newRow("link by way of an open folder")
        << QByteArray("mkdir open; mv policy.json real.json; ln -s ../real.json open/link.json;"
                      " chmod 777 open; ln -s open/link.json policy.json")
        << u"others than root"_s;
    QTest::newRow("folder is a link by way of an open one")
        << QByteArray("cd ..; mkdir -m 777 open; mv hubkeeper real; ln -s ../real open/link;"
                      " ln -s open/link hubkeeper")
        << u"others than root"_s;
    QTest::newRow("folder is a link")
        << QByteArray("cd ..; mv hubkeeper real; ln -s real hubkeeper") << u""_s;
    QTest::newRow("folder is a link to nowhere")
        << QByteArray("cd ..; mv hubkeeper real; ln -s gone hubkeeper") << u"cannot be read"_s;
    QTest::newRow("links in a circle")
        << QByteArray("rm policy.json; ln -s policy.json policy.json") << u"cannot be read"_s;
    QTest::newRow("folder is a file")
        << QByteArray("cd ..; rm -r hubkeeper; touch hubkeeper") << u"cannot be read"_s;
    QTest::newRow("large") << QByteArray("truncate -s 2M policy.json") << u"larger than"_s;
    QTest::newRow("damaged") << QByteArray("echo '{\"masking\": 1}' > policy.json")
                             << u"line 1: "_s;
    QTest::newRow("empty") << QByteArray("truncate -s 0 policy.json") << u"damaged"_s;
}

void TestPolicyFile::states()
{
    HUBKEEPER_NEEDS_POLICY("tst_policyfile");
    QFETCH(QByteArray, prepare);
    QFETCH(QString, says);
    QVERIFY(policy.setMembers("\"masking\": true"));
    QCOMPARE(QProcess::execute(u"sh"_s,
                               {u"-ec"_s, u"cd /etc/hubkeeper; "_s + QString::fromUtf8(prepare)}),
             0);
    const auto found = currentPolicyFile();
    if (says.isEmpty() || says == "none"_L1) {
        QVERIFY2(found, found ? "" : qUtf8Printable(found.error().sentence()));
        QCOMPARE(found->isPresent(), says.isEmpty());
        QCOMPARE(found->masking.has_value(), says.isEmpty());
        return;
    }
    QVERIFY(!found);
    const QString sentence = found.error().sentence();
    QVERIFY2(sentence.contains(says), qUtf8Printable(sentence));
    QVERIFY2(sentence.contains(policyPath()), qUtf8Printable(sentence));
    QVERIFY2(sentence.contains(u"Nothing can be written"_s), qUtf8Printable(sentence));
}

HUBKEEPER_TEST(TestPolicyFile)
#include "tst_policyfile.moc"
