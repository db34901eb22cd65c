// SPDX-License-Identifier: MIT
#include "program.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// Associations through a table and back, as real processes.
class TestCliImportLinks : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void addsThemAndFillsTheResult();
    void replacesThem();
    void anExportComesBack_data();
    void anExportComesBack();
    void refusalsNameTheCell();
    void ownExportWithoutAddresses();
    void fillsEveryFormat_data();
    void fillsEveryFormat();
    void sendsNothingWithoutAPlaceForTheOutcomes_data();
    void sendsNothingWithoutAPlaceForTheOutcomes();

private:
    Ended run(const QStringList &arguments) { return m_program.run(arguments); }
    Ended import(const QString &table, const QStringList &more = {})
    {
        return run(QStringList {u"--json"_s, u"import"_s, table, u"--connection"_s, m_file,
                                u"--object"_s, u"contact"_s}
                   + more);
    }
    [[nodiscard]] QString made(const QString &objectClass, const QStringList &values)
    {
        QStringList arguments {u"create"_s, m_file, objectClass};
        for (const QString &value : values)
            arguments << u"--set"_s << value;
        return QString::fromUtf8(run(arguments).out.trimmed());
    }
    /// Ids of the companies of a contact.
    [[nodiscard]] QStringList companiesOf(const QString &contact)
    {
        const QJsonArray all =
            run({u"--json"_s, u"associations"_s, u"list"_s, m_file, u"contact"_s, contact})
                .json()["associations"_L1]
                .toArray();
        QStringList ids;
        for (const QJsonValue &one : all)
            ids.append(one["id"_L1].toString());
        ids.sort();
        return ids;
    }

    Program m_program;
    std::unique_ptr<Practice> m_practice;
    QString m_file;
    QString m_acme;
    QString m_beta;
};

void TestCliImportLinks::initTestCase()
{
    m_program.withoutKeychain();
    m_practice = std::make_unique<Practice>(m_program);
    QVERIFY(m_practice->isServing());
    m_file = m_program.path(u"p.json"_s);
    QCOMPARE(run({u"connections"_s, u"set"_s, m_file, u"--mode"_s, u"free"_s}).code, 0);
    m_acme = made(u"company"_s, {u"name=Acme"_s, u"domain=acme-links.example"_s});
    m_beta = made(u"company"_s, {u"name=Beta"_s, u"domain=beta-links.example"_s});
    QVERIFY(!m_acme.isEmpty() && !m_beta.isEmpty());
}

void TestCliImportLinks::addsThemAndFillsTheResult()
{
    const QString old = made(u"contact"_s, {u"email=old@links.example"_s});
    m_program.write(u"links.csv"_s,
                    "Email,Company\r\n"
                    "old@links.example,"
                        + m_acme.toUtf8() + "; " + m_beta.toUtf8() + "\r\nnew@links.example,"
                        + m_acme.toUtf8() + "\r\n");
    const QStringList column {u"--column"_s, u"Company=associations.companies"_s};
    const Ended staged =
        import(u"links.csv"_s, column + QStringList {u"--result"_s, u"links-result.csv"_s});
    QCOMPARE(staged.code, 0);
    const QJsonObject json = staged.json();
    QCOMPARE(json["creates"_L1], 1);
    QCOMPARE(json["updates"_L1], 1);
    QCOMPARE(json["associations"_L1], 3);
    QCOMPARE(json["columns"_L1][1]["property"_L1], u"associations.companies"_s);

    const Ended applied = run({u"--json"_s, u"changes"_s, u"apply"_s, m_file, u"--yes"_s,
                               u"--fill"_s, u"links-result.csv"_s});
    QVERIFY2(applied.code == 0, applied.err);
    QCOMPARE(applied.json()["applied"_L1], 4);
    QStringList both {m_acme, m_beta};
    both.sort();
    QCOMPARE(companiesOf(old), both);
    const QList<QByteArray> lines = m_program.content(u"links-result.csv"_s).split('\n');
    QVERIFY2(lines[1].endsWith(old.toUtf8() + ",applied,\r"), lines[1]);
    QVERIFY2(lines[2].endsWith(",applied,\r") && !lines[2].contains("new-"), lines[2]);

    const Ended again = import(u"links.csv"_s, column);
    QCOMPARE(again.json()["unchanged"_L1], 2);
    QCOMPARE(again.json()["associations"_L1], 0);
    QCOMPARE(again.json()["refused"_L1], 0);
}

/// A table that says all: what it does not name is removed, and the same file again changes
/// nothing.
void TestCliImportLinks::replacesThem()
{
    const QString contact = made(u"contact"_s, {u"email=moved@links.example"_s});
    QCOMPARE(run({u"associations"_s, u"add"_s, m_file, u"contact"_s, contact, u"company"_s, m_acme,
                  u"--yes"_s})
                 .code,
             0);
    m_program.write(u"moved.csv"_s,
                    "email,associations.companies.domain\n"
                    "moved@links.example,beta-links.example\n");
    const QStringList replace {u"--associations"_s, u"replace"_s};
    const QJsonObject json = import(u"moved.csv"_s, replace).json();
    QCOMPARE(json["associations"_L1], 1);
    QCOMPARE(json["associationsRemoved"_L1], 1);
    QCOMPARE(run({u"changes"_s, u"apply"_s, m_file, u"--yes"_s}).code, 0);
    QCOMPARE(companiesOf(contact), QStringList {m_beta});
    QCOMPARE(import(u"moved.csv"_s, replace).json()["unchanged"_L1], 1);

    m_program.write(u"unnamed.csv"_s, "email,city\nmoved@links.example,Bern\n");
    const Ended unnamed = import(u"unnamed.csv"_s, replace);
    QCOMPARE(unnamed.code, 2);
    QVERIFY2(unnamed.err.contains("No column names the records"), unnamed.err);
}

void TestCliImportLinks::anExportComesBack_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QStringList>("more");
    QTest::newRow("xlsx") << u"back.xlsx"_s << QStringList();
    QTest::newRow("csv with labels") << u"back.csv"_s << QStringList {u"--labels"_s};
    QTest::newRow("JSON Lines") << u"back.jsonl"_s << QStringList();
}

void TestCliImportLinks::anExportComesBack()
{
    QFETCH(const QString, file);
    QFETCH(const QStringList, more);
    const QString contact = made(u"contact"_s, {u"email=%1@back.example"_s.arg(file)});
    for (const QString &company : {m_acme, m_beta})
        QCOMPARE(run({u"associations"_s, u"add"_s, m_file, u"contact"_s, contact, u"company"_s,
                      company, u"--yes"_s})
                     .code,
                 0);
    QCOMPARE(
        run(QStringList {u"search"_s, m_file, u"contact"_s, u"--filter"_s,
                         u"email eq '%1@back.example'"_s.arg(file), u"--columns"_s, u"email,city"_s,
                         u"--associations"_s, u"companies"_s, u"--output"_s, file}
            + more)
            .code,
        0);
    const QJsonObject same = import(file, {u"--dry-run"_s}).json();
    QCOMPARE(same["unchanged"_L1], 1);
    QCOMPARE(same["associations"_L1], 0);
    QCOMPARE(run({u"associations"_s, u"remove"_s, m_file, u"contact"_s, contact, u"company"_s,
                  m_beta, u"--yes"_s})
                 .code,
             0);
    const Ended missing = import(file, {u"--save-changes"_s, file + u".changes"_s});
    QCOMPARE(missing.json()["updates"_L1], 1);
    QCOMPARE(missing.json()["associations"_L1], 1);
    QCOMPARE(run({u"changes"_s, u"apply"_s, m_file, file + u".changes"_s, u"--yes"_s}).code, 0);
    QCOMPARE(companiesOf(contact).size(), 2);
}

void TestCliImportLinks::refusalsNameTheCell()
{
    m_program.write(u"bad.csv"_s,
                    "email,associations.companies.domain\nbad@links.example,nowhere.example\n");
    const Ended refused = import(u"bad.csv"_s, {u"--dry-run"_s});
    QCOMPARE(refused.code, 1);
    QCOMPARE(refused.json()["refusals"_L1][0]["message"_L1],
             u"Column associations.companies.domain: No company has the domain nowhere.example."_s);
    QCOMPARE(refused.json()["creates"_L1], 0);
}

void TestCliImportLinks::ownExportWithoutAddresses()
{
    const QString contact = made(u"contact"_s, {u"firstname=Nobody"_s, u"lastname=Links"_s});
    QCOMPARE(run({u"search"_s, m_file, u"contact"_s, u"--filter"_s, u"lastname eq 'Links'"_s,
                  u"--columns"_s, u"email,firstname"_s, u"--output"_s, u"own.csv"_s})
                 .code,
             0);
    const QJsonObject json = import(u"own.csv"_s, {u"--dry-run"_s}).json();
    QCOMPARE(json["refused"_L1], 0);
    QCOMPARE(json["unchanged"_L1], 1);
}

void TestCliImportLinks::fillsEveryFormat_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("CSV") << u"filled.csv"_s;
    QTest::newRow("tabs") << u"filled.tsv"_s;
    QTest::newRow("XLSX") << u"filled.xlsx"_s;
    QTest::newRow("JSON Lines") << u"filled.jsonl"_s;
}

void TestCliImportLinks::fillsEveryFormat()
{
    QFETCH(const QString, name);
    m_program.write(u"few.csv"_s,
                    "ID,Email,associations.companies\n1,one@" + name.toUtf8() + ".example,"
                        + m_acme.toUtf8() + "\n2,bad,\n");
    const QStringList more {u"--column"_s, u"ID="_s};
    QCOMPARE(import(u"few.csv"_s, more + QStringList {u"--result"_s, name}).code, 1);
    QCOMPARE(run({u"changes"_s, u"apply"_s, m_file, u"--yes"_s, u"--fill"_s, name}).code, 0);
    const QJsonArray rows =
        run({u"--json"_s, u"import"_s, name, u"--parse"_s}).json()["rows"_L1].toArray();
    QCOMPARE(rows.size(), 3);
    QCOMPARE(rows[1][4], u"applied"_s);
    QVERIFY(rows[1][3].toString().toLongLong() > 0);
    QCOMPARE(rows[2][4], u"refused"_s);
    const Ended again = import(name, {u"--dry-run"_s, u"--column"_s, u"ID="_s});
    QVERIFY2(again.json()["unchanged"_L1].toInt() == 1, again.out + again.err);
}

void TestCliImportLinks::sendsNothingWithoutAPlaceForTheOutcomes_data()
{
    QTest::addColumn<QStringList>("option");
    QTest::addColumn<int>("code");
    QTest::newRow("another table") << QStringList {u"--fill"_s, u"other.csv"_s} << 2;
    QTest::newRow("no table") << QStringList {u"--fill"_s, u"nowhere.csv"_s} << 1;
    QTest::newRow("no folder") << QStringList {u"--result"_s, u"nowhere/result.jsonl"_s} << 9;
}

void TestCliImportLinks::sendsNothingWithoutAPlaceForTheOutcomes()
{
    QFETCH(const QStringList, option);
    QFETCH(const int, code);
    m_program.write(u"other.csv"_s, "Email\nunsent@links.example\n");
    QCOMPARE(import(u"other.csv"_s).code, 0);
    const Ended applied = run(QStringList {u"changes"_s, u"apply"_s, m_file, u"--yes"_s} + option);
    QVERIFY2(applied.code == code, applied.out + applied.err);
    QCOMPARE(import(u"other.csv"_s).json()["unchanged"_L1], 1); // Staged still.
    const Ended found = run({u"--json"_s, u"search"_s, m_file, u"contact"_s, u"--filter"_s,
                             u"email eq 'unsent@links.example'"_s});
    QVERIFY(found.json()["result"_L1].toArray().isEmpty());
}

HUBKEEPER_TEST(TestCliImportLinks)
#include "tst_cliimportlinks.moc"
