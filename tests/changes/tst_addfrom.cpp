// SPDX-License-Identifier: MIT
#include "changes/set/changeset.h"
#include "changes/set/rowsource.h"
#include "testkit/outcomeof.h"
#include "testkit/testprogram.h"

#include <QAbstractItemModel>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

/// Updates of the contacts 1 to `updates`, then `creates` creates; may fail or wait at a row.
class MadeRows final : public RowSource
{
public:
    MadeRows(qint64 updates, qint64 creates)
        : m_updates(updates)
        , m_creates(creates)
    {
    }

    qint64 count() const override { return m_updates + m_creates; }
    qint64 lastLocalNumber() const override { return m_creates; }
    QHash<QString, int> uses() const override { return {{u"city"_s, int(count())}}; }
    void rewind() override { m_next = 0; }

    Result<std::vector<ReadyRow>> next(int most) override
    {
        std::vector<ReadyRow> rows;
        for (; int(rows.size()) < most && m_next < count(); ++m_next) {
            if (m_next == failsAt)
                return fail(ErrorKind::Storage, u"The source has gone."_s);
            const RowChange row = rowAt(m_next);
            rows.push_back({keyOf(row), row.kind, readyBody(row)});
        }
        if (onBlock)
            onBlock();
        return rows;
    }

    [[nodiscard]] RowChange rowAt(qint64 place) const
    {
        RowChange row;
        const bool isCreate = place >= m_updates;
        row.kind = isCreate ? ChangeKind::Create : ChangeKind::Update;
        row.id = isCreate ? u"new-%1"_s.arg(place - m_updates + 1) : QString::number(place + 1);
        row.label = row.id;
        const bool isBack = secondIsBack && place == 1;
        row.cells = {{u"City"_s, {isCreate ? QString() : u"Bern"_s, isBack ? u"Bern"_s : text}}};
        return row;
    }

    qint64 failsAt = -1;
    bool secondIsBack = false; // To its baseline.
    std::function<void()> onBlock;
    QString text = u"Thun \"id\":\"new-1\""_s;

private:
    const qint64 m_updates;
    const qint64 m_creates;
    qint64 m_next = 0;
};

} // namespace

/// Rows from a source into the file of a change set: all of them or none.
class TestAddFrom : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void addsThemAsOneStep();
    void addsThemInMemory();
    void mergesWithWhatIsStaged();
    void theSameAgainIsNothing();
    void givesLocalIdsThatNobodyHas();
    void aFaultLeavesNothing();
    void aCancelLeavesNothing();
    void editsWaitAndFollow();
    void tooManyRowsAreRefused();
    void comesBack();

private:
    [[nodiscard]] std::unique_ptr<ChangeSet> open();
    [[nodiscard]] static std::optional<Result<AddedRows>>
    add(ChangeSet &changes, const std::shared_ptr<RowSource> &source)
    {
        return outcomeOf(changes.addFrom(source, u"Import"_s, &changes), 20'000);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestAddFrom::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

std::unique_ptr<ChangeSet> TestAddFrom::open()
{
    auto opened = ChangeStore::openNow(m_folder->filePath(u"set.sqlite"_s), {});
    if (!opened || !opened->store)
        qFatal("no store");
    auto changes = std::make_unique<ChangeSet>();
    changes->keepIn(*opened);
    return changes;
}

void TestAddFrom::addsThemAsOneStep()
{
    const auto changes = open();
    const QSignalSpy resets(changes.get(), &ChangeSet::wasReset);
    const auto added = add(*changes, std::make_shared<MadeRows>(1800, 700));
    QVERIFY(added && *added);
    QCOMPARE((*added)->added, 2500);
    QCOMPARE(changes->count(), 2500);
    QCOMPARE(changes->uses(u"city"_s), 2500);
    QVERIFY(resets.count() > 0);
    QCOMPARE(changes->at(2499).id, u"new-700"_s);
    QCOMPARE(changes->row(ObjectType::Contacts, u"7"_s)->cells.value(u"City"_s).after,
             u"Thun \"id\":\"new-1\""_s);
    QCOMPARE(changes->undoName(), u"Import"_s);
    changes->undo();
    QTRY_VERIFY_WITH_TIMEOUT(!changes->isBusy(), 20'000);
    QCOMPARE(changes->count(), 0);
    QCOMPARE(changes->uses(u"city"_s), 0);
    changes->redo();
    QTRY_VERIFY_WITH_TIMEOUT(!changes->isBusy(), 20'000);
    QCOMPARE(changes->count(), 2500);
    QCOMPARE(changes->at(0).id, u"1"_s);
}

void TestAddFrom::addsThemInMemory()
{
    ChangeSet changes;
    const QString other =
        changes.addCreate(ObjectType::Contacts, {{u"email"_s, u"a@example.com"_s}}, {});
    const auto added = add(changes, std::make_shared<MadeRows>(3, 2));
    QVERIFY(added && *added);
    QCOMPARE(changes.count(), 6);
    QVERIFY(changes.row(ObjectType::Contacts, other)->cells.contains(u"email"_s));
    QCOMPARE(changes.at(5).id, u"new-3"_s);
}

/// Cell by cell; what is back to its baseline goes, and one undo brings all of it back.
void TestAddFrom::mergesWithWhatIsStaged()
{
    const auto changes = open();
    Record one;
    one.id = u"1"_s;
    one.properties = {{u"City"_s, u"Bern"_s}, {u"zip"_s, u"1"_s}};
    changes->setText(ObjectType::Contacts, one, {}, u"zip"_s, u"2"_s);
    Record two;
    two.id = u"2"_s;
    two.properties = {{u"City"_s, u"Bern"_s}};
    changes->setText(ObjectType::Contacts, two, {}, u"City"_s, u"Chur"_s);
    changes->addArchive(
        ObjectType::Contacts,
        [] {
            Record three;
            three.id = u"3"_s;
            return three;
        }(),
        u"three"_s);
    const auto source = std::make_shared<MadeRows>(4, 0);
    source->secondIsBack = true;
    const auto added = add(*changes, source);
    QVERIFY(added && *added);
    QCOMPARE((*added)->left, (QStringList {u"3"_s}));
    QVERIFY(!changes->row(ObjectType::Contacts, u"2"_s)); // Bern, as it was.
    QCOMPARE(changes->row(ObjectType::Contacts, u"1"_s)->cells.size(), 2);
    QCOMPARE(changes->row(ObjectType::Contacts, u"3"_s)->kind, ChangeKind::Archive);
    QCOMPARE(changes->uses(u"city"_s), 2);
    QCOMPARE(changes->count(), 3);
    changes->undo();
    QTRY_VERIFY(!changes->isBusy());
    QCOMPARE(changes->count(), 3);
    QCOMPARE(changes->row(ObjectType::Contacts, u"1"_s)->cells.size(), 1);
    QCOMPARE(changes->row(ObjectType::Contacts, u"2"_s)->cells.value(u"City"_s).after, u"Chur"_s);
    QVERIFY(!changes->row(ObjectType::Contacts, u"4"_s));
}

void TestAddFrom::theSameAgainIsNothing()
{
    const auto changes = open();
    const auto source = std::make_shared<MadeRows>(5, 0);
    QVERIFY(add(*changes, source)->has_value());
    const auto again = add(*changes, source);
    QVERIFY(again && *again);
    QCOMPARE((*again)->added, 0);
    changes->undo();
    QTRY_VERIFY(!changes->isBusy());
    QCOMPARE(changes->count(), 0); // One step, not two.
}

void TestAddFrom::givesLocalIdsThatNobodyHas()
{
    const auto changes = open();
    QCOMPARE(changes->addCreate(ObjectType::Contacts, {{u"email"_s, u"a@example.com"_s}}, {}),
             u"new-1"_s);
    const auto source = std::make_shared<MadeRows>(0, 2);
    QVERIFY(add(*changes, source)->has_value());
    QVERIFY(add(*changes, source)->has_value());
    QStringList ids;
    for (const RowChange &row : changes->rows())
        ids.append(row.id);
    QCOMPARE(ids, (QStringList {u"new-1"_s, u"new-2"_s, u"new-3"_s, u"new-4"_s, u"new-5"_s}));
    QCOMPARE(changes->addCreate(ObjectType::Contacts, {{u"email"_s, u"b@example.com"_s}}, {}),
             u"new-6"_s);
}

void TestAddFrom::aFaultLeavesNothing()
{
    const auto changes = open();
    const auto source = std::make_shared<MadeRows>(3000, 0);
    source->failsAt = 2000;
    const auto added = add(*changes, source);
    QVERIFY(added && !*added);
    QCOMPARE(added->error().what, u"The source has gone."_s);
    QCOMPARE(changes->count(), 0);
    QVERIFY(!changes->canUndo());
    QVERIFY(!changes->isBusy());
    source->failsAt = -1;
    QVERIFY(add(*changes, source)->has_value());
    QCOMPARE(changes->count(), 3000);
}

void TestAddFrom::aCancelLeavesNothing()
{
    const auto changes = open();
    const auto source = std::make_shared<MadeRows>(1'000'000, 0);
    std::atomic_int blocks = 0;
    source->onBlock = [&blocks] {
        ++blocks;
        QThread::msleep(1);
    };
    auto *call = changes->addFrom(source, u"Import"_s, changes.get());
    QTRY_VERIFY(blocks > 3);
    call->cancel();
    QTRY_VERIFY_WITH_TIMEOUT(!changes->isBusy(), 20'000);
    QVERIFY(blocks < 1000);
    QCOMPARE(changes->count(), 0);
    QVERIFY(!changes->canUndo());
}

void TestAddFrom::editsWaitAndFollow()
{
    const auto changes = open();
    auto *call = changes->addFrom(std::make_shared<MadeRows>(2000, 0), u"Import"_s, changes.get());
    QVERIFY(changes->isBusy());
    Record record;
    record.id = u"1"_s;
    record.properties = {{u"City"_s, u"Bern"_s}};
    changes->setText(ObjectType::Contacts, record, {}, u"City"_s, u"Basel"_s);
    QVERIFY(outcomeOf(call, 20'000)->has_value());
    QTRY_VERIFY(!changes->isBusy());
    QCOMPARE(changes->row(ObjectType::Contacts, u"1"_s)->cells.value(u"City"_s).after, u"Basel"_s);
    QCOMPARE(changes->count(), 2000);
}

void TestAddFrom::tooManyRowsAreRefused()
{
    const auto changes = open();
    const auto added = add(*changes, std::make_shared<MadeRows>(ChangeSet::mostRows + 1, 0));
    QVERIFY(added && !*added);
    QCOMPARE(added->error().kind, ErrorKind::Refused);
    QVERIFY2(added->error().what.contains(u"2,000,001"_s), qUtf8Printable(added->error().what));
    QVERIFY(added->error().what.contains(u"holds 2,000,000"_s));
}

/// Another program finds the same rows and the same step.
void TestAddFrom::comesBack()
{
    {
        const auto changes = open();
        QVERIFY(add(*changes, std::make_shared<MadeRows>(1500, 3))->has_value());
    }
    const auto changes = open();
    QCOMPARE(changes->count(), 1503);
    QCOMPARE(changes->undoName(), u"Import"_s);
    changes->undo();
    QTRY_VERIFY_WITH_TIMEOUT(!changes->isBusy(), 20'000);
    QCOMPARE(changes->count(), 0);
}

HUBKEEPER_TEST(TestAddFrom)
#include "tst_addfrom.moc"
