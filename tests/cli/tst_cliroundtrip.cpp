// SPDX-License-Identifier: MIT
#include "servedportal.h"
#include "testkit/testprogram.h"

#include <QRandomGenerator>
#include <QStandardPaths>
#include <QTest>

using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

struct Kind
{
    QByteArray type;
    QByteArray fieldType;
    QStringList values; ///< One of them is chosen for each contact; texts otherwise.
    QByteArray options; ///< As JSON.
};

/// Every type of property that HubSpot has values of, and what is hard to keep in each.
QList<Kind> kinds()
{
    const QByteArray options = R"([{"value":"a","label":"Éclair; crème"},{"value":"b","label":"b"},
        {"value":"00123","label":"=1+1"},{"value":"x y","label":"Größe"}])";
    const QByteArray boxes = R"([{"value":"a","label":"Apfel"},{"value":"b","label":"Birne; gelb"},
        {"value":"c","label":"桜"}])";
    const QByteArray flags = R"([{"value":"true","label":"Ja"},{"value":"false","label":"Nein"}])";
    return {
        {"string", "text", {}, {}},
        {"string", "textarea", {}, {}},
        {"string", "phonenumber", {u"+49 30 23125000"_s, u"0049"_s, u"+1 (555) 0100"_s}, {}},
        {"number", "number", {u"9007199254740993"_s, u"-5"_s, u"0.1"_s, u"1250.50"_s, u"0"_s}, {}},
        {"date", "date", {u"2026-02-28"_s, u"1899-12-31"_s, u"2000-01-01"_s}, {}},
        {"datetime", "date", {u"2026-02-28T13:45:00Z"_s, u"1999-12-31T23:59:59.999Z"_s}, {}},
        {"bool", "booleancheckbox", {u"true"_s, u"false"_s}, flags},
        {"enumeration", "select", {u"a"_s, u"b"_s, u"00123"_s, u"x y"_s}, options},
        {"enumeration", "radio", {u"a"_s, u"b"_s, u"00123"_s}, options},
        {"enumeration", "checkbox", {u"a"_s, u"a;b"_s, u"a;b;c"_s, u"c"_s}, boxes},
        {"enumeration", "booleancheckbox", {u"true"_s, u"false"_s}, flags},
    };
}

/// Scripts of the world, and what spreadsheets like to change.
QStringList texts()
{
    return {u"Łódź, Øre, ßẞ, ﬁ, İi"_s,
            u"Ελληνικά"_s,
            u"Кириллица ё"_s,
            u"עברית \u200F(1)"_s,
            u"العربية ١٢٣"_s,
            u"हिन्दी क्षि"_s,
            u"ไทยกำ"_s,
            u"日本語カ゛"_s,
            u"한글 각"_s,
            u"汉字𠮷"_s,
            u"አማርኛ"_s,
            u"👩‍👩‍👧 🇨🇭 e\u0301"_s,
            u"00123"_s,
            u"+49 30 23125000"_s,
            u"=1+1"_s,
            u"=HYPERLINK(\"x\")"_s,
            u"@SUM(1)"_s,
            u"-5"_s,
            u"'quoted"_s,
            u"1/2"_s,
            u"01.02.2026"_s,
            u"MAR1"_s,
            u"1E5"_s,
            u"9007199254740993"_s,
            u"1,5"_s,
            u"true"_s,
            u"13:45"_s,
            u"a \"b\" c"_s,
            u"two\nlines"_s,
            u"three\n\nlines; with, separators\t|"_s,
            u" blanks at both ends "_s,
            u"no\u00A0break"_s,
            u"_x000D_"_s,
            u"null"_s,
            QString(5000, u'ü')};
}

QJsonArray optionsFrom(const QByteArray &json)
{
    return QJsonDocument::fromJson(json).array();
}

} // namespace

/// Contacts with every type of property and every script go out and come back: no cell changes,
/// also through LibreOffice, where it is installed.
class TestCliRoundTrip : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void comesBack_data();
    void comesBack();
    void comesBackThroughLibreOffice_data();
    void comesBackThroughLibreOffice();

private:
    void makeProperties();
    void makeContacts();
    void exportTo(const QString &name, const QStringList &more);
    void expectNoChange(const QString &name, const QStringList &more = {});

    std::unique_ptr<ServedPortal> m_portal;
    static constexpr int contacts = 60;
};

void TestCliRoundTrip::initTestCase()
{
    m_portal = std::make_unique<ServedPortal>(
        QStringList {u"--contacts"_s, u"40"_s, u"--companies"_s, u"5"_s, u"--control"_s,
                     u"--index-delay-ms"_s, u"0"_s, u"--write-provisioner"_s, u"p.json"_s});
    QVERIFY(m_portal->hasProvisioner());
    makeProperties();
    makeContacts();
}

void TestCliRoundTrip::makeProperties()
{
    const QList<Kind> all = kinds();
    for (qsizetype i = 0; i < all.size(); ++i) {
        const Kind &kind = all[i];
        QJsonObject body {
            {u"name"_s, u"kind_%1"_s.arg(i)},
            {u"label"_s, u"Kind \"%1\", %2"_s.arg(i).arg(QString::fromLatin1(kind.fieldType))},
            {u"type"_s, QString::fromLatin1(kind.type)},
            {u"fieldType"_s, QString::fromLatin1(kind.fieldType)},
            {u"groupName"_s, u"contactinformation"_s}};
        if (!kind.options.isEmpty())
            body.insert(u"options"_s, optionsFrom(kind.options));
        const auto made = m_portal->post("/crm/v3/properties/contacts",
                                         QJsonDocument(body).toJson(QJsonDocument::Compact));
        QVERIFY2(made.status == 201, made.body);
    }
}

void TestCliRoundTrip::makeContacts()
{
    const QList<Kind> all = kinds();
    const QStringList words = texts();
    QRandomGenerator chance(4711);
    QJsonArray inputs;
    for (int i = 0; i < contacts; ++i) {
        QJsonObject values {{u"email"_s, u"trip%1@example.com"_s.arg(i)},
                            {u"firstname"_s, words[i % words.size()]}};
        for (qsizetype k = 0; k < all.size(); ++k) {
            const QStringList &choice = all[k].values.isEmpty() ? words : all[k].values;
            if (chance.bounded(5) > 0)
                values.insert(u"kind_%1"_s.arg(k), choice[(i + k) % choice.size()]);
        }
        inputs.append(QJsonObject {{u"properties"_s, values}});
    }
    const auto made = m_portal->post(
        "/crm/v3/objects/contacts/batch/create",
        QJsonDocument(QJsonObject {{u"inputs"_s, inputs}}).toJson(QJsonDocument::Compact));
    QVERIFY2(made.status == 201, made.body.left(2000));
}

void TestCliRoundTrip::exportTo(const QString &name, const QStringList &more)
{
    const Ended out = m_portal->program().run(
        QStringList {u"search"_s, u"p.json"_s, u"contact"_s, u"--columns"_s, u"*"_s, u"-o"_s, name}
        + more);
    QVERIFY2(out.code == 0, out.err + out.out);
}

void TestCliRoundTrip::expectNoChange(const QString &name, const QStringList &more)
{
    const Ended in = m_portal->program().run(
        QStringList {u"--json"_s, u"import"_s, name, u"--connection"_s, u"p.json"_s, u"--object"_s,
                     u"contact"_s, u"--match"_s, u"id"_s, u"--empty"_s, u"clear"_s, u"--dry-run"_s}
        + more);
    const QJsonObject json = in.json();
    QVERIFY2(in.code == 0, in.err + in.out.left(4000));
    QCOMPARE(json["updates"_L1].toInt(), 0);
    QCOMPARE(json["creates"_L1].toInt(), 0);
    QCOMPARE(json["refused"_L1].toInt(), 0);
    QVERIFY(json["unchanged"_L1].toInt() >= contacts);
    const QJsonArray readOnly = json["readOnly"_L1].toArray();
    QVERIFY(!readOnly.isEmpty());
    for (const QJsonValue &column : readOnly)
        QVERIFY2(column["differing"_L1].toInt() == 0, qPrintable(column["column"_L1].toString()));
}

void TestCliRoundTrip::comesBack_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QStringList>("written");
    QTest::addColumn<QStringList>("read");
    const QStringList labels {u"--labels"_s};
    const QStringList guard {u"--guard"_s};
    QTest::newRow("xlsx") << u"out.xlsx"_s << QStringList() << QStringList();
    QTest::newRow("xlsx, labels") << u"labels.xlsx"_s << labels << QStringList();
    QTest::newRow("csv") << u"out.csv"_s << QStringList() << QStringList();
    QTest::newRow("csv, labels") << u"labels.csv"_s << labels << QStringList();
    QTest::newRow("csv, guarded") << u"guarded.csv"_s << guard << guard;
    QTest::newRow("jsonl") << u"out.jsonl"_s << QStringList() << QStringList();
}

void TestCliRoundTrip::comesBack()
{
    QFETCH(const QString, name);
    QFETCH(const QStringList, written);
    QFETCH(const QStringList, read);
    exportTo(name, written);
    expectNoChange(name, read);
}

void TestCliRoundTrip::comesBackThroughLibreOffice_data()
{
    QTest::addColumn<QString>("to");
    QTest::addColumn<QStringList>("written");
    QTest::newRow("xlsx") << u"xlsx"_s << QStringList();
    QTest::newRow("xlsx, labels") << u"xlsx"_s << QStringList {u"--labels"_s};
    QTest::newRow("csv") << u"csv"_s << QStringList();
}

/// XLSX out, saved again by LibreOffice as XLSX or CSV, and back.
void TestCliRoundTrip::comesBackThroughLibreOffice()
{
    QFETCH(const QString, to);
    QFETCH(const QStringList, written);
    const QString office = QStandardPaths::findExecutable(u"soffice"_s);
    if (office.isEmpty())
        QSKIP("LibreOffice is not installed (Debian: libreoffice-calc-nogui).");
    exportTo(u"office.xlsx"_s, written);
    const Program &program = m_portal->program();
    // Comma, quote, UTF-8, first row, as shown, English, quoted texts, no other numbers.
    const QString filter =
        to == "csv"_L1 ? u"csv:Text - txt - csv (StarCalc):44,34,76,1,,1033,true"_s : to;
    QProcess process;
    program.prepare(process, {});
    process.setProgram(office);
    process.setArguments({u"-env:UserInstallation=file://"_s + program.path(u"office"_s),
                          u"--headless"_s, u"--convert-to"_s, filter, u"--outdir"_s,
                          program.path(u"saved"_s), program.path(u"office.xlsx"_s)});
    process.start();
    QVERIFY(process.waitForFinished(120'000));
    QVERIFY2(QFile::exists(program.path(u"saved/office."_s + to)),
             process.readAllStandardError() + process.readAllStandardOutput());
    expectNoChange(u"saved/office."_s + to);
}

HUBKEEPER_TEST(TestCliRoundTrip)
#include "tst_cliroundtrip.moc"
