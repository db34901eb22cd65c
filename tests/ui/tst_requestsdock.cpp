// SPDX-License-Identifier: MIT
#include "requests/limitsview.h"
#include "requests/requestsdock.h"
#include "requests/requestsmodel.h"
#include "requests/usagechart.h"
#include "testkit/windowtest.h"
#include "windowrig.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QFile>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableView>

using namespace Qt::StringLiterals;
using namespace hubkeeper;
using namespace hubkeeper::test;

/// The calls of a session on a practice portal, as the dock shows them.
class TestRequestsDock final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_rig.reset(); }
    void showsEveryCall();
    void filters();
    void keepsBodiesWhenAsked();
    void masksPersonalData();
    void pausesAndClears();
    void copies();
    void exportsPrivately();
    void showsLimitsAndUse();

private:
    void read(const QString &id);
    [[nodiscard]] int rows() const { return m_dock->table()->model()->rowCount(); }
    [[nodiscard]] QString cell(int row, int column) const
    {
        return m_dock->table()->model()->index(row, column).data().toString();
    }

    std::unique_ptr<WindowRig> m_rig;
    RequestsDock *m_dock = nullptr;
    QString m_id;
    QString m_email;
};

void TestRequestsDock::init()
{
    failOnUnexpectedWarnings();
    m_rig = std::make_unique<WindowRig>();
    QVERIFY(m_rig->openPractice());
    m_dock = m_rig->page<RequestsDock>(PageId::Requests);
    m_rig->window->showPlace({PageId::Requests, {}});
    QTRY_VERIFY(m_dock->isVisible());
    ListOptions options;
    options.limit = 5;
    bool done = false;
    m_rig->session()
        .portal()
        .list(ObjectType::Contacts, options, m_dock)
        ->onDone(m_dock, [&](const Result<RecordPage> &page) {
            m_id = page->records.first().id;
            m_email = page->records.first().text(u"email"_s);
            done = true;
        });
    QTRY_VERIFY(done);
    QVERIFY(m_email.contains(u'@'));
}

void TestRequestsDock::read(const QString &id)
{
    bool done = false;
    m_rig->session()
        .portal()
        .read(ObjectType::Contacts, id, {{u"email"_s}, {}, {}, false}, m_dock)
        ->onDone(m_dock, [&](const Result<Record> &) { done = true; });
    QTRY_VERIFY(done);
}

void TestRequestsDock::showsEveryCall()
{
    const QAbstractItemModelTester tester(m_dock->table()->model(),
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    const int before = rows();
    read(m_id);
    QCOMPARE(rows(), before + 1);
    QCOMPARE(cell(before, RequestsModel::VerbColumn), u"GET"_s);
    QVERIFY(cell(before, RequestsModel::PathColumn).contains(m_id));
    QCOMPARE(cell(before, RequestsModel::StatusColumn), u"200"_s);
    QCOMPARE(cell(before, RequestsModel::TryColumn), u"1"_s);
    m_dock->table()->selectRow(before);
    QVERIFY(m_dock->details()->toPlainText().contains(u"not kept"_s));
}

void TestRequestsDock::filters()
{
    read(u"999999999"_s); // 404
    m_dock->onlyFailed()->click();
    QCOMPARE(rows(), 1);
    QCOMPARE(cell(0, RequestsModel::StatusColumn), u"404"_s);
    m_dock->onlyFailed()->click();
    m_dock->focusFilter();
    QTest::keyClicks(m_dock->filter(), u"999999999"_s);
    QCOMPARE(rows(), 1);
    QTest::keyClicks(m_dock->filter(), u"nothing"_s);
    QCOMPARE(rows(), 0);
}

void TestRequestsDock::keepsBodiesWhenAsked()
{
    m_dock->keepBodies()->click();
    read(m_id);
    m_dock->table()->selectRow(rows() - 1);
    QVERIFY(m_dock->details()->toPlainText().contains(u"\"properties\""_s));
    m_dock->keepBodies()->click();
    QVERIFY(!m_dock->details()->toPlainText().contains(u"\"properties\""_s));
}

void TestRequestsDock::masksPersonalData()
{
    m_dock->keepBodies()->click();
    read(m_id);
    m_dock->table()->selectRow(rows() - 1);
    m_rig->window->findChild<QAction *>(u"maskPersonalData"_s)->trigger();
    QVERIFY(!m_dock->details()->toPlainText().contains(m_email));
    QVERIFY(m_dock->details()->toPlainText().contains(u"masked.example"_s));
    m_rig->window->findChild<QAction *>(u"maskPersonalData"_s)->trigger();
    QVERIFY(m_dock->details()->toPlainText().contains(m_email));
}

void TestRequestsDock::pausesAndClears()
{
    const int before = rows();
    QTest::mouseClick(m_dock->pause(), Qt::LeftButton);
    read(m_id);
    QCOMPARE(rows(), before);
    QTest::mouseClick(m_dock->pause(), Qt::LeftButton);
    QCOMPARE(rows(), before + 1);
    m_rig->session().traffic().clear();
    QCOMPARE(rows(), 0);
}

void TestRequestsDock::copies()
{
    read(m_id);
    m_dock->table()->selectRow(rows() - 1);
    const auto buttons = m_dock->findChildren<QPushButton *>();
    const auto press = [&](const QString &text) {
        for (QPushButton *button : buttons) {
            if (button->text().remove(u'&') == text)
                QTest::mouseClick(button, Qt::LeftButton);
        }
        return QApplication::clipboard()->text();
    };
    const QString curl = press(u"Copy as curl"_s);
    QVERIFY(curl.startsWith(u"curl"_s));
    QVERIFY(curl.contains(u"$HUBSPOT_TOKEN"_s));
    QCOMPARE(press(u"Copy as Command"_s),
             u"hubkeeper-cli get %1 contact %2"_s.arg(m_rig->session().connection().provisionerPath,
                                                      m_id));
}

void TestRequestsDock::exportsPrivately()
{
    read(m_id);
    const QString path = m_rig->folder.filePath(u"calls.har"_s);
    QVERIFY(m_dock->exportTo(path));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().contains(m_id.toUtf8()));
    QVERIFY(!(file.permissions() & (QFile::ReadGroup | QFile::ReadOther)));
}

void TestRequestsDock::showsLimitsAndUse()
{
    read(m_id);
    m_rig->window->showPlace({PageId::Requests, PagePart::Limits});
    QTRY_VERIFY(m_dock->limits()->isVisible());
    const QString summary = m_dock->limits()->chart()->summary();
    QVERIFY2(!summary.startsWith(u"No calls"_s), qPrintable(summary));
    QCOMPARE(m_dock->limits()->chart()->accessibleDescription(), summary);
}

HUBKEEPER_WINDOW_TEST(TestRequestsDock)
#include "tst_requestsdock.moc"
