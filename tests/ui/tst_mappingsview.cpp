// SPDX-License-Identifier: MIT
#include "configuration/text/jsoneditor.h"
#include "editor/difftext.h"
#include "idm/currentserver.h"
#include "idm/idmpage.h"
#include "idm/mappings/mappingsmodel.h"
#include "idm/mappings/mappingsview.h"
#include "idm/mappings/mappingtreemodel.h"
#include "idm/mappings/servermappings.h"
#include "idm/mappings/writemappingdialog.h"
#include "practice/idm/server/idmbesideportal.h"
#include "problems/findingstable.h"
#include "provisioner/document/document.h"
#include "testkit/mappingfile.h"
#include "testkit/windowtest.h"
#include "widgets/emptystate.h"
#include "widgets/messagebar.h"
#include "windowrig.h"

#include <QAbstractItemModelTester>
#include <QLineEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QTreeView>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

const QString first = QStringLiteral("systemHubspotContact_managedUser");

/// A view of its own beside a practice IDM; nothing is opened.
class MappingsRig
{
public:
    MappingsRig()
        : portal(smallWindowPortal())
        , idm(portal, {})
    {
        if (!portal.start() || !idm.start(20))
            qFatal("The practice IDM does not start.");
        view.resize(1000, 640);
        view.show();
        (void)QTest::qWaitForWindowExposed(&view);
    }

    /// Opens the practice IDM and waits for its mappings.
    [[nodiscard]] bool open(ConnectionKind kind = ConnectionKind::Practice,
                            WriteMode mode = WriteMode::Free)
    {
        Server known;
        known.label = QStringLiteral("Practice IDM");
        known.address = *serverAddressFrom(idm.url().toString());
        known.login.userName = QStringLiteral("openidm-admin");
        known.kind = kind;
        known.mode = mode;
        const auto added = server.add(known);
        if (!added)
            return false;
        server.openWith(added->id, Secret(std::string_view("openidm-admin")));
        return QTest::qWaitFor([this] { return view.document() && !view.findings().isEmpty(); },
                               20'000);
    }

    /// The mapping as the practice IDM has it.
    [[nodiscard]] QJsonObject onServer(const QString &name)
    {
        QJsonObject found;
        auto *call =
            readServerMappings(server.session()->client(), server.facts()->profile, &context);
        bool isOver = false;
        call->onDone(&context, [&](const Result<ServerMappings> &mappings) {
            isOver = true;
            if (mappings)
                if (const auto one = mappings->find(name))
                    found = one->value;
        });
        (void)QTest::qWaitFor([&] { return isOver; }, 10'000);
        return found;
    }

    [[nodiscard]] QString openText(const QByteArray &bytes,
                                   const QString &name = QStringLiteral("sync.json"))
    {
        const QString path = folder.filePath(name);
        QFile file(path);
        if (!file.open(QFile::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write");
        file.close();
        view.openFile(path);
        return path;
    }

    template <typename T>
    [[nodiscard]] T *child(const char *name)
    {
        return view.findChild<T *>(QString::fromLatin1(name));
    }

    QTemporaryDir folder;
    Paths paths = Paths::below(folder.path());
    SystemClock clock;
    practice::PracticeThread portal;
    practice::IdmBesidePortal idm;
    MemorySecretStore keychain;
    SecretVault vault {keychain};
    BudgetRegistry budgets;
    QObject context;
    CurrentServer server {{clock, vault, paths, budgets}, nullptr};
    MappingsView view {server, nullptr};
};

qsizetype countOf(const QString &id, const QList<Finding> &findings)
{
    return std::count_if(findings.begin(), findings.end(),
                         [&id](const Finding &finding) { return finding.ruleId == id; });
}

} // namespace

/// The Mappings tab, with real events.
class TestMappingsView : public QObject
{
    Q_OBJECT

private slots:
    void init() { failOnUnexpectedWarnings(); }
    void isEmptyAtFirst();
    void readsAServer();
    void showsOneAsATable();
    void findingsLeadIntoTheText();
    void rowsLeadIntoTheText();
    void typingIsChecked();
    void anotherFileIsRefused();
    void editsAreNotLost();
    void savesAFile();
    void writesOneMapping();
    void aProductionServerWantsItsLabel();
    void refusesWhatBreaksTheServer();
    void somebodyElseWrote();
    void modelsKeepTheirPromises();
    void everythingHasAName();
    void openingAFileOfMappingsLeadsHere();
};

void TestMappingsView::isEmptyAtFirst()
{
    MappingsRig rig;
    QVERIFY(!rig.view.document());
    QVERIFY(rig.view.findChild<EmptyState *>()->isVisible());
    QVERIFY(rig.view.selectedMapping().isEmpty());
    QVERIFY(rig.view.unsaved().isEmpty());
}

void TestMappingsView::readsAServer()
{
    MappingsRig rig;
    QVERIFY(rig.open());
    auto *list = rig.child<QTableView>("mappings");
    QVERIFY(list->isVisible());
    QVERIFY(list->model()->rowCount() >= 3);
    QCOMPARE(list->model()->index(0, 0).data().toString(), first);
    QCOMPARE(rig.view.selectedMapping(), first);
    QVERIFY(list->model()
                ->index(0, MappingsModel::FindingsColumn)
                .data()
                .toString()
                .contains("warning"_L1));
    QVERIFY(rig.view.command().contains("idm mappings put"_L1));
}

void TestMappingsView::showsOneAsATable()
{
    MappingsRig rig;
    (void)rig.openText(faultlessMappings());
    auto *tree = rig.child<QTreeView>("mappingTable");
    const QAbstractItemModel &model = *tree->model();
    QCOMPARE(model.rowCount(), 4);
    const QModelIndex properties = model.index(0, 0);
    QCOMPARE(model.rowCount(properties), 3);
    QCOMPARE(model.index(0, 0, properties).data().toString(), u"mail"_s);
    QCOMPARE(model.index(0, 1, properties).data().toString(), u"email"_s);
    QVERIFY(model.index(0, 1, model.index(1, 0)).data().toString().contains("JSON.stringify"_L1));

    QTest::keyClick(rig.child<QTableView>("mappings"), Qt::Key_Down);
    QCOMPARE(rig.view.selectedMapping(), u"hubspotContact_managedUser"_s);
    QCOMPARE(model.rowCount(model.index(0, 0)), 4);
    QCOMPARE(model.index(0, 1, model.index(1, 0)).data().toString(), u"any of (mail)"_s);
}

void TestMappingsView::findingsLeadIntoTheText()
{
    MappingsRig rig;
    const QByteArray bytes =
        withTextAt(faultlessMappings(), u"/mappings/1/policies/0/action"_s, R"("UPDAT")");
    (void)rig.openText(bytes);
    QTRY_COMPARE(countOf(u"HK1303"_s, rig.view.findings()), 1);
    auto *problems = rig.child<FindingsTable>("mappingProblems");
    problems->setFocus();
    problems->selectRow(0);
    QCOMPARE(rig.view.selectedMapping(), u"hubspotContact_managedUser"_s);
    QVERIFY(!rig.child<QLabel>("mappingExplanation")->text().isEmpty());
    QTest::keyClick(problems, Qt::Key_Return);
    auto *editor = rig.child<JsonEditor>("mappingsText");
    QVERIFY(editor->isVisible());
    QCOMPARE(editor->cursorOffset(), qsizetype(bytes.indexOf("\"UPDAT\"")));
}

void TestMappingsView::rowsLeadIntoTheText()
{
    MappingsRig rig;
    (void)rig.openText(faultlessMappings());
    auto *tree = rig.child<QTreeView>("mappingTable");
    tree->setFocus();
    tree->setCurrentIndex(tree->model()->index(1, 0, tree->model()->index(0, 0)));
    QTest::keyClick(tree, Qt::Key_Return);
    const auto *editor = rig.child<JsonEditor>("mappingsText");
    QVERIFY(editor->isVisible());
    const QByteArray at = faultlessMappings().mid(editor->cursorOffset());
    QVERIFY2(at.startsWith("{\"source\": \"givenName\""), at.left(40));
}

void TestMappingsView::typingIsChecked()
{
    MappingsRig rig;
    (void)rig.openText(faultlessMappings());
    auto *editor = rig.child<JsonEditor>("mappingsText");
    rig.child<QTabWidget>("mappingViews")->setCurrentWidget(editor);
    editor->goToOffset(faultlessMappings().indexOf("UPDATE"));
    QTest::keyClicks(editor, u"X"_s);
    QVERIFY(rig.view.document()->isModified());
    QTRY_COMPARE(countOf(u"HK1303"_s, rig.view.findings()), 1);
    QVERIFY(!rig.view.unsaved().isEmpty());
    QTest::keySequence(editor, QKeySequence::Undo);
    QTRY_COMPARE(rig.view.findings().size(), 0);
    QVERIFY(rig.view.unsaved().isEmpty());
}

void TestMappingsView::anotherFileIsRefused()
{
    MappingsRig rig;
    (void)rig.openText(faultlessProvisioner(ServerProfile::Commercial), u"p.json"_s);
    QVERIFY(!rig.view.document());
    QVERIFY(rig.view.findChild<MessageBar *>()->text().contains("holds no mappings"_L1));
}

void TestMappingsView::editsAreNotLost()
{
    MappingsRig rig;
    const QString path = rig.openText(faultlessMappings());
    rig.view.document()->setBytes(faultlessMappings().replace("sn", "mail"), u"edit"_s);
    const QByteArray edited = rig.view.document()->bytes();
    (void)rig.openText(faultlessMapping(), u"mapping-a.json"_s);
    QCOMPARE(rig.view.document()->bytes(), edited); // Asked first.
    auto *messages = rig.view.findChild<MessageBar *>();
    QVERIFY(messages->isVisible());
    QTest::mouseClick(messages->findChild<QPushButton *>(nameOf(Choice::Discard)), Qt::LeftButton);
    QTRY_COMPARE(rig.view.document()->bytes(), faultlessMapping());
    QFile file(path);
    QVERIFY(file.open(QFile::ReadOnly));
    QCOMPARE(file.readAll(), faultlessMappings());
}

void TestMappingsView::savesAFile()
{
    MappingsRig rig;
    const QString path = rig.openText(faultlessMappings());
    rig.view.document()->setBytes(faultlessMappings().replace("\"sn\"", "\"mail\""), u"edit"_s);
    QVERIFY(rig.view.save());
    QFile file(path);
    QVERIFY(file.open(QFile::ReadOnly));
    QCOMPARE(file.readAll(), rig.view.document()->bytes());
    QVERIFY(rig.view.unsaved().isEmpty());
}

void TestMappingsView::writesOneMapping()
{
    MappingsRig rig;
    QVERIFY(rig.open());
    const QJsonObject other = rig.onServer(u"managedUser_systemHubspotContact"_s);
    QVERIFY(rig.view.document()->setValue(u"/mappings/0/taskThreads"_s, 0, u"edit"_s));
    rig.view.selectMapping(first);
    rig.view.write();
    WriteMappingDialog *dialog = nullptr;
    QTRY_VERIFY((dialog = rig.view.findChild<WriteMappingDialog *>()));
    QVERIFY(dialog->difference()->toPlainText().contains("taskThreads"_L1));
    QTest::keyClicks(dialog->findChild<QLineEdit *>(u"mappingNote"_s), u"one thread"_s);
    QTest::mouseClick(dialog->findChild<QPushButton *>(u"writeMappingNow"_s), Qt::LeftButton);
    auto *messages = rig.view.findChild<MessageBar *>();
    QTRY_VERIFY2(messages->text().contains("is written"_L1), qPrintable(messages->text()));
    QCOMPARE(rig.onServer(first)["taskThreads"_L1].toInt(-1), 0);
    QCOMPARE(rig.onServer(u"managedUser_systemHubspotContact"_s), other);

    rig.view.write(); // Once more: there is nothing to do, and no conflict with oneself.
    QTRY_VERIFY2(messages->text().contains("already"_L1), qPrintable(messages->text()));
}

void TestMappingsView::aProductionServerWantsItsLabel()
{
    MappingsRig rig;
    QVERIFY(rig.open(ConnectionKind::Production, WriteMode::Confirm));
    QVERIFY(rig.view.document()->setValue(u"/mappings/0/taskThreads"_s, 0, u"edit"_s));
    rig.view.write();
    WriteMappingDialog *dialog = nullptr;
    QTRY_VERIFY((dialog = rig.view.findChild<WriteMappingDialog *>()));
    auto *go = dialog->findChild<QPushButton *>(u"writeMappingNow"_s);
    QVERIFY(!go->isEnabled());
    QTest::keyClicks(dialog->findChild<QLineEdit *>(u"productionLabel"_s), u"Practice IDM"_s);
    QVERIFY(go->isEnabled());
    QTest::keyClick(dialog, Qt::Key_Escape);
    QCOMPARE(rig.onServer(first)["taskThreads"_L1].toInt(-1), -1);
}

void TestMappingsView::refusesWhatBreaksTheServer()
{
    MappingsRig rig;
    QVERIFY(rig.open());
    QVERIFY(rig.view.document()->setValue(u"/mappings/0/links"_s, u"nobody"_s, u"edit"_s));
    rig.view.write();
    auto *messages = rig.view.findChild<MessageBar *>();
    QTRY_VERIFY2(messages->isVisible(), "no message");
    QVERIFY(!rig.view.findChild<WriteMappingDialog *>());
    QVERIFY(!rig.onServer(first).contains("links"_L1));
}

void TestMappingsView::somebodyElseWrote()
{
    MappingsRig rig;
    QVERIFY(rig.open());
    rig.idm.inServer([](practice::PracticeIdm &) {}); // It serves.
    QJsonObject theirs = rig.onServer(first);
    theirs.insert(u"taskThreads"_s, 3);
    MappingsView other {rig.server, nullptr}; // Somebody else's window.
    QTRY_VERIFY(other.document() && !other.findings().isEmpty());
    QVERIFY(other.document()->setValue(u"/mappings/0/taskThreads"_s, 3, u"edit"_s));
    other.write();
    WriteMappingDialog *dialog = nullptr;
    QTRY_VERIFY((dialog = other.findChild<WriteMappingDialog *>()));
    dialog->accept();
    QTRY_VERIFY(other.findChild<MessageBar *>()->text().contains("is written"_L1));

    QVERIFY(rig.view.document()->setValue(u"/mappings/0/taskThreads"_s, 0, u"edit"_s));
    rig.view.write();
    auto *messages = rig.view.findChild<MessageBar *>();
    QTRY_VERIFY(messages->isVisible());
    QCOMPARE(rig.onServer(first)["taskThreads"_L1].toInt(), 3);
    QVERIFY(!rig.view.unsaved().isEmpty()); // Mine is still here.
}

void TestMappingsView::modelsKeepTheirPromises()
{
    const JsonText text(faultlessMappings());
    MappingsModel list;
    const QAbstractItemModelTester listTester(&list);
    list.setMappings(tablesOf(text));
    QCOMPARE(list.rowCount(), 2);
    Finding finding;
    finding.pointer = u"/mappings/1/policies/0"_s;
    finding.severity = Severity::Error;
    list.setFindings({finding});
    QCOMPARE(list.rowOf(finding.pointer), 1);
    QVERIFY(!list.index(1, MappingsModel::FindingsColumn).data().toString().isEmpty());
    QVERIFY(list.index(0, MappingsModel::FindingsColumn).data().toString().isEmpty());
    list.setMappings(tablesOf(JsonText(faultlessMapping())));
    QCOMPARE(list.rowCount(), 1);
    list.setMappings({});

    MappingTreeModel tree;
    const QAbstractItemModelTester treeTester(&tree);
    tree.setMapping(tablesOf(text).first());
    QCOMPARE(tree.rowCount(), 4);
    tree.clear();
    QCOMPARE(tree.rowCount(), 0);
}

void TestMappingsView::everythingHasAName()
{
    MappingsRig rig;
    (void)rig.openText(faultlessMappings());
    for (QWidget *widget : rig.view.findChildren<QWidget *>()) {
        const bool isOfQt = widget->objectName().startsWith("qt_"_L1);
        if (!widget->isVisibleTo(&rig.view) || !(widget->focusPolicy() & Qt::TabFocus) || isOfQt)
            continue;
        const auto *button = qobject_cast<QAbstractButton *>(widget);
        const bool hasName = !widget->accessibleName().isEmpty()
            || (button && !button->text().isEmpty()) || qobject_cast<QTabBar *>(widget)
            || qobject_cast<QTabWidget *>(widget);
        QVERIFY2(hasName,
                 qPrintable(QString::fromLatin1(widget->metaObject()->className()) + u' '
                            + widget->objectName()));
    }
}

/// File > Open knows a file of mappings by its content.
void TestMappingsView::openingAFileOfMappingsLeadsHere()
{
    WindowRig rig;
    const QString path = rig.folder.filePath(u"any.json"_s);
    QFile file(path);
    QVERIFY(file.open(QFile::WriteOnly));
    QVERIFY(file.write(faultlessMappings()) > 0);
    file.close();
    rig.window->openFile(path);
    QCOMPARE(rig.window->currentPage()->id(), PageId::Idm);
    auto *view = rig.window->findChild<MappingsView *>();
    QVERIFY(view->isVisible());
    QCOMPARE(view->document()->path(), path);
}

HUBKEEPER_WINDOW_TEST(TestMappingsView)
#include "tst_mappingsview.moc"
