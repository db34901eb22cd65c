// SPDX-License-Identifier: MIT
#include "changes/run/run.h"
#include "changes/set/changeset.h"
#include "samplerecords.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

PropertyDefinition property(const QString &name, const QString &type = u"string"_s)
{
    PropertyDefinition definition;
    definition.name = name;
    definition.type = type;
    return definition;
}

} // namespace

/// What the guard of a run refuses: by mode, number and property, and single cells.
class TestWriteGuard : public QObject
{
    Q_OBJECT

private slots:
    void guards_data();
    void guards();
    void guardCountsTheTrialOnly();
    void protectsProperties();
    void findsFaults_data();
    void findsFaults();
};

void TestWriteGuard::guards_data()
{
    QTest::addColumn<WriteMode>("mode");
    QTest::addColumn<bool>("reviewed");
    QTest::addColumn<bool>("confirmed");
    QTest::addColumn<int>("updates");
    QTest::addColumn<int>("archives");
    QTest::addColumn<QString>("says"); // Empty: allowed.

    QTest::newRow("read-only") << WriteMode::ReadOnly << true << true << 1 << 0 << u"read-only"_s;
    QTest::newRow("not reviewed") << WriteMode::ReviewRequired << false << true << 1 << 0
                                  << u"review"_s;
    QTest::newRow("reviewed") << WriteMode::ReviewRequired << true << false << 1 << 0 << u""_s;
    QTest::newRow("not confirmed")
        << WriteMode::Confirm << false << false << 1 << 0 << u"confirmation"_s;
    QTest::newRow("confirmed") << WriteMode::Confirm << false << true << 1 << 0 << u""_s;
    QTest::newRow("free") << WriteMode::Free << false << false << 1 << 0 << u""_s;
    QTest::newRow("nothing") << WriteMode::Free << false << false << 0 << 0 << u"nothing"_s;
    QTest::newRow("as many as allowed") << WriteMode::Free << false << false << 10 << 0 << u""_s;
    QTest::newRow("too many") << WriteMode::Free << false << false << 11 << 0 << u"11 records"_s;
    QTest::newRow("too many archives")
        << WriteMode::Free << false << false << 0 << 3 << u"archive 3"_s;
    QTest::newRow("archives") << WriteMode::Free << false << false << 0 << 2 << u""_s;
}

void TestWriteGuard::guards()
{
    QFETCH(WriteMode, mode);
    QFETCH(bool, reviewed);
    QFETCH(bool, confirmed);
    QFETCH(int, updates);
    QFETCH(int, archives);
    QFETCH(QString, says);
    ChangeSet changes;
    for (int i = 0; i < updates; ++i)
        changes.setText(contacts, other(QString::number(i + 1)), {}, u"firstname"_s, u"x"_s);
    for (int i = 0; i < archives; ++i)
        changes.addArchive(contacts, other(QString::number(i + 100)), {});
    RunOptions options;
    options.reviewed = reviewed;
    options.confirmed = confirmed;

    const auto refusal = refusalOf(changes, {mode, 10, 2, {}, true}, options);

    QCOMPARE(refusal.has_value(), !says.isEmpty());
    if (refusal) {
        QCOMPARE(refusal->kind, ErrorKind::Refused);
        QVERIFY2(refusal->what.contains(says), qPrintable(refusal->what));
    }
}

void TestWriteGuard::guardCountsTheTrialOnly()
{
    ChangeSet changes;
    for (int i = 0; i < 20; ++i)
        changes.setText(contacts, other(QString::number(i + 1)), {}, u"firstname"_s, u"x"_s);
    RunOptions trial;
    trial.firstRows = 10;

    QVERIFY(!refusalOf(changes, {WriteMode::Free, 10, 2, {}, true}, trial));
    QVERIFY(refusalOf(changes, {WriteMode::Free, 10, 2, {}, true}, {}));
}

void TestWriteGuard::protectsProperties()
{
    ChangeSet changes;
    changes.setText(contacts, ada(), {}, u"firstname"_s, u"x"_s);
    WritePolicy policy {WriteMode::Free, 10, 2, {u"FirstName"_s}, true};
    QVERIFY(refusalOf(changes, policy, {}));

    changes.addArchive(contacts, ada(), {});
    QVERIFY(!refusalOf(changes, policy, {}));
    policy.archiveAllowed = false;
    QVERIFY(refusalOf(changes, policy, {}));
}

void TestWriteGuard::findsFaults_data()
{
    QTest::addColumn<ChangeKind>("kind");
    QTest::addColumn<QString>("property");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("code");

    const auto update = ChangeKind::Update;
    QTest::newRow("fine") << update << u"firstname"_s << u"x"_s << u""_s;
    QTest::newRow("clearing") << update << u"lifecyclestage"_s << u""_s << u""_s;
    QTest::newRow("unknown") << update << u"frstname"_s << u"x"_s << u"PROPERTY_DOESNT_EXIST"_s;
    QTest::newRow("read-only") << update << u"createdate"_s << u"x"_s << u"READ_ONLY_VALUE"_s;
    QTest::newRow("option") << update << u"lifecyclestage"_s << u"lead"_s << u""_s;
    QTest::newRow("no option") << update << u"lifecyclestage"_s << u"boss"_s << u"INVALID_OPTION"_s;
    QTest::newRow("no number") << update << u"employees"_s << u"many"_s << u"INVALID_NUMBER"_s;
    QTest::newRow("create without a key")
        << ChangeKind::Create << u"employees"_s << u"7"_s << u"MISSING_REQUIRED_PROPERTY"_s;
    QTest::newRow("create with a name") << ChangeKind::Create << u"firstname"_s << u"x"_s << u""_s;
}

void TestWriteGuard::findsFaults()
{
    QFETCH(ChangeKind, kind);
    QFETCH(QString, property);
    QFETCH(QString, text);
    QFETCH(QString, code);
    PropertyDefinition created = ::property(u"createdate"_s, u"datetime"_s);
    created.readOnlyValue = true;
    PropertyDefinition stage = ::property(u"lifecyclestage"_s, u"enumeration"_s);
    stage.options = {{u"lead"_s, u"Lead"_s, false}};
    const QList<PropertyDefinition> definitions {::property(u"firstname"_s), created, stage,
                                                 ::property(u"employees"_s, u"number"_s)};
    RowChange row;
    row.kind = kind;
    row.id = u"1"_s;
    row.cells = {{property, {u"old"_s, text}}};

    const QList<FieldFault> faults = faultsOf(row, definitions);

    QCOMPARE(faults.size(), code.isEmpty() ? 0 : 1);
    if (!faults.isEmpty())
        QCOMPARE(faults.first().code, code);
    QVERIFY(faultsOf(row, {}).isEmpty());
}

HUBKEEPER_TEST(TestWriteGuard)
#include "tst_writeguard.moc"
