// SPDX-License-Identifier: MIT
#include "idm/run/entrymodel.h"
#include "testkit/warnings.h"
#include "testkit/windowtest.h"
#include "widgets/masking.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

/// The entries of a run as a table, without a server.
class TestRunEntries final : public QObject
{
    Q_OBJECT

private slots:
    void init() { failOnUnexpectedWarnings(); }
    void keepsItsRules();
};

void TestRunEntries::keepsItsRules()
{
    Masking masking;
    EntryModel model(masking, nullptr);
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    AuditEntry entry;
    entry.sourceId = u"managed/user/1"_s;
    entry.situation = u"ABSENT"_s;
    entry.action = u"EXCEPTION"_s;
    entry.status = u"SUCCESS"_s;
    entry.message = u"for someone@example.com"_s;
    model.append(QList<AuditEntry>(12'000, entry));
    model.append(QList<AuditEntry>(12'000, entry));
    QCOMPARE(model.rowCount(), int(EntryModel::mostKept));
    model.append({entry});
    QCOMPARE(model.rowCount(), int(EntryModel::mostKept));
    const auto cell = [&model](int column) { return model.index(0, column).data().toString(); };
    QCOMPARE(cell(EntryModel::ResultColumn), u"failed"_s); // Whatever its status says.
    QVERIFY(cell(EntryModel::MessageColumn).contains(u"someone@example.com"_s));
    masking.setOn(true);
    QVERIFY(!cell(EntryModel::MessageColumn).contains(u"someone@example.com"_s));

    model.choose(EntryChoice::Failed);
    QCOMPARE(model.rowCount(), 0);
    model.append({entry});
    AuditEntry unknown = entry;
    unknown.status.clear();
    model.setFindings({entry}, {{unknown, std::nullopt}, {std::nullopt, entry}});
    QCOMPARE(model.rowCount(), 1);
    model.choose(EntryChoice::Different);
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(cell(EntryModel::ResultColumn), u"not known"_s);
    model.clear();
    QCOMPARE(model.rowCount(), 0);
}

HUBKEEPER_WINDOW_TEST(TestRunEntries)
#include "tst_runentries.moc"
