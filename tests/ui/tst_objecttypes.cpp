// SPDX-License-Identifier: MIT
#include "configuration/configurationpage.h"
#include "configuration/findings/documentfindings.h"
#include "configuration/findings/findingnotes.h"
#include "configuration/form/attributesdialog.h"
#include "configuration/form/objecttypedelegate.h"
#include "configuration/form/objecttypessection.h"
#include "configuration/form/provisionerform.h"
#include "testkit/windowtest.h"
#include "widgets/messagebar.h"
#include "windowrig.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QInputDialog>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

namespace {

const auto contact = u"/objectTypes/contact/properties/"_s;

} // namespace

/// The tree of object types: edited by key and mouse, each edit one step of the document.
class TestObjectTypes final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void renamesAndKeepsTheNativeName();
    void choosesTypes();
    void anArrayGetsANativeType();
    void checksRequired();
    void setsFlagsInTheList();
    void removesSeveralAtOnce();
    void addsAttributesAndTypes();
    void refusesATakenName();
    void duplicatesAndMoves();
    void keepsSelectionAndOpenBranches();
    void reportsWhatIsWrongWithTheEntry();
    void addsFromTheDefaultSchema();
    void addsFromTheLiveSchema();
    void reportsWhyTheLiveSchemaDidNotCome();

private:
    [[nodiscard]] Document &document() { return *m_page->document(); }
    [[nodiscard]] QByteArray rawAt(const QString &pointer)
    {
        const int node = document().text().at(pointer);
        return node == JsonText::none ? QByteArray() : document().text().rawOf(node);
    }
    void select(const QString &pointer, int column = 0)
    {
        m_page->showItem(JsonPlace {pointer});
        QCOMPARE(QApplication::focusWidget(), m_tree);
        m_tree->setCurrentIndex(m_tree->currentIndex().siblingAtColumn(column));
    }
    void enterName(const QString &name)
    {
        QInputDialog *dialog = nullptr; // An earlier one is deleted a moment later.
        for (auto *one : m_rig->window->findChildren<QInputDialog *>())
            dialog = one->isVisible() ? one : dialog;
        QVERIFY(dialog);
        auto *line = dialog->findChild<QLineEdit *>();
        QTest::keyClicks(line, name);
        QTest::keyClick(line, Qt::Key_Return);
    }
    [[nodiscard]] QAction *action(const QString &name)
    {
        return m_page->form()->objectTypes()->findChild<QAction *>(name);
    }
    void addTheFirstOf(AttributesDialog *dialog, const QString &filter)
    {
        auto *line = dialog->findChild<QLineEdit *>();
        auto *list = dialog->findChild<QListView *>();
        QTRY_VERIFY(list->model()->rowCount() > 0);
        QTest::keyClicks(line, filter);
        QVERIFY(list->model()->rowCount() > 0);
        list->setFocus();
        list->setCurrentIndex(list->model()->index(0, 0));
        QTest::keyClick(list, Qt::Key_Space);
        for (QPushButton *button : dialog->findChildren<QPushButton *>()) {
            if (button->isDefault())
                QTest::mouseClick(button, Qt::LeftButton);
        }
    }

    std::unique_ptr<WindowRig> m_rig;
    ConfigurationPage *m_page = nullptr;
    QTreeView *m_tree = nullptr;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void TestObjectTypes::init()
{
    failOnUnexpectedWarnings();
    m_rig = std::make_unique<WindowRig>();
    QVERIFY(m_rig->openPractice());
    m_rig->window->showPlace({PageId::Configuration, {}});
    m_page = m_rig->page<ConfigurationPage>(PageId::Configuration);
    m_tree = m_page->form()->objectTypes()->tree();
    m_tester = std::make_unique<QAbstractItemModelTester>(
        m_tree->model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
}

void TestObjectTypes::cleanup()
{
    m_tester.reset();
    m_rig.reset();
}

void TestObjectTypes::renamesAndKeepsTheNativeName()
{
    QVERIFY(document().removeValue(contact + u"email/nativeName"_s, {}));
    select(contact + u"email"_s);
    QTest::keyClick(m_tree, Qt::Key_F2);
    auto *line = m_tree->findChild<QLineEdit *>();
    QVERIFY(line);
    line->selectAll();
    QTest::keyClicks(line, u"mail"_s);
    QTest::keyClick(line, Qt::Key_Return);
    QTRY_COMPARE(rawAt(contact + u"email"_s), QByteArray());
    QCOMPARE(rawAt(contact + u"mail/nativeName"_s), "\"email\""_ba);
    QCOMPARE(m_tree->currentIndex().data().toString(), u"mail"_s); // The same row goes on.
    document().undo();
    QVERIFY(!rawAt(contact + u"email"_s).isEmpty());
}

void TestObjectTypes::choosesTypes()
{
    select(contact + u"email"_s, ObjectTypesModel::TypeColumn);
    QTest::keyClick(m_tree, Qt::Key_F2);
    auto *choice = m_tree->findChild<QComboBox *>();
    QVERIFY(choice);
    QCOMPARE(choice->currentText(), u"string"_s);
    QTest::keyClick(choice, Qt::Key_Down);
    QTest::keyClick(choice, Qt::Key_Return);
    QTRY_COMPARE(rawAt(contact + u"email/type"_s), "\"boolean\""_ba);
    QCOMPARE(document().undoName(), u"email: Type"_s);
}

void TestObjectTypes::anArrayGetsANativeType()
{
    QVERIFY(document().removeValue(contact + u"email/nativeType"_s, {}));
    select(contact + u"email"_s, ObjectTypesModel::TypeColumn);
    QVERIFY(m_tree->model()->setData(m_tree->currentIndex(), u"array"_s, Qt::EditRole));
    QCOMPARE(rawAt(contact + u"email/nativeType"_s), "\"string\""_ba);
    document().undo();
    QCOMPARE(rawAt(contact + u"email/nativeType"_s), QByteArray());
    QCOMPARE(rawAt(contact + u"email/type"_s), "\"string\""_ba);
}

void TestObjectTypes::checksRequired()
{
    select(contact + u"email"_s, ObjectTypesModel::RequiredColumn);
    QTest::keyClick(m_tree, Qt::Key_Space);
    QCOMPARE(rawAt(contact + u"email/required"_s), "true"_ba);
    QTest::keyClick(m_tree, Qt::Key_Space);
    QCOMPARE(rawAt(contact + u"email/required"_s), "false"_ba);
}

void TestObjectTypes::setsFlagsInTheList()
{
    select(contact + u"email"_s, ObjectTypesModel::FlagsColumn);
    QTest::keyClick(m_tree, Qt::Key_F2);
    auto *flags = m_tree->findChild<FlagsChoice *>();
    QVERIFY(flags);
    flags->showPopup();
    const QModelIndex second = flags->model()->index(1, 0);
    flags->view()->scrollTo(second);
    QTest::mouseClick(flags->view()->viewport(), Qt::LeftButton, {},
                      flags->view()->visualRect(second).center());
    QVERIFY(flags->view()->isVisible()); // Open for the next one.
    QCOMPARE(flags->flags(), QStringList {u"NOT_UPDATEABLE"_s});
    flags->hidePopup();
    QTest::keyClick(flags, Qt::Key_Return);
    QTRY_COMPARE(rawAt(contact + u"email/flags"_s), R"(["NOT_UPDATEABLE"])"_ba);
    QVERIFY(m_tree->model()->setData(m_tree->currentIndex(), QStringList(), Qt::EditRole));
    QCOMPARE(rawAt(contact + u"email/flags"_s), QByteArray());
}

void TestObjectTypes::removesSeveralAtOnce()
{
    const QByteArray before = document().bytes();
    select(contact + u"phone"_s);
    QTest::keyClick(m_tree, Qt::Key_Down, Qt::ShiftModifier);
    QTest::keyClick(m_tree, Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(m_tree->selectionModel()->selectedRows().size(), 3);
    QTest::keyClick(m_tree, Qt::Key_Delete);
    QCOMPARE(rawAt(contact + u"phone"_s), QByteArray());
    QVERIFY(document().text().isValid());
    QVERIFY(m_tree->currentIndex().isValid());
    document().undo();
    QCOMPARE(document().bytes(), before);
}

void TestObjectTypes::addsAttributesAndTypes()
{
    select(u"/objectTypes/contact"_s);
    QTest::keyClick(m_tree, Qt::Key_Insert);
    enterName(u"jobtitle"_s);
    QCOMPARE(rawAt(contact + u"jobtitle/nativeName"_s), "\"jobtitle\""_ba);
    QCOMPARE(m_tree->currentIndex().data().toString(), u"jobtitle"_s);
    QTest::keyClick(m_tree, Qt::Key_Insert, Qt::ShiftModifier);
    enterName(u"deal"_s);
    QCOMPARE(rawAt(u"/objectTypes/deal/nativeType"_s), "\"deal\""_ba);
    QCOMPARE(m_tree->currentIndex().data().toString(), u"deal"_s);
    QTest::keyClick(m_tree, Qt::Key_Insert);
    enterName(u"amount"_s);
    QVERIFY(!rawAt(u"/objectTypes/deal/properties/amount"_s).isEmpty());
}

void TestObjectTypes::refusesATakenName()
{
    QSignalSpy failed(m_page->form(), &ProvisionerForm::failed);
    const QByteArray before = document().bytes();
    select(u"/objectTypes/contact"_s);
    QTest::keyClick(m_tree, Qt::Key_Insert);
    enterName(u"email"_s);
    QCOMPARE(failed.count(), 1);
    QCOMPARE(document().bytes(), before);
}

void TestObjectTypes::duplicatesAndMoves()
{
    const QByteArray before = document().bytes();
    select(contact + u"email"_s);
    const int row = m_tree->currentIndex().row();
    QTest::keyClick(m_tree, Qt::Key_D, Qt::ControlModifier);
    QCOMPARE(m_tree->currentIndex().data().toString(), u"email2"_s);
    QCOMPARE(m_tree->currentIndex().row(), row + 1);
    QTest::keyClick(m_tree, Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(m_tree->currentIndex().data().toString(), u"email2"_s);
    QCOMPARE(m_tree->currentIndex().row(), row);
    QVERIFY(document().text().isValid());
    document().undo();
    document().undo();
    QCOMPARE(document().bytes(), before);
}

void TestObjectTypes::keepsSelectionAndOpenBranches()
{
    select(contact + u"email"_s);
    const QModelIndex company = m_tree->model()->index(1, 0, {});
    m_tree->expand(company);
    QVERIFY(document().removeValue(contact + u"vid"_s, {})); // A row above it, elsewhere.
    QVERIFY(document().setValue(u"/description"_s, u"x"_s, {}));
    QCOMPARE(m_tree->currentIndex().data().toString(), u"email"_s);
    QVERIFY(m_tree->isExpanded(m_tree->model()->index(0, 0, {})));
    QVERIFY(m_tree->isExpanded(m_tree->model()->index(1, 0, {})));
    const QByteArray good = document().bytes();
    document().setBytes(good.left(good.size() / 2), u"Typing"_s); // Half a text, for a moment.
    QCOMPARE(m_tree->currentIndex().data().toString(), u"email"_s);
    document().undo();
    QCOMPARE(m_tree->currentIndex().data().toString(), u"email"_s);
}

void TestObjectTypes::reportsWhatIsWrongWithTheEntry()
{
    QVERIFY(document().setRaw(contact + u"email/flags"_s, R"(["NOT_CREATEABLE"])", {}));
    m_page->findings()->check();
    const auto shown = [this](const QString &word) {
        const auto *section = m_page->form()->objectTypes();
        const auto notes = section->findChild<FindingNotes *>(u"sectionNotes"_s)->findings();
        return std::any_of(notes.begin(), notes.end(),
                           [&](const Finding &finding) { return finding.message.contains(word); });
    };
    select(contact + u"email"_s);
    QVERIFY(shown(u"NOT_CREATEABLE"_s));
    QTest::keyClick(m_tree, Qt::Key_Down);
    QVERIFY(!shown(u"NOT_CREATEABLE"_s));
    const QModelIndex email = m_tree->currentIndex().siblingAtRow(1);
    QVERIFY(email.data(Qt::AccessibleDescriptionRole).toString().contains(u"NOT_CREATEABLE"_s));
}

void TestObjectTypes::addsFromTheDefaultSchema()
{
    QVERIFY(document().removeValue(contact + u"website"_s, {}));
    select(u"/objectTypes/contact"_s);
    action(u"addDefault"_s)->trigger();
    auto *dialog = m_rig->window->findChild<AttributesDialog *>();
    QVERIFY(dialog);
    addTheFirstOf(dialog, u"webs"_s);
    QVERIFY(!rawAt(contact + u"website"_s).isEmpty());
    QCOMPARE(m_tree->currentIndex().data().toString(), u"website"_s);
}

void TestObjectTypes::addsFromTheLiveSchema()
{
    select(u"/objectTypes/contact"_s);
    action(u"addLive"_s)->trigger();
    auto *dialog = m_rig->window->findChild<AttributesDialog *>();
    QVERIFY(dialog);
    addTheFirstOf(dialog, u"jobtitle"_s);
    QCOMPARE(rawAt(contact + u"jobtitle/nativeName"_s), "\"jobtitle\""_ba);
    document().undo();
    QCOMPARE(rawAt(contact + u"jobtitle"_s), QByteArray());
}

void TestObjectTypes::reportsWhyTheLiveSchemaDidNotCome()
{
    m_rig->portal.inPortal([](practice::PracticePortal &portal) { portal.stop(); });
    select(u"/objectTypes/contact"_s);
    action(u"addLive"_s)->trigger();
    auto *dialog = m_rig->window->findChild<AttributesDialog *>();
    QVERIFY(dialog);
    const auto tells = [dialog] {
        const auto bars = dialog->findChildren<MessageBar *>();
        return std::any_of(bars.begin(), bars.end(),
                           [](const MessageBar *bar) { return bar->isVisible(); });
    };
    QTRY_VERIFY_WITH_TIMEOUT(tells(), 20'000);
    m_rig->window->keeper().close(); // The dialog goes with the session it asks.
    QTRY_VERIFY(m_rig->window->findChildren<AttributesDialog *>().isEmpty());
}

HUBKEEPER_WINDOW_TEST(TestObjectTypes)
#include "tst_objecttypes.moc"
