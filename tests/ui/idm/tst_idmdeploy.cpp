// SPDX-License-Identifier: MIT
#include "base/savefile.h"
#include "idm/deploy/deploytab.h"
#include "idm/deploy/planview.h"
#include "idm/servers/writequestion.h"
#include "idmrig.h"
#include "journal/journalpage.h"
#include "provisioner/document/document.h"
#include "session/idm/fileonserver.h"
#include "testkit/windowtest.h"
#include "widgets/wrappedlabel.h"

#include <QCheckBox>
#include <QJsonDocument>
#include <QLineEdit>
#include <QTreeWidget>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

/// The tab Deploy: compare, write, prove, take back; and the way from the server into the file.
class TestIdmDeploy final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_rig.reset(); }
    void deploysAndTakesBack();
    void aSecondAdministratorWins();
    void readOnlyDeploysNothing();
    void productionWantsItsLabel();
    void unsavedEditsAreSavedFirst();
    void obstaclesAreSaid();
    void takesTheServersValues();
    void savesTheServersAsANewFile();
    void theJournalTakesItBack();
    void serversValuesKeepTheLayout_data();
    void serversValuesKeepTheLayout();
    void filesFindTheirConfiguration_data();
    void filesFindTheirConfiguration();

private:
    void open(ConnectionKind kind, WriteMode mode);
    [[nodiscard]] DeployTab *tab() { return m_rig->page()->findChild<DeployTab *>(); }
    [[nodiscard]] Document *document()
    {
        return m_rig->window->page(PageId::Configuration)->document();
    }
    void editFile(const QString &pointer, const QJsonValue &value);
    [[nodiscard]] QPushButton *button(const QString &name)
    {
        return m_rig->find<QPushButton>(name);
    }
    [[nodiscard]] bool says(const QString &text);
    void agree(const QString &label = {});
    [[nodiscard]] int permits()
    {
        return m_rig->deployed(m_id)["configurationProperties"_L1]["permitsPerSecond"_L1]
            .toVariant()
            .toInt();
    }
    void deployPermits(int permits);

    const QString m_id = u"provisioner.openicf/hubspot"_s;
    std::unique_ptr<IdmRig> m_rig;
};

namespace {

const auto permitsPointer = u"/configurationProperties/permitsPerSecond"_s;

} // namespace

void TestIdmDeploy::init()
{
    failOnUnexpectedWarnings();
    m_rig = std::make_unique<IdmRig>();
}

void TestIdmDeploy::open(ConnectionKind kind, WriteMode mode)
{
    const Server server = m_rig->addServer(kind, mode);
    QVERIFY(m_rig->openServer(server.id));
    m_rig->page()->showTab(tab());
    QTRY_VERIFY(tab()->plan());
}

void TestIdmDeploy::editFile(const QString &pointer, const QJsonValue &value)
{
    QVERIFY(document()->setValue(pointer, value, u"test"_s));
    QVERIFY(document()->save(true));
    QTRY_VERIFY(tab()->plan());
}

/// Whether a message on the tab does.
bool TestIdmDeploy::says(const QString &text)
{
    const QList<MessageBar *> bars = tab()->findChildren<MessageBar *>();
    return std::any_of(bars.begin(), bars.end(), [&](const MessageBar *bar) {
        return bar->isVisible() && wholeText(bar).contains(text);
    });
}

void TestIdmDeploy::agree(const QString &label)
{
    QTRY_VERIFY(tab()->findChild<WriteQuestionDialog *>());
    auto *question = tab()->findChild<WriteQuestionDialog *>();
    if (!label.isEmpty())
        QTest::keyClicks(question->findChild<QLineEdit *>(u"label"_s), label);
    click(question->findChild<QPushButton *>(u"go"_s));
}

void TestIdmDeploy::deployPermits(int permits)
{
    editFile(permitsPointer, permits);
    click(button(u"deploy"_s));
    agree();
    QTRY_VERIFY_WITH_TIMEOUT(says(u"is active"_s), 20'000);
}

void TestIdmDeploy::deploysAndTakesBack()
{
    open(ConnectionKind::Sandbox, WriteMode::Confirm);
    const int before = permits();
    editFile(permitsPointer, before + 3);
    QVERIFY(!tab()->plan()->isSame());
    QTreeWidget *changes = tab()->findChild<PlanView *>()->changes();
    QVERIFY(!changes->findItems(permitsPointer, Qt::MatchExactly).isEmpty());
    QVERIFY(changes->findItems(permitsPointer, Qt::MatchExactly)
                .first()
                ->text(1)
                .contains(QString::number(before)));
    QVERIFY2(tab()->command().startsWith(u"hubkeeper-cli idm deploy "_s)
                 && tab()->command().contains(u"--server 'Test & more'"_s),
             qPrintable(tab()->command()));
    QTest::keyClicks(m_rig->find<QLineEdit>(u"deployNote"_s), u"More permits"_s);

    click(button(u"deploy"_s));
    QCOMPARE(permits(), before); // Nothing before the answer.
    agree();
    QTRY_VERIFY_WITH_TIMEOUT(says(u"is active"_s), 20'000);
    QCOMPARE(permits(), before + 3);
    QVERIFY(says(u"What was there before"_s));
    QTRY_VERIFY(tab()->plan());
    QCOMPARE(tab()->plan()->difference->changes.size(), 0);
    // What others change from now on is said beside the difference.
    QJsonObject theirs = m_rig->deployed(m_id);
    theirs.insert(u"displayName"_s, u"Theirs"_s);
    QVERIFY(m_rig->writeElsewhere(m_id, theirs));
    tab()->compare();
    QTRY_VERIFY(tab()->plan() && !tab()->plan()->difference->changes.isEmpty());
    auto *since = tab()->findChild<PlanView *>()->since();
    QCOMPARE(since->findItems(u"/displayName"_s, Qt::MatchExactly).size(), 1);
    theirs.remove(u"displayName"_s);
    QVERIFY(m_rig->writeElsewhere(m_id, theirs)); // Else the roll-back is a conflict.

    click(button(u"rollBack"_s));
    agree();
    QTRY_VERIFY(says(u"is as it was before"_s));
    QCOMPARE(permits(), before);
    QVERIFY(!button(u"rollBack"_s)->isEnabled());
}

/// What somebody else wrote between the look and the write is not overwritten.
void TestIdmDeploy::aSecondAdministratorWins()
{
    open(ConnectionKind::Sandbox, WriteMode::Free);
    editFile(permitsPointer, 7);
    QJsonObject theirs = m_rig->deployed(m_id);
    theirs.insert(u"displayName"_s, u"Theirs"_s);
    QVERIFY(m_rig->writeElsewhere(m_id, theirs));

    click(button(u"deploy"_s));
    QTRY_VERIFY_WITH_TIMEOUT(says(u"Somebody else has written"_s), 20'000);
    QVERIFY(permits() != 7);
    // The comparison has their value now.
    QTRY_VERIFY(tab()->plan());
    auto *since = tab()->findChild<PlanView *>()->since();
    QVERIFY(since->topLevelItem(0)->text(0).contains(u"never deployed"_s));
    QVERIFY(!tab()
                 ->findChild<PlanView *>()
                 ->changes()
                 ->findItems(u"/displayName"_s, Qt::MatchExactly)
                 .isEmpty());
}

void TestIdmDeploy::readOnlyDeploysNothing()
{
    open(ConnectionKind::Sandbox, WriteMode::ReadOnly);
    editFile(permitsPointer, 7);
    QVERIFY(!button(u"deploy"_s)->isEnabled());
    QVERIFY(button(u"deploy"_s)->toolTip().contains(u"read-only"_s));
}

void TestIdmDeploy::productionWantsItsLabel()
{
    open(ConnectionKind::Production, WriteMode::Confirm);
    editFile(permitsPointer, 8);
    click(button(u"deploy"_s));
    QTRY_VERIFY(tab()->findChild<WriteQuestionDialog *>());
    auto *question = tab()->findChild<WriteQuestionDialog *>();
    QVERIFY(!question->findChild<QPushButton *>(u"go"_s)->isEnabled());
    agree(u"Test & more"_s);
    QTRY_VERIFY_WITH_TIMEOUT(says(u"is active"_s), 20'000);
    QCOMPARE(permits(), 8);
}

void TestIdmDeploy::unsavedEditsAreSavedFirst()
{
    open(ConnectionKind::Sandbox, WriteMode::Confirm);
    QVERIFY(document()->setValue(permitsPointer, 9, u"test"_s));
    QTRY_VERIFY(says(u"unsaved edits"_s));
    QVERIFY(!button(u"deploy"_s)->isEnabled());
    const QList<MessageBar *> bars = tab()->findChildren<MessageBar *>();
    for (MessageBar *bar : bars) {
        if (bar->isVisible())
            click(bar->findChild<QPushButton *>(nameOf(Choice::WriteFile)));
    }
    QVERIFY(!document()->isModified());
    QTRY_VERIFY(button(u"deploy"_s)->isEnabled());
}

/// A community server would take it, and its test of all connectors would break.
void TestIdmDeploy::obstaclesAreSaid()
{
    open(ConnectionKind::Sandbox, WriteMode::Free);
    QVERIFY(document()->removeValue(u"/name"_s, u"test"_s));
    QVERIFY(document()->save(true));
    QTRY_VERIFY(tab()->plan() && !tab()->plan()->obstacles.isEmpty());
    QVERIFY(!button(u"deploy"_s)->isEnabled());
    QVERIFY(m_rig->find<WrappedLabel>(u"deploySummary"_s)->text().contains(u"must not"_s));
    auto *view = tab()->findChild<PlanView *>();
    QCOMPARE(view->currentWidget(), view->checks());
}

void TestIdmDeploy::takesTheServersValues()
{
    open(ConnectionKind::Sandbox, WriteMode::Confirm);
    const int there = permits();
    editFile(permitsPointer, there + 1);
    const QByteArray before = document()->bytes();
    const QJsonValue secret = document()->value(u"/configurationProperties/clientSecret"_s);
    click(button(u"takeServers"_s));
    QCOMPARE(document()->value(permitsPointer).toVariant().toInt(), there);
    QCOMPARE(document()->value(u"/configurationProperties/clientSecret"_s), secret);
    document()->undo();
    QCOMPARE(document()->bytes(), before);
}

void TestIdmDeploy::savesTheServersAsANewFile()
{
    open(ConnectionKind::Sandbox, WriteMode::ReadOnly);
    const QString path = m_rig->folder.filePath(u"provisioner.openicf-new.json"_s);
    QTRY_VERIFY(button(u"saveServers"_s)->isEnabled());
    QVERIFY(tab()->saveServersAs(path));
    const auto read = readFile(path, 1 << 20);
    QVERIFY(read);
    QCOMPARE(JsonText(*read).valueOf(0).toObject(), m_rig->deployed(m_id));
    QCOMPARE(QFile::permissions(path) & (QFile::ReadGroup | QFile::ReadOther),
             QFile::Permissions());
}

void TestIdmDeploy::theJournalTakesItBack()
{
    open(ConnectionKind::Sandbox, WriteMode::Confirm);
    const int before = permits();
    deployPermits(before + 5);
    const QList<MessageBar *> bars = tab()->findChildren<MessageBar *>();
    for (MessageBar *bar : bars) {
        if (auto *show = bar->findChild<QPushButton *>(nameOf(Choice::ShowJournal)))
            click(show);
    }
    auto *journal = qobject_cast<JournalPage *>(m_rig->window->page(PageId::Journal));
    QTRY_VERIFY(journal->isVisible());
    const auto cell = [journal](int column) {
        return journal->rows()->model()->index(0, column).data().toString();
    };
    QTRY_COMPARE(cell(JournalRowsModel::PropertyColumn), permitsPointer);
    QCOMPARE(cell(JournalRowsModel::RecordColumn), m_id);
    QVERIFY(cell(JournalRowsModel::BeforeColumn).contains(QString::number(before)));
    QCOMPARE(cell(JournalRowsModel::AfterColumn), QString::number(before + 5));
    const QModelIndex run = journal->runs()->currentIndex();
    QCOMPARE(run.siblingAtColumn(JournalRunsModel::ConnectionColumn).data().toString(),
             u"Test & more"_s);

    click(journal->findChild<QPushButton *>(u"revertRun"_s));
    QTRY_VERIFY(journal->findChild<WriteQuestionDialog *>());
    click(journal->findChild<WriteQuestionDialog *>()->findChild<QPushButton *>(u"go"_s));
    QTRY_COMPARE(permits(), before);
    QTRY_COMPARE(journal->runs()->model()->rowCount(), 2);
}

void TestIdmDeploy::serversValuesKeepTheLayout_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("server");
    QTest::addColumn<QByteArray>("expected");
    const QByteArray same = "{\n  // mine\n  \"b\": 1,   \"a\": [1,2]\n}\n";
    QTest::newRow("same") << same << QByteArray(R"({"a": [1, 2], "b": 1.0})") << same;
    QTest::newRow("one value") << same << QByteArray(R"({"a": [1, 2], "b": 5})")
                               << QByteArray("{\n  // mine\n  \"b\": 5,   \"a\": [1,2]\n}\n");
    QTest::newRow("encrypted stays")
        << QByteArray(R"({"p": {"s": "mine", "x": 1}})")
        << QByteArray(R"({"p": {"s": {"$crypto": {"value": {}}}, "x": 2}})")
        << QByteArray(R"({"p": {"s": "mine", "x": 2}})");
    QTest::newRow("members of export tools")
        << QByteArray(R"({"_id": "x", "a": 1})") << QByteArray(R"({"a": 1})")
        << QByteArray(R"({"_id": "x", "a": 1})");
    QTest::newRow("a slash in a key")
        << QByteArray(R"({"a/b": {"c~d": 1}})") << QByteArray(R"({"a/b": {"c~d": 2}})")
        << QByteArray(R"({"a/b": {"c~d": 2}})");
}

void TestIdmDeploy::serversValuesKeepTheLayout()
{
    QFETCH(QByteArray, file);
    QFETCH(QByteArray, server);
    QFETCH(QByteArray, expected);
    const ConfigObject object {u"provisioner.openicf/x"_s,
                               QJsonDocument::fromJson(server).object()};
    const auto taken = withServersValues(file, object);
    QVERIFY(taken);
    QCOMPARE(*taken, expected);
    QVERIFY(!withServersValues("{", object));
}

void TestIdmDeploy::filesFindTheirConfiguration_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QString>("expected");
    QTest::newRow("by its file") << u"/a/provisioner.openicf-one.json"_s << QByteArray("{}")
                                 << u"provisioner.openicf/one"_s;
    QTest::newRow("by its file first")
        << u"/a/provisioner.openicf-one.json"_s << QByteArray(R"({"name": "second"})")
        << u"provisioner.openicf/one"_s;
    QTest::newRow("by its name") << u"/a/mine.json"_s << QByteArray(R"({"name": "second"})")
                                 << u"provisioner.openicf/two"_s;
    QTest::newRow("new") << u"/a/mine.json"_s << QByteArray(R"({"name": "third"})")
                         << u"provisioner.openicf/mine"_s;
}

void TestIdmDeploy::filesFindTheirConfiguration()
{
    QFETCH(QString, path);
    QFETCH(QByteArray, file);
    QFETCH(QString, expected);
    const QList<ConfigObject> there {{u"provisioner.openicf/one"_s, {{u"name"_s, u"first"_s}}},
                                     {u"provisioner.openicf/two"_s, {{u"name"_s, u"second"_s}}}};
    QCOMPARE(configIdOn(there, path, JsonText(file)), expected);
}

HUBKEEPER_WINDOW_TEST(TestIdmDeploy)
#include "tst_idmdeploy.moc"
