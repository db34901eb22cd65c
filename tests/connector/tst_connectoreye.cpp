// SPDX-License-Identifier: MIT
#include "connector/connectoreye.h"
#include "testkit/testprogram.h"

#include <QJsonArray>
#include <QTest>

using namespace hubkeeper;
using namespace Qt::StringLiterals;

class TestConnectorEye : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void notes_data();
    void notes();
    void hidesNothingWithValue();
    void everyAttributeHasALine();

private:
    [[nodiscard]] EyeLine attribute(const QString &name) const;

    QList<EyeLine> m_lines;
};

void TestConnectorEye::init()
{
    Record record;
    record.id = u"512"_s;
    record.properties = {{u"email"_s, u"ada@example.com"_s},
                         {u"lastname"_s, QString()},
                         {u"hs_object_id"_s, u"512"_s},
                         {u"jobtitle"_s, u"Engineer"_s},
                         {u"fax"_s, QString()},
                         {u"hs_additional_emails"_s, u"a@example.com;b@example.com"_s}};
    AccountDetails account;
    account.portalId = 77;
    m_lines = connectorEye(defaultSchema().of(ObjectClass::Contact), record, account);
}

EyeLine TestConnectorEye::attribute(const QString &name) const
{
    for (const EyeLine &line : m_lines) {
        if (line.attribute == name)
            return line;
    }
    return {};
}

void TestConnectorEye::notes_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("property");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<EyeNote>("note");

    const QJsonValue none(QJsonValue::Undefined);
    QTest::newRow("value") << u"email"_s << u"email"_s << u"ada@example.com"_s
                           << QJsonValue(u"ada@example.com"_s) << EyeNote::Overwritten;
    QTest::newRow("no value") << u"lastname"_s << u"lastname"_s << QString() << none
                              << EyeNote::Writable;
    QTest::newRow("id") << u"vid"_s << u"hs_object_id"_s << u"512"_s << QJsonValue(u"512"_s)
                        << EyeNote::ReadOnly;
    QTest::newRow("computed") << u"portal-vid"_s << QString() << QString() << QJsonValue(u"77"_s)
                              << EyeNote::ReadOnly;
    QTest::newRow("legacy") << u"profile-token"_s << QString() << QString() << none
                            << EyeNote::NoCounterpart;
}

void TestConnectorEye::notes()
{
    QFETCH(QString, name);
    QFETCH(QString, property);
    QFETCH(QString, text);
    QFETCH(QJsonValue, value);
    QFETCH(EyeNote, note);

    const EyeLine line = attribute(name);

    QCOMPARE(line.property, property);
    QCOMPARE(line.text, text);
    QCOMPARE(line.value.toVariant().toString(), value.toVariant().toString());
    QCOMPARE(line.note, note);
}

void TestConnectorEye::hidesNothingWithValue()
{
    QStringList unseen;
    for (const EyeLine &line : std::as_const(m_lines)) {
        if (line.note == EyeNote::NotSeen)
            unseen.append(line.property);
    }
    // Not fax, which is empty, and not the addresses: identity-profiles shows those.
    QCOMPARE(unseen, QStringList {u"jobtitle"_s});
    QCOMPARE(attribute(u"identity-profiles"_s).value[0][u"identities"_s].toArray().size(), 3);
}

void TestConnectorEye::everyAttributeHasALine()
{
    const ObjectClassInfo contact = defaultSchema().of(ObjectClass::Contact);
    for (qsizetype at = 0; at < contact.attributes.size(); ++at)
        QCOMPARE(m_lines[at].attribute, contact.attributes[at].name);
}

HUBKEEPER_TEST(TestConnectorEye)
#include "tst_connectoreye.moc"
