// SPDX-License-Identifier: MIT
#include "samplerecords.h"
#include "signedfile.h"
#include "testkit/outcomeof.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

/// The canonical form of a file of changes, and its signature.
class TestSignedChanges : public QObject
{
    Q_OBJECT

private slots:
    void formIsCanonical();
    void textsSurvive_data();
    void textsSurvive();
    void everyByteCounts();
    void editsVoidIt_data();
    void editsVoidIt();
    void twoPeopleSign();
    void refusesToSign_data();
    void refusesToSign();
    void editedAfterARefusalCanBeSigned();
    void faultsAreNamedByLine();
};

void TestSignedChanges::formIsCanonical()
{
    RowChange staged = signedRow(u"1"_s, u"\"\\\n\u0001é\U0001F600"_s);
    QCOMPARE(lineOf(staged),
             QByteArray(R"({"basedOn":"2026-11-23T10:00:00.120Z","cells":{"firstname":)"
                        R"({"after":"\"\\\n\u0001é😀","before":"Å"}},"id":"1","kind":"update",)"
                        "\"label\":\"Zoë \u202E\",\"type\":\"contacts\"}\n")
                 .replace("Å", "A\u030A")); // Not normalised.
    QCOMPARE(lineOf(signedHeader()),
             R"({"author":"the-author","connection":"EU","created":"2026-11-30T12:00:00Z",)"
             R"("format":"hubkeeper-changes","note":"Because","portal":"4711",)"
             "\"portalName\":\"Acme\",\"version\":3}\n");
    staged.state = RowState::Failed;
    QVERIFY(lineOf(staged).contains(R"("state":"failed")"));
    QVERIFY(!signedLineOf(staged).contains("state"));
}

void TestSignedChanges::textsSurvive_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("decomposed") << u"A\u030A"_s;
    QTest::newRow("composed") << u"\u00C5"_s;
    QTest::newRow("controls") << u"\b\f\n\r\t\u0000\u001F\u007F"_s;
    QTest::newRow("separators") << u"\u2028\u2029\u0085"_s;
    QTest::newRow("emoji") << u"\U0001F468\u200D\U0001F469"_s;
    QTest::newRow("lone surrogate") << QString(QChar(0xd83d)) + u"x"_s;
    QTest::newRow("two lone surrogates") << QString(QChar(0xde00)) + QChar(0xd83d);
    QTest::newRow("byte order mark") << u"\uFEFFx"_s;
    QTest::newRow("right to left") << u"\u05D0\u202E\u0661"_s;
}

void TestSignedChanges::textsSurvive()
{
    QFETCH(QString, text);
    const QByteArray lines = changesToLines(signedHeader(), {signedRow(u"1"_s, text)});
    const auto file = changesFromFile(lines);
    QVERIFY2(file, file ? "" : qUtf8Printable(file.error().sentence()));
    QCOMPARE(file->rows.at(0).cells[u"firstname"_s].after, text);
    QCOMPARE(file->otherForm, 0);
    QCOMPARE(changesToLines(file->header, file->rows), lines);
    QCOMPARE(lines.count('\n'), 2);
}

/// Every byte of the file, changed to something else: it is void, or no file of changes at all.
void TestSignedChanges::everyByteCounts()
{
    const SignedFile file;
    QVERIFY(file.sign(file.key));
    const QByteArray content = file.content();
    const WritePolicy policy = demanding(file.key);
    for (qsizetype i = 0; i < content.size(); ++i) {
        for (const char flip : {'\x01', '\x20', '\x80'}) {
            QByteArray other = content;
            other[i] = char(other[i] ^ flip);
            const auto read = changesFromFile(other);
            if (!read)
                continue;
            ChangeSet changes;
            changes.setBinding(read->binding());
            (void)outcomeOf(changes.addFile(*read, Adding::Merge, {}, &changes));
            QVERIFY2(!refusalToSend(changes, policy).isEmpty(),
                     qPrintable(u"byte %1 ^ %2"_s.arg(i).arg(int(flip))));
        }
    }
}

void TestSignedChanges::editsVoidIt_data()
{
    QTest::addColumn<int>("edit");
    QTest::addColumn<bool>("isGood");
    QTest::newRow("none") << 0 << true;
    QTest::newRow("rows exchanged") << 1 << false;
    QTest::newRow("row repeated elsewhere") << 2 << false;
    QTest::newRow("row added") << 3 << false;
    QTest::newRow("row taken out") << 4 << false;
    QTest::newRow("CRLF") << 5 << false;
    QTest::newRow("no end of line") << 6 << false;
    QTest::newRow("a blank in a row") << 7 << false;
    QTest::newRow("a key twice") << 8 << false;
    QTest::newRow("blank in the header") << 9 << false;
    QTest::newRow("author twice") << 10 << false;
    QTest::newRow("note") << 11 << false;
    QTest::newRow("portal") << 12 << false;
    QTest::newRow("byte order mark") << 13 << false;
    QTest::newRow("empty line at the end") << 14 << false;
    QTest::newRow("normalised") << 15 << false;
    QTest::newRow("the signature twice") << 16 << false;
    QTest::newRow("left out") << 17 << false;
    QTest::newRow("newer version") << 18 << false;
    QTest::newRow("cut in the signature") << 19 << false;
    QTest::newRow("signature before the rows") << 20 << false;
}

void TestSignedChanges::editsVoidIt()
{
    QFETCH(int, edit);
    QFETCH(bool, isGood);
    const SignedFile file;
    QVERIFY(file.sign(file.key));
    QByteArray content = file.content();
    QList<QByteArray> lines = content.split('\n'); // Header, two rows, signature, "".
    const auto joined = [&] { return lines.join('\n'); };
    switch (edit) {
    case 1:
        lines.swapItemsAt(1, 2);
        content = joined();
        break;
    case 2:
        lines[2].replace("\"id\":\"2\"", "\"id\":\"3\"");
        content = joined();
        break;
    case 3:
        lines.insert(3, lineOf(signedRow(u"3"_s, u"three"_s)).chopped(1));
        content = joined();
        break;
    case 4:
        lines.removeAt(2);
        content = joined();
        break;
    case 5:
        content.replace("\n", "\r\n");
        break;
    case 6:
        content.chop(1);
        break;
    case 7:
        content.replace("\"id\":\"2\"", "\"id\": \"2\"");
        break;
    case 8:
        content.replace("\"id\":\"2\"", "\"id\":\"9\",\"id\":\"2\"");
        break;
    case 9:
        content.replace("{\"author\"", "{ \"author\"");
        break;
    case 10:
        content.replace("{\"author\"", "{\"author\":\"x\",\"author\"");
        break;
    case 11:
        content.replace("Because", "because");
        break;
    case 12:
        content.replace("4711", "4712");
        break;
    case 13:
        content.prepend("\xEF\xBB\xBF");
        break;
    case 14:
        content += '\n';
        break;
    case 15:
        content.replace("A\u030A", "\u00C5");
        break;
    case 16:
        content += lines[3] + '\n';
        break;
    case 17:
        content.replace("\"id\":\"2\"", "\"excluded\":true,\"id\":\"2\"");
        break;
    case 18:
        content.replace("\"version\":3", "\"version\":4");
        break;
    case 19:
        content.chop(20);
        break;
    case 20:
        lines.swapItemsAt(1, 3);
        content = joined();
        break;
    default:
        break;
    }
    const auto read = changesFromFile(content);
    if (!read) {
        QVERIFY(!isGood);
        QVERIFY(!read.error().what.isEmpty() && !read.error().remedy.isEmpty());
        return;
    }
    const auto signatures =
        judged(read->contents->signatures, read->contents->digest(), read->header.author, {},
               {{u"Signer"_s, file.key.publicKey, {u"the-signer"_s}}});
    QCOMPARE(countOf(signatures) == 1 && read->otherForm == 0, isGood);
}

void TestSignedChanges::twoPeopleSign()
{
    const SignedFile file;
    const SignerKey second = newSignerKey();
    QVERIFY(file.sign(file.key));
    QVERIFY(file.sign(second));
    QCOMPARE(file.sign(second).error().kind, ErrorKind::Conflict);
    const auto read = readChangesFile(file.path);
    QVERIFY(read);
    QCOMPARE(read->contents->signatures.size(), 2);
    QCOMPARE(countOf(judged(
                 read->contents->signatures, read->contents->digest(), u"a"_s, {},
                 {{u"1"_s, file.key.publicKey, {u"x"_s}}, {u"2"_s, second.publicKey, {u"y"_s}}})),
             2);
    QVERIFY(file.content().startsWith(unsignedLines()));
}

void TestSignedChanges::refusesToSign_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("says");
    QTest::newRow("older") << QByteArray(
        R"({"format":"hubkeeper-changes","portal":"1","version":2})"
        "\n") << u"older version"_s;
    QTest::newRow("without a portal")
        << changesToLines({{}, signedHeader().created, u"a"_s, {}}, {signedRow(u"1"_s, u"x"_s)})
        << u"portal"_s;
    QTest::newRow("nothing in it") << lineOf(signedHeader()) << u"no rows"_s;
    QTest::newRow("not canonical")
        << unsignedLines().replace("\"id\":\"2\"", "\"id\": \"2\"") << u"line 3"_s;
    QTest::newRow("a key twice") << unsignedLines().replace("\"id\":\"1\"",
                                                            "\"id\":\"9\",\"id\":\"1\"")
                                 << u"line 2"_s;
    RowChange sent = signedRow(u"1"_s, u"x"_s);
    sent.state = RowState::Applied;
    QTest::newRow("sent already") << changesToLines(signedHeader(), {sent}) << u"line 2 was sent"_s;
}

void TestSignedChanges::refusesToSign()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, says);
    const auto read = changesFromFile(content);
    QVERIFY2(read, read ? "" : qUtf8Printable(read.error().sentence()));
    const auto refused = refusalToSign(*read);
    QVERIFY(refused);
    QVERIFY2(refused->what.contains(says), qUtf8Printable(refused->what));
}

/// Why it was refused stays with the row, and does not go into the file.
void TestSignedChanges::editedAfterARefusalCanBeSigned()
{
    ChangeSet changes;
    changes.setBinding(signedHeader().binding);
    (void)outcomeOf(
        changes.addRows({signedRow(u"1"_s, u"one"_s)}, Adding::KeepStaged, {}, &changes));
    changes.setState(contacts, u"1"_s, RowState::Failed,
                     fail(ErrorKind::InvalidInput, u"No."_s).value());
    changes.setText(contacts, other(u"1"_s), {}, u"firstname"_s, u"two"_s);
    QVERIFY(changes.rows()[0].error);
    QCOMPARE(changes.rows()[0].state, RowState::Staged);
    const auto read = changesFromFile(changesToLines(signedHeader(), changes.rows()));
    QVERIFY(read);
    QVERIFY(!refusalToSign(*read));
}

void TestSignedChanges::faultsAreNamedByLine()
{
    QByteArray lines = unsignedLines();
    lines += "{\n" + lineOf(signedRow(u"1"_s, u"again"_s)) + R"({"type":"deals"})" + '\n';
    const auto read = changesFromFile(lines);
    QVERIFY(!read);
    QVERIFY2(read.error().what.contains(u"line 4: "_s), qUtf8Printable(read.error().what));
    QVERIFY2(read.error().what.contains(u"more faults in line 5, line 6 (3 in all)"_s),
             qUtf8Printable(read.error().what));
    QCOMPARE(read.error().fields.size(), 3);
    QCOMPARE(read.error().fields[1].property, u"line 5"_s);
}

HUBKEEPER_TEST(TestSignedChanges)
#include "tst_signedchanges.moc"
