// SPDX-License-Identifier: MIT
#include "idm/servers/serverconnectors.h"
#include "idm/status/statussteps.h"
#include "idm/status/statustab.h"
#include "idmrig.h"
#include "provisioner/document/document.h"
#include "testkit/windowtest.h"
#include "widgets/teststepview.h"
#include "widgets/wrappedlabel.h"

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

/// The tab Status: how far the connector is, and what to do next.
class TestIdmStatus final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_rig.reset(); }
    void anActiveConnector();
    void aBundleThatIsNotLoaded();
    void whatWasFoundIsReadable();
    void aDisabledOne();
    void looksAgainOnlyWhenAsked();
    void ownStepsAreBesideIt();
    void stepsSayWhereItStops_data();
    void stepsSayWhereItStops();

private:
    [[nodiscard]] StatusTab *tab() { return m_rig->page()->findChild<StatusTab *>(); }
    [[nodiscard]] QString headline()
    {
        return m_rig->find<WrappedLabel>(u"statusHeadline"_s)->text();
    }
    [[nodiscard]] bool isState(ConnectorStatus::State state)
    {
        return tab()->status() && tab()->status()->state == state;
    }

    std::unique_ptr<IdmRig> m_rig;
};

namespace {

const auto hubspot = u"provisioner.openicf/hubspot"_s;

} // namespace

void TestIdmStatus::init()
{
    failOnUnexpectedWarnings();
    m_rig = std::make_unique<IdmRig>();
    const Server server = m_rig->addServer(ConnectionKind::Sandbox, WriteMode::Confirm);
    QVERIFY(m_rig->openServer(server.id));
}

void TestIdmStatus::anActiveConnector()
{
    QVERIFY2(QTest::qWaitFor([this] { return isState(ConnectorStatus::State::Active); }, 20'000),
             qPrintable(headline()));
    QCOMPARE(tab()->status()->id, hubspot);
    QCOMPARE(headline(), u"The connector hubspot is active."_s);
    QVERIFY(!m_rig->find<WrappedLabel>(u"statusNext"_s)->isVisible());
    auto *steps = m_rig->find<QTreeView>(u"serverSteps"_s);
    QCOMPARE(steps->model()->rowCount(), 5);
    QVERIFY(steps->height() > steps->sizeHintForRow(0) * 4);
}

/// Before anything is deployed: the file wants a version that the server does not have.
void TestIdmStatus::aBundleThatIsNotLoaded()
{
    QVERIFY2(QTest::qWaitFor([this] { return isState(ConnectorStatus::State::Active); }, 20'000),
             qPrintable(headline()));
    Document *document = m_rig->window->page(PageId::Configuration)->document();
    QVERIFY(document->setValue(u"/connectorRef/bundleVersion"_s, u"[9.0.0.0,10.0.0.0)"_s, u"x"_s));
    QVERIFY(document->setValue(u"/name"_s, u"elsewhere"_s, u"x"_s));
    const QFileInfo file(document->path());
    QVERIFY(document->saveAs(file.dir().filePath(u"provisioner.openicf-elsewhere.json"_s)));
    QTRY_VERIFY(isState(ConnectorStatus::State::NoBundle));
    QVERIFY(m_rig->find<WrappedLabel>(u"statusNext"_s)->isVisible());
    QVERIFY(m_rig->find<WrappedLabel>(u"statusNext"_s)->text().contains(u"restart"_s));
}

/// All of it, in the smallest window.
void TestIdmStatus::whatWasFoundIsReadable()
{
    m_rig->window->resize(1024, 700);
    QVERIFY2(QTest::qWaitFor([this] { return isState(ConnectorStatus::State::Active); }, 20'000),
             qPrintable(headline()));
    auto *steps = m_rig->find<QTreeView>(u"serverSteps"_s);
    const QModelIndex test = steps->model()->index(4, TestStepModel::Found);
    QVERIFY(test.data().toString().size() > 40); // The object types.
    const auto isWhole = [steps, &test] {
        const QRect cell = steps->visualRect(test);
        const QRect text = steps->fontMetrics().boundingRect(
            QRect(0, 0, cell.width(), QWIDGETSIZE_MAX), Qt::TextWordWrap, test.data().toString());
        return cell.height() >= text.height() && text.height() > steps->fontMetrics().height()
            && steps->viewport()->rect().contains(cell);
    };
    QTRY_VERIFY(isWhole());
    const int tall = steps->height();
    m_rig->window->resize(1600, 900); // A row that needs fewer lines becomes lower again.
    QTRY_VERIFY(steps->height() < tall);
    QVERIFY(steps->viewport()->rect().contains(steps->visualRect(test)));
    m_rig->window->resize(1024, 700);
    QTRY_COMPARE(m_rig->window->size(), QSize(1024, 700));
    QTRY_VERIFY(isWhole());
}

void TestIdmStatus::aDisabledOne()
{
    QVERIFY2(QTest::qWaitFor([this] { return isState(ConnectorStatus::State::Active); }, 20'000),
             qPrintable(headline()));
    QJsonObject value = m_rig->deployed(hubspot);
    value.insert(u"enabled"_s, false);
    QVERIFY(m_rig->writeElsewhere(hubspot, value));
    click(m_rig->find<QPushButton>(u"lookAgain"_s));
    QTRY_VERIFY(isState(ConnectorStatus::State::Disabled));
    QCOMPARE(headline(), u"The connector hubspot is disabled."_s);
}

/// A test costs a call to HubSpot: it is not repeated by itself.
void TestIdmStatus::looksAgainOnlyWhenAsked()
{
    QVERIFY2(QTest::qWaitFor([this] { return isState(ConnectorStatus::State::Active); }, 20'000),
             qPrintable(headline()));
    QTRY_VERIFY(m_rig->find<QWidget>(u"connectorHosts"_s)->isVisible()); // The last thing it reads.
    const size_t before = m_rig->server().session()->traffic().records().size();
    m_rig->window->showPlace({PageId::Journal, {}});
    m_rig->window->showPlace({PageId::Idm, {}});
    QTest::qWait(200);
    QCOMPARE(m_rig->server().session()->traffic().records().size(), before);
    click(m_rig->find<QPushButton>(u"lookAgain"_s));
    QTRY_VERIFY(m_rig->server().session()->traffic().records().size() > before);
}

void TestIdmStatus::ownStepsAreBesideIt()
{
    QVERIFY2(QTest::qWaitFor([this] { return isState(ConnectorStatus::State::Active); }, 20'000),
             qPrintable(headline()));
    auto *own = m_rig->find<QTreeView>(u"ownSteps"_s);
    QVERIFY(!own->isVisible());
    click(m_rig->find<QPushButton>(u"testFromHere"_s));
    QTRY_VERIFY(own->isVisible());
    QCOMPARE(own->model()->rowCount(), 8);
}

void TestIdmStatus::stepsSayWhereItStops_data()
{
    using State = ConnectorStatus::State;
    QTest::addColumn<int>("state");
    QTest::addColumn<int>("failing"); // Index of the step; -1: none.
    QTest::newRow("notDeployed") << int(State::NotDeployed) << 1;
    QTest::newRow("disabled") << int(State::Disabled) << 2;
    QTest::newRow("notRegistered") << int(State::NotRegistered) << 3;
    QTest::newRow("failing") << int(State::Failing) << 4;
    QTest::newRow("active") << int(State::Active) << -1;
}

void TestIdmStatus::stepsSayWhereItStops()
{
    QFETCH(int, state);
    QFETCH(int, failing);
    using State = ConnectorStatus::State;
    ConnectorStatus status;
    status.id = hubspot;
    status.name = u"hubspot"_s;
    status.bundle = BundleCheck {BundleCheck::State::Loaded, u"It is loaded."_s, {}};
    const auto wanted = State(state);
    if (wanted != State::NotDeployed)
        status.config = ConfigObject {hubspot, {{u"enabled"_s, wanted != State::Disabled}}};
    if (wanted == State::Failing || wanted == State::Active) {
        status.test = TestAnswer();
        status.test->ok = wanted == State::Active;
        status.test->error = wanted == State::Active ? QString() : u"Refused"_s;
    }
    judge(status);
    QCOMPARE(int(status.state), state);
    const QList<TestStep> steps = stepsOf(status);
    QCOMPARE(steps.size(), 5);
    for (int at = 0; at < steps.size(); ++at)
        QCOMPARE(steps[at].state == TestStep::Failed, at == failing);
}

HUBKEEPER_WINDOW_TEST(TestIdmStatus)
#include "tst_idmstatus.moc"
