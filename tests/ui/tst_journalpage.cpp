// SPDX-License-Identifier: MIT
#include "changes/changesdock.h"
#include "journal/journal.h"
#include "journal/journalpage.h"
#include "testkit/outcomeof.h"
#include "testkit/windowtest.h"
#include "widgets/messagebar.h"
#include "windowrig.h"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

namespace {

JournalRow rowOf(const QString &id, ChangeKind kind, const CellChanges &cells)
{
    JournalRow row;
    row.subject = u"contacts/"_s + id;
    row.type = u"contacts"_s;
    row.kind = kind;
    row.recordId = id;
    row.label = u"Record %1"_s.arg(id);
    row.cells = cells;
    row.outcome = outcome::applied;
    return row;
}

} // namespace

/// The Journal page: what it shows of whom, and what it stages.
class TestJournalPage final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_rig.reset(); }
    void followsWhatOthersWrite();
    void showsTheRunsOfThisConnection();
    void refusesARunOfAnotherPortal();
    void stagesTheSelectedRows();
    void namesTheFirstFewOnly();
    void saysHowARunEnded();
    void verifiesInThreeAnswers();
    void aVerdictStaysUntilSomethingIsWritten();
    void asksBeforeDefinitionsGoBack();
    void messagesGoWithTheirCause();
    void exportsForSpreadsheets();
    void saysThatNoRunFits();

private:
    /// A run of another program, in the same journal.
    QString writeRun(const QList<JournalRow> &rows, qint64 portalId, const QString &connectionId,
                     int planned = 0);
    QString writeRunHere(const QList<JournalRow> &rows, int planned = 0)
    {
        return writeRun(rows, m_portalId, m_rig->session().connection().id, planned);
    }
    [[nodiscard]] QPushButton *button(const QString &text) const;
    /// Everything that the message says, its detail too.
    [[nodiscard]] QString messageText() const
    {
        QStringList texts;
        const auto labels = m_page->findChild<MessageBar *>()->findChildren<QLabel *>();
        for (const QLabel *label : labels)
            texts.append(label->text());
        return texts.join(u'\n');
    }

    std::unique_ptr<WindowRig> m_rig;
    JournalPage *m_page = nullptr;
    qint64 m_portalId = 0;
};

void TestJournalPage::init()
{
    failOnUnexpectedWarnings();
    m_rig = std::make_unique<WindowRig>();
    QVERIFY(m_rig->openPractice());
    m_page = m_rig->page<JournalPage>(PageId::Journal);
    const auto account = outcomeOf(m_rig->session().account(m_page));
    QVERIFY(account && *account);
    m_portalId = (*account)->portalId;
    m_rig->window->showPlace({PageId::Journal, {}});
}

QString TestJournalPage::writeRun(const QList<JournalRow> &rows, qint64 portalId,
                                  const QString &connectionId, int planned)
{
    const auto journal = Journal::open(journalPath(m_rig->paths), m_rig->clock, Secret());
    RunStart start;
    start.connectionId = connectionId;
    start.connection = u"Other"_s;
    start.portalId = portalId;
    start.planned = planned;
    const auto run = journal ? (*journal)->beginRun(start) : tl::unexpected(journal.error());
    if (!run || !(*journal)->addOutcomes(*run, {rows.begin(), rows.end()})
        || !(*journal)->endRun(*run))
        return {};
    return *run;
}

QPushButton *TestJournalPage::button(const QString &text) const
{
    const QList<QPushButton *> all = m_page->findChildren<QPushButton *>();
    for (QPushButton *one : all) {
        if (one->text().remove(u'&').startsWith(text))
            return one;
    }
    return nullptr;
}

void TestJournalPage::followsWhatOthersWrite()
{
    QCOMPARE(m_page->runs()->model()->rowCount(), 0);
    const JournalRow row = rowOf(u"1"_s, ChangeKind::Update, {{u"city"_s, {u"a"_s, u"b"_s}}});
    QVERIFY(!writeRunHere({row}).isEmpty());
    QTRY_COMPARE(m_page->runs()->model()->rowCount(), 1);
    QTRY_COMPARE(m_page->rows()->model()->rowCount(), 1);
    QVERIFY(!writeRunHere({row}).isEmpty());
    QTRY_COMPARE(m_page->runs()->model()->rowCount(), 2);
}

void TestJournalPage::showsTheRunsOfThisConnection()
{
    const JournalRow row = rowOf(u"1"_s, ChangeKind::Update, {{u"city"_s, {u"a"_s, u"b"_s}}});
    QVERIFY(!writeRun({row}, 99, u"elsewhere"_s).isEmpty());
    QVERIFY(!writeRunHere({row}).isEmpty());
    QTRY_COMPARE(m_page->runs()->model()->rowCount(), 1);
    QVERIFY(m_page->runs()->isColumnHidden(JournalRunsModel::PortalColumn));
    m_page->findChild<QCheckBox *>()->setChecked(true);
    QTRY_COMPARE(m_page->runs()->model()->rowCount(), 2);
    QVERIFY(!m_page->runs()->isColumnHidden(JournalRunsModel::PortalColumn));
    QCOMPARE(m_page->runs()->model()->index(1, JournalRunsModel::PortalColumn).data().toLongLong(),
             99);
}

void TestJournalPage::refusesARunOfAnotherPortal()
{
    const JournalRow row = rowOf(u"1"_s, ChangeKind::Create, {{u"city"_s, {{}, u"b"_s}}});
    QVERIFY(!writeRun({row}, 99, u"elsewhere"_s).isEmpty());
    m_page->findChild<QCheckBox *>()->setChecked(true);
    QTRY_VERIFY(button(u"Revert Run"_s)->isEnabled());
    button(u"Revert Run"_s)->click();
    QTRY_VERIFY(m_page->findChild<MessageBar *>()->isVisible());
    QVERIFY2(messageText().contains(u"portal 99"_s), qPrintable(messageText()));
    QVERIFY2(messageText().contains(QString::number(m_portalId)), qPrintable(messageText()));
    QVERIFY(m_rig->session().changes().isEmpty());
}

void TestJournalPage::stagesTheSelectedRows()
{
    QVERIFY(!writeRunHere({rowOf(u"1"_s, ChangeKind::Update, {{u"city"_s, {u"a"_s, u"b"_s}}}),
                           rowOf(u"2"_s, ChangeKind::Update, {{u"city"_s, {u"c"_s, u"d"_s}}})})
                 .isEmpty());
    QTRY_COMPARE(m_page->rows()->model()->rowCount(), 2);
    QVERIFY(!button(u"Revert Rows"_s)->isEnabled());
    m_page->rows()->setCurrentIndex(m_page->rows()->model()->index(1, 0));
    QVERIFY(button(u"Revert Rows"_s)->isEnabled());
    button(u"Revert Rows"_s)->click();
    QTRY_COMPARE(m_rig->session().changes().count(), 1);
    const RowChange row = m_rig->session().changes().rows().front();
    QCOMPARE(row.id, u"2"_s);
    QCOMPARE(row.cells.value(u"city"_s), (CellChange {u"d"_s, u"c"_s}));
}

/// However many there are, the window keeps its size.
void TestJournalPage::namesTheFirstFewOnly()
{
    QList<JournalRow> rows;
    for (int i = 0; i < 300; ++i)
        rows.append(rowOf(u"%1"_s.arg(i), ChangeKind::Archive, {{u"city"_s, {u"a"_s, {}}}}));
    QVERIFY(!writeRunHere(rows).isEmpty());
    QTRY_VERIFY(button(u"Revert Run"_s)->isEnabled());
    const QSize before = m_rig->window->size();
    button(u"Revert Run"_s)->click();
    QTRY_VERIFY(m_page->findChild<MessageBar *>()->isVisible());
    QVERIFY2(messageText().trimmed().startsWith(u"300 row"_s), qPrintable(messageText()));
    QCOMPARE(messageText().count(u"Record "_s), 5);
    QVERIFY(messageText().contains(u"295 other"_s));
    QCOMPARE(m_rig->window->size(), before);
    QVERIFY(m_rig->window->minimumSizeHint().width() <= 1024);
}

void TestJournalPage::saysHowARunEnded()
{
    QVERIFY(
        !writeRunHere({rowOf(u"1"_s, ChangeKind::Update, {{u"city"_s, {u"a"_s, u"b"_s}}})}, 1830)
             .isEmpty());
    QTRY_COMPARE(m_page->runs()->model()->rowCount(), 1);
    const QAbstractItemModel *model = m_page->runs()->model();
    QTRY_COMPARE(model->index(0, JournalRunsModel::OutcomeColumn).data().toString(),
                 u"Stopped: 1 applied, %1 wait"_s.arg(QLocale().toString(1829)));
    QVERIFY(!model->index(0, JournalRunsModel::WhoColumn).data().toString().isEmpty());
}

void TestJournalPage::verifiesInThreeAnswers()
{
    QVERIFY(!writeRunHere({}).isEmpty());
    button(u"Verify"_s)->click();
    QTRY_VERIFY(m_page->findChild<MessageBar *>()->isVisible());
    QCOMPARE(m_page->findChild<MessageBar *>()->kind(), MessageBar::Warning);
    QVERIFY2(messageText().contains(u": no seal, because"_s), qPrintable(messageText()));
    QCOMPARE(messageText().count(u"intact"_s), 1);
}

/// Opening a database sets the owner of its files, which is not writing. What was written just
/// before is noticed later, and is part of the verdict.
void TestJournalPage::aVerdictStaysUntilSomethingIsWritten()
{
    const JournalRow row = rowOf(u"1"_s, ChangeKind::Update, {{u"city"_s, {u"a"_s, u"b"_s}}});
    QVERIFY(!writeRunHere({row}).isEmpty());
    QTRY_COMPARE(m_page->rows()->model()->rowCount(), 1);
    button(u"Verify Journal"_s)->click();
    QTRY_VERIFY(messageText().contains("entries"_L1));

    QFile file(journalPath(m_rig->paths));
    QVERIFY(file.setPermissions(file.permissions() ^ QFile::ReadGroup));
    QTest::qWait(1000);
    QVERIFY(m_page->findChild<MessageBar *>()->isVisible());

    QVERIFY(!writeRunHere({row}).isEmpty());
    QTRY_VERIFY(!m_page->findChild<MessageBar *>()->isVisible());
}

void TestJournalPage::asksBeforeDefinitionsGoBack()
{
    JournalRow row = rowOf(u"shoe_size"_s, ChangeKind::Create, {{u"label"_s, {{}, u"Size"_s}}});
    row.thing = WrittenThing::Definition;
    QVERIFY(!writeRunHere({row}).isEmpty());
    QTRY_VERIFY(button(u"Revert Run"_s)->isEnabled());
    button(u"Revert Run"_s)->click();
    QMessageBox *question = nullptr;
    QTRY_VERIFY((question = m_page->findChild<QMessageBox *>(u"revertDefinitions"_s)));
    QCOMPARE(question->defaultButton(),
             qobject_cast<QPushButton *>(question->button(QMessageBox::Cancel)));
    const QList<QAbstractButton *> buttons = question->buttons();
    for (QAbstractButton *one : buttons) {
        if (question->buttonRole(one) == QMessageBox::AcceptRole)
            one->click();
    }
    // HubSpot has no such property; each outcome is said.
    QTRY_VERIFY(m_page->findChild<MessageBar *>()->isVisible());
    QVERIFY2(messageText().trimmed().startsWith(u"0 property definition"_s),
             qPrintable(messageText()));
}

void TestJournalPage::messagesGoWithTheirCause()
{
    const JournalRow archived = rowOf(u"1"_s, ChangeKind::Archive, {{u"city"_s, {u"a"_s, {}}}});
    const JournalRow row = rowOf(u"2"_s, ChangeKind::Update, {{u"city"_s, {u"a"_s, u"b"_s}}});
    QVERIFY(!writeRunHere({row}).isEmpty());
    QVERIFY(!writeRunHere({archived}).isEmpty());
    auto *message = m_page->findChild<MessageBar *>();
    QTRY_COMPARE(m_page->runs()->model()->rowCount(), 2);
    QTRY_VERIFY(button(u"Revert Run"_s)->isEnabled());
    m_page->runs()->setCurrentIndex(m_page->runs()->model()->index(0, 0));
    button(u"Revert Run"_s)->click();
    QTRY_VERIFY(message->isVisible()); // An archive cannot be taken back.
    m_page->runs()->setCurrentIndex(m_page->runs()->model()->index(1, 0));
    QVERIFY(!message->isVisible());

    button(u"Verify"_s)->click();
    QTRY_VERIFY(message->isVisible());
    QVERIFY(!writeRunHere({row}).isEmpty()); // It was another journal that was verified.
    QTRY_VERIFY(!message->isVisible());
}

void TestJournalPage::exportsForSpreadsheets()
{
    JournalRow row =
        rowOf(u"7"_s, ChangeKind::Update,
              {{u"city"_s, {u"Köln, \"old\""_s, u"a\nb"_s}}, {u"phone"_s, {{}, u"=1+1"_s}}});
    row.message = u"proven"_s;
    const QString run = writeRunHere({row, rowOf(u"8"_s, ChangeKind::Archive, {})});
    QTRY_COMPARE(m_page->rows()->model()->rowCount(), 3);
    const QString path = m_rig->folder.filePath(u"run.csv"_s);
    const auto exported = outcomeOf(m_page->exportTo(path, m_page));
    QVERIFY(exported && *exported);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    QVERIFY(bytes.startsWith("\xEF\xBB\xBFrun,startedAt,"));
    QCOMPARE(bytes.count("\r\n"), 4); // A head, two cells, a record without any.
    QCOMPARE(bytes.count(run.toUtf8()), 3);
    QVERIFY(bytes.contains("7,Record 7,city,\"K\xC3\xB6ln, \"\"old\"\"\",\"a\nb\""));
    QVERIFY(bytes.contains("phone,,'=1+1,applied,proven"));
    QVERIFY(bytes.contains("archive,8,Record 8,,,"));
}

void TestJournalPage::saysThatNoRunFits()
{
    const JournalRow row = rowOf(u"1"_s, ChangeKind::Update, {{u"city"_s, {u"a"_s, u"b"_s}}});
    QVERIFY(!writeRunHere({row}).isEmpty());
    QTRY_COMPARE(m_page->runs()->model()->rowCount(), 1);
    const auto isSaid = [this](const QString &text) {
        const auto labels = m_page->findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(), [&](const QLabel *label) {
            return label->isVisible() && label->text().contains(text);
        });
    };
    m_page->focusFilter();
    auto *filter = m_page->findChild<QLineEdit *>(u"journalFilter"_s);
    QTest::keyClicks(filter, u"nowhere"_s);
    QTRY_VERIFY(isSaid(u"No run mentions “nowhere”"_s));
    filter->clear();
    QTRY_VERIFY(!isSaid(u"No run"_s) && m_page->runs()->isVisible());
}

HUBKEEPER_WINDOW_TEST(TestJournalPage)
#include "tst_journalpage.moc"
