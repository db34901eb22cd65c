// SPDX-License-Identifier: MIT
#include "base/savefile.h"
#include "idm/run/entrymodel.h"
#include "idm/run/runtab.h"
#include "idm/servers/writequestion.h"
#include "idmrig.h"
#include "session/idm/deploy.h"
#include "testkit/windowtest.h"
#include "widgets/callbar.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QComboBox>
#include <QJsonDocument>
#include <QLineEdit>
#include <QMenuBar>
#include <QSpinBox>
#include <QTreeView>
#include <QTreeWidget>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

/// The tab Run: earlier runs, start, watching, cancelling, what came, export.
class TestIdmRun final : public QObject
{
    Q_OBJECT

private slots:
    void init() { failOnUnexpectedWarnings(); }
    void cleanup() { m_rig.reset(); }
    void nothingHasRunYet();
    void startsAndShowsWhatFailed();
    void readOnlyStartsNothing();
    void productionWantsItsLabel();
    void cancelsARun();
    void watchingEndsAndTheRunGoesOn();
    void aRunUnderWayIsSaid();
    void anotherServerDoesNotEndIt();
    void onlySomeObjects();
    void isHeldAgainstAPreview();
    void anotherPreviewIsRefused();
    void exportsWithItsEndingOnly();
    void fitsAndHasNamesAndKeys();

private:
    void open(ConnectionKind kind, WriteMode mode, std::chrono::milliseconds pause = {});
    [[nodiscard]] RunTab *tab() { return m_rig->page()->findChild<RunTab *>(); }
    [[nodiscard]] QPushButton *button(const QString &name)
    {
        return m_rig->find<QPushButton>(name);
    }
    [[nodiscard]] QTreeWidget *runs() { return m_rig->find<QTreeWidget>(u"serverRuns"_s); }
    [[nodiscard]] QAbstractItemModel *entries()
    {
        return m_rig->find<QTreeView>(u"runEntries"_s)->model();
    }
    [[nodiscard]] QComboBox *choice() { return m_rig->find<QComboBox>(u"runChoice"_s); }
    [[nodiscard]] QString summary() { return m_rig->find<QLabel>(u"runSummary"_s)->text(); }
    [[nodiscard]] QString live() { return m_rig->find<QLabel>(u"runLive"_s)->text(); }
    [[nodiscard]] bool says(const QString &text);
    void agree(const QString &label = {});
    void runOnce();
    [[nodiscard]] QString startElsewhere();
    [[nodiscard]] QList<ServerRun> onServer();
    [[nodiscard]] std::shared_ptr<Journal> journal();
    [[nodiscard]] QString noted();
    [[nodiscard]] CallBar *barOf(const QString &what);
    [[nodiscard]] QString exported(const QString &name);

    const QString m_mapping = u"managedUser_hubspotContactByMail"_s;
    std::unique_ptr<IdmRig> m_rig;
};

void TestIdmRun::open(ConnectionKind kind, WriteMode mode, std::chrono::milliseconds pause)
{
    practice::IdmOptions options = IdmRig::quickIdm();
    options.reconPause = pause;
    m_rig = std::make_unique<IdmRig>(options);
    const Server server = m_rig->addServer(kind, mode);
    QVERIFY(m_rig->openServer(server.id));
    m_rig->page()->showTab(tab());
    auto *mapping = m_rig->find<QComboBox>(u"runMapping"_s);
    QTRY_VERIFY(mapping->findText(m_mapping) >= 0);
    mapping->setCurrentText(m_mapping);
    QTRY_VERIFY(summary().contains(u"remembers no run"_s));
}

bool TestIdmRun::says(const QString &text)
{
    const auto *bar = m_rig->find<MessageBar>(u"runMessages"_s);
    return bar->isVisible() && wholeText(bar).contains(text);
}

void TestIdmRun::agree(const QString &label)
{
    QTRY_VERIFY(tab()->findChild<WriteQuestionDialog *>());
    auto *question = tab()->findChild<WriteQuestionDialog *>();
    if (!label.isEmpty())
        QTest::keyClicks(question->findChild<QLineEdit *>(u"label"_s), label);
    click(question->findChild<QPushButton *>(u"go"_s));
}

/// A whole run on a server that asks nothing.
void TestIdmRun::runOnce()
{
    click(button(u"startRun"_s));
    QTRY_VERIFY_WITH_TIMEOUT(says(u"had failures"_s), 30'000);
    QTRY_VERIFY(button(u"exportEntries"_s)->isEnabled());
}

std::shared_ptr<Journal> TestIdmRun::journal()
{
    QObject context;
    return **outcomeOf(openJournal(m_rig->server().services(), &context));
}

/// What a second administrator starts.
QString TestIdmRun::startElsewhere()
{
    QObject context;
    ReconOrder order;
    order.mapping = m_mapping;
    const auto started = outcomeOf(startRun(*m_rig->server().session(), m_rig->server().services(),
                                            journal(), order, {}, &context));
    return started && *started ? (*started)->id : QString();
}

QList<ServerRun> TestIdmRun::onServer()
{
    QObject context;
    return **outcomeOf(readServerRuns(m_rig->server().session()->client(), &context));
}

/// What the journal says of the last run.
QString TestIdmRun::noted()
{
    const auto kept = journal();
    const auto rows = kept->rows(kept->runs()->first().id);
    return rows && !rows->isEmpty() ? rows->first().message : QString();
}

CallBar *TestIdmRun::barOf(const QString &what)
{
    const QList<CallBar *> bars = tab()->findChildren<CallBar *>();
    const auto bar = std::find_if(bars.begin(), bars.end(), [&what](const CallBar *one) {
        return one->text().startsWith(what);
    });
    return bar == bars.end() ? nullptr : *bar;
}

QString TestIdmRun::exported(const QString &name)
{
    const QString path = m_rig->folder.filePath(name);
    tab()->exportAs(path);
    return QTest::qWaitFor([this] { return says(u"entries are in the file"_s); }, 10'000)
        ? path
        : QString();
}

void TestIdmRun::nothingHasRunYet()
{
    open(ConnectionKind::Sandbox, WriteMode::Confirm);
    QCOMPARE(runs()->topLevelItemCount(), 0);
    for (const QString &name : {u"watchRun"_s, u"cancelRun"_s, u"exportEntries"_s, u"noPreview"_s})
        QVERIFY2(!button(name)->isEnabled(), qPrintable(name));
    QVERIFY(button(u"startRun"_s)->isEnabled());
    QTest::keyClicks(m_rig->find<QLineEdit>(u"runIds"_s), u"a b, c"_s);
    QCOMPARE(tab()->command(),
             u"hubkeeper-cli idm recon "_s + m_mapping
                 + u" --server 'Test & more' --ids 'a b,c' --patience 600"_s);
    m_rig->server().close();
    QVERIFY(!button(u"startRun"_s)->isEnabled());
    QVERIFY(!button(u"refreshRuns"_s)->isEnabled());
}

void TestIdmRun::startsAndShowsWhatFailed()
{
    open(ConnectionKind::Sandbox, WriteMode::Confirm, std::chrono::milliseconds(20));
    const QAbstractItemModelTester tester(entries(),
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    QTest::keyClicks(m_rig->find<QLineEdit>(u"runNote"_s), u"To see it"_s);
    click(button(u"startRun"_s));
    QVERIFY(onServer().isEmpty()); // Nothing before the answer.
    agree();
    QTRY_VERIFY_WITH_TIMEOUT(live().contains(u" of "_s), 10'000); // The server's words.
    QVERIFY(!button(u"startRun"_s)->isEnabled());
    QTRY_VERIFY_WITH_TIMEOUT(says(u"had failures"_s), 30'000);
    QVERIFY(live().isEmpty());

    // The server says SUCCESS, and counts an EXCEPTION as one.
    const QList<ServerRun> there = onServer();
    QCOMPARE(there.size(), 1);
    QCOMPARE(there.first().state, ServerRunState::Success);
    QVERIFY(summary().contains(u"SUCCESS all the same"_s));
    QCOMPARE(runs()->topLevelItemCount(), 1);
    const QTreeWidgetItem *row = runs()->topLevelItem(0);
    QCOMPARE(row->text(1), m_mapping);
    QCOMPARE(row->text(2), u"failed"_s);
    QCOMPARE(row->text(3).toLongLong(), there.first().successes + there.first().failures);
    const qint64 failures = row->text(4).toLongLong();
    QVERIFY(failures > there.first().failures);
    QVERIFY(m_rig->find<QTreeWidget>(u"runTally"_s)->topLevelItemCount() >= 8);
    QCOMPARE(entries()->rowCount(), row->text(3).toInt());
    choice()->setCurrentIndex(1);
    QCOMPARE(entries()->rowCount(), failures);
    for (int at = 0; at < entries()->rowCount(); ++at)
        QCOMPARE(entries()->index(at, EntryModel::ResultColumn).data().toString(), u"failed"_s);

    const JournalRun kept = journal()->runs()->first();
    QCOMPARE(kept.state(), RunState::Ended);
    QCOMPARE(kept.note, u"To see it"_s);
    QVERIFY2(noted().contains(u"SUCCESS"_s) && noted().contains(u"failed"_s), qPrintable(noted()));
}

void TestIdmRun::readOnlyStartsNothing()
{
    open(ConnectionKind::Sandbox, WriteMode::ReadOnly);
    QVERIFY(!button(u"startRun"_s)->isEnabled());
    QVERIFY(button(u"startRun"_s)->toolTip().contains(u"read-only"_s));
    QVERIFY(button(u"startRun"_s)->toolTip().contains(u"settings"_s));
    // As soon as the settings allow it, so does the tab.
    Server after = *m_rig->server().server();
    after.mode = WriteMode::Confirm;
    QVERIFY(m_rig->server().change(*m_rig->server().server(), after));
    QTRY_VERIFY(button(u"startRun"_s)->isEnabled());
}

void TestIdmRun::productionWantsItsLabel()
{
    open(ConnectionKind::Production, WriteMode::Free);
    click(button(u"startRun"_s));
    QTRY_VERIFY(tab()->findChild<WriteQuestionDialog *>());
    auto *question = tab()->findChild<WriteQuestionDialog *>();
    QVERIFY(!question->findChild<QPushButton *>(u"go"_s)->isEnabled());
    QVERIFY(onServer().isEmpty());
    agree(u"Test & more"_s);
    QTRY_VERIFY_WITH_TIMEOUT(says(u"had failures"_s), 30'000);
    QCOMPARE(onServer().size(), 1);
}

void TestIdmRun::cancelsARun()
{
    open(ConnectionKind::Sandbox, WriteMode::Free, std::chrono::milliseconds(200));
    click(button(u"startRun"_s));
    QTRY_VERIFY_WITH_TIMEOUT(button(u"cancelRun"_s)->isEnabled(), 10'000);
    QVERIFY(summary().contains(u"under way"_s));
    QVERIFY(!button(u"exportEntries"_s)->isEnabled());
    click(button(u"cancelRun"_s));
    QTRY_VERIFY_WITH_TIMEOUT(says(u"was cancelled"_s), 30'000);
    QVERIFY(summary().contains(u"cancelled"_s));
    QCOMPARE(runs()->topLevelItem(0)->text(2), u"cancelled"_s);
    QCOMPARE(onServer().first().state, ServerRunState::Canceled);
    QVERIFY(button(u"startRun"_s)->isEnabled());
}

/// Cancel beside the progress ends the watching alone.
void TestIdmRun::watchingEndsAndTheRunGoesOn()
{
    open(ConnectionKind::Sandbox, WriteMode::Free, std::chrono::milliseconds(200));
    click(button(u"startRun"_s));
    QTRY_VERIFY_WITH_TIMEOUT(live().contains(u" of "_s), 10'000);
    CallBar *bar = nullptr;
    QTRY_VERIFY((bar = barOf(u"Running"_s)));
    click(bar->findChild<QPushButton *>(u"cancel"_s));
    QTRY_VERIFY(says(u"goes on on the server"_s));
    QCOMPARE(onServer().first().state, ServerRunState::Active);
    QVERIFY(!button(u"startRun"_s)->isEnabled()); // One of a mapping at a time.

    click(button(u"watchRun"_s));
    QTRY_VERIFY_WITH_TIMEOUT(live().contains(u" of "_s), 10'000);
    click(button(u"cancelRun"_s));
    QTRY_VERIFY_WITH_TIMEOUT(summary().contains(u"cancelled"_s), 30'000);
}

void TestIdmRun::aRunUnderWayIsSaid()
{
    open(ConnectionKind::Sandbox, WriteMode::Free, std::chrono::milliseconds(200));
    const QString id = startElsewhere();
    QVERIFY(!id.isEmpty());
    click(button(u"startRun"_s)); // The tab does not know of it.
    QTRY_VERIFY_WITH_TIMEOUT(says(u"Nothing was started"_s), 10'000);
    QCOMPARE(onServer().size(), 1);
    QTRY_VERIFY(live().contains(id));
    QVERIFY(!button(u"startRun"_s)->isEnabled());
    QVERIFY(button(u"startRun"_s)->toolTip().contains(id));

    runs()->setCurrentItem(runs()->topLevelItem(0));
    QCOMPARE(runs()->currentItem()->text(2), u"under way"_s);
    click(button(u"cancelRun"_s)); // Which watches its end.
    QTRY_VERIFY_WITH_TIMEOUT(summary().contains(u"cancelled"_s), 30'000);
    QTRY_VERIFY(button(u"startRun"_s)->isEnabled());
}

void TestIdmRun::anotherServerDoesNotEndIt()
{
    open(ConnectionKind::Sandbox, WriteMode::Free, std::chrono::milliseconds(50));
    const QString server = m_rig->server().server()->id;
    click(button(u"startRun"_s));
    QTRY_VERIFY_WITH_TIMEOUT(live().contains(u" of "_s), 10'000);
    m_rig->server().close();
    QCOMPARE(runs()->topLevelItemCount(), 0);
    QVERIFY(live().isEmpty());
    m_rig->server().open(server);
    QTRY_COMPARE_WITH_TIMEOUT(runs()->topLevelItemCount(), 1, 10'000);
    // What it came to is noted all the same.
    QTRY_VERIFY_WITH_TIMEOUT(noted().contains(u"SUCCESS"_s), 60'000);
    click(button(u"refreshRuns"_s));
    QTRY_VERIFY(runs()->topLevelItem(0)->text(2) != u"under way"_s);
    runs()->setCurrentItem(runs()->topLevelItem(0));
    QTRY_VERIFY(entries()->rowCount() > 0);
}

void TestIdmRun::onlySomeObjects()
{
    open(ConnectionKind::Sandbox, WriteMode::Free);
    runOnce();
    QStringList ids;
    for (int row = 0; row < entries()->rowCount() && ids.size() < 2; ++row) {
        const QString source = entries()->index(row, EntryModel::SourceColumn).data().toString();
        const QString result = entries()->index(row, EntryModel::ResultColumn).data().toString();
        if (!source.isEmpty() && result == "done"_L1)
            ids.append(source.section(u'/', -1));
    }
    QCOMPARE(ids.size(), 2);
    QTest::keyClicks(m_rig->find<QLineEdit>(u"runIds"_s), ids.join(u", "_s));
    click(button(u"startRun"_s));
    QTRY_VERIFY_WITH_TIMEOUT(says(u"2 run(s) came to the end, and nothing failed"_s), 30'000);
    QCOMPARE(runs()->topLevelItemCount(), 3);
    QCOMPARE(entries()->rowCount(), 1);
    QCOMPARE(runs()->currentItem()->text(2), u"finished"_s);
}

void TestIdmRun::isHeldAgainstAPreview()
{
    open(ConnectionKind::Sandbox, WriteMode::Free);
    runOnce();
    const QString path = exported(u"entries.jsonl"_s);
    QVERIFY(!path.isEmpty());
    QJsonArray predicted;
    const QList<QByteArray> lines = readFile(path, 1 << 24)->split('\n');
    for (const QByteArray &line : lines) {
        if (!line.isEmpty())
            predicted.append(QJsonDocument::fromJson(line).object());
    }
    QCOMPARE(predicted.size(), entries()->rowCount());
    predicted.removeLast(); // Came, and was not predicted.
    QJsonObject other = predicted.first().toObject();
    other.insert(u"sourceObjectId"_s, u"managed/user/nobody"_s);
    other.insert(u"reconciling"_s, u"source"_s);
    predicted.append(other); // Was predicted, and did not come.
    const QString preview = m_rig->folder.filePath(u"preview.json"_s);
    const QJsonObject json {{u"mapping"_s, m_mapping},
                            {u"complete"_s, true},
                            {u"state"_s, u"SUCCESS"_s},
                            {u"entries"_s, predicted}};
    QVERIFY(saveFile(preview, QJsonDocument(json).toJson(), FileMode::KeepOrPrivate));

    tab()->setPreview(preview);
    QTRY_VERIFY(summary().contains(u"2 object(s) came otherwise"_s));
    QVERIFY(tab()->command().contains(u"--preview "_s));
    choice()->setCurrentIndex(2);
    QCOMPARE(entries()->rowCount(), 2);
    const auto message = [this](int row) {
        return entries()->index(row, EntryModel::MessageColumn).data().toString();
    };
    QVERIFY2(message(0).contains(u"not expected"_s), qPrintable(message(0)));
    QVERIFY2(message(1).contains(u"missing"_s), qPrintable(message(1)));

    click(button(u"noPreview"_s));
    QTRY_VERIFY(!summary().contains(u"otherwise"_s) && entries()->rowCount() > 2);
    QVERIFY(!tab()->command().contains(u"--preview"_s));
}

void TestIdmRun::anotherPreviewIsRefused()
{
    open(ConnectionKind::Sandbox, WriteMode::Free);
    const QString path = m_rig->folder.filePath(u"preview.json"_s);
    QVERIFY(saveFile(path, "{}", FileMode::KeepOrPrivate));
    tab()->setPreview(path);
    QTRY_VERIFY(says(u"not what"_s));
    QVERIFY(saveFile(path, R"({"mapping": "another", "entries": [], "complete": true})",
                     FileMode::KeepOrPrivate));
    tab()->setPreview(path);
    QTRY_VERIFY(button(u"noPreview"_s)->isEnabled());
    click(button(u"startRun"_s));
    QVERIFY(says(u"The preview is of another"_s));
    QVERIFY(onServer().isEmpty());
}

void TestIdmRun::exportsWithItsEndingOnly()
{
    open(ConnectionKind::Sandbox, WriteMode::Free);
    runOnce();
    const int all = entries()->rowCount();
    tab()->exportAs(m_rig->folder.filePath(u"entries.txt"_s));
    QVERIFY(says(u"neither .csv nor .jsonl"_s));
    QVERIFY(!QFile::exists(m_rig->folder.filePath(u"entries.txt"_s)));
    const QString path = exported(u"entries.csv"_s);
    QVERIFY(!path.isEmpty());
    const QByteArray csv = *readFile(path, 1 << 24);
    QCOMPARE(csv.count('\n'), all + 1);
    QVERIFY(csv.startsWith(auditEntryColumns().first().toUtf8()));
    QCOMPARE(QFile::permissions(path) & (QFile::ReadGroup | QFile::ReadOther),
             QFile::Permissions());
}

void TestIdmRun::fitsAndHasNamesAndKeys()
{
    open(ConnectionKind::Sandbox, WriteMode::Free);
    runOnce();
    m_rig->window->resize(1024, 700);
    QTRY_COMPARE(m_rig->window->size(), QSize(1024, 700));
    QHash<QString, QString> keys;
    const auto take = [&keys](const QString &text) {
        const QString key = QKeySequence::mnemonic(text).toString();
        QVERIFY2(key.isEmpty() || !keys.contains(key), qPrintable(keys.value(key) + u'/' + text));
        keys.insert(key, text);
    };
    const QList<QAction *> menus = m_rig->window->menuBar()->actions();
    for (const QAction *menu : menus)
        take(menu->text());
    const QRect inside(QPoint(), m_rig->window->size());
    const QList<QWidget *> widgets = tab()->findChildren<QWidget *>();
    for (const QWidget *widget : widgets) {
        if (!widget->isVisible())
            continue;
        const QString text = widget->property("text").toString();
        if (qobject_cast<const QPushButton *>(widget)
            || (qobject_cast<const QLabel *>(widget)
                && qobject_cast<const QLabel *>(widget)->buddy()))
            take(text);
        const bool isPart = widget->objectName().startsWith(u"qt_"_s)
            || qobject_cast<const QAbstractItemView *>(widget->parentWidget())
            || qobject_cast<const QAbstractSpinBox *>(widget->parentWidget());
        if (widget->focusPolicy() == Qt::NoFocus || isPart)
            continue;
        QVERIFY2(
            inside.contains(QRect(widget->mapTo(m_rig->window.get(), QPoint()), widget->size())),
            qPrintable(widget->objectName()));
        const QString name = QAccessible::queryAccessibleInterface(const_cast<QWidget *>(widget))
                                 ->text(QAccessible::Name);
        QVERIFY2(!name.isEmpty(), qPrintable(widget->objectName()));
    }
}

HUBKEEPER_WINDOW_TEST(TestIdmRun)
#include "tst_idmrun.moc"
