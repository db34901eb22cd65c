// SPDX-License-Identifier: MIT
#include "provisioner/document/newprovisioner.h"
#include "provisioner/rules/validation.h"
#include "provisioner/text/jsontext.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper;
using namespace Qt::StringLiterals;

/// What a new file starts from: without secrets, with a name that IDM takes.
class TestNewProvisioner : public QObject
{
    Q_OBJECT

private slots:
    void startsFromTheSample();
    void passesTheGate();
    void copiesWithoutSecrets_data();
    void copiesWithoutSecrets();
    void namesFiles_data();
    void namesFiles();
};

void TestNewProvisioner::startsFromTheSample()
{
    const JsonText text(sampleProvisioner());
    QVERIFY(text.isValid());
    QCOMPARE(text.rawOf(text.at(u"/enabled"_s)), "false"_ba);
    for (const QString &name : {u"clientId"_s, u"clientSecret"_s, u"refreshToken"_s})
        QCOMPARE(text.rawOf(text.at(u"/configurationProperties/"_s + name)), "null"_ba);
    QVERIFY(text.at(u"/objectTypes/contact/properties/email"_s) != JsonText::none);
}

void TestNewProvisioner::passesTheGate()
{
    const ValidationOptions options {ServerProfile::Commercial, *provisionerFileName(u"hubspot"_s),
                                     QDate(2026, 11, 29)};
    for (const Finding &finding : validate(JsonText(sampleProvisioner()), options))
        QVERIFY2(finding.severity == Severity::Info, qPrintable(finding.message));
}

void TestNewProvisioner::copiesWithoutSecrets_data()
{
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<QByteArray>("copy");
    QTest::newRow("plain")
        << R"({"configurationProperties":{"clientSecret":"s","clientId":"c"}})"_ba
        << R"({"configurationProperties":{"clientSecret":null,"clientId":"c"}})"_ba;
    QTest::newRow("encrypted")
        << R"({"configurationProperties":{"refreshToken":{"$crypto":{"type":"t","value":1}}}})"_ba
        << R"({"configurationProperties":{"refreshToken":null}})"_ba;
    QTest::newRow("twice")
        << R"({"configurationProperties":{"clientSecret":"s","clientSecret":"t"}})"_ba
        << R"({"configurationProperties":{"clientSecret":null,"clientSecret":null}})"_ba;
    QTest::newRow("from a server")
        << R"({"_id":"provisioner.openicf/x","_rev":"3","enabled":true})"_ba
        << R"({"enabled":true})"_ba;
    QTest::newRow("frodo's")
        << "{\n  \"meta\": {},\n  \"idm\": {\n    \"provisioner.openicf/x\": {\n"
           "      \"_id\": \"provisioner.openicf/x\",\n      \"enabled\": true\n    }\n  }\n}"_ba
        << "{\n  \"enabled\": true\n}\n"_ba;
    QTest::newRow("nothing to do") << "{ /* kept */ }"_ba
                                   << "{ /* kept */ }"_ba;
}

void TestNewProvisioner::copiesWithoutSecrets()
{
    QFETCH(QByteArray, source);
    QFETCH(QByteArray, copy);
    QCOMPARE(copyOfProvisioner(source).value(), copy);
    QVERIFY(!copyOfProvisioner("[1]"));
    QVERIFY(!copyOfProvisioner("{\"a\":"));
}

void TestNewProvisioner::namesFiles_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("valid");
    QTest::newRow("word") << u"hubspot"_s << true;
    QTest::newRow("with a number") << u"hubspotEu2"_s << true;
    QTest::newRow("dash") << u"hubspot-eu"_s << false;
    QTest::newRow("path") << u"../x"_s << false;
    QTest::newRow("line end") << u"hubspot\n"_s << false;
    QTest::newRow("empty") << QString() << false;
}

void TestNewProvisioner::namesFiles()
{
    QFETCH(QString, name);
    QFETCH(bool, valid);
    const auto file = provisionerFileName(name);
    QCOMPARE(file.has_value(), valid);
    if (file)
        QCOMPARE(*file, u"provisioner.openicf-%1.json"_s.arg(name));
}

HUBKEEPER_TEST(TestNewProvisioner)
#include "tst_newprovisioner.moc"
