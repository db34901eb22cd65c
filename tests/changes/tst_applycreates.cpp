// SPDX-License-Identifier: MIT
#include "applyrig.h"
#include "testkit/testprogram.h"

#include <QSignalSpy>
#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// A create reaches the portal once, and one whose answer was lost is looked for.
class TestApplyCreates : public QObject
{
    Q_OBJECT

private slots:
    void createsOnce();
    void findsALostCreate();
    void aCreateNotFoundStaysUnknownUntilTheNextRun();
    void findsALostCompanyOnceTheIndexKnows();
    void givesEveryLostCreateItsOwnRecord();
    void aCreateWithoutKeyStaysUnknown();
    void anOlderContactIsNotTheLostOne();
    void takesRefusedCreatesApart();
};

void TestApplyCreates::createsOnce()
{
    ApplyRig rig;
    const QString id =
        rig.changes.addCreate(contacts, {{u"email"_s, u"eve@example.com"_s}}, u"Eve"_s);
    ApplyRun *run = rig.start();
    QSignalSpy written(run, &ApplyRun::recordsWritten);

    QVERIFY(rig.outcomeOf(run));

    QCOMPARE(rig.state(id), RowState::Applied);
    QCOMPARE(rig.changes.row(contacts, id)->writtenId, u"1000"_s);
    QCOMPARE(rig.server.count(u"/batch/create"_s), 1);
    QCOMPARE(written[0][1].value<QList<Record>>().first().id, u"1000"_s);
    QCOMPARE(rig.journal->rows(rig.journal->runs()->first().id)->first().recordId, u"1000"_s);
}

void TestApplyCreates::findsALostCreate()
{
    ApplyRig rig;
    const QString id =
        rig.changes.addCreate(contacts, {{u"email"_s, u"Eve@example.com"_s}}, u"Eve"_s);
    rig.server.instead = on(u"/batch/create"_s, lost());

    const auto summary = rig.run();

    QVERIFY(summary && *summary);
    QCOMPARE((*summary)->applied, 1);
    QCOMPARE(rig.changes.row(contacts, id)->writtenId, u"1000"_s);
    QCOMPARE(rig.server.count(u"/batch/create"_s), 1);
    QCOMPARE(rig.server.records[u"contacts"_s].size(), 1U);
}

void TestApplyCreates::aCreateNotFoundStaysUnknownUntilTheNextRun()
{
    ApplyRig rig;
    const QString id =
        rig.changes.addCreate(contacts, {{u"email"_s, u"eve@example.com"_s}}, u"Eve"_s);
    rig.server.before = on(u"/batch/create"_s, HttpReply {502, {}, "<html>"}, 1);

    const auto first = rig.run();
    QVERIFY(first && *first);
    QCOMPARE((*first)->unknown, 1);
    QCOMPARE(rig.state(id), RowState::Unknown);
    QCOMPARE(rig.errorKind(id), ErrorKind::OutcomeUnknown);
    QCOMPARE(rig.server.count(u"/batch/create"_s), 1);
    QCOMPARE(rig.server.count(u"/eve@example.com"_s), 2);
    QCOMPARE(rig.journaled(), QStringList {u"unknown"_s});

    rig.clock.advance(60s);
    QVERIFY(rig.run());
    QCOMPARE(rig.state(id), RowState::Applied);
    QCOMPARE(rig.server.count(u"/eve@example.com"_s), 3);
    QCOMPARE(rig.server.count(u"/batch/create"_s), 2);
    QCOMPARE(rig.server.records[u"contacts"_s].size(), 1U);
}

void TestApplyCreates::findsALostCompanyOnceTheIndexKnows()
{
    ApplyRig rig;
    rig.server.put(u"companies"_s, u"5"_s, {{u"name"_s, u"Example"_s}}); // Older, same name.
    const QString id = rig.changes.addCreate(companies, {{u"name"_s, u"Example"_s}}, u"Example"_s);
    rig.server.instead = on(u"/batch/create"_s, lost());
    const auto started = rig.clock.now();

    QVERIFY(rig.run());

    QCOMPARE(rig.state(id, companies), RowState::Applied);
    QCOMPARE(rig.changes.row(companies, id)->writtenId, u"1001"_s);
    QCOMPARE(rig.server.count(u"/batch/create"_s), 1);
    QVERIFY(rig.clock.now() - started >= 10s);
}

void TestApplyCreates::givesEveryLostCreateItsOwnRecord()
{
    ApplyRig rig;
    const QString first = rig.changes.addCreate(companies, {{u"name"_s, u"Twin"_s}}, {});
    const QString second = rig.changes.addCreate(companies, {{u"name"_s, u"Twin"_s}}, {});
    rig.server.instead = on(u"/batch/create"_s, lost());

    const auto summary = rig.run();

    QVERIFY(summary && *summary);
    QCOMPARE((*summary)->unknown, 2); // Two records fit each: a person has to look.
    QCOMPARE(rig.server.count(u"/batch/create"_s), 1);
    QCOMPARE(rig.state(first, companies), RowState::Unknown);
    QCOMPARE(rig.state(second, companies), RowState::Unknown);
}

void TestApplyCreates::aCreateWithoutKeyStaysUnknown()
{
    ApplyRig rig;
    const QString id = rig.changes.addCreate(companies, {{u"phone"_s, u"123"_s}}, {});
    rig.server.instead = on(u"/batch/create"_s, lost());
    QVERIFY(rig.run());
    QCOMPARE(rig.state(id, companies), RowState::Unknown);

    rig.server.instead = {};
    rig.clock.advance(60s);
    QVERIFY(rig.run());
    QCOMPARE(rig.state(id, companies), RowState::Unknown);
    QCOMPARE(rig.server.count(u"/batch/create"_s), 1);
}

void TestApplyCreates::anOlderContactIsNotTheLostOne()
{
    ApplyRig rig;
    rig.server.put(u"contacts"_s, u"9"_s, {{u"email"_s, u"eve@example.com"_s}});
    const QString id = rig.changes.addCreate(contacts, {{u"email"_s, u"eve@example.com"_s}}, {});
    rig.server.before = on(u"/batch/create"_s, lost());

    QVERIFY(rig.run());

    QCOMPARE(rig.state(id), RowState::Failed);
    QCOMPARE(rig.errorKind(id), ErrorKind::Conflict);
    QCOMPARE(rig.changes.row(contacts, id)->error->existingId, u"9"_s);
}

void TestApplyCreates::takesRefusedCreatesApart()
{
    ApplyRig rig;
    QStringList ids;
    for (int i = 0; i < 10; ++i) {
        ids.append(rig.changes.addCreate(
            contacts, {{u"email"_s, i == 3 ? u"taken@example.com"_s : u"c%1@example.com"_s.arg(i)}},
            {}));
    }
    rig.server.before = [](const HttpRequest &request) -> std::optional<Result<HttpReply>> {
        if (!request.path.endsWith(u"/batch/create"_s) || !request.body.contains("taken@"))
            return {};
        return ScriptedPortal::refusal(409, u"CONFLICT"_s,
                                       u"Contact already exists. Existing ID: 512"_s);
    };

    const auto summary = rig.run();

    QVERIFY(summary && *summary);
    QCOMPARE((*summary)->applied, 9);
    QCOMPARE(rig.server.records[u"contacts"_s].size(), 9U);
    QCOMPARE(rig.state(ids[3]), RowState::Failed);
    QCOMPARE(rig.changes.row(contacts, ids[3])->error->existingId, u"512"_s);
}

HUBKEEPER_TEST(TestApplyCreates)
#include "tst_applycreates.moc"
