// SPDX-License-Identifier: MIT
#include "program.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// `views …` and `search --view`.
class TestCliViews : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void keepsAndShows();
    void setsAndRenames();
    void removes();
    void refuses_data();
    void refuses();
    void searchesByView();
    void searchesWithMoreConditions();
    void writesAViewIntoATable();
    void saysWhatHubSpotCannotAnswer();

private:
    Ended views(const QString &verb, const QStringList &rest, bool json = true)
    {
        QStringList words {u"views"_s, verb, u"p.json"_s};
        words += rest;
        return m_program.run(json ? words + QStringList {u"--json"_s} : words);
    }
    Ended search(const QString &view, const QStringList &rest = {})
    {
        return m_program.run(QStringList {u"search"_s, u"p.json"_s, u"contact"_s, u"--view"_s, view}
                             + rest);
    }
    /// The values of a column of CSV without quotes.
    static QStringList column(const QByteArray &csv, const QString &name)
    {
        const QStringList lines = QString::fromUtf8(csv).split(u'\n', Qt::SkipEmptyParts);
        const qsizetype at = lines.value(0).trimmed().split(u',').indexOf(name);
        QStringList values;
        for (const QString &line : lines.mid(1))
            values.append(line.trimmed().split(u',').value(at));
        return values;
    }

    Program m_program;
    std::unique_ptr<Practice> m_practice;
};

void TestCliViews::initTestCase()
{
    m_program.withoutKeychain();
    m_practice = Practice::with(m_program,
                                {u"--contacts"_s, u"60"_s, u"--companies"_s, u"5"_s, u"--control"_s,
                                 u"--index-delay-ms"_s, u"0"_s, u"--limit"_s, u"oauthPerWindow=0"_s,
                                 u"--limit"_s, u"searchPerSecond=0"_s, u"--write-provisioner"_s,
                                 m_program.path(u"p.json"_s)});
    QVERIFY(m_practice->isServing());
}

void TestCliViews::init()
{
    const QJsonArray kept = views(u"list"_s, {}).list();
    for (const QJsonValue &view : kept)
        (void)views(u"remove"_s, {u"contact"_s, view["name"_L1].toString()});
}

void TestCliViews::keepsAndShows()
{
    QCOMPARE(views(u"list"_s, {}).list().size(), 0);
    const Ended added =
        views(u"add"_s,
              {u"contact"_s, u"New leads"_s, u"--filter"_s,
               u"lifecyclestage eq \"lead\" and createdate ge \"{30 days ago}\""_s, u"--columns"_s,
               u"email,city"_s, u"--sort=-city,email"_s, u"--pinned"_s, u"1"_s});
    QVERIFY2(added.code == 0, added.err);
    const QJsonObject shown = views(u"show"_s, {u"contact"_s, u"new LEADS"_s}).json();
    QCOMPARE(shown["name"_L1].toString(), u"New leads"_s);
    QCOMPARE(shown["columns"_L1].toArray().size(), 2);
    QCOMPARE(shown["sorts"_L1].toArray().at(0)["descending"_L1].toBool(), true);
    QCOMPARE(shown["pinned"_L1].toInt(), 1);
    const Ended list = views(u"list"_s, {}, false);
    QVERIFY2(list.out.contains("New leads") && list.out.contains("-city,email"), list.out);
}

void TestCliViews::setsAndRenames()
{
    QCOMPARE(views(u"add"_s, {u"contact"_s, u"A"_s, u"--columns"_s, u"email"_s}).code, 0);
    QCOMPARE(views(u"add"_s, {u"contact"_s, u"A"_s}).code != 0, true);
    QCOMPARE(views(u"add"_s, {u"contact"_s, u"A"_s, u"--words"_s, u"ada"_s, u"--replace"_s}).code,
             0);
    QCOMPARE(views(u"show"_s, {u"contact"_s, u"A"_s}).json()["words"_L1].toString(), u"ada"_s);
    QCOMPARE(views(u"set"_s, {u"contact"_s, u"A"_s, u"--rename"_s, u"B"_s}).code, 0);
    const QJsonArray kept = views(u"list"_s, {}).list();
    QCOMPARE(kept.size(), 1);
    QCOMPARE(kept.at(0)["name"_L1].toString(), u"B"_s);
    QCOMPARE(kept.at(0)["words"_L1].toString(), u"ada"_s);
}

void TestCliViews::removes()
{
    QCOMPARE(views(u"add"_s, {u"contact"_s, u"Leads"_s}).code, 0);
    const Ended wrong = views(u"remove"_s, {u"contact"_s, u"Lead"_s});
    QVERIFY(wrong.code != 0);
    QVERIFY2(wrong.out.contains("Did you mean"), wrong.out);
    QCOMPARE(views(u"remove"_s, {u"contact"_s, u"Leads"_s}).code, 0);
    QCOMPARE(views(u"list"_s, {}).list().size(), 0);
}

void TestCliViews::refuses_data()
{
    QTest::addColumn<QStringList>("rest");
    QTest::newRow("class") << QStringList {u"owner"_s, u"x"_s};
    QTest::newRow("name") << QStringList {u"contact"_s, u" "_s};
    QTest::newRow("filter") << QStringList {u"contact"_s, u"x"_s, u"--filter"_s, u"city eq"_s};
    QTest::newRow("pinned") << QStringList {u"contact"_s, u"x"_s, u"--pinned"_s, u"99"_s};
}

void TestCliViews::refuses()
{
    QFETCH(QStringList, rest);
    const Ended ended = views(u"add"_s, rest);
    QVERIFY(ended.code > 0);
    QCOMPARE(views(u"list"_s, {}).list().size(), 0);
}

void TestCliViews::searchesByView()
{
    QCOMPARE(
        views(u"add"_s,
              {u"contact"_s, u"Customers"_s, u"--filter"_s, u"lifecyclestage eq \"customer\""_s,
               u"--columns"_s, u"email,lifecyclestage"_s, u"--sort=-email"_s})
            .code,
        0);
    const Ended found = search(u"customers"_s, {u"--format"_s, u"csv"_s});
    QVERIFY2(found.code == 0, found.err);
    const QStringList stages = column(found.out, u"lifecyclestage"_s);
    QVERIFY(!stages.isEmpty());
    QCOMPARE(stages, QStringList(stages.size(), u"customer"_s));
    QStringList emails = column(found.out, u"email"_s);
    emails.removeAll(QString());
    QStringList sorted = emails;
    std::sort(sorted.begin(), sorted.end(), std::greater());
    QCOMPARE(emails, sorted);
    const Ended json = search(u"Customers"_s, {u"--json"_s});
    QCOMPARE(json.json()["result"_L1].toArray().size(), stages.size());
    QVERIFY(search(u"Customer"_s).err.contains("Did you mean"));
    QVERIFY(search(u"Customers"_s, {u"--sort=email"_s}).code != 0);
}

void TestCliViews::searchesWithMoreConditions()
{
    QCOMPARE(views(u"add"_s,
                   {u"contact"_s, u"V"_s, u"--filter"_s, u"email pr"_s, u"--columns"_s,
                    u"email,lifecyclestage"_s})
                 .code,
             0);
    const Ended all = search(u"V"_s, {u"--format"_s, u"csv"_s});
    const Ended some =
        search(u"V"_s, {u"--format"_s, u"csv"_s, u"--filter"_s, u"lifecyclestage eq \"lead\""_s});
    QVERIFY2(all.code == 0 && some.code == 0, some.err);
    const QStringList stages = column(some.out, u"lifecyclestage"_s);
    QVERIFY(!stages.isEmpty() && stages.size() < column(all.out, u"email"_s).size());
    QCOMPARE(stages, QStringList(stages.size(), u"lead"_s));
}

void TestCliViews::writesAViewIntoATable()
{
    QCOMPARE(views(u"add"_s,
                   {u"contact"_s, u"T"_s, u"--filter"_s, u"email pr"_s, u"--columns"_s,
                    u"lifecyclestage,email"_s, u"--sort=email"_s})
                 .code,
             0);
    const Ended written = search(u"T"_s, {u"--output"_s, u"out.csv"_s});
    QVERIFY2(written.code == 0, written.err);
    QStringList emails = column(m_program.content(u"out.csv"_s), u"email"_s);
    QVERIFY2(emails.size() > 10, m_program.content(u"out.csv"_s).left(300));
    QStringList sorted = emails;
    sorted.sort();
    QCOMPARE(emails, sorted);
}

void TestCliViews::saysWhatHubSpotCannotAnswer()
{
    QCOMPARE(views(u"add"_s,
                   {u"contact"_s, u"N"_s, u"--filter"_s, u"! (email co \"a\")"_s, u"--columns"_s,
                    u"email"_s})
                 .code,
             0);
    const Ended found = search(u"N"_s, {u"--format"_s, u"csv"_s});
    QCOMPARE(found.code, 0);
    QVERIFY2(found.err.contains("looked at here"), found.err);
    const QStringList emails = column(found.out, u"email"_s);
    for (const QString &email : emails)
        QVERIFY2(!email.contains(u'a', Qt::CaseInsensitive), qPrintable(email));
}

HUBKEEPER_TEST(TestCliViews)
#include "tst_cliviews.moc"
