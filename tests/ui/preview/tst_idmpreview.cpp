// SPDX-License-Identifier: MIT
#include "idm/currentserver.h"
#include "idm/preview/previewdetails.h"
#include "idm/preview/previewentries.h"
#include "idm/preview/previewtab.h"
#include "practice/idm/server/idmbesideportal.h"
#include "testkit/testprogram.h"
#include "testkit/warnings.h"
#include "testkit/windowtest.h"
#include "widgets/masking.h"
#include "widgets/messagebar.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QFile>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>
#include <QTreeView>
#include <QTreeWidget>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

/// The portal, running.
practice::PracticeThread &started(practice::PracticeThread &portal)
{
    if (const auto started = portal.start(); !started)
        qFatal("%s", qUtf8Printable(started.error().sentence()));
    return portal;
}

/// The tab alone, over a practice IDM beside a practice portal.
struct Rig
{
    Rig()
        : portal(options())
        , idm(started(portal), {})
        , current({clock, secrets, paths, budgets}, nullptr)
        , tab(current, masking, nullptr)
    {
        if (const auto started = idm.start(20); !started)
            qFatal("%s", qUtf8Printable(started.error().sentence()));
        tab.resize(1000, 640);
        tab.show();
        (void)QTest::qWaitForWindowActive(&tab);
    }

    /// What runs on in the pool may hold files of the folder.
    ~Rig() { QThreadPool::globalInstance()->waitForDone(); }
    Q_DISABLE_COPY_MOVE(Rig)

    [[nodiscard]] static practice::PracticeOptions options()
    {
        practice::PracticeOptions options;
        options.contacts = 60;
        options.companies = 10;
        options.indexDelay = std::chrono::milliseconds(0);
        options.limits = {0, 0, 0, 0, 0};
        return options;
    }

    [[nodiscard]] bool openServer()
    {
        Server server;
        server.label = u"Test & more"_s;
        server.address = *serverAddressFrom(idm.url().toString());
        server.login.userName = u"openidm-admin"_s;
        server.kind = ConnectionKind::Practice;
        const auto added = current.add(server);
        if (!added)
            return false;
        current.openWith(added->id, Secret(QByteArray("openidm-admin")));
        return QTest::qWaitFor([this] { return current.session() != nullptr; }, 10'000);
    }

    template <typename T>
    [[nodiscard]] T *find(const QString &name)
    {
        return tab.findChild<T *>(name);
    }

    QTemporaryDir folder;
    Paths paths = Paths::below(folder.path());
    SystemClock clock;
    MemorySecretStore secrets;
    BudgetRegistry budgets;
    practice::PracticeThread portal;
    practice::IdmBesidePortal idm;
    CurrentServer current;
    Masking masking;
    PreviewTab tab;
};

/// Everything that a message says.
QString saidBy(const MessageBar *bar)
{
    QStringList texts;
    for (const QLabel *label : bar->findChildren<QLabel *>())
        texts.append(label->text());
    return texts.join(u' ');
}

} // namespace

/// The tab that shows what a reconciliation would do.
class TestIdmPreview : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void showsDeletionsFirst();
    void opensARow();
    void masksPersonalData();
    void filters();
    void saysWhatIsOverALimit();
    void worksFromASavedSet();
    void triesAMapping();
    void saysWhatIsWrongWithAFile();

private:
    [[nodiscard]] PreviewTab *tab() { return &m_rig->tab; }
    [[nodiscard]] PreviewEntries *entries() { return tab()->findChild<PreviewEntries *>(); }
    [[nodiscard]] QTreeView *view() { return m_rig->find<QTreeView>(u"previewEntries"_s); }
    void click(const QString &name)
    {
        QTest::mouseClick(m_rig->find<QPushButton>(name), Qt::LeftButton);
    }
    /// Opens the server, chooses the mapping with every situation, reads and computes.
    [[nodiscard]] bool compute();
    [[nodiscard]] bool isListed()
    {
        return QTest::qWaitFor([this] { return listed(); }, 20'000);
    }
    [[nodiscard]] bool listed()
    {
        return tab()->outcome() && entries()->outcome() == tab()->outcome()
            && entries()->rowCount() > 0 && entries()->entry(0).has_value();
    }
    [[nodiscard]] QString cell(int row, PreviewEntries::Column column)
    {
        return entries()->index(row, column).data().toString();
    }

    std::unique_ptr<Rig> m_rig;
};

void TestIdmPreview::init()
{
    failOnUnexpectedWarnings();
    m_rig = std::make_unique<Rig>();
}

void TestIdmPreview::cleanup()
{
    m_rig.reset();
}

bool TestIdmPreview::compute()
{
    if (!m_rig->openServer())
        return false;
    auto *mapping = m_rig->find<QComboBox>(u"previewMapping"_s);
    if (!QTest::qWaitFor([&] { return mapping->count() == 3; }, 10'000))
        return false;
    mapping->setCurrentText(u"managedUser_hubspotContactByMail"_s);
    click(u"previewRun"_s);
    return isListed();
}

void TestIdmPreview::showsDeletionsFirst()
{
    QAbstractItemModelTester tester(entries(),
                                    QAbstractItemModelTester::FailureReportingMode::QtTest);
    QVERIFY(compute());
    QCOMPARE(cell(0, PreviewEntries::ActionColumn), u"DELETE"_s);
    QCOMPARE(qint64(entries()->rowCount()),
             qint64(tab()->outcome()->result.successes + tab()->outcome()->result.failures));
    QVERIFY(m_rig->find<QTreeWidget>(u"previewWarnings"_s)->topLevelItemCount() > 0);
    QVERIFY(tab()->outcome()->countOf(SyncAction::Delete).known > 0);
    const QString command = m_rig->find<QLineEdit>(u"previewCommand"_s)->text();
    QCOMPARE(command,
             u"hubkeeper-cli idm preview --server 'Test & more' --mapping "
             "'managedUser_hubspotContactByMail'"_s);
}

void TestIdmPreview::opensARow()
{
    QVERIFY(compute());
    view()->setFocus();
    QTest::keyClick(view(), Qt::Key_Home);
    auto *details = tab()->findChild<PreviewDetails *>();
    QTRY_VERIFY(details->headline().contains(u"DELETE"_s));
    QTRY_VERIFY(details->target()->toPlainText().contains(u"\"_id\""_s));
    QTRY_COMPARE(details->properties()->topLevelItemCount(), 1);
    QVERIFY(details->properties()->topLevelItem(0)->text(0).contains(u"deleted"_s));
}

void TestIdmPreview::masksPersonalData()
{
    QVERIFY(compute());
    view()->setFocus();
    QTest::keyClick(view(), Qt::Key_Home);
    auto *target = tab()->findChild<PreviewDetails *>()->target();
    QTRY_VERIFY(target->toPlainText().contains(u"\"_id\""_s));
    const auto mail = [target] {
        const QByteArray json = target->toPlainText().toUtf8();
        return QJsonDocument::fromJson(json)["email"_L1].toString();
    };
    const QString before = mail();
    QVERIFY2(before.contains(u'@'), qPrintable(target->toPlainText()));
    m_rig->masking.setOn(true);
    QTRY_VERIFY(!mail().isEmpty() && mail() != before);
    m_rig->masking.setOn(false);
    QTRY_COMPARE(mail(), before);
}

void TestIdmPreview::filters()
{
    QVERIFY(compute());
    const int all = entries()->rowCount();
    auto *action = m_rig->find<QComboBox>(u"previewAction"_s);
    action->setFocus();
    QTest::keyClicks(action, u"CREATE"_s);
    QVERIFY2(action->currentText().startsWith(u"CREATE"_s), qPrintable(action->currentText()));
    QTRY_VERIFY(entries()->rowCount() > 0 && entries()->rowCount() < all);
    QTRY_COMPARE(cell(0, PreviewEntries::ActionColumn), u"CREATE"_s);
    action->setCurrentIndex(0);
    auto *text = m_rig->find<QLineEdit>(u"previewText"_s);
    text->setFocus();
    QTest::keyClicks(text, u"no such id"_s);
    QTRY_COMPARE(entries()->rowCount(), 0);
    text->clear();
    QTRY_COMPARE(entries()->rowCount(), all);
}

void TestIdmPreview::saysWhatIsOverALimit()
{
    QVERIFY(compute());
    auto *limits = m_rig->find<MessageBar>(u"previewLimits"_s);
    auto *deletes = m_rig->find<QLineEdit>(u"previewMostDeletes"_s);
    deletes->setFocus();
    QTest::keyClicks(deletes, u"0"_s);
    QVERIFY2(saidBy(limits).contains(u"more than 0"_s), qPrintable(saidBy(limits)));
    QVERIFY(tab()->command().endsWith(u"--max-delete '0'"_s));
    deletes->selectAll();
    QTest::keyClicks(deletes, u"many"_s);
    QVERIFY2(limits->text().contains(u"neither a number"_s), qPrintable(limits->text()));
    deletes->clear();
    QVERIFY(limits->isHidden());
}

/// Saved, opened without a server, exported: the same entries.
void TestIdmPreview::worksFromASavedSet()
{
    QVERIFY(compute());
    QTemporaryDir folder;
    const QString path = folder.filePath(u"set"_s);
    tab()->saveAs(path);
    QTRY_VERIFY(QFile::exists(path));
    const int rows = entries()->rowCount();
    m_rig->current.close();
    const auto before = tab()->outcome();
    QTRY_VERIFY(m_rig->find<QPushButton>(u"previewOpen"_s)->isEnabled());
    tab()->openSaved(path);
    QTRY_VERIFY_WITH_TIMEOUT(tab()->outcome() != before, 20'000);
    QVERIFY(isListed());
    m_rig->find<QComboBox>(u"previewMapping"_s)
        ->setCurrentText(u"managedUser_hubspotContactByMail"_s);
    const auto opened = tab()->outcome();
    click(u"previewAgain"_s);
    QTRY_VERIFY_WITH_TIMEOUT(tab()->outcome() != opened, 20'000);
    QVERIFY(isListed());
    QCOMPARE(entries()->rowCount(), rows);
    QVERIFY(tab()->command().contains(u"--from"_s));

    const QString exported = folder.filePath(u"out.json"_s);
    tab()->exportAs(exported);
    QFile file(exported);
    QTRY_VERIFY(file.exists());
    QVERIFY(file.open(QFile::ReadOnly));
    const QJsonObject json = QJsonDocument::fromJson(file.readAll()).object();
    QCOMPARE(json["entries"_L1].toArray().size(), rows);
}

void TestIdmPreview::triesAMapping()
{
    QVERIFY(compute());
    const auto before = tab()->outcome();
    QVERIFY(before->countOf(SyncAction::Delete).known > 0);
    QJsonObject edited = before->mappings.find(before->mapping)->asWritten;
    QJsonArray policies;
    for (const QJsonValue &value : edited["policies"_L1].toArray()) {
        QJsonObject policy = value.toObject();
        policy.insert(u"action"_s, u"IGNORE"_s);
        policies.append(policy);
    }
    edited.insert(u"policies"_s, policies);
    QTemporaryDir folder;
    QFile file(folder.filePath(u"mapping.json"_s));
    QVERIFY(file.open(QFile::WriteOnly));
    file.write(QJsonDocument(edited).toJson());
    file.close();
    tab()->tryMapping(file.fileName());
    QTRY_VERIFY_WITH_TIMEOUT(tab()->outcome() != before, 20'000);
    QVERIFY(tab()->outcome()->countOf(SyncAction::Delete).known
            < before->countOf(SyncAction::Delete).known);
    QVERIFY(tab()->command().contains(u"--mapping-file"_s));
}

void TestIdmPreview::saysWhatIsWrongWithAFile()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(u"text"_s));
    QVERIFY(file.open(QFile::WriteOnly));
    file.write("hello");
    file.close();
    tab()->openSaved(file.fileName());
    auto *messages = m_rig->find<MessageBar>(u"previewMessages"_s);
    QTRY_VERIFY2(saidBy(messages).contains(u"another kind of file"_s)
                     || saidBy(messages).contains(u"not JSON"_s),
                 qPrintable(saidBy(messages)));
    QVERIFY(m_rig->find<QPushButton>(u"previewOpen"_s)->isEnabled());
}

HUBKEEPER_WINDOW_TEST(TestIdmPreview)
#include "tst_idmpreview.moc"
