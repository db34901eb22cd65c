// SPDX-License-Identifier: MIT
#include "gridrig.h"
#include "portal/portalwriter.h"
#include "records/inspector/inspector.h"
#include "records/inspector/linklabelsdialog.h"
#include "records/inspector/linkpicker.h"
#include "records/inspector/linksmodel.h"
#include "records/inspector/linksview.h"
#include "session/writing/applychanges.h"
#include "testkit/outcomeof.h"
#include "testkit/windowtest.h"
#include "widgets/notelabel.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

/// The associations of a record in the inspector, by mouse and keyboard.
class TestLinks final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_rig.reset(); }
    void namesTheCompanies();
    void removesAndKeeps();
    void undoBringsItBack();
    void movesThePrimaryLabel();
    void ticksLabels();
    void addsWhatIsFound_data();
    void addsWhatIsFound();
    void whatIsThereIsNotAdded();
    void whatGoesIsKeptIfFoundAgain();
    void oldHitsAreNotPicked();
    void appliesWhatIsStaged();
    void goesToTheRecord();
    void hidesNamesThatAreMasked();
    void isEmptyWithoutAny();
    void fitsASmallWindow();

private:
    void press(const QString &button)
    {
        QTest::mouseClick(m_view->findChild<QPushButton *>(button), Qt::LeftButton);
    }
    [[nodiscard]] QString text(int row, LinksModel::Column column) const
    {
        return m_view->model()->index(row, column).data().toString();
    }
    [[nodiscard]] bool isStruckOut(int row) const
    {
        return m_view->model()->index(row, 0).data(Qt::FontRole).value<QFont>().strikeOut();
    }
    [[nodiscard]] ChangeSet &changes() { return m_rig->changes(); }
    [[nodiscard]] QString companyId(const QString &name)
    {
        const auto made =
            outcomeOf(PortalWriter(m_rig->session->portal().client(), ApiVersion::V2026_09)
                          .create(ObjectType::Companies, {{u"name"_s, name}}, &m_parent));
        return made && *made ? (*made)->id : QString();
    }
    /// Waits for the picker and its first hit.
    [[nodiscard]] LinkPicker *found(const QString &wanted)
    {
        press(u"addAssociation"_s);
        auto *picker = m_view->findChild<LinkPicker *>();
        if (!picker || !QTest::qWaitForWindowActive(picker))
            return nullptr;
        auto *field = picker->findChild<QLineEdit *>(u"linkPickerText"_s);
        QTest::keyClicks(field, wanted);
        const auto *list = picker->findChild<QListWidget *>(u"linkPickerList"_s);
        return QTest::qWaitFor([list] { return list->currentRow() == 0; }, 20'000) ? picker
                                                                                   : nullptr;
    }

    QObject m_parent;
    std::unique_ptr<GridRig> m_rig;
    Inspector *m_inspector = nullptr;
    LinksView *m_view = nullptr;
};

void TestLinks::init()
{
    failOnUnexpectedWarnings();
    m_rig = std::make_unique<GridRig>();
    QVERIFY(m_rig->readContacts());
    m_inspector = qobject_cast<Inspector *>(m_rig->page->inspector());
    m_view = m_inspector->links();
    m_inspector->tabs()->setCurrentWidget(m_view);
    for (int row = 0; m_view->model()->rowCount() == 0; ++row) { // Some have no company.
        QVERIFY(row < 10);
        m_rig->click(m_rig->cell(row, u"email"_s));
        QTRY_VERIFY(m_view->model()->isKnown());
    }
    QTRY_VERIFY(m_view->findChild<QPushButton *>(u"labelAssociation"_s)->isEnabled());
    new QAbstractItemModelTester(
        m_view->model(), QAbstractItemModelTester::FailureReportingMode::QtTest, m_view->model());
    m_view->tree()->setFocus();
}

void TestLinks::namesTheCompanies()
{
    const LinkedRecord &first = m_view->model()->lineAt(0).linked;
    QVERIFY(first.name != first.record.id);
    QCOMPARE(text(0, LinksModel::RecordColumn), first.name);
    QCOMPARE(text(0, LinksModel::LabelsColumn), u"Primary"_s);
    QCOMPARE(text(0, LinksModel::ChangeColumn), QString());
    QVERIFY(m_view->findChild<QPushButton *>(u"primaryAssociation"_s)->isChecked());
    QVERIFY(!m_view->findChild<NoteLabel *>()->isVisible());
}

void TestLinks::removesAndKeeps()
{
    QTest::keyClick(m_view->tree(), Qt::Key_Delete);
    QVERIFY(isStruckOut(0));
    QCOMPARE(text(0, LinksModel::ChangeColumn), u"Removed"_s);
    QCOMPARE(text(0, LinksModel::LabelsColumn), u"Primary"_s);
    QCOMPARE(changes().count(), 1);
    QCOMPARE(changes().at(0).kind, ChangeKind::Archive);
    QVERIFY(!m_view->findChild<QPushButton *>(u"primaryAssociation"_s)->isEnabled());

    press(u"removeAssociation"_s); // It is called Keep now.
    QVERIFY(!isStruckOut(0));
    QCOMPARE(changes().count(), 0);
}

void TestLinks::undoBringsItBack()
{
    press(u"removeAssociation"_s);
    changes().undo();
    QVERIFY(!isStruckOut(0));
    changes().redo();
    QVERIFY(isStruckOut(0));
}

void TestLinks::movesThePrimaryLabel()
{
    const QString other = companyId(u"Other Works"_s);
    auto *picker = found(other);
    QVERIFY(picker);
    QTest::keyClick(picker, Qt::Key_Return);
    QTRY_COMPARE(changes().count(), 1);
    const int row = m_view->tree()->currentIndex().row();
    QCOMPARE(text(row, LinksModel::RecordColumn), u"Other Works"_s);
    press(u"primaryAssociation"_s);

    QCOMPARE(text(row, LinksModel::LabelsColumn), u"Primary"_s);
    QCOMPARE(text(row, LinksModel::ChangeColumn), u"Added"_s);
    QCOMPARE(text(0, LinksModel::LabelsColumn), u"No label"_s);
    QCOMPARE(text(0, LinksModel::ChangeColumn), u"No longer primary"_s);
    const CellChange primary = changes().at(0).cells.value(primaryCell);
    QCOMPARE(primary.before, m_view->model()->lineAt(0).linked.record.id);
    QCOMPARE(primary.after, other);

    press(u"primaryAssociation"_s);
    QCOMPARE(text(0, LinksModel::LabelsColumn), u"Primary"_s);
    QVERIFY(!changes().at(0).cells.contains(primaryCell));
}

void TestLinks::ticksLabels()
{
    QTest::keyClick(m_view->tree(), Qt::Key_F2);
    auto *dialog = m_view->findChild<LinkLabelsDialog *>();
    QVERIFY(dialog && QTest::qWaitForWindowActive(dialog));
    const QList<QCheckBox *> boxes = dialog->findChildren<QCheckBox *>();
    const auto billing = std::find_if(boxes.begin(), boxes.end(), [](const QCheckBox *box) {
        return box->text() == "Billing contact"_L1;
    });
    QVERIFY(billing != boxes.end());
    (*billing)->setFocus();
    QTest::keyClick(*billing, Qt::Key_Space);
    QTest::keyClick(dialog, Qt::Key_Return);

    QTRY_COMPARE(changes().count(), 1);
    QCOMPARE(text(0, LinksModel::LabelsColumn), u"Primary, Billing contact"_s);
    QCOMPARE(text(0, LinksModel::ChangeColumn), u"Changed"_s);
    QCOMPARE(m_view->model()->index(0, LinksModel::LabelsColumn).data(Qt::ToolTipRole).toString(),
             u"Now: Primary"_s);
}

void TestLinks::addsWhatIsFound_data()
{
    QTest::addColumn<bool>("byId");
    QTest::newRow("by a part of its name") << false;
    QTest::newRow("by its id") << true;
}

void TestLinks::addsWhatIsFound()
{
    QFETCH(bool, byId);
    const QString id = companyId(u"Zyxwork Limited"_s);
    QTest::qWait(byId ? 0 : 1500); // The index of the portal lags behind.
    const int before = m_view->model()->rowCount();

    auto *picker = found(byId ? id : u"zyxw"_s);
    QVERIFY(picker);
    QVERIFY(picker->findChild<QListWidget *>()->currentItem()->text().contains(u"Zyxwork"_s));
    QTest::keyClick(picker, Qt::Key_Return);

    QTRY_COMPARE(m_view->model()->rowCount(), before + 1);
    QCOMPARE(text(before, LinksModel::RecordColumn), u"Zyxwork Limited"_s);
    QCOMPARE(text(before, LinksModel::ChangeColumn), u"Added"_s);
    QCOMPARE(changes().at(0).to->id, id);
    QVERIFY(changes().at(0).label.endsWith(u"Zyxwork Limited"_s));
    press(u"removeAssociation"_s); // What is only staged goes at once.
    QCOMPARE(m_view->model()->rowCount(), before);
    QCOMPARE(changes().count(), 0);
}

void TestLinks::whatIsThereIsNotAdded()
{
    QSignalSpy said(m_view, &LinksView::statusMessage);
    auto *picker = found(m_view->model()->lineAt(0).linked.record.id);
    QVERIFY(picker);
    QTest::keyClick(picker, Qt::Key_Return);

    QTRY_COMPARE(said.size(), 1);
    QVERIFY(said.at(0).at(0).toString().contains(u"associated already"_s));
    QCOMPARE(changes().count(), 0);
}

void TestLinks::whatGoesIsKeptIfFoundAgain()
{
    press(u"removeAssociation"_s);
    QVERIFY(isStruckOut(0));
    auto *picker = found(m_view->model()->lineAt(0).linked.record.id);
    QVERIFY(picker);
    QTest::keyClick(picker, Qt::Key_Return);

    QTRY_COMPARE(changes().count(), 0);
    QVERIFY(!isStruckOut(0));
    QCOMPARE(m_view->tree()->currentIndex().row(), 0);
}

/// Enter right after typing on must not take what an earlier text has found.
void TestLinks::oldHitsAreNotPicked()
{
    auto *picker = found(m_view->model()->lineAt(0).linked.record.id);
    QVERIFY(picker);
    QSignalSpy picked(picker, &LinkPicker::picked);
    QTest::keyClick(picker->findChild<QLineEdit *>(u"linkPickerText"_s), Qt::Key_7);
    QTest::keyClick(picker, Qt::Key_Return);
    QCOMPARE(picked.size(), 0);
    QVERIFY(picker->isVisible());
    const auto *note = picker->findChild<NoteLabel *>();
    QTRY_VERIFY_WITH_TIMEOUT(note->text().contains(u"Nothing found"_s), 20'000);
    QTest::keyClick(picker, Qt::Key_Escape);
    QVERIFY(!picker->isVisible());
}

void TestLinks::appliesWhatIsStaged()
{
    const int before = m_view->model()->rowCount();
    const QString gone = m_view->model()->lineAt(0).linked.record.id;
    press(u"removeAssociation"_s);
    RunOptions options;
    options.reviewed = true;
    options.confirmed = true;

    const auto summary =
        outcomeOf<RunSummary>(applyChanges(*m_rig->session, options, &m_parent), 20'000);

    QVERIFY(summary && *summary);
    QCOMPARE((*summary)->applied, 1);
    QTRY_COMPARE(m_view->model()->rowCount(), before - 1); // It was read again.
    for (int row = 0; row < m_view->model()->rowCount(); ++row)
        QVERIFY(m_view->model()->lineAt(row).linked.record.id != gone);
}

void TestLinks::goesToTheRecord()
{
    QSignalSpy wanted(m_view, &LinksView::goTo);
    QTest::keyClick(m_view->tree(), Qt::Key_Return);
    QCOMPARE(wanted.size(), 1);
}

void TestLinks::hidesNamesThatAreMasked()
{
    const QString name = text(0, LinksModel::RecordColumn);
    m_rig->masking.setOn(true);
    QTRY_VERIFY(text(0, LinksModel::RecordColumn) != name);
    m_rig->masking.setOn(false);
    QTRY_COMPARE(text(0, LinksModel::RecordColumn), name);
}

void TestLinks::isEmptyWithoutAny()
{
    for (int row = m_view->model()->rowCount() - 1; row >= 0; --row) {
        m_view->tree()->setCurrentIndex(m_view->model()->index(row, 0));
        press(u"removeAssociation"_s);
    }
    RunOptions options;
    options.reviewed = true;
    options.confirmed = true;
    QVERIFY(outcomeOf<RunSummary>(applyChanges(*m_rig->session, options, &m_parent), 20'000));

    const auto *note = m_view->findChild<NoteLabel *>();
    QTRY_VERIFY(note->isVisible() && note->text().contains(u"No associated companies"_s));
    QVERIFY(m_view->findChild<QPushButton *>(u"addAssociation"_s)->isEnabled());
    QVERIFY(!m_view->findChild<QPushButton *>(u"removeAssociation"_s)->isEnabled());
}

void TestLinks::fitsASmallWindow()
{
    m_rig->window.resize(1024, 700);
    press(u"removeAssociation"_s);
    QTest::qWait(100);
    QCOMPARE(m_rig->window.size(), QSize(1024, 700));
    for (const auto *button : m_view->findChildren<QPushButton *>())
        QVERIFY(button->width() >= button->sizeHint().width());
    const QString folder = qEnvironmentVariable("HUBKEEPER_PICTURES");
    if (folder.isEmpty())
        return;
    QVERIFY(m_rig->window.grab().save(folder + u"/associations.png"_s));
    press(u"removeAssociation"_s);
    QTest::keyClick(m_view->tree(), Qt::Key_F2);
    auto *dialog = m_view->findChild<LinkLabelsDialog *>();
    QVERIFY(dialog && QTest::qWaitForWindowActive(dialog));
    QVERIFY(dialog->grab().save(folder + u"/association-labels.png"_s));
    QTest::keyClick(dialog, Qt::Key_Escape);
    m_rig->activate();
    auto *picker = found(m_view->model()->lineAt(0).linked.record.id);
    QVERIFY(picker);
    QVERIFY(picker->grab().save(folder + u"/association-picker.png"_s));
}

HUBKEEPER_WINDOW_TEST(TestLinks)
#include "tst_links.moc"
