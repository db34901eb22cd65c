// SPDX-License-Identifier: MIT
#include "idm/preview/storepreview.h"
#include "reconcile/mapping/mappingreader.h"
#include "testkit/testprogram.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

#include <SQLiteCpp/SQLiteCpp.h>

using namespace hubkeeper;
using namespace Qt::StringLiterals;

namespace {

const auto users = u"managed/user"_s;
const auto contacts = u"system/hubspot/contact"_s;

QJsonObject user(const QString &id, const QString &mail)
{
    return {{u"_id"_s, id},
            {u"_rev"_s, u"1"_s},
            {u"userName"_s, id},
            {u"givenName"_s, id},
            {u"sn"_s, u"Test"_s},
            {u"mail"_s, mail},
            {u"password"_s, QJsonObject {{u"$crypto"_s, QJsonObject {{u"type"_s, u"x"_s}}}}},
            {u"inner"_s, QJsonObject {{u"token"_s, QJsonObject {{u"$crypto"_s, 1}}}}}};
}

/// Two users, one of them linked to a contact, and a contact of nobody.
std::shared_ptr<PreviewStore> sampleStore()
{
    auto store = PreviewStore::makeTemporary();
    if (!store)
        return nullptr;
    const QJsonObject mapping {
        {u"name"_s, u"m"_s},
        {u"source"_s, users},
        {u"target"_s, contacts},
        {u"taskThreads"_s, 0},
        {u"properties"_s,
         QJsonArray {QJsonObject {{u"source"_s, u"mail"_s}, {u"target"_s, u"email"_s}}}},
        {u"policies"_s,
         QJsonArray {QJsonObject {{u"situation"_s, u"UNASSIGNED"_s}, {u"action"_s, u"DELETE"_s}}}}};
    const QJsonObject email {{u"type"_s, u"string"_s}, {u"required"_s, true}};
    const QJsonObject type {{u"properties"_s, QJsonObject {{u"email"_s, email}}}};
    const QJsonObject system {{u"objectTypes"_s, QJsonObject {{u"contact"_s, type}}}};
    const bool kept = (*store)->setDocument(u"mappings"_s, QJsonArray {mapping})
        && (*store)->setDocument(u"objectTypes"_s, QJsonObject {{u"hubspot"_s, system}})
        && (*store)->addObjects(users, {user(u"u1"_s, u"a@x.org"_s), user(u"u2"_s, u"b@x.org"_s)})
        && (*store)->addObjects(
            contacts,
            {QJsonObject {{u"_id"_s, u"101"_s}, {u"email"_s, u"old@x.org"_s}},
             QJsonObject {{u"_id"_s, u"102"_s}, {u"email"_s, u"nobody@x.org"_s}}})
        && (*store)->addLinks({QJsonObject {{u"_id"_s, u"l1"_s},
                                            {u"_rev"_s, u"1"_s},
                                            {u"linkType"_s, u"m"_s},
                                            {u"linkQualifier"_s, u"default"_s},
                                            {u"firstId"_s, u"u1"_s},
                                            {u"secondId"_s, u"101"_s}}});
    return kept ? *store : nullptr;
}

/// The entries of a preview of the set, one a line, deletions first.
QString entriesOf(const std::shared_ptr<PreviewStore> &store, const EntryFilter &filter = {},
                  std::shared_ptr<PreviewWork> *kept = nullptr)
{
    const auto work = PreviewWork::make(store);
    if (!work)
        return work.error().what;
    const auto preview = previewOf(**work);
    if (!preview)
        return preview.error().what;
    ReconRequest request;
    request.keepsEntries = false;
    PreviewSinks sinks;
    sinks.entry = [&](const ReconEntry &entry) { (*work)->add(entry); };
    const auto done = onStore([&] { (void)(*preview)->run(u"m"_s, request, {}, {}, sinks); });
    const auto numbers = (*work)->numbers(filter);
    const auto entries = numbers ? (*work)->entries(*numbers) : Result<std::vector<KeptEntry>>();
    if (!done || !entries)
        return u"failed"_s;
    QStringList lines;
    for (const KeptEntry &one : *entries)
        lines.append(QStringList {one.entry.sourceId, one.entry.targetId,
                                  wordOf(*one.entry.situation), wordOf(*one.entry.action)}
                         .join(u' '));
    if (kept)
        *kept = *work;
    return lines.join(u"; "_s);
}

const auto allEntries = u" 102 UNASSIGNED DELETE; u1 101 CONFIRMED UPDATE; u2 5001 ABSENT CREATE"_s;

} // namespace

/// Sets of a preview: what they keep, as files, and what a run makes of them.
class TestPreviewStore : public QObject
{
    Q_OBJECT

private slots:
    void keepsNoSecret();
    void isSavedPrivatelyAndWhole();
    void refusesFiles_data();
    void refusesFiles();
    void computesFromAFile();
    void filtersEntries();
    void showsChanges();
    void comparesASecondLook();
    void needsCollections();
    void leavesOutWhatWasNotRead();
    void goesByTheManagedSchema_data();
    void goesByTheManagedSchema();
};

void TestPreviewStore::keepsNoSecret()
{
    const auto store = sampleStore();
    QVERIFY(store);
    const auto kept = store->object(users, u"u1"_s);
    QVERIFY(kept && *kept);
    QVERIFY(!(*kept)->contains("password"_L1));
    QCOMPARE((**kept)["inner"_L1].toObject(), QJsonObject());
    QTemporaryDir folder;
    QVERIFY(store->saveAs(folder.filePath(u"set"_s)));
    QFile file(folder.filePath(u"set"_s));
    QVERIFY(file.open(QFile::ReadOnly));
    QVERIFY(!file.readAll().contains("$crypto"));
}

void TestPreviewStore::isSavedPrivatelyAndWhole()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"a set.hkpreview"_s);
    const auto store = sampleStore();
    QVERIFY(store->saveAs(path));
    QVERIFY(store->saveAs(path)); // Over an older one.
    QCOMPARE(QFileInfo(path).permissions() & (QFile::ReadGroup | QFile::ReadOther),
             QFile::Permissions());
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList {u"a set.hkpreview"_s});
    QVERIFY(PreviewStore::isDatabase(path));
    const auto saved = store->saveAs(folder.filePath(u"nowhere/set"_s));
    QVERIFY(!saved);
    QCOMPARE(saved.error().kind, ErrorKind::NotSaved);
}

void TestPreviewStore::refusesFiles_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("cut") << u"cut"_s << u"cut off or damaged"_s;
    QTest::newRow("damaged") << u"damaged"_s << u"cut off or damaged"_s;
    QTest::newRow("foreign") << u"foreign"_s << u"another kind of file"_s;
    QTest::newRow("newer") << u"newer"_s << u"newer version"_s;
    QTest::newRow("a trigger") << u"trigger"_s << u"another kind of file"_s;
    QTest::newRow("text") << u"text"_s << u"another kind of file"_s;
    QTest::newRow("missing") << u"missing"_s << u"cannot be read"_s;
}

void TestPreviewStore::refusesFiles()
{
    QFETCH(QString, fault);
    QTemporaryDir folder;
    const QString path = folder.filePath(u"set"_s);
    QVERIFY(sampleStore()->saveAs(path));
    const auto sql = [&](const char *text) {
        SQLite::Database(path.toStdString(), SQLite::OPEN_READWRITE).exec(text);
    };
    QFile file(path);
    if (fault == "cut"_L1)
        QVERIFY(file.resize(file.size() / 2));
    if (fault == "damaged"_L1) {
        QVERIFY(file.open(QFile::ReadWrite));
        QVERIFY(file.seek(4096));
        QCOMPARE(file.write(QByteArray(8192, 'x')), 8192);
        file.close();
    }
    if (fault == "foreign"_L1)
        sql("PRAGMA application_id = 7");
    if (fault == "newer"_L1)
        sql("PRAGMA user_version = 99");
    if (fault == "trigger"_L1)
        sql("CREATE TRIGGER t AFTER INSERT ON side BEGIN DELETE FROM object; END");
    if (fault == "text"_L1) {
        QVERIFY(file.open(QFile::WriteOnly | QFile::Truncate));
        file.write("{}");
        file.close();
    }
    if (fault == "missing"_L1)
        QVERIFY(file.remove());
    const auto opened = PreviewStore::open(path);
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, ErrorKind::InvalidInput);
    QFETCH(QString, sentence);
    QVERIFY2(opened.error().what.contains(sentence), qPrintable(opened.error().what));
}

/// As often as wanted, with the file unchanged.
void TestPreviewStore::computesFromAFile()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"set"_s);
    const auto store = sampleStore();
    QCOMPARE(entriesOf(store), allEntries);
    QCOMPARE(entriesOf(store), allEntries);
    QVERIFY(store->saveAs(path));
    QVERIFY(QFile::setPermissions(path, QFile::ReadOwner));
    const auto opened = PreviewStore::open(path);
    QVERIFY(opened);
    QCOMPARE(entriesOf(*opened), allEntries);
    QCOMPARE(entriesOf(*opened), allEntries);
}

void TestPreviewStore::filtersEntries()
{
    const auto store = sampleStore();
    EntryFilter filter;
    filter.action = SyncAction::Create;
    QCOMPARE(entriesOf(store, filter), u"u2 5001 ABSENT CREATE"_s);
    filter = {};
    filter.situation = SyncSituation::Confirmed;
    QCOMPARE(entriesOf(store, filter), u"u1 101 CONFIRMED UPDATE"_s);
    filter = {};
    filter.text = u"U1"_s;
    QCOMPARE(entriesOf(store, filter), u"u1 101 CONFIRMED UPDATE"_s);
    filter.text = u"%"_s;
    QCOMPARE(entriesOf(store, filter), QString());
    filter = {};
    filter.failedOnly = true;
    QCOMPARE(entriesOf(store, filter), QString());
}

void TestPreviewStore::showsChanges()
{
    std::shared_ptr<PreviewWork> work;
    QCOMPARE(entriesOf(sampleStore(), {}, &work), allEntries);
    QStringList lines;
    QVERIFY(work->visitChanges([&](const ObjectChange &change) {
        const auto email = [](const std::optional<QJsonObject> &object) {
            return object ? (*object)["email"_L1].toString() : u"-"_s;
        };
        if (change.collection == contacts)
            lines.append(email(change.before) + u" > "_s + email(change.after));
    }));
    QCOMPARE(lines,
             (QStringList {u"old@x.org > a@x.org"_s, u"nobody@x.org > -"_s, u"- > b@x.org"_s}));
    const auto created = work->change(contacts, u"5001"_s);
    QVERIFY(created && created->isNew && !created->before && created->after);
    const auto noted = work->change(users, u"u1"_s); // Its lastSync.
    QVERIFY(noted && noted->before && noted->after && noted->after->contains("lastSync"_L1));
    const auto nobody = work->change(users, u"u9"_s);
    QVERIFY(nobody && !nobody->before && !nobody->after);
    QCOMPARE(*work->newIds(contacts), QSet<QString> {u"5001"_s});
}

void TestPreviewStore::comparesASecondLook()
{
    const auto store = sampleStore();
    CollectionReading reading;
    reading.collection = users;
    const auto row = [](const QString &id, const QString &rev) {
        return QJsonObject {{u"_id"_s, id}, {u"_rev"_s, rev}};
    };
    const auto counted =
        store->compare({row(u"u1"_s, u"1"_s), row(u"u2"_s, u"2"_s), row(u"u9"_s, u"1"_s)}, reading);
    QVERIFY(counted);
    QCOMPARE(counted->added, 2);
    QCOMPARE(reading.changed, 1);
    QCOMPARE(reading.appeared, 1);
    QVERIFY(reading.changedMeanwhile());
    QVERIFY(store->setReading(reading));
    QCOMPARE(store->readings()->first().changed, 1);
}

void TestPreviewStore::needsCollections()
{
    const auto mapping = [](const QString &name, const QString &source, const QString &target) {
        return QJsonObject {{u"name"_s, name}, {u"source"_s, source}, {u"target"_s, target}};
    };
    QJsonObject quiet = mapping(u"d"_s, users, u"system/quiet/account"_s);
    quiet.insert(u"enableSync"_s, false);
    const auto mappings =
        readMappings({mapping(u"a"_s, contacts, users), mapping(u"b"_s, users, contacts),
                      mapping(u"c"_s, users, u"system/ldap/account"_s), quiet});
    QVERIFY(mappings);
    QCOMPARE(neededCollections(*mappings, *mappings->find(u"a"_s)),
             (QStringList {contacts, users, u"system/ldap/account"_s}));
    QCOMPARE(neededCollections(*mappings, *mappings->find(u"b"_s)),
             (QStringList {users, contacts}));
}

/// A collection that is not in the set is not empty: nothing is known of it.
void TestPreviewStore::leavesOutWhatWasNotRead()
{
    const auto store = sampleStore();
    const auto work = PreviewWork::make(store);
    QVERIFY(work);
    const QJsonObject other {
        {u"name"_s, u"o"_s}, {u"source"_s, users}, {u"target"_s, u"system/ldap/account"_s}};
    const auto preview = previewOf(**work, QJsonArray {other});
    QVERIFY(preview);
    ReconResult result;
    QVERIFY(onStore([&] { result = (*preview)->run(u"o"_s, {}); }));
    QCOMPARE(result.state, ReconResult::State::Failed);
    QVERIFY2(result.cause.contains(u"was not read"_s), qPrintable(result.cause));
}

void TestPreviewStore::goesByTheManagedSchema_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char *name, const char *schema, const char *reason) {
        QTest::newRow(name) << QByteArray(schema) << QString::fromLatin1(reason);
    };
    row("nothing against it", R"({"properties":{"mail":{"type":"string"}}})", "");
    row("a type", R"({"properties":{"mail":{"type":"integer"}}})", "type integer: mail");
    row("null where it may be", R"({"properties":{"sn":{"type":["string","null"]}}})", "");
    row("null where it may not", R"({"properties":{"sn":{"type":"string"}}})", "type string: sn");
    row("required", R"({"properties":{"mail":{"type":"string"}},"required":["userName"]})",
        "required: userName");
    row("unique", R"({"properties":{"mail":{"type":"string",
        "policies":[{"policyId":"unique"}]}}})",
        "unique: mail");
    row("an address", R"({"properties":{"city":{"type":"string",
        "policies":[{"policyId":"valid-email-address-format"}]}}})",
        "valid-email-address-format: city");
    row("a character", R"({"properties":{"city":{"type":"string","policies":[{"policyId":
        "cannot-contain-characters","params":{"forbiddenChars":["e"]}}]}}})",
        "cannot-contain-characters: city");
    row("a relationship", R"({"properties":{"mail":{"type":"relationship"}}})", "");
}

/// A contact that becomes a user: what the server's own schema says about it.
void TestPreviewStore::goesByTheManagedSchema()
{
    QFETCH(QByteArray, schema);
    const auto store = PreviewStore::makeTemporary();
    QVERIFY(store);
    const auto property = [](const QString &source, const QString &target) {
        return QJsonObject {{u"source"_s, source}, {u"target"_s, target}};
    };
    const QJsonObject mapping {
        {u"name"_s, u"m"_s},
        {u"source"_s, contacts},
        {u"target"_s, users},
        {u"properties"_s,
         QJsonArray {property(u"email"_s, u"mail"_s), property(u"none"_s, u"sn"_s),
                     property(u"city"_s, u"city"_s)}}};
    const QJsonObject object {{u"name"_s, u"user"_s},
                              {u"schema"_s, QJsonDocument::fromJson(schema).object()}};
    QVERIFY((*store)->setDocument(u"mappings"_s, QJsonArray {mapping}));
    QVERIFY((*store)->setDocument(u"managed"_s, QJsonArray {object}));
    QVERIFY((*store)->addObjects(users, {user(u"u1"_s, u"a@x.org"_s)}));
    QVERIFY((*store)->addObjects(
        contacts,
        {QJsonObject {{u"_id"_s, u"101"_s}, {u"email"_s, u"a@x.org"_s}, {u"city"_s, u"Bern"_s}}}));
    const auto work = PreviewWork::make(*store);
    QVERIFY(work);
    const auto preview = previewOf(**work);
    QVERIFY(preview);
    ReconResult result;
    QVERIFY(onStore([&] { result = (*preview)->run(u"m"_s, {}); }));
    QFETCH(QString, reason);
    QVERIFY2(result.entries.front().reason.contains(reason),
             qPrintable(result.entries.front().reason));
    QCOMPARE(result.entries.front().failed, !reason.isEmpty());
    QCOMPARE(*uncheckedPolicies(**store, users), QStringList());
    QJsonObject own = object;
    own.insert(u"schema"_s,
               QJsonDocument::fromJson(R"({"properties":{"a":{"policies":[
                   {"policyId":"mine"},{"policyId":"unique"}]}}})")
                   .object());
    QVERIFY((*store)->setDocument(u"managed"_s, QJsonArray {own}));
    QCOMPARE(*uncheckedPolicies(**store, users), QStringList {u"a: mine"_s});
}

HUBKEEPER_TEST(TestPreviewStore)
#include "tst_previewstore.moc"
