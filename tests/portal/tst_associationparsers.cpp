// SPDX-License-Identifier: MIT
#include "portal/association.h"
#include "portal/associationwrites.h"
#include "portal/batchassociations.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper;
using namespace Qt::StringLiterals;

/// Associations as HubSpot writes them.
class TestAssociationParsers : public QObject
{
    Q_OBJECT

private slots:
    void readsAssociationsWithBigIds();
    void readsAssociationsOfManyRecords();
    void readsFaultsOfAssociations_data();
    void readsFaultsOfAssociations();
};

void TestAssociationParsers::readsAssociationsWithBigIds()
{
    const auto page = parseAssociations(R"({"results":[
        {"toObjectId":9007199254740993,"associationTypes":[
            {"category":"HUBSPOT_DEFINED","typeId":279,"label":null},
            {"category":"HUBSPOT_DEFINED","typeId":1,"label":"Primary"}]},
        {"toObjectId":"78"}]})");

    QVERIFY(page);
    QCOMPARE(page->associations.at(0).toId, u"9007199254740993"_s);
    QCOMPARE(
        page->associations.at(0).kinds,
        (QList<AssociationKind> {{u"HUBSPOT_DEFINED"_s, contactToCompany, {}},
                                 {u"HUBSPOT_DEFINED"_s, contactToPrimaryCompany, u"Primary"_s}}));
    QCOMPARE(page->associations.at(1).toId, u"78"_s);
}

/// Records without any are missing, or listed as errors: neither is one.
void TestAssociationParsers::readsAssociationsOfManyRecords()
{
    const auto batch = parseAssociationBatch(R"({"status":"COMPLETE","results":[
        {"from":{"id":"7"},"to":[{"toObjectId":9007199254740993,"associationTypes":[
            {"category":"HUBSPOT_DEFINED","typeId":279,"label":null}]},{"toObjectId":"78"}]},
        {"from":{"id":8},"to":[{"toObjectId":5}],"paging":{"next":{"after":"500"}}},
        {"from":{"id":"9"},"to":[]}],
        "numErrors":1,"errors":[{"status":"error","subCategory":"crm.associations.NO_ASSOCIATIONS_FOUND",
            "context":{"fromObjectId":["10"]}}]})");

    QVERIFY(batch);
    QCOMPARE(batch->pages.size(), 3);
    QCOMPARE(batch->pages[u"7"_s].associations.size(), 2);
    QCOMPARE(batch->pages[u"7"_s].associations[0].toId, u"9007199254740993"_s);
    QCOMPARE(batch->pages[u"7"_s].after, QString());
    QCOMPARE(batch->pages[u"8"_s].after, u"500"_s);
    QVERIFY(batch->pages[u"9"_s].associations.isEmpty());
    QCOMPARE(parseAssociationBatch("[]").error().kind, ErrorKind::BadReply);
    const auto nameless = parseAssociationBatch(R"({"results":[{"from":{"id":"7"},"to":[{}]}]})");
    QCOMPARE(nameless.error().kind, ErrorKind::BadReply);
}

void TestAssociationParsers::readsFaultsOfAssociations_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<int>("faults");
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<ErrorKind>("kind");

    const auto row = [](const char *name, const QByteArray &json, int faults,
                        const QString &from = {}, const QString &to = {},
                        ErrorKind kind = ErrorKind::Rejected) {
        QTest::newRow(name) << json << faults << from << to << kind;
    };
    row("nothing", "", 0);
    row("blank", " \n", 0);
    row("complete", R"({"status":"COMPLETE"})", 0);
    row("results", R"({"results":[{"fromObjectId":1,"toObjectId":2,"labels":[]}]})", 0);
    row("not found", R"({"status":"COMPLETE","results":[],"numErrors":1,"errors":[
            {"status":"error","category":"OBJECT_NOT_FOUND","message":"One is gone",
             "context":{"fromObjectId":["7"],"toObjectId":["8"]}}]})",
        1, u"7"_s, u"8"_s, ErrorKind::NotFound);
    row("numbers", R"({"errors":[{"category":"VALIDATION_ERROR","message":"x",
             "context":{"fromObjectId":[9007199254740993]}}]})",
        1, u"9007199254740993"_s);
    row("no context", R"({"errors":[{"category":"VALIDATION_ERROR","message":"x"},{}]})", 2);
    row("texts instead of lists",
        R"({"errors":[{"category":"VALIDATION_ERROR","context":{"fromObjectId":"7"}}]})", 1,
        u"7"_s);
}

void TestAssociationParsers::readsFaultsOfAssociations()
{
    QFETCH(QByteArray, json);
    QFETCH(int, faults);
    QFETCH(QString, from);
    QFETCH(QString, to);
    QFETCH(ErrorKind, kind);

    const auto parsed = parseAssociationFaults(json);

    QVERIFY(parsed);
    QCOMPARE(parsed->size(), faults);
    if (faults == 0)
        return;
    QCOMPARE(parsed->first().fromId, from);
    QCOMPARE(parsed->first().toId, to);
    QCOMPARE(parsed->first().error.kind, kind);
    QCOMPARE(parsed->first().names(from, to), !from.isEmpty());
    QVERIFY(!parsed->first().names(u"1"_s, u"2"_s));
    QCOMPARE(parseAssociationFaults("[]").error().kind, ErrorKind::BadReply);
    QCOMPARE(parseAssociationFaults("{").error().kind, ErrorKind::BadReply);
}

HUBKEEPER_TEST(TestAssociationParsers)
#include "tst_associationparsers.moc"
