// SPDX-License-Identifier: MIT
#include "configuration/findings/findingnotes.h"
#include "configuration/form/entrydetail.h"
#include "configuration/form/fieldsform.h"
#include "configuration/form/objecttypessection.h"
#include "configuration/form/operationoptionssection.h"
#include "configuration/form/ratelimitssection.h"
#include "configuration/form/timeoutssection.h"
#include "configuration/form/valuetext.h"
#include "configuration/form/valuetree.h"
#include "configuration/form/versionmeaning.h"
#include "formrig.h"
#include "testkit/windowtest.h"
#include "widgets/notelabel.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QSignalSpy>
#include <QTableView>
#include <QToolButton>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

/// What the form edits entry by entry: operations, limits, options, and all there is to an
/// attribute, by key and mouse.
class TestFormEntries final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_rig.reset(); }
    void valuesSurviveALine_data();
    void valuesSurviveALine();
    void saysWhatARangeTakes_data();
    void saysWhatARangeTakes();
    void theRangeIsExplainedBesideTheField();
    void everyEntryFieldWritesItsValue_data();
    void everyEntryFieldWritesItsValue();
    void timeOutsAreEditedInPlace();
    void severalTimeOutsAtOnce();
    void timeOutsSayWhatIsWrong();
    void limitsAreATree();
    void limitsRefuseABrokenObject();
    void operationsAreDenied();
    void objectTypesOfAnOperation();
    void optionsOfAnOperationAreATree();
    void findingsStandAtTheEntry();
    void attributesHaveTheirFields();
    void whatOnlyRestHasIsShownWhereItIs();

private:
    std::unique_ptr<FormRig> m_rig;
};

void TestFormEntries::init()
{
    failOnUnexpectedWarnings();
    m_rig = std::make_unique<FormRig>();
    QVERIFY(m_rig->open());
}

void TestFormEntries::valuesSurviveALine_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("line");
    // clang-format off
    QTest::newRow("text")            << R"("none")"_ba         << u"none"_s;
    QTest::newRow("number")          << "1.50"_ba              << u"1.50"_s;
    QTest::newRow("big number")      << "9007199254740993"_ba  << u"9007199254740993"_s;
    QTest::newRow("number as text")  << R"("5")"_ba            << u"\"5\""_s;
    QTest::newRow("word as text")    << R"("true")"_ba         << u"\"true\""_s;
    QTest::newRow("empty text")      << R"("")"_ba             << u"\"\""_s;
    QTest::newRow("blank around")    << R"(" a ")"_ba          << u"\" a \""_s;
    QTest::newRow("two lines")       << R"("a\nb")"_ba         << u"\"a\\nb\""_s;
    QTest::newRow("brace as text")   << R"("{x")"_ba           << u"\"{x\""_s;
    QTest::newRow("substitution")    << R"("&{x|1}")"_ba       << u"&{x|1}"_s;
    QTest::newRow("null")            << "null"_ba              << u"null"_s;
    QTest::newRow("list")            << R"([1, "a"])"_ba       << u"[1, \"a\"]"_s;
    // clang-format on
}

void TestFormEntries::valuesSurviveALine()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, line);
    const JsonText text(json);
    QCOMPARE(lineOfValue(text, text.root()), line);
    const auto back = valueOfLine(line);
    QVERIFY(back);
    QCOMPARE(*back, json);
}

void TestFormEntries::saysWhatARangeTakes_data()
{
    QTest::addColumn<QString>("range");
    QTest::addColumn<QString>("meaning");
    // clang-format off
    QTest::newRow("usual")   << u"[1.5.0.0,1.6.0.0)"_s   << u"Takes every 1.5.x, but not 1.6."_s;
    QTest::newRow("closed")  << u"[1.5.19.0,1.6.0.0]"_s  << u"Takes 1.5.19.0 and newer, up to and including 1.6.0.0."_s;
    QTest::newRow("wide")    << u"[1.4.6.0,1.6.0.0)"_s   << u"Takes 1.4.6.0 and newer, up to but not 1.6.0.0."_s;
    QTest::newRow("open")    << u"(1.5.0.0,1.6.0.0)"_s   << u"Takes what is newer than 1.5.0.0, up to but not 1.6.0.0."_s;
    QTest::newRow("single")  << u"1.5.20.34"_s           << u"Takes 1.5.20.34 and no other version."_s;
    QTest::newRow("empty")   << u"[1.6.0.0,1.5.0.0)"_s   << u"No version lies in this range."_s;
    QTest::newRow("broken")  << u"[1.5.0.0,1.6.0.0"_s    << QString();
    // clang-format on
}

void TestFormEntries::saysWhatARangeTakes()
{
    QFETCH(QString, range);
    QFETCH(QString, meaning);
    QCOMPARE(meaningOfVersions(range), meaning);
}

void TestFormEntries::theRangeIsExplainedBesideTheField()
{
    const QString pointer = u"/connectorRef/bundleVersion"_s;
    m_rig->put(pointer, "\"[1.5.0.0,1.6.0.0)\"");
    m_rig->page->showItem(JsonPlace {pointer});
    const auto *note = m_rig->page->form()->field(pointer)->findChild<NoteLabel *>();
    QVERIFY(note && note->isVisible());
    QVERIFY(note->text().endsWith("Takes every 1.5.x, but not 1.6."_L1));
    const auto *choice = qobject_cast<QComboBox *>(QApplication::focusWidget());
    QVERIFY(choice);
    for (int i = 0; i < choice->count(); ++i)
        QCOMPARE(choice->itemData(i, Qt::ToolTipRole).toString(),
                 meaningOfVersions(choice->itemText(i)));
    m_rig->typeInto(pointer, u"1.5.20.34"_s);
    QVERIFY(note->text().endsWith("Takes 1.5.20.34 and no other version."_L1));
}

void TestFormEntries::everyEntryFieldWritesItsValue_data()
{
    QTest::addColumn<QString>("pointer");
    for (const EntryField &field : entryFields()) {
        QString base;
        switch (field.entry) {
        case EntryKind::ObjectType:
            base = u"/objectTypes/contact"_s;
            break;
        case EntryKind::Attribute:
            base = u"/objectTypes/contact/properties/email"_s;
            break;
        case EntryKind::OperationOptions:
            base = u"/operationOptions/DELETE"_s;
            break;
        case EntryKind::ObjectFeatures:
            base = u"/operationOptions/DELETE/objectFeatures/contact"_s;
            break;
        }
        const QString pointer = base + QString::fromLatin1(field.pointer);
        QTest::newRow(qUtf8Printable(pointer)) << pointer;
    }
}

void TestFormEntries::everyEntryFieldWritesItsValue()
{
    QFETCH(QString, pointer);
    m_rig->put(u"/operationOptions/DELETE/objectFeatures/contact"_s, R"({"denied": false})");
    m_rig->put(pointer, {});
    const QByteArray before = m_rig->document().bytes();
    m_rig->page->showItem(JsonPlace {pointer});
    QWidget *focused = QApplication::focusWidget();
    QVERIFY(focused && pointer.endsWith(focused->objectName()));
    QVERIFY(!focused->accessibleDescription().isEmpty());
    if (auto *box = qobject_cast<QCheckBox *>(focused))
        QTest::keyClick(box, Qt::Key_Space);
    else
        m_rig->typeInto(pointer, u"probe"_s);
    QVERIFY(!m_rig->rawAt(pointer).isEmpty());
    QVERIFY(m_rig->document().text().isValid());

    auto *reset = focused->parentWidget()->findChild<QToolButton *>();
    QVERIFY(reset && reset->isVisible() && reset->isEnabled());
    QTest::mouseClick(reset, Qt::LeftButton);
    QVERIFY(m_rig->rawAt(pointer).isEmpty());
    QTest::keyClick(m_rig->page, Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(!m_rig->rawAt(pointer).isEmpty());
    QTest::keyClick(m_rig->page, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(m_rig->document().bytes(), before);
}

void TestFormEntries::timeOutsAreEditedInPlace()
{
    auto *timeOuts = m_rig->section<TimeOutsSection>();
    const QAbstractItemModelTester tester(timeOuts->model());
    m_rig->page->showItem(JsonPlace {u"/operationTimeout/SEARCH"_s});
    QTableView *table = timeOuts->table();
    QCOMPARE(QApplication::focusWidget(), table);
    QTest::keyClick(table, Qt::Key_F2);
    auto *line = table->findChild<QLineEdit *>();
    QVERIFY(line);
    line->selectAll();
    QTest::keyClicks(line, u"60000"_s);
    QTest::keyClick(line, Qt::Key_Return);
    QTRY_COMPARE(m_rig->rawAt(u"/operationTimeout/SEARCH"_s), "60000"_ba);
    QCOMPARE(m_rig->document().undoName(), u"Time-outs: SEARCH"_s);
    QTest::keyClick(table, Qt::Key_Delete);
    QCOMPARE(m_rig->rawAt(u"/operationTimeout/SEARCH"_s), QByteArray());
    m_rig->put(u"/operationTimeout/FETCH"_s, "5"); // IDM ignores it; it is shown all the same.
    QCOMPARE(timeOuts->model()->rowOf(u"/operationTimeout/FETCH"_s),
             timeOuts->model()->rowCount() - 1);
}

void TestFormEntries::severalTimeOutsAtOnce()
{
    auto *timeOuts = m_rig->section<TimeOutsSection>();
    const QByteArray before = m_rig->document().bytes();
    m_rig->page->showItem(JsonPlace {u"/operationTimeout/CREATE"_s});
    QTest::keyClick(timeOuts->table(), Qt::Key_Down, Qt::ShiftModifier);
    QTest::keyClick(timeOuts->table(), Qt::Key_Down, Qt::ShiftModifier);
    for (QToolButton *button : timeOuts->findChildren<QToolButton *>()) {
        if (button->text() == u"Set Selected…")
            QTest::mouseClick(button, Qt::LeftButton);
    }
    m_rig->answer(u"30000"_s);
    for (const auto &operation : {u"CREATE"_s, u"GET"_s, u"SEARCH"_s})
        QCOMPARE(m_rig->rawAt(u"/operationTimeout/"_s + operation), "30000"_ba);
    m_rig->document().undo();
    QCOMPARE(m_rig->document().bytes(), before);
}

void TestFormEntries::timeOutsSayWhatIsWrong()
{
    auto *timeOuts = m_rig->section<TimeOutsSection>();
    m_rig->put(u"/operationTimeout/TEST"_s, "30");
    const int row = timeOuts->model()->rowOf(u"/operationTimeout/TEST"_s);
    const QString meaning =
        timeOuts->model()->index(row, TimeOutsModel::MeaningColumn).data().toString();
    QVERIFY(meaning.startsWith(
        m_rig->page->findings()->at(u"/operationTimeout/TEST"_s).first().message));
    QVERIFY(timeOuts->findChild<FindingNotes *>()->findChild<QToolButton *>()); // Its fix.
    m_rig->put(u"/operationTimeout/TEST"_s, "30000");
    QVERIFY(timeOuts->model()->index(row, TimeOutsModel::MeaningColumn).data().toString()
            != meaning);
    QSignalSpy failed(m_rig->page->form(), &ProvisionerForm::failed);
    QVERIFY(!timeOuts->model()->setData(
        timeOuts->model()->index(row, TimeOutsModel::MillisecondsColumn), u"soon"_s, Qt::EditRole));
    QCOMPARE(failed.count(), 1);
}

void TestFormEntries::limitsAreATree()
{
    auto *limits = m_rig->section<RateLimitsSection>();
    const QAbstractItemModelTester tester(limits->tree()->model());
    const QByteArray before = m_rig->document().bytes();
    QTreeView *view = limits->tree()->view();
    m_rig->page->showItem(JsonPlace {u"/operationRateLimits/SEARCH"_s});
    QCOMPARE(QApplication::focusWidget(), view);
    QTest::keyClick(view, Qt::Key_Insert);
    auto *line = view->findChild<QLineEdit *>();
    QVERIFY(line); // The new limit's name is edited at once.
    line->selectAll();
    QTest::keyClicks(line, u"perSecond"_s);
    QTest::keyClick(line, Qt::Key_Return);
    QTRY_COMPARE(m_rig->rawAt(u"/operationRateLimits/SEARCH"_s), R"({"perSecond": 10})"_ba);

    const QModelIndex limit =
        limits->tree()->model()->indexOf(u"/operationRateLimits/SEARCH/perSecond"_s);
    view->setCurrentIndex(limit.siblingAtColumn(ValueTreeModel::ValueColumn));
    QTest::keyClick(view, Qt::Key_F2);
    line = view->findChild<QLineEdit *>();
    QVERIFY(line);
    line->selectAll();
    QTest::keyClicks(line, u"4"_s);
    QTest::keyClick(line, Qt::Key_Return);
    QTRY_COMPARE(m_rig->rawAt(u"/operationRateLimits/SEARCH"_s), R"({"perSecond": 4})"_ba);
    QCOMPARE(m_rig->document().undoName(), u"Rate limits: perSecond"_s);

    m_rig->page->showItem(JsonPlace {u"/operationRateLimits/SEARCH"_s});
    QTest::keyClick(view, Qt::Key_Delete); // All limits of the operation.
    QCOMPARE(m_rig->rawAt(u"/operationRateLimits/SEARCH"_s), QByteArray());
    for (int step = 0; step < 4; ++step)
        m_rig->document().undo();
    QCOMPARE(m_rig->document().bytes(), before);
}

void TestFormEntries::limitsRefuseABrokenObject()
{
    m_rig->put(u"/operationRateLimits"_s, R"({"SEARCH": {"perSecond": 4, "burst": 8}})");
    ValueTreeModel *model = m_rig->section<RateLimitsSection>()->tree()->model();
    QSignalSpy failed(m_rig->page->form(), &ProvisionerForm::failed);
    const QModelIndex limit = model->indexOf(u"/operationRateLimits/SEARCH/perSecond"_s);
    const QByteArray before = m_rig->document().bytes();
    QVERIFY(!model->setData(limit.siblingAtColumn(ValueTreeModel::ValueColumn), u"{\"a\":"_s,
                            Qt::EditRole));
    QVERIFY(!model->setData(limit, u"burst"_s, Qt::EditRole)); // Taken.
    QVERIFY(!model->setData(limit, QString(), Qt::EditRole));
    QCOMPARE(failed.count(), 3);
    QCOMPARE(m_rig->document().bytes(), before);
}

void TestFormEntries::operationsAreDenied()
{
    m_rig->put(u"/operationOptions"_s, {});
    auto *options = m_rig->section<OperationOptionsSection>();
    const QAbstractItemModelTester tester(options->model());
    m_rig->page->showItem(JsonPlace {u"/operationOptions/DELETE/denied"_s});
    auto *box = qobject_cast<QCheckBox *>(QApplication::focusWidget());
    QVERIFY(box && !box->isChecked());
    QTest::keyClick(box, Qt::Key_Space);
    QCOMPARE(m_rig->rawAt(u"/operationOptions/DELETE/denied"_s), "true"_ba);
    m_rig->page->showItem(JsonPlace {u"/operationOptions/DELETE/onDeny"_s});
    auto *choice = qobject_cast<QComboBox *>(QApplication::focusWidget());
    QVERIFY(choice);
    QTest::keyClick(choice, Qt::Key_Down);
    QVERIFY(denialKinds().contains(
        m_rig->document().value(u"/operationOptions/DELETE/onDeny"_s).toString()));
    m_rig->typeInto(u"/operationOptions/DELETE/supportedObjectTypes"_s, u" contact,company"_s);
    QCOMPARE(m_rig->rawAt(u"/operationOptions/DELETE/supportedObjectTypes"_s),
             R"(["contact", "company"])"_ba);
    const QModelIndex row = options->model()->indexOf(u"/operationOptions/DELETE"_s);
    QCOMPARE(row.siblingAtColumn(OperationOptionsModel::StateColumn).data().toString(),
             u"denied for contact, company"_s);
    m_rig->typeInto(u"/operationOptions/DELETE/supportedObjectTypes"_s, {});
    QCOMPARE(m_rig->rawAt(u"/operationOptions/DELETE/supportedObjectTypes"_s), QByteArray());
    options->tree()->setFocus();
    QTest::keyClick(options->tree(), Qt::Key_Delete);
    QCOMPARE(m_rig->rawAt(u"/operationOptions/DELETE"_s), QByteArray());
}

void TestFormEntries::objectTypesOfAnOperation()
{
    m_rig->put(u"/operationOptions"_s, {});
    auto *options = m_rig->section<OperationOptionsSection>();
    const QAbstractItemModelTester tester(options->model());
    m_rig->page->showItem(JsonPlace {u"/operationOptions/UPDATE"_s});
    QTest::keyClick(options->tree(), Qt::Key_Insert);
    m_rig->answer(u"owner"_s);
    const QString entry = u"/operationOptions/UPDATE/objectFeatures/owner"_s;
    QCOMPARE(m_rig->rawAt(entry), R"({"denied": false})"_ba);
    QCOMPARE(options->tree()->currentIndex().data().toString(), u"owner"_s);
    m_rig->page->showItem(JsonPlace {entry + u"/denied"_s});
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
    QCOMPARE(m_rig->rawAt(entry + u"/denied"_s), "true"_ba);

    options->tree()->setFocus();
    QTest::keyClick(options->tree(), Qt::Key_F2);
    auto *line = options->tree()->findChild<QLineEdit *>();
    QVERIFY(line);
    line->selectAll();
    QTest::keyClicks(line, u"contact"_s);
    QTest::keyClick(line, Qt::Key_Return);
    QTRY_COMPARE(m_rig->rawAt(u"/operationOptions/UPDATE/objectFeatures/contact/denied"_s),
                 "true"_ba);
    QTRY_COMPARE(QApplication::focusWidget(), options->tree());
    QTest::keyClick(options->tree(), Qt::Key_Insert);
    QSignalSpy failed(m_rig->page->form(), &ProvisionerForm::failed);
    m_rig->answer(u"contact"_s); // There already.
    QCOMPARE(failed.count(), 1);
}

void TestFormEntries::optionsOfAnOperationAreATree()
{
    m_rig->put(u"/operationOptions"_s, {});
    auto *section = m_rig->section<OperationOptionsSection>();
    m_rig->page->showItem(JsonPlace {u"/operationOptions/CREATE"_s});
    QTreeView *view = section->options()->view();
    const QAbstractItemModelTester tester(section->options()->model());
    view->setFocus();
    QTest::keyClick(view, Qt::Key_Insert);
    auto *line = view->findChild<QLineEdit *>();
    QVERIFY(line);
    line->selectAll();
    QTest::keyClicks(line, u"OPTION_A"_s);
    QTest::keyClick(line, Qt::Key_Return);
    const QString option = u"/operationOptions/CREATE/operationOptionInfo/properties/OPTION_A"_s;
    QTRY_COMPARE(m_rig->rawAt(option), R"({"type": "string"})"_ba);
    m_rig->page->showItem(JsonPlace {option + u"/type"_s});
    QCOMPARE(QApplication::focusWidget(), view);
    QTest::keyClick(view, Qt::Key_Delete);
    QCOMPARE(m_rig->rawAt(option), "{}"_ba);
}

void TestFormEntries::findingsStandAtTheEntry()
{
    m_rig->put(u"/operationOptions"_s,
               R"({"DELETE": {"objectFeatures": {"contact": {"denied": "true"}}}})");
    auto *section = m_rig->section<OperationOptionsSection>();
    const QString pointer = u"/operationOptions/DELETE/objectFeatures/contact/denied"_s;
    m_rig->page->showItem(JsonPlace {u"/operationOptions/CREATE"_s});
    QVERIFY(!section->model()->indexOf(pointer).data(Qt::ToolTipRole).toString().isEmpty());
    m_rig->page->showItem(JsonPlace {pointer});
    const FormField *field = section->fields()->fields().first();
    QCOMPARE(field->pointer(), pointer);
    auto *notes = field->findChild<FindingNotes *>();
    QVERIFY(notes->isVisible());
    QCOMPARE(notes->findings().size(), m_rig->page->findings()->at(pointer).size());
    QTest::mouseClick(notes->findChild<QToolButton *>(), Qt::LeftButton);
    QTRY_COMPARE(m_rig->rawAt(pointer), "true"_ba);
}

void TestFormEntries::attributesHaveTheirFields()
{
    const QString email = u"/objectTypes/contact/properties/email"_s;
    const QByteArray before = m_rig->rawAt(email);
    m_rig->typeInto(email + u"/default"_s, u"nobody@example.com"_s);
    QCOMPARE(m_rig->rawAt(email + u"/default"_s), R"("nobody@example.com")"_ba);
    m_rig->typeInto(email + u"/default"_s, u"12"_s);
    QCOMPARE(m_rig->rawAt(email + u"/default"_s), "12"_ba);
    m_rig->typeInto(email + u"/items/type"_s, u"string"_s);
    QCOMPARE(m_rig->document().value(email + u"/items/type"_s).toString(), u"string"_s);
    m_rig->typeInto(email + u"/items/type"_s, {}); // Its object goes with it.
    m_rig->typeInto(email + u"/default"_s, {});
    QCOMPARE(m_rig->rawAt(email), before);
    // The fields follow the cursor.
    QTreeView *tree = m_rig->section<ObjectTypesSection>()->tree();
    m_rig->page->showItem(JsonPlace {u"/objectTypes/contact"_s});
    tree->setFocus();
    QTest::keyClick(tree, Qt::Key_Down);
    const auto pointer = tree->currentIndex().data(ObjectTypesModel::PointerRole).toString();
    QVERIFY(pointer != email);
    m_rig->typeInto(pointer + u"/cipher"_s, u"AES"_s);
    QCOMPARE(m_rig->rawAt(pointer + u"/cipher"_s), R"("AES")"_ba);
}

void TestFormEntries::whatOnlyRestHasIsShownWhereItIs()
{
    const FormField *field = m_rig->page->form()->field(u"/_id"_s);
    m_rig->page->showItem(JsonPlace {u"/description"_s});
    QVERIFY(!field->isVisible());
    m_rig->put(u"/_id"_s, R"("provisioner.openicf/hubspot")");
    QVERIFY(field->isVisible());
    QTest::mouseClick(field->findChild<QToolButton *>(), Qt::LeftButton);
    QCOMPARE(m_rig->rawAt(u"/_id"_s), QByteArray());
    QVERIFY(!field->isVisible());
}

HUBKEEPER_WINDOW_TEST(TestFormEntries)
#include "tst_formentries.moc"
