// SPDX-License-Identifier: MIT
#include "generatedjson.h"
#include "provisioner/confidential/secretvalue.h"
#include "provisioner/document/document.h"
#include "provisioner/model/connectorproperties.h"
#include "testkit/testprogram.h"

#include <QDirIterator>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace hubkeeper;
using test::GeneratedJson;
using namespace Qt::StringLiterals;

namespace {

QStringList samples()
{
    QStringList files;
    QDirIterator it(QStringLiteral(HUBKEEPER_SOURCE_DIR "/resources/samples"), {u"*.json"_s},
                    QDir::Files, QDirIterator::Subdirectories);
    while (it.hasNext())
        files.append(it.next());
    return files;
}

QByteArray replaced(const QByteArray &text, Span span, const QByteArray &by)
{
    return text.left(span.begin) + by + text.mid(span.end);
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// The promise of the lossless document: only what is changed changes.
class TestDocument : public QObject
{
    Q_OBJECT

private slots:
    void samplesAgreeWithQt();
    void faults_data();
    void faults();
    void oneMistakeDoesNotHideTheNext();
    void anyBytesEnd();
    void mutatedSamplesEnd();
    void changingOneValueChangesItsBytesOnly();
    void savingOneEditChangesItsBytesOnly();
    void generatedDocumentsRoundTrip();
    void insertsLikeItsNeighbours_data();
    void insertsLikeItsNeighbours();
    void removes_data();
    void removes();
    void undoAndRedoAreExact();
    void typingJoins_data();
    void typingJoins();
    void typingOfAnotherNameDoesNotJoin();
    void anyTypingCanBeUndone();
    void savesAtomicallyAndKeepsTheMode();
    void noticesAChangeOnDisk();
    void converts_data();
    void converts();
    void secretForms_data();
    void secretForms();
    void findsWhatTheCursorIsIn();
};

void TestDocument::samplesAgreeWithQt()
{
    QVERIFY(samples().size() >= 6);
    for (const QString &path : samples()) {
        const QByteArray bytes = contentOf(path);
        const JsonText text(bytes);

        QVERIFY2(text.isValid(), qPrintable(path));
        QCOMPARE(text.valueOf(text.root()).toObject(), QJsonDocument::fromJson(bytes).object());
        for (int i = 0; i < text.nodeCount(); ++i)
            QCOMPARE(text.at(text.pointerOf(i)), i);
    }
}

void TestDocument::faults_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");

    // clang-format off
    QTest::newRow("empty")                  << ""_ba                         << 1 << 1;
    QTest::newRow("missing comma")          << "{\n \"a\": 1\n \"b\": 2}"_ba << 3 << 2;
    QTest::newRow("trailing comma, object") << "{\"a\": 1,}"_ba              << 1 << 8;
    QTest::newRow("trailing comma, array")  << "[1,]"_ba                     << 1 << 3;
    QTest::newRow("single quotes")          << "{'a': 1}"_ba                 << 1 << 2;
    QTest::newRow("bare word")              << "{\"a\": yes}"_ba             << 1 << 7;
    QTest::newRow("open string")            << "{\"a\": \"x\n}"_ba           << 1 << 7;
    QTest::newRow("missing colon")          << "{\"a\" 1}"_ba                << 1 << 6;
    QTest::newRow("missing value")          << "{\"a\": }"_ba                << 1 << 7;
    QTest::newRow("not closed")             << "{\"a\": 1"_ba                << 1 << 8;
    QTest::newRow("wrong bracket")          << "{\"a\": [1}"_ba              << 1 << 9;
    QTest::newRow("text after the end")    << "{} x"_ba                     << 1 << 4;
    QTest::newRow("leading zero")           << "{\"a\": 01}"_ba              << 1 << 7;
    QTest::newRow("columns are characters") << "{\"\xc3\xa4\": yes}"_ba      << 1 << 7;
    QTest::newRow("BOM counts nothing")     << "\xEF\xBB\xBF{\"a\": yes}"_ba << 1 << 7;
    QTest::newRow("bad UTF-8")              << "{\"a\": \"\xff\"}"_ba        << 1 << 7;
    QTest::newRow("open comment")           << "{} /* x"_ba                  << 1 << 4;
    // clang-format on
}

void TestDocument::faults()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, line);
    QFETCH(int, column);

    const JsonText text(bytes);

    QVERIFY(!text.faults().empty());
    const TextPosition place = text.positionOf(text.faults().front().at.begin);
    QCOMPARE(place.line, line);
    QCOMPARE(place.column, column);
    QVERIFY(text.faults().front().message.endsWith(u'.'));
}

void TestDocument::oneMistakeDoesNotHideTheNext()
{
    const JsonText text("{\n \"a\": 1\n \"b\": yes,\n \"c\": 3\n}");

    QCOMPARE(text.faults().size(), size_t(2));
    QCOMPARE(text.valueOf(text.at(u"/c"_s)).toInt(), 3);
}

void TestDocument::anyBytesEnd()
{
    for (const QByteArray &bytes :
         {QByteArray(1 << 20, '['), QByteArray(1 << 20, '{'), QByteArray(1 << 20, '"'),
          QByteArray(1 << 20, '\0'), QByteArray(1 << 20, ','),
          QByteArray("{\"a\":").repeated(200'000), QByteArray("PK\x03\x04"),
          QByteArray("\xff\xfe{\0}\0", 6), QByteArray("\xc3"), QByteArray("/"), QByteArray("{/*"),
          QByteArray("\"\\")}) {
        const JsonText text(bytes);
        QVERIFY(!text.isValid());
    }
}

void TestDocument::mutatedSamplesEnd()
{
    QRandomGenerator random(1);
    const QByteArray alphabet = "{}[]\",:\\/*\n 0etn\xff&$"_ba;
    for (const QString &path : samples()) {
        const QByteArray original = contentOf(path);
        for (int round = 0; round < 300; ++round) {
            QByteArray bytes = original;
            for (int i = 0; i < 3; ++i) {
                const qsizetype at = random.bounded(int(bytes.size()));
                if (round % 3 == 0)
                    bytes.remove(at, random.bounded(20));
                else
                    bytes[at] = alphabet[random.bounded(int(alphabet.size()))];
            }
            const JsonText text(bytes);
            // Whatever came out: every span lies inside the text and inside its parent.
            for (int i = 0; i < text.nodeCount(); ++i) {
                const JsonText::Node &node = text.node(i);
                QVERIFY(node.span.begin >= 0 && node.span.begin <= node.span.end
                        && node.span.end <= bytes.size());
            }
            if (text.isValid())
                QVERIFY(text.root() != JsonText::none);
        }
    }
}

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

void TestDocument::undoAndRedoAreExact()
{
    const QByteArray start = contentOf(samples().first());
    auto document = Document::fromBytes(start);
    QRandomGenerator random(5);
    QList<QByteArray> history {start};
    for (int i = 0; i < 40; ++i) {
        const JsonText &text = document->text();
        int node = 1 + random.bounded(text.nodeCount() - 1);
        if (i % 4 == 0)
            QVERIFY(document->removeValue(text.pointerOf(node), u"remove"_s));
        else
            QVERIFY(document->setValue(text.pointerOf(node), i, u"set"_s));
        if (document->bytes() != history.last())
            history.append(document->bytes());
    }

    for (qsizetype i = history.size() - 2; i >= 0; --i) {
        document->undo();
        QCOMPARE(document->bytes(), history[i]);
    }
    QVERIFY(!document->isModified());
    QVERIFY(!document->canUndo());
    for (qsizetype i = 1; i < history.size(); ++i) {
        document->redo();
        QCOMPARE(document->bytes(), history[i]);
    }
}

void TestDocument::typingJoins_data()
{
    QTest::addColumn<QByteArrayList>("texts"); // Where undo stops is marked with "!".
    // clang-format off
    QTest::newRow("typing")             << QByteArrayList {"!{}", "{ }", "{  }", "{   }"};
    QTest::newRow("typing elsewhere")   << QByteArrayList {"!{}", "!{}a", "b{}a"};
    QTest::newRow("line break")         << QByteArrayList {"!{}", "!{a}", "{a\n}", "{a\nb}"};
    QTest::newRow("over a selection")   << QByteArrayList {"!{abc}", "{x}", "{xy}"};
    QTest::newRow("backspace")          << QByteArrayList {"!{abc}", "{ab}", "{a}", "{}"};
    QTest::newRow("delete")             << QByteArrayList {"!{abc}", "{bc}", "{c}", "{}"};
    QTest::newRow("backspace, equal")   << QByteArrayList {"!{baab}", "{baa}", "{ba}", "{b}", "{}"};
    QTest::newRow("delete, equal")      << QByteArrayList {"!{baab}", "{aab}", "{ab}", "{b}", "{}"};
    QTest::newRow("backspace among equal") << QByteArrayList {"!{baaa}", "{baa}", "{aa}", "aa}"};
    QTest::newRow("delete, then words") << QByteArrayList {"!{    ab}", "{   ab}", "{  ab}", "{ ab}", "{ab}", "{b}"};
    QTest::newRow("backspace, two bytes") << QByteArrayList {"!{\xc3\xa4\xc3\xb6}", "{\xc3\xa4}", "{}"};
    QTest::newRow("other direction")    << QByteArrayList {"!{abcd}", "{abc}", "!{ab}", "{ab"};
    QTest::newRow("back again")         << QByteArrayList {"!{abcd}", "{abd}", "!{ad}", "{a}"};
    QTest::newRow("elsewhere")          << QByteArrayList {"!{abcd}", "!{abc}", "{bc}"};
    QTest::newRow("deleted line break") << QByteArrayList {"!{a\nb}", "!{a\n}", "!{a}", "{}"};
    QTest::newRow("deleted selection")  << QByteArrayList {"!{a\nb\nc}", "!{a}", "{}"};
    QTest::newRow("typed and deleted")  << QByteArrayList {"!{}", "{a}", "!{ab}", "{a}"};
    QTest::newRow("deleted and typed")  << QByteArrayList {"!{ab}", "!{a}", "{ac}"};
    // clang-format on
}

void TestDocument::typingJoins()
{
    QFETCH(QByteArrayList, texts);
    QByteArrayList stops;
    for (QByteArray &text : texts) {
        if (text.startsWith('!'))
            stops.append(text.remove(0, 1));
    }
    auto document = Document::fromBytes(texts.first());
    for (const QByteArray &text : std::as_const(texts))
        document->setBytes(text, u"Typing"_s);

    for (auto stop = stops.crbegin(); stop != stops.crend(); ++stop) {
        document->undo();
        QCOMPARE(document->bytes(), *stop);
    }
    QVERIFY(!document->canUndo());
    while (document->canRedo())
        document->redo();
    QCOMPARE(document->bytes(), texts.last());
}

void TestDocument::typingOfAnotherNameDoesNotJoin()
{
    auto document = Document::fromBytes("{abc}");
    document->setBytes("{ab}", u"Typing"_s);
    document->setBytes("{a}", u"Other"_s);
    document->undo();
    QCOMPARE(document->bytes(), "{ab}"_ba);
    document->setBytes("{}", u"Typing"_s); // What could be done again is gone.
    document->undo();
    QCOMPARE(document->bytes(), "{ab}"_ba);
}

void TestDocument::anyTypingCanBeUndone()
{
    QRandomGenerator random(31);
    const QByteArray start = "{ \"a\": 11,\n  \"aa\": 111 }\n";
    for (int round = 0; round < 50; ++round) {
        auto document = Document::fromBytes(start);
        QByteArrayList history {start};
        qsizetype cursor = random.bounded(int(start.size()));
        for (int i = 0; i < 40; ++i) {
            QByteArray text = document->bytes();
            if (random.bounded(8) == 0)
                cursor = random.bounded(int(text.size()) + 1);
            const int kind = random.bounded(3);
            if (kind == 0)
                text.insert(cursor++, "a1 \n"[random.bounded(4)]);
            else if (kind == 1 && cursor > 0)
                text.remove(--cursor, 1);
            else
                text.remove(cursor, 1);
            document->setBytes(text, u"Typing"_s);
            history.append(text);
        }
        qsizetype at = history.size() - 1;
        while (document->canUndo()) { // Back through what was there, to the start.
            document->undo();
            at = history.lastIndexOf(document->bytes(), at);
            QVERIFY(at >= 0);
        }
        QCOMPARE(document->bytes(), start);
        while (document->canRedo())
            document->redo();
        QCOMPARE(document->bytes(), history.last());
    }
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
