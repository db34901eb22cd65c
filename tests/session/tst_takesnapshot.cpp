// SPDX-License-Identifier: MIT
#include "practice/state/portalstate.h"
#include "practicesession.h"
#include "session/snapshots/keptsnapshots.h"
#include "session/snapshots/stagesnapshot.h"
#include "session/snapshots/takesnapshot.h"
#include "store/snapshot/snapshotreader.h"
#include "store/snapshot/snapshotwriter.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// Taking a snapshot of a practice portal: what happens meanwhile, and what is missing.
class TestTakeSnapshot : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_rig = std::make_unique<PracticeSession>(options()); }
    void cleanup() { m_rig.reset(); }
    void notesWhatChangedMeanwhile();
    void goesOnAfterACancel();
    void twoAtOnceAreRefused();
    void saysThatOwnersAreMissing();
    void readsWideRecordsInPieces();
    void listsThoseOfAFolder();
    void saysWhenThereIsNoRoom();
    void estimatesTheRoomFromWhatWasWritten();
    void saysWhichPropertiesThePortalLacks();

private:
    static practice::PracticeOptions options(int contacts = 350)
    {
        practice::PracticeOptions options = PracticeSession::smallPortal();
        options.contacts = contacts;
        return options;
    }
    [[nodiscard]] SnapshotOrder order(const QString &name = u"s.hubsnapshot"_s) const
    {
        SnapshotOrder order;
        order.path = m_rig->folder.filePath(name);
        order.filter.kind = CrestFilter::True;
        return order;
    }
    [[nodiscard]] Result<SnapshotInfo> outcome(TakeSnapshot *call)
    {
        const auto taken = outcomeOf(static_cast<Call<SnapshotInfo> *>(call), 30'000);
        return taken ? *taken : fail(ErrorKind::TimedOut, u"no outcome"_s);
    }

    std::unique_ptr<PracticeSession> m_rig;
};

void TestTakeSnapshot::notesWhatChangedMeanwhile()
{
    auto *call = new TakeSnapshot(*m_rig->session, order(), this);
    constexpr qint64 id = 150'000'000'001;
    bool isDone = false;
    connect(call, &CallBase::progressed, this, [&](qint64 done, qint64) {
        if (isDone || done < 350)
            return;
        isDone = true; // All contacts were read.
        auto &state = m_rig->server.state();
        auto record = *state.store(practice::ObjectType::Contact).find(id);
        record.values.insert(u"city"_s, u"Elsewhere"_s);
        record.updated = state.now();
        state.store(practice::ObjectType::Contact).put(record, state.now());
    });
    const auto taken = outcome(call);
    QVERIFY2(taken, taken ? "" : qPrintable(taken.error().what));
    QVERIFY(isDone);
    QCOMPARE(taken->state, SnapshotState::Complete);
    QCOMPARE(taken->notes.size(), 1);
    QVERIFY2(taken->notes.first().contains(u"1 "_s), qPrintable(taken->notes.first()));
    const auto reader = SnapshotReader::open(order().path);
    const auto records = (*reader)->find(ObjectType::Contacts, {id});
    QCOMPARE(unpacked(records->front(), (*reader)->columns(ObjectType::Contacts)).text(u"city"_s),
             u"Elsewhere"_s);
}

void TestTakeSnapshot::goesOnAfterACancel()
{
    auto *first = new TakeSnapshot(*m_rig->session, order(), this);
    connect(first, &CallBase::progressed, first, [first](qint64 done, qint64) {
        if (done >= 100)
            first->cancel();
    });
    const auto stopped = outcome(first);
    QVERIFY(!stopped);
    QCOMPARE(stopped.error().kind, ErrorKind::Cancelled);
    QVERIFY(!QFile::exists(order().path));
    QTest::qWait(50); // What was under way on the writer's thread.
    m_rig->server.clearLog();
    auto *again = new TakeSnapshot(*m_rig->session, order(), this);
    const auto taken = outcome(again);
    QVERIFY2(taken, taken ? "" : qPrintable(taken.error().what));
    QCOMPARE(taken->part(ObjectType::Contacts)->records, 350);
    QCOMPARE(taken->part(ObjectType::Companies)->records, 10);
    QVERIFY((*SnapshotReader::open(order().path))->verify());
}

void TestTakeSnapshot::twoAtOnceAreRefused()
{
    auto *first = new TakeSnapshot(*m_rig->session, order(), this);
    std::optional<Result<SnapshotInfo>> second;
    connect(first, &TakeSnapshot::stepBegun, this, [&, isFirst = true](const QString &) mutable {
        if (!std::exchange(isFirst, false))
            return;
        auto *other = new TakeSnapshot(*m_rig->session, order(), this);
        other->onDone(this, [&second](const Result<SnapshotInfo> &end) { second.emplace(end); });
    });
    QVERIFY(outcome(first));
    QVERIFY(second && !*second);
    QCOMPARE(second->error().kind, ErrorKind::Refused);
}

void TestTakeSnapshot::saysThatOwnersAreMissing()
{
    practice::PracticeOptions narrow = options(20);
    narrow.grantedScopes = {u"oauth"_s, u"crm.objects.contacts.read"_s,
                            u"crm.objects.companies.read"_s, u"crm.schemas.contacts.read"_s,
                            u"crm.schemas.companies.read"_s};
    m_rig = std::make_unique<PracticeSession>(narrow);
    const auto taken = outcome(new TakeSnapshot(*m_rig->session, order(), this));
    QVERIFY2(taken, taken ? "" : qPrintable(taken.error().what));
    QCOMPARE(taken->state, SnapshotState::Partial);
    QCOMPARE(taken->gaps.size(), 1);
}

/// All properties are more than a URL holds: each page takes a list and a batch.
void TestTakeSnapshot::readsWideRecordsInPieces()
{
    const auto taken = outcome(new TakeSnapshot(*m_rig->session, order(), this));
    QVERIFY(taken);
    QVERIFY(taken->part(ObjectType::Contacts)->properties.size() > 200);
    const auto reader = SnapshotReader::open(order().path);
    int withEmail = 0;
    QVERIFY((*reader)->forEach(ObjectType::Contacts, [&](const PackedRecord &record) {
        const Record whole = unpacked(record, (*reader)->columns(ObjectType::Contacts));
        withEmail += whole.text(u"email"_s).isEmpty() ? 0 : 1;
        return whole.text(u"hs_object_id"_s) == whole.id;
    }));
    QVERIFY(withEmail > 300);
}

void TestTakeSnapshot::listsThoseOfAFolder()
{
    const QString folder = m_rig->folder.filePath(u"kept"_s);
    QVERIFY(makePrivateFolder(folder));
    QVERIFY(keptSnapshots(folder).isEmpty());
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QString first = newSnapshotPath(folder, now);
    SnapshotOrder wanted = order();
    wanted.path = first;
    QVERIFY(outcome(new TakeSnapshot(*m_rig->session, wanted, this)));
    wanted.path = newSnapshotPath(folder, now); // In the same second.
    QVERIFY(wanted.path != first);
    auto *unfinished = new TakeSnapshot(*m_rig->session, wanted, this);
    connect(unfinished, &CallBase::progressed, unfinished, &CallBase::cancel);
    QVERIFY(!outcome(unfinished));
    QTest::qWait(50);
    const QList<KeptSnapshot> kept = keptSnapshots(folder);
    QCOMPARE(kept.size(), 2);
    const auto open = std::find_if(kept.begin(), kept.end(),
                                   [](const KeptSnapshot &one) { return !one.willBe.isEmpty(); });
    QVERIFY(open != kept.end());
    QCOMPARE(open->willBe, wanted.path);
    QCOMPARE(open->info.state, SnapshotState::Unfinished);
    for (const KeptSnapshot &one : kept)
        QVERIFY(removeSnapshot(one.path));
    QVERIFY(keptSnapshots(folder).isEmpty());
}

void TestTakeSnapshot::saysWhenThereIsNoRoom()
{
    QVERIFY(checkSnapshotRoom(m_rig->folder.path(), 1));
    const auto full = checkSnapshotRoom(m_rig->folder.path(), qint64(1) << 60);
    QVERIFY(!full);
    QCOMPARE(full.error().kind, ErrorKind::NotSaved);
    QVERIFY(full.error().what.contains(m_rig->folder.path()));
}

void TestTakeSnapshot::estimatesTheRoomFromWhatWasWritten()
{
    QVERIFY(outcome(new TakeSnapshot(*m_rig->session, order(), this)));
    const auto reader = SnapshotReader::open(order().path);
    const auto page = (*reader)->after(ObjectType::Contacts, 0, 100);
    const auto all = (*reader)->after(ObjectType::Contacts, 0, 350);
    qint64 cells = 0;
    for (const PackedRecord &record : *all)
        cells += record.cells.size();
    const qint64 estimated = snapshotRoomFor(*page, 350);
    QVERIFY2(estimated > cells && estimated < cells * 3 / 2, QByteArray::number(estimated));
    QCOMPARE(snapshotRoomFor(*page, 0), 0);
    QCOMPARE(snapshotRoomFor({}, 350), 0);
}

/// A property that is in the snapshot only: its value is told, and not counted as unchanged.
void TestTakeSnapshot::saysWhichPropertiesThePortalLacks()
{
    QVERIFY(outcome(new TakeSnapshot(*m_rig->session, order(), this)));
    const auto before = SnapshotReader::open(order().path);
    constexpr ObjectType type = ObjectType::Contacts;
    SnapshotInfo info = (*before)->info();
    const QString path = m_rig->folder.filePath(u"more"_s);
    for (SnapshotPart &part : info.parts)
        part.properties = PackedColumns(part.properties + QStringList {u"shoe_size"_s}).names();
    {
        const auto writer = SnapshotWriter::create(path, info);
        QVERIFY(writer);
        SnapshotSchema schema = *(*before)->schema(type);
        schema.definitions.append(PropertyDefinition());
        schema.definitions.back().name = u"shoe_size"_s;
        schema.definitions.back().json = {{u"name"_s, u"shoe_size"_s},
                                          {u"label"_s, u"Shoe size"_s},
                                          {u"type"_s, u"string"_s},
                                          {u"fieldType"_s, u"text"_s}};
        QVERIFY((*writer)->putSchema(type, schema));
        const PackedColumns columns(info.part(type)->properties);
        std::vector<PackedRecord> records;
        const auto two = (*before)->after(type, 0, 2);
        for (const PackedRecord &one : *two) {
            Record record = unpacked(one, (*before)->columns(type));
            if (records.empty())
                record.properties.insert(u"shoe_size"_s, u"42"_s);
            records.push_back(*packed(record, columns));
        }
        QVERIFY((*writer)->add(type, records, "[]"));
        QVERIFY((*writer)->finish());
    }
    const auto stage = [&](const QStringList &properties) {
        PutBackOrder wanted;
        wanted.snapshot = *SnapshotReader::open(path);
        wanted.properties = properties;
        return outcomeOf(
                   static_cast<Call<PutBack> *>(new StageSnapshot(*m_rig->session, wanted, this)),
                   30'000)
            .value_or(fail(ErrorKind::TimedOut, u"no outcome"_s));
    };
    const auto all = stage({});
    QVERIFY2(all, all ? "" : qPrintable(all.error().what));
    QCOMPARE(all->staged, 0);
    QCOMPARE(all->same, 1);
    QCOMPARE(all->left.size(), 1);
    QVERIFY(all->left.first().why.contains(u"shoe_size"_s));
    QVERIFY(stage({u"shoe_size"_s}).error().what.contains(u"portal"_s));
    QVERIFY(!stage({u"shoe_size"_s}).error().what.contains(u"napshot"_s));
    QVERIFY(stage({u"nosuch"_s}).error().what.contains(u"snapshot"_s));
}

HUBKEEPER_TEST(TestTakeSnapshot)
#include "tst_takesnapshot.moc"
