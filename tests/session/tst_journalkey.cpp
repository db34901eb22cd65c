// SPDX-License-Identifier: MIT
#include "journal/journal.h"
#include "session/open/journalkey.h"
#include "session/secrets/secretplaces.h"
#include "testkit/manualclock.h"
#include "testkit/outcomeof.h"
#include "testkit/testprogram.h"

#include <QTemporaryDir>
#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

/// A keychain that outlasts the program, as far as anybody can tell.
class LastingStore final : public SecretStore
{
public:
    MemorySecretStore memory;
    int writes = 0;

    [[nodiscard]] Call<Secret> *read(const SecretId &id, QObject *parent) override
    {
        return memory.read(id, parent);
    }
    [[nodiscard]] Call<void> *write(const SecretId &id, Secret secret, QObject *parent) override
    {
        writes += id == journalKeyId() ? 1 : 0;
        return memory.write(id, std::move(secret), parent);
    }
    [[nodiscard]] Call<void> *remove(const SecretId &id, QObject *parent) override
    {
        return memory.remove(id, parent);
    }
    [[nodiscard]] Call<void> *probe(QObject *parent) override { return memory.probe(parent); }
    [[nodiscard]] SecretBackend backend() const override { return {u"test"_s, true, {}}; }
};

} // namespace

/// One key for one journal, whoever asks first, and none that is forgotten.
class TestJournalKey : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void parallelStartsAgree();
    void noKeyIsKeptInMemory();
    void aLockedKeychainMeansNoKey();
    void theHeadNeverGoesBack();
    void aRemovedJournalIsFound();
    void foldersHaveEndsOfTheirOwn();

private:
    [[nodiscard]] Paths paths() const { return Paths::below(m_folder->path()); }
    [[nodiscard]] std::shared_ptr<const JournalKey> key(SecretStore &store)
    {
        return *outcomeOf(findJournalKey(store, paths(), &m_owner)).value();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QObject m_owner;
};

void TestJournalKey::parallelStartsAgree()
{
    LastingStore store;
    QList<std::shared_ptr<const JournalKey>> keys;
    for (int i = 0; i < 6; ++i) {
        findJournalKey(store, paths(), &m_owner)
            ->onDone(&m_owner, [&keys](const Result<std::shared_ptr<const JournalKey>> &found) {
                keys.append(*found);
            });
    }
    QTRY_COMPARE_WITH_TIMEOUT(keys.size(), 6, 20'000);
    QCOMPARE(store.writes, 1);
    for (const auto &one : std::as_const(keys)) {
        QVERIFY(!one->key.isEmpty());
        QVERIFY(one->key.equals(keys.first()->key));
    }
}

void TestJournalKey::noKeyIsKeptInMemory()
{
    MemorySecretStore store;
    const auto found = key(store);
    QVERIFY(found->key.isEmpty());
    QVERIFY2(found->whyNone.contains(u"this session only"_s), qPrintable(found->whyNone));
    bool isThere = true;
    store.read(journalKeyId(), &m_owner)->onDone(&m_owner, [&](const Result<Secret> &kept) {
        isThere = kept.has_value();
    });
    QTRY_VERIFY(!isThere);
}

void TestJournalKey::aLockedKeychainMeansNoKey()
{
    LastingStore store;
    store.memory.refuseWith = fail(ErrorKind::NoKeychain, u"It is locked."_s).value();
    const auto found = key(store);
    QVERIFY(found->key.isEmpty());
    QCOMPARE(found->whyNone, u"It is locked."_s);
    QVERIFY(!found->keeper);
}

void TestJournalKey::theHeadNeverGoesBack()
{
    LastingStore store;
    const auto found = key(store);
    const JournalHead newer {12, "newer"};
    const auto kept = outcomeOf(found->keeper->keep(newer, &m_owner));
    QVERIFY(kept && *kept);
    const auto older = outcomeOf(found->keeper->keep({7, "older"}, &m_owner));
    QVERIFY(older && *older);
    QCOMPARE(key(store)->keeper->known(), newer);
}

/// Through the journal itself, as a session opens it.
void TestJournalKey::aRemovedJournalIsFound()
{
    LastingStore store;
    ManualClock clock;
    const QString path = m_folder->filePath(u"journal.sqlite"_s);
    const auto opened = [&] {
        const auto found = key(store);
        return std::move(Journal::open(path, clock, found->key, found->keeper).value());
    };
    {
        const auto journal = opened();
        const auto run = journal->beginRun({});
        QVERIFY(run);
        const auto ended = outcomeOf(journal->end(*run, &m_owner));
        QVERIFY(ended && *ended);
        QCOMPARE(journal->verify()->state, JournalState::Sealed);
    }
    QVERIFY(QFile::remove(path));
    const auto journal = opened();
    QCOMPARE(journal->trust(), JournalTrust::Altered);
    QCOMPARE(journal->verify()->state, JournalState::Altered);
}

/// Two sets of folders (`--profile`) on one keychain: neither says that the other was altered.
void TestJournalKey::foldersHaveEndsOfTheirOwn()
{
    LastingStore store;
    const auto found = key(store);
    const auto kept = outcomeOf(found->keeper->keep({12, "here"}, &m_owner));
    QVERIFY(kept && *kept);
    const auto elsewhere = *outcomeOf(
        findJournalKey(store, Paths::below(m_folder->filePath(u"elsewhere"_s)), &m_owner));
    QCOMPARE((*elsewhere)->keeper->known(), JournalHead());
}

HUBKEEPER_TEST(TestJournalKey)
#include "tst_journalkey.moc"
