// SPDX-License-Identifier: MIT
#include "scripts/argumentsmodel.h"
#include "session/writing/runscript.h"
#include "testkit/windowtest.h"

#include <QAbstractItemModelTester>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

/// What keeps a script back: the policy of the connection, and arguments that are not JSON.
class TestScriptGuards final : public QObject
{
    Q_OBJECT

private slots:
    void policyRefuses_data();
    void policyRefuses();
    void argumentsAreChecked_data();
    void argumentsAreChecked();
};

void TestScriptGuards::policyRefuses_data()
{
    QTest::addColumn<CollectedWrite>("write");
    QTest::addColumn<int>("before");
    QTest::addColumn<WriteMode>("mode");
    QTest::addColumn<bool>("confirmed");
    QTest::addColumn<bool>("refused");

    const CollectedWrite city {
        CollectedWrite::Update, u"contact"_s, u"1"_s, {{u"city"_s, u"Rome"_s}}};
    const CollectedWrite email {
        CollectedWrite::Update, u"contact"_s, u"1"_s, {{u"EMAIL"_s, u"a@example.com"_s}}};
    const CollectedWrite gone {CollectedWrite::Delete, u"contact"_s, u"1"_s, {}};
    // clang-format off
    QTest::newRow("read-only")            << city  << 0 << WriteMode::ReadOnly       << true  << true;
    QTest::newRow("review")               << city  << 0 << WriteMode::ReviewRequired << true  << true;
    QTest::newRow("confirm, not asked")   << city  << 0 << WriteMode::Confirm        << false << true;
    QTest::newRow("confirm, confirmed")   << city  << 0 << WriteMode::Confirm        << true  << false;
    QTest::newRow("free")                 << city  << 0 << WriteMode::Free           << false << false;
    QTest::newRow("protected property")   << email << 0 << WriteMode::Free           << true  << true;
    QTest::newRow("below the most rows")  << city  << 2 << WriteMode::Free           << true  << false;
    QTest::newRow("the most rows")        << city  << 3 << WriteMode::Free           << true  << true;
    QTest::newRow("first archive")        << gone  << 0 << WriteMode::Free           << true  << false;
    QTest::newRow("one archive too many") << gone  << 1 << WriteMode::Free           << true  << true;
    // clang-format on
}

void TestScriptGuards::policyRefuses()
{
    QFETCH(CollectedWrite, write);
    QFETCH(int, before);
    QFETCH(WriteMode, mode);
    QFETCH(bool, confirmed);
    QFETCH(bool, refused);
    WritePolicy policy;
    policy.mode = mode;
    policy.mostRows = 3;
    policy.mostArchives = 1;
    policy.protectedProperties = {u"email"_s};

    const auto refusal = refusalOf(write, QList<CollectedWrite>(before, write), policy, confirmed);

    QCOMPARE(refusal.has_value(), refused);
    if (refusal)
        QCOMPARE(refusal->kind, ErrorKind::Refused);
}

void TestScriptGuards::argumentsAreChecked_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    QTest::addColumn<bool>("good");

    QTest::newRow("text") << u"a"_s << u"\"x\""_s << true;
    QTest::newRow("number") << u"a"_s << u"1.5"_s << true;
    QTest::newRow("list") << u"a"_s << u"[1, {\"b\": null}]"_s << true;
    QTest::newRow("bare word") << u"a"_s << u"x"_s << false;
    QTest::newRow("two values") << u"a"_s << u"1, 2"_s << false;
    QTest::newRow("no value") << u"a"_s << QString() << false;
    QTest::newRow("no name") << QString() << u"1"_s << false;
    QTest::newRow("name twice") << u"first"_s << u"1"_s << false;
}

void TestScriptGuards::argumentsAreChecked()
{
    QFETCH(QString, name);
    QFETCH(QString, value);
    QFETCH(bool, good);
    ArgumentsModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setArguments({{u"first"_s, 1}});
    if (!name.isEmpty())
        QVERIFY(model.setData(model.index(1, ArgumentsModel::NameColumn), name, Qt::EditRole));
    if (!value.isEmpty())
        QVERIFY(model.setData(model.index(1, ArgumentsModel::ValueColumn), value, Qt::EditRole));

    QCOMPARE(model.arguments().has_value(), good);
    QCOMPARE(model.faultOf(1).isEmpty(), good);
}

HUBKEEPER_WINDOW_TEST(TestScriptGuards)
#include "tst_scriptguards.moc"
