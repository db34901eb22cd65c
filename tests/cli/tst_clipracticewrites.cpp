// SPDX-License-Identifier: MIT
#include "clipracticerig.h"
#include "testkit/testprogram.h"

#include <QTest>

#include <tuple>

using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray shoeSize = R"({"name": "shoe_size", "label": "Shoe size", "type": "string",
    "fieldType": "text", "groupName": "contactinformation"})";

} // namespace

/// What is written to `practice`, in which modes, and how the journal takes it back.
class TestCliPracticeWrites : public QObject, private CliPracticeRig
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();

    void updateGetAndRevert();
    void updateOfNothingNew();
    void dryRunSendsNothing();
    void createAndDelete();
    void createOfWhatExists();
    void refusedValues();
    void writesFromStandardInput();
    void propertyDefinitions();
    void definitionsObeyTheMode();
    void journal();
    void modesAreObeyed_data();
    void modesAreObeyed();

private:
    [[nodiscard]] QString shoeSizeLabel();
    [[nodiscard]] QJsonObject lastRun();
};

void TestCliPracticeWrites::initTestCase()
{
    startPractice();
}

void TestCliPracticeWrites::cleanupTestCase()
{
    m_practice.reset();
}

void TestCliPracticeWrites::updateGetAndRevert()
{
    const auto phone = [this] {
        return json({u"get"_s}, {u"contact"_s, contact, u"--fields"_s, u"phone"_s})
            .json()["phone"_L1]
            .toString();
    };
    const QString before = phone();
    const Ended ended =
        json({u"update"_s}, {u"contact"_s, contact, u"--set"_s, u"phone=+41 44 668 18 00"_s});
    QCOMPARE(ended.code, 0);
    QCOMPARE(ended.json()["_id"_L1].toString(), contact);
    QCOMPARE(ended.json()["phone"_L1].toString(), u"+41 44 668 18 00"_s);
    QVERIFY(ended.err.contains("-> \"+41 44 668 18 00\""));
    QCOMPARE(phone(), u"+41 44 668 18 00"_s);

    const QString runId = json({u"journal"_s, u"list"_s}).list().at(0)["id"_L1].toString();
    const Ended dry = json({u"journal"_s, u"revert"_s}, {runId, u"--dry-run"_s});
    QCOMPARE(dry.code, 0);
    QCOMPARE(dry.json()["rows"_L1].toArray().size(), 1);
    QCOMPARE(dry.json()["applied"_L1].toInt(), 0);
    const Ended reverted = json({u"journal"_s, u"revert"_s}, {runId});
    QCOMPARE(reverted.code, 0);
    QCOMPARE(reverted.json()["applied"_L1].toInt(), 1);
    QCOMPARE(phone(), before);
}

void TestCliPracticeWrites::updateOfNothingNew()
{
    const QString email = json({u"get"_s}, {u"contact"_s, contact, u"--fields"_s, u"email"_s})
                              .json()["email"_L1]
                              .toString();
    m_practice->control({{u"clearRequests"_s, true}});
    const Ended ended =
        json({u"update"_s}, {u"contact"_s, contact, u"--set"_s, u"email="_s + email});
    QCOMPARE(ended.code, 0);
    QCOMPARE(ended.json()["_id"_L1].toString(), contact);
    QVERIFY(ended.err.contains("nothing was sent"));
}

void TestCliPracticeWrites::dryRunSendsNothing()
{
    const Ended ended =
        json({u"update"_s}, {u"contact"_s, contact, u"--set"_s, u"city=Nowhere"_s, u"--dry-run"_s});
    QCOMPARE(ended.code, 0);
    const QJsonObject row = ended.json()["changes"_L1].toArray().at(0).toObject();
    QCOMPARE(row["operation"_L1].toString(), u"update"_s);
    QCOMPARE(row["cells"_L1]["city"_L1]["new"_L1].toString(), u"Nowhere"_s);
    const Ended now = json({u"get"_s}, {u"contact"_s, contact, u"--fields"_s, u"city"_s});
    QVERIFY(now.json()["city"_L1].toString() != "Nowhere"_L1);
}

void TestCliPracticeWrites::createAndDelete()
{
    const Ended created = json(
        {u"create"_s},
        {u"contact"_s, u"--set"_s, u"email=new@example.com"_s, u"--set"_s, u"firstname=Ada"_s});
    QCOMPARE(created.code, 0);
    QCOMPARE(created.json()["email"_L1].toString(), u"new@example.com"_s);
    const QString id = created.json()["_id"_L1].toString();
    QVERIFY(!id.isEmpty());

    const Ended unsure = json({u"delete"_s}, {u"contact"_s, id});
    QCOMPARE(unsure.code, 7);
    const Ended gone = json({u"delete"_s}, {u"contact"_s, id, u"--yes"_s});
    QCOMPARE(gone.code, 0);
    QCOMPARE(gone.json()["_id"_L1].toString(), id); // IDM answers with the object as it was.
    QCOMPARE(json({u"get"_s}, {u"contact"_s, id}).code, 1);
    QCOMPARE(json({u"delete"_s}, {u"contact"_s, id, u"--yes"_s}).code, 1);
}

void TestCliPracticeWrites::createOfWhatExists()
{
    const QString email = json({u"get"_s}, {u"contact"_s, contact, u"--fields"_s, u"email"_s})
                              .json()["email"_L1]
                              .toString();
    const Ended ended = json({u"create"_s}, {u"contact"_s, u"--set"_s, u"email="_s + email});
    QCOMPARE(ended.code, 6);
    QCOMPARE(ended.error()["existingId"_L1].toString(), contact);
}

void TestCliPracticeWrites::refusedValues()
{
    const Ended ended =
        json({u"update"_s}, {u"contact"_s, contact, u"--set"_s, u"email=no address"_s});
    QCOMPARE(ended.code, 7); // Refused before anything is sent.
    QVERIFY(ended.err.contains("email"));
    QCOMPARE(json({u"update"_s}, {u"contact"_s, contact, u"--set"_s, u"nonsense"_s}).code, 2);
    QCOMPARE(json({u"update"_s}, {u"contact"_s, contact}).code, 2);
    const Ended unknown =
        json({u"update"_s}, {u"contact"_s, contact, u"--set"_s, u"no_such_property=1"_s});
    QVERIFY(unknown.code != 0);
}

void TestCliPracticeWrites::writesFromStandardInput()
{
    const Ended ended = json({u"update"_s}, {u"contact"_s, contact, u"--from-json"_s},
                             R"({"_id": "x", "city": "Zürich", "state": null})");
    QCOMPARE(ended.code, 0);
    QCOMPARE(ended.json()["city"_L1].toString(), u"Zürich"_s);
    QCOMPARE(json({u"update"_s}, {u"contact"_s, contact, u"--from-json"_s}, "[]").code, 2);
}

QString TestCliPracticeWrites::shoeSizeLabel()
{
    return json({u"get"_s}, {u"contactProperties"_s, u"shoe_size"_s}).json()["label"_L1].toString();
}

QJsonObject TestCliPracticeWrites::lastRun()
{
    return json({u"journal"_s, u"list"_s}).list().at(0).toObject();
}

void TestCliPracticeWrites::propertyDefinitions()
{
    const Ended created =
        json({u"create"_s},
             {u"contactProperties"_s, u"--from-json"_s, u"--note"_s, u"for the shop"_s}, shoeSize);
    QCOMPARE(created.code, 0);
    QCOMPARE(created.json()["_id"_L1].toString(), u"shoe_size"_s);
    const QString createRun = lastRun()["id"_L1].toString();
    QVERIFY(created.err.contains("Journal run " + createRun.toLatin1()));
    QCOMPARE(lastRun()["note"_L1].toString(), u"for the shop"_s);
    QCOMPARE(lastRun()["applied"_L1].toInt(), 1);

    const QStringList relabel {u"contactProperties"_s, u"shoe_size"_s, u"--set"_s,
                               u"label=Size of \"shoes\""_s};
    const Ended dry = json({u"update"_s}, relabel + QStringList {u"--dry-run"_s});
    QCOMPARE(dry.code, 0);
    const QJsonObject planned = dry.json()["changes"_L1].toArray().at(0).toObject();
    QCOMPARE(planned["cells"_L1]["label"_L1]["old"_L1].toString(), u"Shoe size"_s);
    QCOMPARE(shoeSizeLabel(), u"Shoe size"_s);
    QCOMPARE(lastRun()["id"_L1].toString(), createRun);

    QCOMPARE(json({u"update"_s}, relabel).code, 0);
    QCOMPARE(shoeSizeLabel(), u"Size of \"shoes\""_s);
    const QString updateRun = lastRun()["id"_L1].toString();
    const Ended shown = json({u"journal"_s, u"show"_s}, {updateRun});
    const QJsonObject row = shown.list().at(0).toObject();
    QCOMPARE(row["definition"_L1].toBool(), true);
    QCOMPARE(row["operation"_L1].toString(), u"update"_s);
    QCOMPARE(row["cells"_L1]["label"_L1]["old"_L1].toString(), u"Shoe size"_s);
    QVERIFY(run({u"journal"_s, u"show"_s, m_file, updateRun})
                .out.contains("contactProperties shoe_size"));

    const Ended plan = json({u"journal"_s, u"revert"_s}, {updateRun, u"--dry-run"_s});
    QCOMPARE(plan.code, 0);
    QCOMPARE(plan.json()["definitions"_L1].toArray().size(), 1);
    QCOMPARE(plan.json()["left"_L1].toArray().size(), 0);
    QCOMPARE(shoeSizeLabel(), u"Size of \"shoes\""_s);
    const Ended back = json({u"journal"_s, u"revert"_s}, {updateRun});
    QCOMPARE(back.code, 0);
    QCOMPARE(back.json()["applied"_L1].toInt(), 1);
    QCOMPARE(shoeSizeLabel(), u"Shoe size"_s);
    const Ended again = json({u"journal"_s, u"revert"_s}, {updateRun});
    QCOMPARE(again.code, 7);
    QVERIFY2(
        again.err.contains("reverted already, by run " + lastRun()["id"_L1].toString().toUtf8()),
        again.err);

    QCOMPARE(json({u"delete"_s}, {u"contactProperties"_s, u"shoe_size"_s}).code, 7);
    QCOMPARE(json({u"delete"_s}, {u"contactProperties"_s, u"shoe_size"_s, u"--yes"_s}).code, 0);
    QCOMPARE(json({u"get"_s}, {u"contactProperties"_s, u"shoe_size"_s}).code, 1);
    QCOMPARE(json({u"journal"_s, u"revert"_s}, {lastRun()["id"_L1].toString()}).code, 0);
    QCOMPARE(shoeSizeLabel(), u"Shoe size"_s);
    QCOMPARE(json({u"journal"_s, u"revert"_s}, {createRun}).code, 7); // It archives.
    QCOMPARE(json({u"journal"_s, u"revert"_s}, {createRun, u"--yes"_s}).code, 0);
    QCOMPARE(json({u"get"_s}, {u"contactProperties"_s, u"shoe_size"_s}).code, 1);
    QCOMPARE(json({u"journal"_s, u"verify"_s}).json()["state"_L1].toString(), u"notSealed"_s);
}

void TestCliPracticeWrites::definitionsObeyTheMode()
{
    const QStringList create {u"contactProperties"_s, u"--from-json"_s};
    for (const auto &[mode, yes, code] :
         {std::tuple {u"read-only"_s, true, 7}, std::tuple {u"review"_s, false, 7},
          std::tuple {u"confirm"_s, false, 7}, std::tuple {u"confirm"_s, true, 0}}) {
        setMode(mode);
        const Ended ended = json(
            {u"create"_s}, create + (yes ? QStringList {u"--yes"_s} : QStringList()), shoeSize);
        setMode(u"free"_s);
        QCOMPARE(ended.code, code);
    }
    QCOMPARE(json({u"delete"_s}, {u"contactProperties"_s, u"shoe_size"_s, u"--yes"_s}).code, 0);
}

void TestCliPracticeWrites::journal()
{
    const Ended written =
        json({u"update"_s},
             {u"contact"_s, contact, u"--set"_s, u"city=Chur"_s, u"--note"_s, u"moved"_s});
    QCOMPARE(written.code, 0);
    const QJsonArray runs = json({u"journal"_s, u"list"_s}).list();
    QCOMPARE(runs.at(0)["note"_L1].toString(), u"moved"_s);
    QCOMPARE(runs.at(0)["applied"_L1].toInt(), 1);
    const Ended rows = json({u"journal"_s, u"show"_s}, {runs.at(0)["id"_L1].toString()});
    QCOMPARE(rows.code, 0);
    QCOMPARE(rows.list().at(0)["cells"_L1]["city"_L1]["new"_L1].toString(), u"Chur"_s);
    const Ended verdict = json({u"journal"_s, u"verify"_s});
    QCOMPARE(verdict.code, 1); // No keychain answers here: what cannot be checked has not passed.
    QCOMPARE(verdict.json()["state"_L1].toString(), u"notSealed"_s);
    QCOMPARE(json({u"journal"_s, u"show"_s}, {u"no-such-run"_s}).code, 1);
}

void TestCliPracticeWrites::modesAreObeyed_data()
{
    QTest::addColumn<QString>("mode");
    QTest::addColumn<bool>("yes");
    QTest::addColumn<int>("code");
    QTest::newRow("read-only") << u"read-only"_s << false << 7;
    QTest::newRow("read-only, yes") << u"read-only"_s << true << 7;
    QTest::newRow("review") << u"review"_s << false << 7;
    QTest::newRow("review, yes") << u"review"_s << true << 0;
    QTest::newRow("confirm") << u"confirm"_s << false << 7;
    QTest::newRow("confirm, yes") << u"confirm"_s << true << 0;
    QTest::newRow("free") << u"free"_s << false << 0;
}

void TestCliPracticeWrites::modesAreObeyed()
{
    QFETCH(QString, mode);
    QFETCH(bool, yes);
    QFETCH(int, code);
    setMode(mode);
    const QString city = u"city="_s + QString::fromLatin1(QTest::currentDataTag());
    QStringList rest {u"contact"_s, contact, u"--set"_s, city};
    if (yes)
        rest.append(u"--yes"_s);
    const Ended ended = json({u"update"_s}, rest);
    setMode(u"free"_s);
    QCOMPARE(ended.code, code);
    if (code == 7)
        QCOMPARE(ended.error()["kind"_L1].toString(), u"refused"_s);
}

HUBKEEPER_TEST(TestCliPracticeWrites)
#include "tst_clipracticewrites.moc"
