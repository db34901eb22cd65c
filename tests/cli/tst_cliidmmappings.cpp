// SPDX-License-Identifier: MIT
#include "program.h"
#include "schemafault.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

const QString first = QStringLiteral("systemHubspotContact_managedUser");
const QString second = QStringLiteral("managedUser_systemHubspotContact");

} // namespace

/// idm mappings against a practice IDM, with a real keychain.
class TestCliIdmMappings : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void readsAndChecks();
    void writesOneAndLeavesTheOthers();
    void refusesWhatBreaksTheServer_data();
    void refusesWhatBreaksTheServer();
    void twoPeopleAtOnce();
    void aBaseFromAFile();
    void addsANewOne();
    void aServerIsReadOnlyAtFirst();
    void isTakenBack();
    void commercialHasObjectsOfItsOwn();

private:
    void serve(const QStringList &more = {});
    [[nodiscard]] Ended mappings(const QStringList &arguments) const;
    [[nodiscard]] Ended idm(const QStringList &arguments, const QByteArray &input = {}) const;
    void allow(const QString &mode = u"free"_s) const;
    /// The mapping as the server has it.
    [[nodiscard]] QJsonObject onServer(const QString &name) const;
    /// Written to a file after `edit`.
    template <typename Edit>
    QString edited(const QString &name, Edit edit) const
    {
        QJsonObject mapping = onServer(name);
        edit(mapping);
        return m_program->write(u"edited.json"_s, QJsonDocument(mapping).toJson());
    }

    std::unique_ptr<Program> m_program;
    std::unique_ptr<Practice> m_practice;
};

void TestCliIdmMappings::serve(const QStringList &more)
{
    m_program = std::make_unique<Program>();
    m_practice =
        std::make_unique<Practice>(*m_program, QStringList {u"--idm-port"_s, u"0"_s} + more);
    QVERIFY(m_practice->isServing());
    const QString address = m_practice->announced()["idm"_L1]["url"_L1].toString();
    const Ended added = idm({u"servers"_s, u"add"_s, u"Practice"_s, address, u"--kind"_s,
                             u"practice"_s, u"--secrets-stdin"_s},
                            R"({"password": "openidm-admin"})");
    QVERIFY2(added.code == 0, added.err);
}

void TestCliIdmMappings::init()
{
    serve();
}

void TestCliIdmMappings::cleanup()
{
    if (m_program)
        (void)idm({u"servers"_s, u"forget"_s, u"Practice"_s}); // The keychain is shared.
    m_practice.reset();
    m_program.reset();
}

Ended TestCliIdmMappings::idm(const QStringList &arguments, const QByteArray &input) const
{
    return m_program->run(QStringList {u"idm"_s} + arguments, input);
}

Ended TestCliIdmMappings::mappings(const QStringList &arguments) const
{
    return idm(QStringList {u"mappings"_s} + arguments);
}

void TestCliIdmMappings::allow(const QString &mode) const
{
    QCOMPARE(idm({u"servers"_s, u"set"_s, u"Practice"_s, u"--mode"_s, mode}).code, 0);
}

QJsonObject TestCliIdmMappings::onServer(const QString &name) const
{
    const QJsonObject sync = idm({u"get"_s, u"sync"_s}).json(); // Not remembered as seen.
    const QJsonArray list = sync["mappings"_L1].toArray();
    for (const QJsonValue &mapping : list) {
        if (mapping["name"_L1].toString() == name)
            return mapping.toObject();
    }
    return {};
}

void TestCliIdmMappings::readsAndChecks()
{
    const Ended list = mappings({u"list"_s, u"--json"_s});
    QVERIFY2(list.code == 0, list.err);
    QVERIFY(list.list().size() >= 3);
    QCOMPARE(list.list().first()["name"_L1].toString(), first);
    const Ended shown = mappings({u"show"_s, second});
    QVERIFY2(shown.out.contains("CONFIRMED"), shown.out + shown.err);

    const Ended checked = mappings({u"check"_s});
    QCOMPARE(checked.code, 0); // Warnings only.
    QVERIFY2(checked.out.contains("HK1309"), checked.out);
    QCOMPARE(mappings({u"check"_s, u"--fail-on"_s, u"warning"_s}).code, 1);

    const QString file = m_program->path(u"got.json"_s);
    QCOMPARE(mappings({u"get"_s, first, u"--output"_s, file}).code, 0);
    QCOMPARE(QJsonDocument::fromJson(m_program->content(u"got.json"_s)).object(), onServer(first));
    QCOMPARE(mappings({u"get"_s}).json()["mappings"_L1].toArray().size(), list.list().size());
}

void TestCliIdmMappings::writesOneAndLeavesTheOthers()
{
    allow(u"confirm"_s);
    const QJsonObject other = onServer(second);
    const QString file =
        edited(first, [](QJsonObject &mapping) { mapping.insert(u"taskThreads"_s, 0); });
    const Ended dry = mappings({u"put"_s, file, u"--dry-run"_s});
    QCOMPARE(dry.code, 0);
    QVERIFY2(dry.out.contains("+") && dry.out.contains("taskThreads"), dry.out);
    QVERIFY(!onServer(first).contains("taskThreads"_L1));
    QCOMPARE(mappings({u"put"_s, file}).code, 7); // Nobody confirmed it.

    const Ended put = mappings({u"put"_s, file, u"--yes"_s, u"--json"_s, u"--note"_s, u"why"_s});
    QVERIFY2(put.code == 0, put.out + put.err);
    QCOMPARE(faultIn(put.json(), m_program->run({u"schemas"_s, u"idm-mapping-put"_s}).json()),
             QString());
    QCOMPARE(onServer(first)["taskThreads"_L1].toInt(-1), 0);
    QCOMPARE(onServer(second), other);
    const QFileInfo rollback(put.json()["written"_L1]["rollbackFile"_L1].toString());
    QVERIFY(rollback.isFile());
    QCOMPARE(rollback.permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    QVERIFY(m_program->run({u"journal"_s, u"list"_s, u"--all"_s}).out.contains("why"));
    const Ended again = mappings({u"put"_s, file, u"--yes"_s});
    QVERIFY2(again.code == 0 && again.err.contains("Nothing to do"), again.err);
}

void TestCliIdmMappings::refusesWhatBreaksTheServer_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<QByteArray>("rule");
    QTest::newRow("links of nobody")
        << u"links"_s << QJsonValue(u"nobody"_s) << QByteArray("HK1005");
    QTest::newRow("other ends") << u"target"_s << QJsonValue(u"managed/role"_s)
                                << QByteArray("HK1006");
    QTest::newRow("a word that is not an action")
        << u"policies"_s
        << QJsonValue(
               QJsonArray {QJsonObject {{u"situation"_s, u"ABSENT"_s}, {u"action"_s, u"MAKE"_s}}})
        << QByteArray("HK1303");
    QTest::newRow("validSource as a word")
        << u"validSource"_s << QJsonValue(false) << QByteArray("HK1103");
}

void TestCliIdmMappings::refusesWhatBreaksTheServer()
{
    QFETCH(QString, key);
    QFETCH(QJsonValue, value);
    QFETCH(QByteArray, rule);
    allow();
    const QByteArray before = idm({u"get"_s, u"sync"_s}).out;
    const QString file = edited(second, [&](QJsonObject &mapping) { mapping.insert(key, value); });
    const Ended put = mappings({u"put"_s, file, u"--yes"_s});
    QCOMPARE(put.code, 7);
    QVERIFY2(put.err.contains(rule), put.err);
    QCOMPARE(idm({u"get"_s, u"sync"_s}).out, before);
}

void TestCliIdmMappings::twoPeopleAtOnce()
{
    allow();
    const QString mine = m_program->path(u"mine.json"_s);
    QCOMPARE(mappings({u"get"_s, first, u"--output"_s, mine}).code, 0); // What I saw.
    const QString theirs = m_program->write(
        u"theirs.json"_s, idm({u"get"_s, u"sync"_s}).out); // Somebody else, by another way.
    QJsonObject sync = QJsonDocument::fromJson(m_program->content(u"theirs.json"_s)).object();
    QJsonArray list = sync["mappings"_L1].toArray();
    QJsonObject changed = list.first().toObject();
    changed.insert(u"taskThreads"_s, 3);
    list.replace(0, changed);
    sync.insert(u"mappings"_s, list);
    m_program->write(u"theirs.json"_s, QJsonDocument(sync).toJson());
    Program elsewhere; // Another computer.
    const QString address = m_practice->announced()["idm"_L1]["url"_L1].toString();
    QCOMPARE(elsewhere
                 .run({u"idm"_s, u"servers"_s, u"add"_s, u"Elsewhere"_s, address, u"--kind"_s,
                       u"practice"_s, u"--mode"_s, u"free"_s, u"--secrets-stdin"_s},
                      R"({"password": "openidm-admin"})")
                 .code,
             0);
    const Ended other = elsewhere.run(
        {u"idm"_s, u"mappings"_s, u"put"_s, theirs, u"--mapping"_s, first, u"--yes"_s});
    QVERIFY2(other.code == 0, other.out + other.err);
    (void)elsewhere.run({u"idm"_s, u"servers"_s, u"forget"_s, u"Elsewhere"_s});

    QJsonObject own = QJsonDocument::fromJson(m_program->content(u"mine.json"_s)).object();
    own.insert(u"enableSync"_s, false);
    m_program->write(u"mine.json"_s, QJsonDocument(own).toJson());
    const Ended put = mappings({u"put"_s, mine, u"--yes"_s});
    QCOMPARE(put.code, 6);
    QVERIFY2(put.err.contains("Somebody else"), put.err);
    QCOMPARE(onServer(first)["taskThreads"_L1].toInt(), 3);
}

void TestCliIdmMappings::aBaseFromAFile()
{
    allow();
    const QString base = edited(first, [](QJsonObject &mapping) {
        mapping.insert(u"taskThreads"_s, 7); // Not what the server has.
    });
    m_program->write(u"base.json"_s, m_program->content(u"edited.json"_s));
    const QString file =
        edited(first, [](QJsonObject &mapping) { mapping.insert(u"taskThreads"_s, 0); });
    const Ended put =
        mappings({u"put"_s, file, u"--base"_s, m_program->path(u"base.json"_s), u"--yes"_s});
    QCOMPARE(put.code, 6);
    QCOMPARE(mappings({u"put"_s, file, u"--yes"_s}).code, 0);
    QVERIFY(!base.isEmpty());
}

void TestCliIdmMappings::addsANewOne()
{
    allow();
    const QByteArray mapping = R"({"name": "role_company", "source": "managed/role",
        "target": "system/hubspot/company", "enableSync": false, "taskThreads": 0,
        "properties": [{"source": "name", "target": "name"}],
        "policies": [{"situation": "ABSENT", "action": "REPORT"}]})";
    const QString file = m_program->write(u"new.json"_s, mapping);
    const qsizetype before = mappings({u"list"_s, u"--json"_s}).list().size();
    const Ended put = mappings({u"put"_s, file, u"--yes"_s});
    QVERIFY2(put.code == 0 && put.err.contains("new"), put.out + put.err);
    QCOMPARE(mappings({u"list"_s, u"--json"_s}).list().size(), before + 1);
    // Its name is what links and runs know it by.
    const Ended other = mappings({u"put"_s, file, u"--mapping"_s, u"other"_s, u"--yes"_s});
    QCOMPARE(other.code, 1);
}

void TestCliIdmMappings::aServerIsReadOnlyAtFirst()
{
    const QString file =
        edited(first, [](QJsonObject &mapping) { mapping.insert(u"taskThreads"_s, 0); });
    const Ended put = mappings({u"put"_s, file, u"--yes"_s});
    QCOMPARE(put.code, 7);
    QVERIFY2(put.err.contains("read-only"), put.err);
}

void TestCliIdmMappings::isTakenBack()
{
    allow();
    const QJsonObject before = onServer(first);
    const QString file =
        edited(first, [](QJsonObject &mapping) { mapping.insert(u"taskThreads"_s, 0); });
    const Ended put = mappings({u"put"_s, file, u"--yes"_s, u"--json"_s});
    const QString run = put.json()["written"_L1]["run"_L1].toString();
    QVERIFY(onServer(first) != before);
    const Ended back = idm({u"rollback"_s, run, u"--yes"_s});
    QVERIFY2(back.code == 0, back.err);
    QCOMPARE(onServer(first), before);
}

void TestCliIdmMappings::commercialHasObjectsOfItsOwn()
{
    cleanup();
    serve({u"--idm-profile"_s, u"commercial"_s});
    allow();
    const QByteArray mapping = R"({"name": "role_company", "source": "managed/role",
        "target": "system/hubspot/company", "enableSync": false, "taskThreads": 0,
        "properties": [{"source": "name", "target": "name"}],
        "policies": [{"situation": "ABSENT", "action": "REPORT"}]})";
    const QString file = m_program->write(u"mapping-role_company.json"_s, mapping);
    const Ended put = mappings({u"put"_s, file, u"--yes"_s, u"--json"_s});
    QVERIFY2(put.code == 0, put.out + put.err);
    QCOMPARE(put.json()["written"_L1]["configId"_L1].toString(), u"mapping/role_company"_s);
    QCOMPARE(mappings({u"show"_s, u"role_company"_s}).code, 0);
    m_program->write(u"mapping-role_company.json"_s,
                     QByteArray(mapping).replace("\"taskThreads\": 0", "\"taskThreads\": 2"));
    QCOMPARE(mappings({u"put"_s, file, u"--yes"_s}).code, 0);
    QCOMPARE(idm({u"get"_s, u"mapping/role_company"_s}).json()["taskThreads"_L1].toInt(), 2);
}

HUBKEEPER_TEST(TestCliIdmMappings)
#include "tst_cliidmmappings.moc"
