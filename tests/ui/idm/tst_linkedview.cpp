// SPDX-License-Identifier: MIT
#include "idm/links/serverlink.h"
#include "idmrig.h"
#include "records/grid/recordtable.h"
#include "records/inspector/connectoreyeview.h"
#include "records/inspector/inspector.h"
#include "records/recordspage.h"
#include "testkit/windowtest.h"

#include <QTabWidget>
#include <QTreeWidget>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

/// The inspector shows what a record is linked with on the open server.
class TestLinkedView final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_rig.reset(); }
    void withoutAServerItOffersOne();
    void theLinkedObjectIsBesideTheRecord();
    void masksPersonalData();

private:
    /// Shows a contact, which is linked, and the connector's view of it.
    void showContact();
    [[nodiscard]] QString linkedContact();

    std::unique_ptr<IdmRig> m_rig;
    Server m_server;
    Inspector *m_inspector = nullptr;
};

void TestLinkedView::init()
{
    failOnUnexpectedWarnings();
    m_rig = std::make_unique<IdmRig>();
    m_server = m_rig->addServer(ConnectionKind::Sandbox, WriteMode::ReadOnly);
    QVERIFY(m_rig->openPracticeFile());
    auto *page = m_rig->WindowRig::page<RecordsPage>(PageId::Contacts);
    m_inspector = qobject_cast<Inspector *>(page->inspector());
    QVERIFY(m_inspector);
}

QString TestLinkedView::linkedContact()
{
    QObject context;
    const auto links = outcomeOf(readLinks(m_rig->server().session()->client(),
                                           u"managedUser_hubspotContactByMail"_s, &context));
    if (!links || !*links)
        return {};
    for (const ServerLink &link : **links) {
        QJsonObject user = m_rig->object(u"managed/user/"_s + link.firstId.value_or(QString()));
        if (!user.isEmpty() && link.secondId)
            return *link.secondId;
    }
    return {};
}

void TestLinkedView::showContact()
{
    const QString id = linkedContact();
    QVERIFY(!id.isEmpty());
    m_rig->window->showPlace({PageId::Contacts, ItemId {id}});
    QTRY_VERIFY(m_inspector->isVisible());
    m_inspector->tabs()->setCurrentWidget(m_inspector->connectorEye());
}

void TestLinkedView::withoutAServerItOffersOne()
{
    m_rig->window->showPlace({PageId::Contacts, {}});
    QTRY_VERIFY(m_inspector->isVisible());
    m_inspector->showRecord(u"150000000001"_s, u"Jane"_s);
    m_inspector->tabs()->setCurrentWidget(m_inspector->connectorEye());
    auto *button = m_inspector->findChild<QPushButton *>(u"openServers"_s);
    QVERIFY(button);
    QTRY_VERIFY(button->isVisible());
    click(button);
    QTRY_VERIFY(m_rig->page()->isVisible());
}

void TestLinkedView::theLinkedObjectIsBesideTheRecord()
{
    QVERIFY(m_rig->openServer(m_server.id));
    showContact();
    auto *tree = m_inspector->findChild<QTreeWidget *>(u"linkedObjects"_s);
    const auto *text = m_inspector->findChild<QLabel *>(u"linkedText"_s);
    const bool isThere = QTest::qWaitFor(
        [tree] { return tree->isVisible() && tree->topLevelItemCount() > 0; }, 20'000);
    QVERIFY2(isThere, qPrintable(text->text()));
    const QTreeWidgetItem *linked = tree->topLevelItem(0);
    QVERIFY2(linked->text(0).startsWith(u"managed/user/"_s), qPrintable(linked->text(0)));
    QVERIFY(linked->isExpanded());
    bool hasMail = false;
    for (int row = 0; row < linked->childCount(); ++row) {
        const QTreeWidgetItem *line = linked->child(row);
        if (line->text(0) == "email"_L1) {
            hasMail = true;
            QCOMPARE(line->text(2), u"mail"_s);
            QCOMPARE(line->text(1), line->text(3)); // They are linked by it.
            QVERIFY(line->text(3).contains(u'@'));
        }
    }
    QVERIFY(hasMail);
    QVERIFY2(text->text().contains(m_server.label), qPrintable(text->text()));

    m_rig->server().close(); // What is shown is of the open server.
    QTRY_VERIFY(!tree->isVisible());
}

void TestLinkedView::masksPersonalData()
{
    QVERIFY(m_rig->openServer(m_server.id));
    showContact();
    auto *tree = m_inspector->findChild<QTreeWidget *>(u"linkedObjects"_s);
    const auto *text = m_inspector->findChild<QLabel *>(u"linkedText"_s);
    const bool isThere = QTest::qWaitFor(
        [tree] { return tree->isVisible() && tree->topLevelItemCount() > 0; }, 20'000);
    QVERIFY2(isThere, qPrintable(text->text()));
    const auto mail = [tree] {
        const auto found = tree->findItems(u"email"_s, Qt::MatchExactly | Qt::MatchRecursive);
        return found.isEmpty() ? QString() : found.first()->text(3);
    };
    const QString before = mail();
    m_rig->window->masking().setOn(true);
    QTRY_VERIFY(!mail().isEmpty() && mail() != before);
}

HUBKEEPER_WINDOW_TEST(TestLinkedView)
#include "tst_linkedview.moc"
