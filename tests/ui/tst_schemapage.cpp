// SPDX-License-Identifier: MIT
#include "connect/connectassistant.h"
#include "provisioner/document/document.h"
#include "records/grid/recordtable.h"
#include "records/grid/recordtablemodel.h"
#include "records/inspector/connectoreyemodel.h"
#include "records/inspector/connectoreyeview.h"
#include "records/inspector/inspector.h"
#include "records/recordspage.h"
#include "schema/schemadetails.h"
#include "schema/schemapage.h"
#include "session/connections/provisionerfacts.h"
#include "testkit/windowtest.h"
#include "widgets/emptystate.h"
#include "widgets/messagebar.h"
#include "windowrig.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTreeWidget>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

/// The three sides of the schema and one record with the connector's eyes, on a practice portal.
class TestSchemaPage final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_rig.reset(); }
    void readsTheLiveSide();
    void filtersByTextAndDifference();
    void showsDetailsOptionsAndJson();
    void leadsToTheConfiguration();
    void followsTheFile();
    void exports_data();
    void exports();
    void connectorEyeFollowsTheRecord();
    void aMissingScopeIsNamed();
    void countsDriftApart();
    void aClickFollowsALink();

private:
    /// The row of an attribute in the tree, made current by the keyboard's way in: the filter.
    [[nodiscard]] QModelIndex choose(const QString &objectClass, const QString &attribute);

    std::unique_ptr<WindowRig> m_rig;
    SchemaPage *m_page = nullptr;
};

void TestSchemaPage::init()
{
    failOnUnexpectedWarnings();
    m_rig = std::make_unique<WindowRig>();
    QVERIFY(m_rig->openPractice());
    m_rig->window->showPlace({PageId::Schema, {}});
    m_page = m_rig->page<SchemaPage>(PageId::Schema);
    QTRY_VERIFY_WITH_TIMEOUT(m_page->hasLive(), 20'000);
}

QModelIndex TestSchemaPage::choose(const QString &objectClass, const QString &attribute)
{
    const QAbstractItemModel *model = m_page->tree()->model();
    for (int row = 0; row < model->rowCount(); ++row) {
        const QModelIndex one = model->index(row, 0);
        if (one.data().toString() != objectClass)
            continue;
        for (int child = 0; child < model->rowCount(one); ++child) {
            const QModelIndex found = model->index(child, 0, one);
            if (found.data().toString() == attribute) {
                m_page->tree()->setCurrentIndex(found);
                return found;
            }
        }
    }
    return {};
}

void TestSchemaPage::readsTheLiveSide()
{
    const QAbstractItemModelTester tester(m_page->tree()->model(),
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(m_page->model().rowCount(), 5);
    const QModelIndex email = choose(u"contact"_s, u"email"_s);
    QVERIFY(email.isValid());
    QCOMPARE(email.siblingAtColumn(SchemaModel::DefaultColumn).data().toString(), u"string"_s);
    QCOMPARE(email.siblingAtColumn(SchemaModel::FileColumn).data().toString(), u"string"_s);
    QCOMPARE(email.siblingAtColumn(SchemaModel::LiveColumn).data().toString(), u"string"_s);
    QVERIFY(!email.data(SchemaModel::DiffersRole).toBool());
    const QModelIndex stage = choose(u"contact"_s, u"lifecyclestage"_s);
    QVERIFY(stage.isValid());
    QCOMPARE(stage.siblingAtColumn(SchemaModel::FileColumn).data().toString(), u"–"_s);
    QVERIFY(stage.data(SchemaModel::DiffersRole).toBool());
    QVERIFY(m_page->model().differenceCount() > 10);
}

void TestSchemaPage::filtersByTextAndDifference()
{
    m_page->focusFilter();
    QTest::keyClicks(m_page->filter(), u"lastname"_s);
    const QAbstractItemModel *model = m_page->tree()->model();
    QCOMPARE(model->rowCount(), 2); // contact, and owner with its lastName.
    QCOMPARE(model->index(0, 0, model->index(0, 0)).data().toString(), u"lastname"_s);

    m_page->onlyDifferences()->click();
    QCOMPARE(model->rowCount(), 0);
    QTest::keySequence(m_page->filter(), QKeySequence::SelectAll);
    QTest::keyClick(m_page->filter(), Qt::Key_Delete);
    QVERIFY(model->rowCount() > 0);
    for (int row = 0; row < model->rowCount(model->index(0, 0)); ++row)
        QVERIFY(model->index(row, 0, model->index(0, 0)).data(SchemaModel::DiffersRole).toBool());
}

void TestSchemaPage::showsDetailsOptionsAndJson()
{
    QVERIFY(choose(u"contact"_s, u"lifecyclestage"_s).isValid());
    QTRY_VERIFY(!m_page->details()->facts()->findItems(u"Label"_s, Qt::MatchExactly).isEmpty());
    QVERIFY(m_page->details()->tabText(1).contains(u'('));
    const auto *json = m_page->details()->findChild<QPlainTextEdit *>();
    QVERIFY(json->toPlainText().contains(u"\"lifecyclestage\""_s));
}

void TestSchemaPage::leadsToTheConfiguration()
{
    QVERIFY(choose(u"contact"_s, u"email"_s).isValid());
    const auto places = m_page->details()->facts()->findItems(u"In the file"_s, Qt::MatchExactly);
    QCOMPARE(places.size(), 1);
    QSignalSpy went(m_page, &Page::goTo);
    m_page->details()->facts()->setFocus();
    m_page->details()->facts()->setCurrentItem(places.first());
    QTest::keyClick(m_page->details()->facts(), Qt::Key_Return);
    QCOMPARE(went.size(), 1);
    const auto place = went.first().first().value<Place>();
    QCOMPARE(
        place,
        (Place {PageId::Configuration, JsonPlace {u"/objectTypes/contact/properties/email"_s}}));
}

void TestSchemaPage::followsTheFile()
{
    QFile sync(m_rig->folder.filePath(u"sync.json"_s));
    QVERIFY(sync.open(QIODevice::WriteOnly));
    const QByteArray system = "system/" + m_rig->session().provisioner().name.toUtf8() + "/contact";
    sync.write(R"({"mappings": [{"name": "people", "source": ")" + system
               + R"(", "target": "managed/user",
                "properties": [{"source": "email", "target": "mail"}]}]})");
    sync.close();
    const auto document = Document::fromBytes(R"({"objectTypes": {"contact": {
        "nativeType": "contact", "properties": {"email": {"type": "integer"}}}}})");
    m_page->setDocument(document.get());
    const QModelIndex email = choose(u"contact"_s, u"email"_s);
    QVERIFY(email.data(SchemaModel::DiffersRole).toBool());
    QCOMPARE(email.siblingAtColumn(SchemaModel::FileColumn).data().toString(), u"integer"_s);

    QVERIFY(document->setValue(u"/objectTypes/contact/properties/email/type"_s, u"string"_s, {}));
    QTRY_VERIFY(!choose(u"contact"_s, u"email"_s).data(SchemaModel::DiffersRole).toBool());
    QCOMPARE(m_page->tree()->currentIndex().data().toString(), u"email"_s);

    auto *configuration = m_rig->window->page(PageId::Configuration);
    QVERIFY(configuration);
    const auto opened = Document::open(m_rig->window->keeper().connection()->provisionerPath);
    m_page->setDocument(opened->get());
    QVERIFY(choose(u"contact"_s, u"email"_s).isValid());
    QCOMPARE(m_page->details()->facts()->findItems(u"Used by"_s, Qt::MatchExactly).size(), 1);
}

void TestSchemaPage::exports_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("line");

    QTest::newRow("csv") << u"a.csv"_s << QByteArray("contact,email,email,string,string,string,no");
    QTest::newRow("markdown") << u"a.md"_s
                              << QByteArray("| email | email | string | string | string | no |");
    QTest::newRow("json") << u"a.json"_s << QByteArray(R"("name": "email")");
}

void TestSchemaPage::exports()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, line);
    const QString path = m_rig->folder.filePath(name);
    QVERIFY(m_page->exportTo(path));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().contains(line));
}

void TestSchemaPage::connectorEyeFollowsTheRecord()
{
    m_rig->window->showPlace({PageId::Contacts, {}});
    auto *records = m_rig->page<RecordsPage>(PageId::Contacts);
    QTRY_VERIFY_WITH_TIMEOUT(records->isComplete(), 20'000);
    auto *inspector = static_cast<Inspector *>(records->inspector());
    inspector->tabs()->setCurrentWidget(inspector->connectorEye());
    ConnectorEyeModel *model = inspector->connectorEye()->model();
    const QAbstractItemModelTester tester(model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    records->table()->setFocus();
    records->table()->setCurrentIndex(records->model()->index(2, 1));
    QTRY_VERIFY_WITH_TIMEOUT(model->rowCount() > 19, 10'000);
    QCOMPARE(model->index(0, ConnectorEyeModel::ValueColumn).data().toString(),
             records->model()->idAt(2));
    QStringList notes;
    for (int row = 0; row < model->rowCount(); ++row)
        notes.append(model->index(row, ConnectorEyeModel::NoteColumn).data().toString());
    QVERIFY(notes.contains(u"IDM does not see it"_s));
    QVERIFY(notes.contains(u"replaced by an update"_s));

    QTest::keyClick(records->table(), Qt::Key_Down);
    QTRY_COMPARE(model->index(0, ConnectorEyeModel::ValueColumn).data().toString(),
                 records->model()->idAt(3));
}

void TestSchemaPage::aMissingScopeIsNamed()
{
    practice::PracticeOptions options = smallWindowPortal();
    options.grantedScopes = {u"oauth"_s, u"crm.objects.owners.read"_s};
    m_rig = std::make_unique<WindowRig>(options);
    QVERIFY(m_rig->openPractice());
    m_page = m_rig->page<SchemaPage>(PageId::Schema);
    m_rig->window->showPlace({PageId::Schema, {}});
    QTRY_VERIFY_WITH_TIMEOUT(m_page->missing()->isVisible(), 20'000);

    const auto says = [this](const QString &text) {
        const auto labels = m_page->missing()->findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(),
                           [&](const QLabel *label) { return label->text().contains(text); });
    };
    QTRY_VERIFY(says(u"crm.schemas.contacts.read"_s));
    QTRY_VERIFY(says(u"crm.schemas.companies.read"_s));
    QVERIFY(says(u"not granted 2"_s));
    QVERIFY(!m_page->message()->isVisible()); // It is not a failure beside the state.
    QVERIFY(!m_page->hasLive());

    // Default and file are compared all the same, with their details.
    const QModelIndex email = choose(u"contact"_s, u"email"_s);
    QVERIFY(email.isValid());
    QCOMPARE(email.siblingAtColumn(SchemaModel::FileColumn).data().toString(), u"string"_s);
    QVERIFY(m_page->details()->isVisible());
    QVERIFY(m_page->details()->facts()->topLevelItemCount() > 2);
    m_page->focusFilter();
    QTest::keyClicks(m_page->filter(), u"lastname"_s);
    QCOMPARE(m_page->tree()->model()->rowCount(), 2);

    QTest::mouseClick(m_page->missing()->findChild<QPushButton *>(u"connect"_s), Qt::LeftButton);
    QTRY_VERIFY(m_rig->window->findChild<ConnectAssistant *>());
    m_rig->window->findChild<ConnectAssistant *>()->reject();

    QTest::mouseClick(m_page->missing()->findChild<QPushButton *>(u"retry"_s), Qt::LeftButton);
    QVERIFY(!m_page->missing()->isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(m_page->missing()->isVisible(), 20'000);
}

/// What the file does not use is not a drift, however much there is of it.
void TestSchemaPage::countsDriftApart()
{
    using Difference = SchemaModel::Difference;
    const SchemaModel &model = m_page->model();
    const int notInFile = model.differenceCount(Difference::NotInFile);
    QVERIFY(notInFile > 100);
    QCOMPARE(model.differenceCount(Difference::OtherType)
                 + model.differenceCount(Difference::OnlyInFile) + notInFile,
             model.differenceCount());
    const QModelIndex liveOnly = choose(u"contact"_s, u"jobtitle"_s);
    QVERIFY(liveOnly.isValid());
    QCOMPARE(liveOnly.siblingAtColumn(SchemaModel::DiffersColumn).data().toString(),
             u"not in the file"_s);
    QVERIFY(!liveOnly.data(Qt::FontRole).value<QFont>().bold());
}

void TestSchemaPage::aClickFollowsALink()
{
    QVERIFY(choose(u"contact"_s, u"email"_s).isValid());
    auto *facts = m_page->details()->facts();
    const auto links = facts->findItems(u"In the file"_s, Qt::MatchExactly);
    QCOMPARE(links.size(), 1);
    facts->scrollToItem(links.first());
    const QRect cell = facts->visualItemRect(links.first());
    QTest::mouseClick(facts->viewport(), Qt::LeftButton, {},
                      QPoint(facts->columnViewportPosition(1) + 20, cell.center().y()));
    QCOMPARE(m_rig->window->currentPage()->id(), PageId::Configuration);
}

HUBKEEPER_WINDOW_TEST(TestSchemaPage)
#include "tst_schemapage.moc"
