// SPDX-License-Identifier: MIT
#include "configuration/configurationpage.h"
#include "configuration/findings/documentfindings.h"
#include "configuration/form/provisionerform.h"
#include "connector/connector.h"
#include "connector/script.h"
#include "connector/scriptedconnector.h"
#include "scripts/scriptspage.h"
#include "session/reading/readfullrecord.h"
#include "testkit/warnings.h"
#include "testkit/windowtest.h"
#include "windowrig.h"

#include <QAbstractItemView>
#include <QDialog>
#include <QListWidget>
#include <QTabWidget>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace std::chrono_literals;

namespace {

using Start = std::function<CallBase *(Connector &connector, QObject *parent)>;
using Write = std::function<CallBase *(ConnectorWriter &writer, QObject *parent)>;

/// The window, every page of it, and the file that is open in it.
class OpenWindow final : public WindowRig
{
public:
    OpenWindow()
        : WindowRig(slowPortal())
    {
    }

    /// Answers take long enough for something else to happen meanwhile.
    [[nodiscard]] static practice::PracticeOptions slowPortal()
    {
        practice::PracticeOptions options = smallWindowPortal();
        options.latency = 20ms;
        return options;
    }

    [[nodiscard]] ConfigurationPage *configuration()
    {
        return page<ConfigurationPage>(PageId::Configuration);
    }
};

/// The last row of every list, table and tree that is shown, opened as far as it goes.
void chooseLastRows(QWidget *widget)
{
    const auto views = widget->findChildren<QAbstractItemView *>();
    for (QAbstractItemView *view : views) {
        if (!view->isVisible() || !view->model())
            continue;
        QModelIndex last;
        for (int depth = 0; depth < 4 && view->model()->rowCount(last) > 0; ++depth)
            last = view->model()->index(view->model()->rowCount(last) - 1, 0, last);
        view->setCurrentIndex(last);
    }
}

/// What a person may press at the rows that are chosen.
void pressKeys(QWidget *widget)
{
    const auto views = widget->findChildren<QAbstractItemView *>();
    for (const QPointer<QAbstractItemView> view : views) {
        for (const int key : {Qt::Key_F2, Qt::Key_Escape, Qt::Key_Delete, Qt::Key_End}) {
            if (view && view->isVisible() && view->isEnabled())
                QTest::keyClick(view, Qt::Key(key));
        }
    }
}

void closeDialogs()
{
    const auto widgets = QApplication::topLevelWidgets();
    for (const QPointer<QWidget> widget : widgets) {
        if (widget && widget->isVisible() && qobject_cast<QDialog *>(widget))
            widget->close();
    }
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

} // namespace

Q_DECLARE_METATYPE(Start)
Q_DECLARE_METATYPE(Write)

/// Nothing is used after it is gone: calls when their connector or session ends, pages when the
/// file becomes something else, dialogs when the window closes. Sanitizers see what asserts do not.
class TestLifetimes final : public QObject
{
    Q_OBJECT

private slots:
    void init() { failOnUnexpectedWarnings(); }
    void callsEndWithTheirConnector_data();
    void callsEndWithTheirConnector();
    void writesEndWithTheirConnector_data();
    void writesEndWithTheirConnector();
    void callsEndWithTheirSession();
    void pagesReadAgainWhileTheyRead_data();
    void pagesReadAgainWhileTheyRead();
    void pagesLoseTheirSession_data();
    void pagesLoseTheirSession();
    void formSurvivesAnyFile_data();
    void formSurvivesAnyFile();
    void pagesSurviveAnyFile_data();
    void pagesSurviveAnyFile();
    void dialogsSurviveTheEndOfTheSession_data();
    void dialogsSurviveTheEndOfTheSession();
};

void TestLifetimes::callsEndWithTheirConnector_data()
{
    QTest::addColumn<Start>("start");

    const auto row = [](const char *name, Start start) { QTest::newRow(name) << std::move(start); };
    row("test", [](Connector &it, QObject *parent) { return it.test(parent); });
    row("schema", [](Connector &it, QObject *parent) { return it.schema(parent); });
    row("get",
        [](Connector &it, QObject *parent) { return it.get(u"contact"_s, u"1"_s, {}, parent); });
    row("search", [](Connector &it, QObject *parent) {
        return it.search(u"contact"_s, u"city eq \"Rome\""_s, {}, parent);
    });
    row("search owners", [](Connector &it, QObject *parent) {
        return it.search(u"owner"_s, u"true"_s, {}, parent);
    });
    row("script", [](Connector &it, QObject *parent) -> CallBase * {
        ScriptRequest request;
        request.text = u"for (;;) connector.get('contact', '1')"_s;
        return new ScriptRun(it, request, parent);
    });
}

/// After so many answers the connector goes, and everything that is said after that comes too late.
void TestLifetimes::callsEndWithTheirConnector()
{
    QFETCH(Start, start);
    for (int answers = 0; answers < 4; ++answers) {
        ScriptedConnector the;
        for (int answer = 0; answer < answers; ++answer)
            the.transport.will(200, R"({"results":[],"id":"1","properties":{},"portalId":1})");
        auto connector =
            std::make_unique<Connector>(the.portal, the.clock, ConnectorOptions {true});
        QObject parent;
        CallBase *call = start(*connector, &parent);
        bool isOver = false;
        connect(call, &CallBase::finished, &parent, [&] { isOver = true; });
        (void)QTest::qWaitFor([&] { return isOver || int(the.transport.sent.size()) >= answers; },
                              5000);
        connector.reset();

        QVERIFY(QTest::qWaitFor(
            [&] {
                the.clock.advance(100ms);
                return isOver;
            },
            5000));
    }
}

void TestLifetimes::writesEndWithTheirConnector_data()
{
    QTest::addColumn<Write>("write");
    QTest::addColumn<bool>("isLost");

    const auto row = [](const char *name, const Write &write) {
        QTest::addRow("%s", name) << write << false;
        QTest::addRow("%s, the answer is lost", name) << write << true;
    };
    row("create a contact", [](ConnectorWriter &it, QObject *parent) {
        return it.create(u"contact"_s, {{u"email"_s, u"a@example.com"_s}}, parent);
    });
    row("create a company", [](ConnectorWriter &it, QObject *parent) {
        return it.create(u"company"_s, {{u"name"_s, u"Acme"_s}}, parent);
    });
    row("update", [](ConnectorWriter &it, QObject *parent) {
        return it.update(u"contact"_s, u"1"_s, {{u"city"_s, u"Rome"_s}}, parent);
    });
    row("remove", [](ConnectorWriter &it, QObject *parent) {
        return it.remove(u"contact"_s, u"1"_s, parent);
    });
}

/// Creates, updates and archives, and the look-ups after a lost answer, at every step of them.
void TestLifetimes::writesEndWithTheirConnector()
{
    QFETCH(Write, write);
    QFETCH(bool, isLost);
    for (int answers = 0; answers < 4; ++answers) {
        auto the = std::make_unique<ScriptedConnector>(ConnectorOptions {true});
        for (int answer = 0; answer < answers; ++answer) {
            if (isLost && answer + 1 == answers)
                the->transport.willFail(ErrorKind::ConnectionLost);
            else
                the->transport.will(200, R"({"results":[],"id":"1","properties":{},"portalId":1})");
        }
        auto connector =
            std::make_unique<Connector>(the->portal, the->clock, ConnectorOptions {true});
        auto writer = std::make_unique<ConnectorWriter>(*connector, the->portal);
        QObject parent;
        CallBase *call = write(*writer, &parent);
        bool isOver = false;
        connect(call, &CallBase::finished, &parent, [&] { isOver = true; });
        (void)QTest::qWaitFor([&] { return isOver || int(the->transport.sent.size()) > answers; },
                              2000);
        writer.reset();
        connector.reset();

        QVERIFY(QTest::qWaitFor(
            [&] {
                the->clock.advance(100ms);
                return isOver;
            },
            5000));
    }
}

/// As callsEndWithTheirConnector(), for the calls of a session and of what it is made of.
void TestLifetimes::callsEndWithTheirSession()
{
    OpenWindow rig;
    QVERIFY(rig.openPractice());
    for (const int turns : {0, 1, 30}) {
        std::shared_ptr<Session> session = rig.window->keeper().session();
        QObject parent;
        int over = 0;
        QList<CallBase *> calls {
            session->test(&parent),
            session->account(&parent),
            session->definitions(ObjectType::Contacts, true, &parent),
            session->owners(true, &parent),
            new ReadFullRecord(*session, ObjectType::Contacts, u"150000000001"_s, &parent),
            session->connector().search(u"contact"_s, u"true"_s, {}, &parent),
        };
        for (CallBase *call : std::as_const(calls))
            connect(call, &CallBase::finished, &parent, [&] { ++over; });
        QTest::qWait(turns);
        rig.window->keeper().close();
        session.reset();

        QTRY_COMPARE(over, int(calls.size()));
        QVERIFY(rig.openPractice());
    }
}

void TestLifetimes::pagesReadAgainWhileTheyRead_data()
{
    QTest::addColumn<PageId>("page");
    for (const PageId page : {PageId::Overview, PageId::Configuration, PageId::Schema,
                              PageId::Contacts, PageId::Companies, PageId::Scripts, PageId::Journal,
                              PageId::Idm, PageId::Changes, PageId::Problems, PageId::Requests})
        QTest::newRow(qPrintable(nameOf(page))) << page;
}

/// F5 during the first reading, and again at once.
void TestLifetimes::pagesReadAgainWhileTheyRead()
{
    QFETCH(PageId, page);
    OpenWindow rig;
    QVERIFY(rig.openPractice());
    rig.window->showPlace({page, {}});
    for (const int pause : {0, 5, 25, 0, 60}) {
        rig.window->page(page)->reload();
        rig.window->page(page)->reload();
        QTest::qWait(pause);
    }
    QTest::qWait(300);
    QVERIFY(rig.window->page(page)->isVisible());
}

void TestLifetimes::pagesLoseTheirSession_data()
{
    pagesReadAgainWhileTheyRead_data();
}

void TestLifetimes::pagesLoseTheirSession()
{
    QFETCH(PageId, page);
    OpenWindow rig;
    QVERIFY(rig.openPractice());
    rig.window->showPlace({page, {}});
    for (const int pause : {0, 10, 35, 70}) {
        rig.window->page(page)->reload();
        QTest::qWait(pause);
        rig.window->keeper().reopen();
        QTRY_VERIFY_WITH_TIMEOUT(rig.window->keeper().session(), 10'000);
    }
    rig.window->page(page)->reload();
    rig.window->keeper().close();
    QTest::qWait(100);
    QVERIFY(!rig.window->keeper().session());
    QVERIFY(rig.openPractice());
    rig.window->page(page)->reload();
    rig.window.reset(); // While it reads.
    QTest::qWait(50);
}

void TestLifetimes::formSurvivesAnyFile_data()
{
    QTest::addColumn<QByteArray>("next");
    QTest::newRow("an empty object") << "{}"_ba;
    QTest::newRow("an array") << "[]"_ba;
    QTest::newRow("a text") << "\"x\""_ba;
    QTest::newRow("nothing") << ""_ba;
    QTest::newRow("broken") << R"({"configurationProperties": {"clientId": "a)"_ba;
    QTest::newRow("blocks of another kind") << R"({"systemActions": {}, "objectTypes": [],
        "operationOptions": 1, "syncFailureHandler": "x", "operationTimeout": [], "poolConfigOption":
        null, "rateLimits": true, "configurationProperties": [], "connectorRef": 7})"_ba;
    QTest::newRow("empty blocks") << R"({"systemActions": [], "objectTypes": {},
        "operationOptions": {}, "syncFailureHandler": {}, "operationTimeout": {}})"_ba;
    QTest::newRow("entries of another kind") << R"({"systemActions": [1, null, {"actions": 2}],
        "objectTypes": {"contact": [], "company": {"properties": 5}}, "operationOptions":
        {"CREATE": [], "UPDATE": {"objectFeatures": 1}}, "operationTimeout": {"CREATE": "soon"}})"_ba;
}

void TestLifetimes::formSurvivesAnyFile()
{
    QFETCH(QByteArray, next);
    OpenWindow rig;
    QVERIFY(rig.openPractice());
    rig.window->showPlace({PageId::Configuration, {}});
    ConfigurationPage *page = rig.configuration();
    Document &document = *page->document();
    const QByteArray whole = document.bytes();
    const int sections = page->form()->sectionList()->count();
    for (int section = 0; section < sections; ++section) {
        page->form()->sectionList()->setCurrentRow(section);
        chooseLastRows(page->form());
        document.setBytes(next, u"Replace"_s);
        page->findings()->check();
        chooseLastRows(page->form());
        pressKeys(page->form());
        while (document.canUndo())
            document.undo();
        QCOMPARE(document.bytes(), whole);
        chooseLastRows(page->form());
        while (document.canRedo())
            document.redo();
        pressKeys(page->form());
        while (document.canUndo())
            document.undo();
        pressKeys(page->form()); // On the whole file: rows go.
        while (document.canUndo())
            document.undo();
        closeDialogs();
        QCOMPARE(document.bytes(), whole);
    }
}

void TestLifetimes::pagesSurviveAnyFile_data()
{
    formSurvivesAnyFile_data();
}

/// The other pages that hold something of the file.
void TestLifetimes::pagesSurviveAnyFile()
{
    QFETCH(QByteArray, next);
    OpenWindow rig;
    QVERIFY(rig.openPractice());
    rig.window->showPlace({PageId::Configuration, {}});
    Document &document = *rig.configuration()->document();
    auto *tabs = rig.configuration()->findChild<QTabWidget *>();
    QVERIFY(tabs);
    const auto changeBackAndForth = [&](QWidget *shown) {
        chooseLastRows(shown);
        document.setBytes(next, u"Replace"_s);
        rig.configuration()->findings()->check();
        QTest::qWait(350); // Pages compare again after a pause.
        chooseLastRows(shown);
        document.undo();
        QTest::qWait(10);
        document.redo();
        document.undo();
        rig.configuration()->findings()->check();
    };
    for (int tab = 0; tab < tabs->count(); ++tab) {
        tabs->setCurrentIndex(tab);
        changeBackAndForth(rig.configuration());
    }
    for (const PageId page :
         {PageId::Overview, PageId::Schema, PageId::Scripts, PageId::Problems}) {
        rig.window->showPlace({page, {}});
        changeBackAndForth(rig.window.get());
    }
}

void TestLifetimes::dialogsSurviveTheEndOfTheSession_data()
{
    QTest::addColumn<Choice>("wanted");
    QTest::addColumn<bool>("closesWindow");
    for (const Choice wanted :
         {Choice::Secrets, Choice::WriteMode, Choice::Settings, Choice::Connect}) {
        const QByteArray name = nameOf(wanted).toLatin1();
        QTest::addRow("%s, another session", name.constData()) << wanted << false;
        QTest::addRow("%s, the window closes", name.constData()) << wanted << true;
    }
}

void TestLifetimes::dialogsSurviveTheEndOfTheSession()
{
    QFETCH(Choice, wanted);
    QFETCH(bool, closesWindow);
    OpenWindow rig;
    QVERIFY(rig.openPractice());
    emit rig.window->page(PageId::Overview)->wants(wanted);
    QTest::qWait(5);
    if (closesWindow) {
        rig.window.reset();
    } else {
        rig.window->keeper().reopen();
        QTest::qWait(20);
        rig.window->keeper().close();
    }
    QTest::qWait(50);
    closeDialogs();
    QVERIFY(closesWindow == !rig.window);
}

HUBKEEPER_WINDOW_TEST(TestLifetimes)
#include "tst_lifetimes.moc"
