// SPDX-License-Identifier: MIT
#include "idm/deploy/deploytab.h"
#include "idm/mappings/mappingsview.h"
#include "idm/mappings/writemappingdialog.h"
#include "idm/preview/previewtab.h"
#include "idm/run/runtab.h"
#include "idm/servers/writequestion.h"
#include "idm/status/statustab.h"
#include "idmrig.h"
#include "journal/journalpage.h"
#include "practice/idm/state/idmstate.h"
#include "provisioner/document/document.h"
#include "session/idm/deploy.h"
#include "session/idm/linkrepair.h"
#include "testkit/storymapping.h"
#include "testkit/windowtest.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

/// From a file to an active connector, and on to a reconciliation, through the window: one story on
/// a fresh server. Each step goes on where the one before ended.
class TestIdmStory final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init() { failOnUnexpectedWarnings(); }
    void cleanupTestCase() { m_rig.reset(); }
    void aServerWithoutTheBundle();
    void withTheBundleButAWrongSecret();
    void deployed();
    void aSecondAdministrator();
    void aMapping();
    void aPreviewOverALimit();
    void aRunThatIsCompared();
    void aLinkThatIsPutBack();
    void rolledBack();

private:
    template <typename Tab>
    [[nodiscard]] Tab *tab() const
    {
        return m_rig->page()->findChild<Tab *>();
    }
    [[nodiscard]] Document *document() const
    {
        return m_rig->window->page(PageId::Configuration)->document();
    }
    void setBundle(bool isThere) const;
    void save(const QString &pointer, const QJsonValue &value) const;
    [[nodiscard]] static bool says(const QWidget *tab, const QString &text);
    static void agree(QWidget *asker);
    [[nodiscard]] JournalPage *showJournal() const;
    /// Presses Revert Run.
    void revert(int run) const;
    /// Compares and presses Deploy.
    void deploy() const;

    std::unique_ptr<IdmRig> m_rig;
    QJsonValue m_secret;
};

namespace {

const auto storyConnector = u"provisioner.openicf/hubspot"_s;
const auto storySecret = u"/configurationProperties/clientSecret"_s;
const auto storyPermits = u"/configurationProperties/permitsPerSecond"_s;

} // namespace

void TestIdmStory::initTestCase()
{
    m_rig = std::make_unique<IdmRig>(IdmRig::quickIdm(), -1);
    setBundle(false);
    const Server server = m_rig->addServer(ConnectionKind::Sandbox, WriteMode::Confirm);
    QVERIFY(m_rig->openServer(server.id));
    m_secret = document()->value(storySecret);
    QVERIFY(!m_secret.toString().isEmpty());
}

void TestIdmStory::setBundle(bool isThere) const
{
    m_rig->idm.inServer([isThere](practice::PracticeIdm &idm) {
        idm.state().systems.setPresent(u"org.forgerock.openicf.connectors.hubspot-connector"_s,
                                       isThere);
    });
}

void TestIdmStory::save(const QString &pointer, const QJsonValue &value) const
{
    QVERIFY(document()->setValue(pointer, value, u"story"_s));
    QVERIFY(document()->save(true));
}

bool TestIdmStory::says(const QWidget *tab, const QString &text)
{
    const QList<MessageBar *> bars = tab->findChildren<MessageBar *>();
    return std::any_of(bars.begin(), bars.end(), [&](const MessageBar *bar) {
        return bar->isVisible() && wholeText(bar).contains(text);
    });
}

void TestIdmStory::agree(QWidget *asker)
{
    QTRY_VERIFY(asker->findChild<WriteQuestionDialog *>());
    click(asker->findChild<WriteQuestionDialog *>()->findChild<QPushButton *>(u"go"_s));
}

void TestIdmStory::deploy() const
{
    m_rig->page()->showTab(tab<DeployTab>());
    tab<DeployTab>()->compare();
    auto *button = m_rig->find<QPushButton>(u"deploy"_s);
    QTRY_VERIFY_WITH_TIMEOUT(tab<DeployTab>()->plan() && button->isEnabled(), 20'000);
    click(button);
    agree(tab<DeployTab>());
}

void TestIdmStory::aServerWithoutTheBundle()
{
    m_rig->page()->showTab(tab<StatusTab>());
    tab<StatusTab>()->look();
    QTRY_VERIFY_WITH_TIMEOUT(tab<StatusTab>()->status()
                                 && tab<StatusTab>()->status()->state
                                     == ConnectorStatus::State::NoBundle,
                             20'000);
    m_rig->page()->showTab(tab<DeployTab>());
    QTRY_VERIFY(tab<DeployTab>()->plan());
    QVERIFY(!m_rig->find<QPushButton>(u"deploy"_s)->isEnabled());
}

void TestIdmStory::withTheBundleButAWrongSecret()
{
    setBundle(true);
    save(storySecret, u"not the secret"_s);
    deploy();
    QTRY_VERIFY_WITH_TIMEOUT(says(tab<DeployTab>(), u"client secret"_s), 20'000);
    QVERIFY(m_rig->deployed(storyConnector).isEmpty()); // The server tested it and has not got it.
}

void TestIdmStory::deployed()
{
    save(storySecret, m_secret);
    deploy();
    QTRY_VERIFY_WITH_TIMEOUT(says(tab<DeployTab>(), u"is active"_s), 20'000);
    m_rig->page()->showTab(tab<StatusTab>());
    tab<StatusTab>()->look();
    QTRY_VERIFY_WITH_TIMEOUT(tab<StatusTab>()->status()
                                 && tab<StatusTab>()->status()->state
                                     == ConnectorStatus::State::Active,
                             20'000);
}

void TestIdmStory::aSecondAdministrator()
{
    save(storyPermits, 7);
    m_rig->page()->showTab(tab<DeployTab>());
    tab<DeployTab>()->compare();
    auto *button = m_rig->find<QPushButton>(u"deploy"_s);
    QTRY_VERIFY(tab<DeployTab>()->plan() && button->isEnabled());
    QJsonObject theirs = m_rig->deployed(storyConnector);
    theirs.insert(u"displayName"_s, u"Theirs"_s);
    QVERIFY(m_rig->writeElsewhere(storyConnector, theirs));
    click(button);
    agree(tab<DeployTab>());
    QTRY_VERIFY_WITH_TIMEOUT(says(tab<DeployTab>(), u"Somebody else has written"_s), 20'000);
    QCOMPARE(m_rig->deployed(storyConnector).value("displayName"_L1).toString(), u"Theirs"_s);
}

void TestIdmStory::aMapping()
{
    const QString path = m_rig->folder.filePath(u"mapping-contacts_users.json"_s);
    QFile file(path);
    QVERIFY(file.open(QFile::WriteOnly)
            && file.write(storyMappingFile()) == storyMappingFile().size());
    file.close();
    auto *mappings = tab<MappingsView>();
    m_rig->page()->showTab(mappings);
    mappings->openFile(path);
    QTRY_COMPARE(mappings->selectedMapping(), u"contacts_users"_s);
    mappings->write();
    QTRY_VERIFY_WITH_TIMEOUT(mappings->findChild<WriteMappingDialog *>(), 20'000);
    click(mappings->findChild<WriteMappingDialog *>()->findChild<QPushButton *>(
        u"writeMappingNow"_s));
    QTRY_VERIFY_WITH_TIMEOUT(says(mappings, u"is written"_s), 20'000);
}

void TestIdmStory::aPreviewOverALimit()
{
    auto *preview = tab<PreviewTab>();
    m_rig->page()->showTab(preview);
    auto *mapping = m_rig->find<QComboBox>(u"previewMapping"_s);
    QTRY_VERIFY_WITH_TIMEOUT(mapping->findText(u"contacts_users"_s) >= 0, 20'000);
    m_rig->find<QLineEdit>(u"previewMostCreates"_s)->setText(u"5"_s);
    preview->run();
    QTRY_VERIFY_WITH_TIMEOUT(preview->outcome() != nullptr, 30'000);
    QVERIFY(preview->outcome()->result.complete);
    const auto *limits = m_rig->find<MessageBar>(u"previewLimits"_s);
    QTRY_VERIFY(limits->isVisible());
    QVERIFY2(wholeText(limits).contains(u"more than 5"_s), qPrintable(wholeText(limits)));

    auto *run = tab<RunTab>();
    m_rig->page()->showTab(run);
    QTRY_VERIFY(m_rig->find<QComboBox>(u"runMapping"_s)->findText(u"contacts_users"_s) >= 0);
    click(m_rig->find<QPushButton>(u"usePreview"_s));
    QTRY_VERIFY(m_rig->find<QPushButton>(u"noPreview"_s)->isEnabled());
    m_rig->find<QLineEdit>(u"runMostCreates"_s)->setText(u"5"_s);
    click(m_rig->find<QPushButton>(u"startRun"_s));
    const auto *messages = m_rig->find<MessageBar>(u"runMessages"_s);
    QTRY_VERIFY(messages->isVisible()); // Refused, and not asked.
    QVERIFY2(wholeText(messages).contains(u"more than 5"_s), qPrintable(wholeText(messages)));
    QVERIFY(!run->findChild<WriteQuestionDialog *>());
}

void TestIdmStory::aRunThatIsCompared()
{
    auto *run = tab<RunTab>();
    m_rig->find<QLineEdit>(u"runMostCreates"_s)->setText(u"500"_s);
    click(m_rig->find<QPushButton>(u"startRun"_s));
    agree(run);
    auto *summary = m_rig->find<QLabel>(u"runSummary"_s);
    QTRY_VERIFY_WITH_TIMEOUT(summary->text().contains(u"as the preview said"_s)
                                 || summary->text().contains(u"otherwise"_s),
                             60'000);
    QVERIFY2(!summary->text().contains(u"otherwise"_s), qPrintable(summary->text()));
}

JournalPage *TestIdmStory::showJournal() const
{
    m_rig->window->showPlace({PageId::Journal, {}});
    return m_rig->WindowRig::page<JournalPage>(PageId::Journal);
}

/// Newest first. The rows of another run are read before anything can be reverted.
void TestIdmStory::revert(int run) const
{
    JournalPage *journal = showJournal();
    journal->runs()->setCurrentIndex(journal->runs()->model()->index(run, 0));
    click(journal->findChild<QPushButton *>(u"revertRun"_s));
}

/// Deletes a link, as the repair of links does.
void TestIdmStory::aLinkThatIsPutBack()
{
    CurrentServer &server = m_rig->server();
    QObject context;
    const auto links = [&] {
        const auto read =
            outcomeOf(readLinks(server.session()->client(), u"contacts_users"_s, &context));
        return read && *read ? **read : QList<ServerLink>();
    };
    const QList<ServerLink> before = links();
    QVERIFY(before.size() > 5);
    LinkPlan plan {server.server()->id, server.server()->label, u"contacts_users"_s, {}};
    plan.links.append({before.first(), LinkFault::SourceGone, {}});
    const auto journal = outcomeOf(openJournal(server.services(), &context));
    QVERIFY(journal && *journal);
    const auto report = outcomeOf(repairLinks(*server.session(), server.services(), **journal, plan,
                                              u"story"_s, {}, &context));
    QVERIFY(report && *report);
    QCOMPARE(links().size(), before.size() - 1);

    const auto boxes = showJournal()->findChildren<QCheckBox *>();
    QCOMPARE(boxes.size(), 1); // The runs of all connections, servers' among them.
    click(boxes.first());
    QTRY_COMPARE(showJournal()->runs()->model()->rowCount(), 4);
    revert(0);
    agree(showJournal());
    QTRY_COMPARE(links().size(), before.size());
}

/// A reconciliation cannot be taken back, the mapping can.
void TestIdmStory::rolledBack()
{
    const auto mappings = [this] {
        return m_rig->deployed(u"sync"_s).value("mappings"_L1).toArray().size();
    };
    QCOMPARE(mappings(), 1);
    QTRY_COMPARE(showJournal()->runs()->model()->rowCount(), 5);
    revert(2);
    QTRY_VERIFY(says(showJournal(), u"is a reconciliation"_s));
    QCOMPARE(showJournal()->runs()->model()->rowCount(), 5);
    revert(3);
    agree(showJournal());
    QTRY_COMPARE(mappings(), 0);
}

HUBKEEPER_WINDOW_TEST(TestIdmStory)
#include "tst_idmstory.moc"
