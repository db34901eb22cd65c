// SPDX-License-Identifier: MIT
#include "generatedjson.h"
#include "provisioner/confidential/secretvalue.h"
#include "provisioner/document/document.h"
#include "provisioner/model/connectorproperties.h"
#include "samplefiles.h"
#include "testkit/testprogram.h"

#include <QJsonObject>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

QByteArray replaced(const QByteArray &text, Span span, const QByteArray &by)
{
    return text.left(span.begin) + by + text.mid(span.end);
}

} // namespace

/// The promise of the lossless document: only what is changed changes.
class TestDocument : public QObject
{
    Q_OBJECT

private slots:
    void changingOneValueChangesItsBytesOnly();
    void savingOneEditChangesItsBytesOnly();
    void generatedDocumentsRoundTrip();
    void insertsLikeItsNeighbours_data();
    void insertsLikeItsNeighbours();
    void removes_data();
    void removes();
    void savesAtomicallyAndKeepsTheMode();
    void noticesAChangeOnDisk();
    void converts_data();
    void converts();
    void secretForms_data();
    void secretForms();
    void findsWhatTheCursorIsIn();
};

void TestDocument::changingOneValueChangesItsBytesOnly()
{
    for (const QString &path : samples()) {
        const QByteArray before = contentOf(path);
        const JsonText text(before);
        for (int i = 0; i < text.nodeCount(); i += 7) {
            if (text.node(i).childCount > 0 || i == text.root())
                continue;
            auto document = Document::fromBytes(before);

            QVERIFY(document->setValue(text.pointerOf(i), u"changed \"ä\""_s, u"test"_s));

            const Span span = text.node(i).span;
            const QByteArray after = document->bytes();
            QCOMPARE(after.left(span.begin), before.left(span.begin));
            QCOMPARE(after.right(before.size() - span.end), before.mid(span.end));
            QCOMPARE(document->value(text.pointerOf(i)).toString(), u"changed \"ä\""_s);
        }
    }
}

void TestDocument::savingOneEditChangesItsBytesOnly()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"provisioner.openicf-x.json"_s);
    for (const QString &sample : samples()) {
        const QByteArray before = contentOf(sample);
        const JsonText text(before);
        for (int i = 1; i < text.nodeCount(); i += 23) {
            QFile::remove(path);
            QVERIFY(QFile::copy(sample, path));
            QVERIFY(QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner));
            auto document = std::move(*Document::open(path));

            QVERIFY(document->setRaw(text.pointerOf(i), "[1, {\"a\": null}]", u"test"_s));
            QVERIFY(document->save(false));

            QCOMPARE(contentOf(path), replaced(before, text.node(i).span, "[1, {\"a\": null}]"));
        }
    }
}

void TestDocument::generatedDocumentsRoundTrip()
{
    QRandomGenerator random(11);
    for (int round = 0; round < 200; ++round) {
        const QByteArray before = GeneratedJson(random).document();
        const JsonText text(before);
        QVERIFY2(text.isValid(), before.constData());
        const int node = random.bounded(text.nodeCount());
        const QByteArray value = GeneratedJson(random).value(2);
        auto document = Document::fromBytes(before);

        QVERIFY(document->setRaw(text.pointerOf(node), value, u"test"_s));

        const bool isSame = text.rawOf(node) == value;
        QCOMPARE(document->bytes(),
                 isSame ? before : replaced(before, text.node(node).span, value));
        QCOMPARE(document->text().rawOf(document->text().at(text.pointerOf(node))), value);
        document->undo();
        QCOMPARE(document->bytes(), before);
    }
}

void TestDocument::insertsLikeItsNeighbours_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QByteArray>("after");

    // clang-format off
    QTest::newRow("own lines")      << "{\n  \"a\": 1\n}\n"_ba          << u"/b"_s   << "{\n  \"a\": 1,\n  \"b\": 7\n}\n"_ba;
    QTest::newRow("tabs, CRLF")     << "{\r\n\t\"a\": 1\r\n}"_ba        << u"/b"_s   << "{\r\n\t\"a\": 1,\r\n\t\"b\": 7\r\n}"_ba;
    QTest::newRow("one line")       << "{ \"a\": 1 }"_ba                << u"/b"_s   << "{ \"a\": 1, \"b\": 7 }"_ba;
    QTest::newRow("no blanks")      << "{\"a\":1}"_ba                   << u"/b"_s   << "{\"a\":1, \"b\": 7}"_ba;
    QTest::newRow("empty object")   << "{\n  \"o\": {}\n}"_ba           << u"/o/b"_s << "{\n  \"o\": {\n    \"b\": 7\n  }\n}"_ba;
    QTest::newRow("comment kept")   << "{\n  \"a\": 1 // one\n}"_ba     << u"/b"_s   << "{\n  \"a\": 1,\n  \"b\": 7 // one\n}"_ba;
    QTest::newRow("frodo's")        << "{\n  \"idm\": {\n    \"provisioner.openicf/a\": {\n      \"a\": 1\n    }\n  }\n}"_ba << u"/b"_s << "{\n  \"idm\": {\n    \"provisioner.openicf/a\": {\n      \"a\": 1,\n      \"b\": 7\n    }\n  }\n}"_ba;
    QTest::newRow("frodo's, empty") << "{\n  \"idm\": {\n    \"provisioner.openicf/a\": {\n      \"o\": {}\n    }\n  }\n}"_ba << u"/o/b"_s << "{\n  \"idm\": {\n    \"provisioner.openicf/a\": {\n      \"o\": {\n        \"b\": 7\n      }\n    }\n  }\n}"_ba;
    QTest::newRow("idm of another") << R"({"idm": {"managed": {}}})"_ba << u"/b"_s << R"({"idm": {"managed": {}}, "b": 7})"_ba;
    QTest::newRow("missing parent") << "{\n  \"a\": 1\n}"_ba            << u"/o/b"_s << "{\n  \"a\": 1,\n  \"o\": {\"b\": 7}\n}"_ba;
    // clang-format on
}

void TestDocument::insertsLikeItsNeighbours()
{
    QFETCH(QByteArray, before);
    QFETCH(QString, pointer);
    auto document = Document::fromBytes(before);

    QVERIFY(document->setValue(pointer, 7, u"test"_s));

    QTEST(document->bytes(), "after");
    QVERIFY(document->text().isValid());
}

void TestDocument::removes_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QByteArray>("after");

    // clang-format off
    QTest::newRow("first")  << "{\n  \"a\": 1,\n  \"b\": 2\n}"_ba << u"/a"_s << "{\n  \"b\": 2\n}"_ba;
    QTest::newRow("last")   << "{\n  \"a\": 1,\n  \"b\": 2\n}"_ba << u"/b"_s << "{\n  \"a\": 1\n}"_ba;
    QTest::newRow("only")   << "{\n  \"a\": 1\n}"_ba              << u"/a"_s << "{}"_ba;
    QTest::newRow("middle") << "[1, 2, 3]"_ba                     << u"/1"_s << "[1, 3]"_ba;
    QTest::newRow("frodo's") << R"({"idm": {"provisioner.openicf/a": {"idm": 1}}})"_ba << u"/idm"_s << R"({"idm": {"provisioner.openicf/a": {}}})"_ba;
    QTest::newRow("frodo's whole") << R"({"idm": {"provisioner.openicf/a": {}}})"_ba << QString() << R"({"idm": {"provisioner.openicf/a": {}}})"_ba;
    QTest::newRow("absent") << "{\"a\": 1}"_ba                    << u"/x"_s << "{\"a\": 1}"_ba;
    // clang-format on
}

void TestDocument::removes()
{
    QFETCH(QByteArray, before);
    QFETCH(QString, pointer);
    auto document = Document::fromBytes(before);

    QVERIFY(document->removeValue(pointer, u"test"_s));

    QTEST(document->bytes(), "after");
}

void TestDocument::savesAtomicallyAndKeepsTheMode()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"provisioner.openicf-x.json"_s);
    QVERIFY(QFile::copy(samples().first(), path));
    const auto mode = QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup;
    QVERIFY(QFile::setPermissions(path, mode));
    auto document = std::move(*Document::open(path));
    QVERIFY(document->setValue(u"/enabled"_s, true, u"test"_s));
    QVERIFY(document->isModified());

    QVERIFY(document->save(false));

    QVERIFY(!document->isModified());
    QCOMPARE(contentOf(path), document->bytes());
    QCOMPARE(QFile::permissions(path) & 0x0077, mode & 0x0077);
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 1);
}

void TestDocument::noticesAChangeOnDisk()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"p.json"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("{\"a\": 1}") > 0);
    file.close();
    auto document = std::move(*Document::open(path));
    QVERIFY(document->setValue(u"/a"_s, 2, u"test"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("{\"a\": 3}") > 0);
    file.close();

    const auto refused = document->save(false);

    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::Conflict);
    QCOMPARE(contentOf(path), "{\"a\": 3}"_ba);
    QVERIFY(document->save(true));
    QCOMPARE(contentOf(path), "{\"a\": 2}"_ba);
}

void TestDocument::converts_data()
{
    QTest::addColumn<PropertyType>("type");
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<QJsonValue>("result");
    const QJsonValue refused(QJsonValue::Undefined);

    using T = PropertyType;
    // clang-format off
    QTest::newRow("quoted number")   << T::Integer << QJsonValue(u"10"_s)   << QJsonValue(10);
    QTest::newRow("fraction")        << T::Integer << QJsonValue(1.5)       << refused;
    QTest::newRow("boolean to int")  << T::Integer << QJsonValue(true)      << QJsonValue(1);
    QTest::newRow("word to int")     << T::Integer << QJsonValue(u"ten"_s)  << refused;
    QTest::newRow("too large")       << T::Integer << QJsonValue(3e9)       << refused;
    QTest::newRow("quoted boolean")  << T::Boolean << QJsonValue(u"TRUE"_s) << QJsonValue(true);
    QTest::newRow("one")             << T::Boolean << QJsonValue(1)         << QJsonValue(true);
    QTest::newRow("two")             << T::Boolean << QJsonValue(2)         << refused;
    QTest::newRow("yes")             << T::Boolean << QJsonValue(u"yes"_s)  << refused;
    QTest::newRow("blanks around")   << T::Integer << QJsonValue(u" 10 "_s) << refused;
    QTest::newRow("zero in front")   << T::Integer << QJsonValue(u"+010"_s) << QJsonValue(10);
    QTest::newRow("number, secret")  << T::GuardedString << QJsonValue(5)   << refused;
    QTest::newRow("number to text")  << T::String  << QJsonValue(5)         << QJsonValue(u"5"_s);
    QTest::newRow("object to text")  << T::String  << QJsonValue(QJsonObject()) << refused;
    QTest::newRow("null")            << T::Integer << QJsonValue()          << QJsonValue();
    // clang-format on
}

void TestDocument::converts()
{
    QFETCH(PropertyType, type);
    QFETCH(QJsonValue, value);

    QTEST(converted(type, value), "result");
}

void TestDocument::secretForms_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<SecretForm>("form");

    // clang-format off
    QTest::newRow("null")        << "null"_ba                                                    << SecretForm::Absent;
    QTest::newRow("empty")       << "\"\""_ba                                                    << SecretForm::Absent;
    QTest::newRow("plain")       << "\"hush\""_ba                                                << SecretForm::PlainText;
    QTest::newRow("substituted") << "\"&{hubspot.secret}\""_ba                                   << SecretForm::Substituted;
    QTest::newRow("coerced")     << "{\"$string\":\"&{x|y}\"}"_ba                                << SecretForm::Substituted;
    QTest::newRow("encrypted")   << "{\"$crypto\":{\"type\":\"x-simple-encryption\",\"value\":{}}}"_ba << SecretForm::Encrypted;
    QTest::newRow("half block")  << "{\"$crypto\":{\"type\":\"x-simple-encryption\"}}"_ba         << SecretForm::Invalid;
    QTest::newRow("number")      << "5"_ba                                                       << SecretForm::Invalid;
    // clang-format on
}

void TestDocument::secretForms()
{
    QFETCH(QByteArray, json);
    const JsonText text(json);

    QTEST(secretFormOf(text, text.root()), "form");
    QCOMPARE(plainSecret(text, text.root()).isEmpty(), json != "\"hush\"");
}

void TestDocument::findsWhatTheCursorIsIn()
{
    const JsonText text("{\"a\": {\"b\": [1, 22]}}");

    QCOMPARE(text.pointerOf(text.covering(16)), u"/a/b/1"_s);
    QCOMPARE(text.pointerOf(text.covering(8)), u"/a/b"_s);
    QCOMPARE(text.pointerOf(text.covering(2)), u"/a"_s);
    QCOMPARE(text.covering(100), JsonText::none);
}

HUBKEEPER_TEST(TestDocument)
#include "tst_document.moc"
