// SPDX-License-Identifier: MIT
#include "provisioner/confidential/maskeddiff.h"
#include "provisioner/confidential/secretmask.h"
#include "provisioner/confidential/secretspans.h"
#include "provisioner/confidential/showntext.h"
#include "provisioner/document/document.h"
#include "provisioner/document/meaningdiff.h"
#include "provisioner/document/newprovisioner.h"
#include "provisioner/report/baseline.h"
#include "provisioner/report/report.h"
#include "provisioner/rules/fixes.h"
#include "provisioner/text/jsonedit.h"
#include "testkit/testprogram.h"

#include <QDirIterator>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QTest>

using namespace hubkeeper;
using namespace Qt::StringLiterals;

namespace {

const QByteArray mask = "\"(secret)\"";

QByteArrayList samples()
{
    QByteArrayList texts;
    QDirIterator it(QStringLiteral(HUBKEEPER_SOURCE_DIR "/resources/samples"), {u"*.json"_s},
                    QDir::Files, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        QFile file(it.next());
        if (file.open(QIODevice::ReadOnly))
            texts.append(file.readAll());
        if (JsonText(texts.last()).at(u"/configurationProperties"_s) == JsonText::none)
            texts.removeLast(); // The mappings.
    }
    return texts;
}

/// Secrets with everything in them that could be taken for their end.
const QStringList secrets {
    u"5f3c1a9e-77d2-4b06-9c1f-0a6d2e8b4c35"_s,
    u"q7W\"},Zx9x\"]:kPkP //m4R */v8T'n2L{b5b\\"_s,
    u"aB3\", dE6f\" gH8i;jK1l=mN4o}pQ7r]sT9u"_s,
    u"{brace-First, [4nd} more"_s,
    u"\u00e4\u00f6\u00fc-geheim-\u4e2d\u6587-\U0001F600-9zZ"_s,
};

/// The text with a secret for each confidential property, the same one or two.
QByteArray planted(const QByteArray &sample, const QString &secret, const QString &token)
{
    const JsonText text(sample);
    const int properties = text.at(u"/configurationProperties"_s);
    return applied(sample,
                   setMembers(text, properties,
                              {{u"clientSecret"_s, jsonQuoted(secret)},
                               {u"refreshToken"_s, jsonQuoted(token)}}));
}

QByteArray planted(const QByteArray &sample, const QString &secret)
{
    return planted(sample, secret, secret);
}

/// All that is left of a secret if six of its characters are shown.
QByteArrayList partsOf(const QString &secret)
{
    QByteArrayList parts;
    const QByteArray raw = jsonQuoted(secret);
    for (const QByteArray &text : {raw.mid(1, raw.size() - 2), secret.toUtf8()}) {
        for (qsizetype i = 0; i + 6 <= text.size(); ++i)
            parts.append(text.mid(i, 6));
    }
    return parts;
}

std::optional<QByteArray> shownPart(const QByteArray &masked, const QByteArrayList &parts)
{
    for (const QByteArray &part : parts) {
        if (masked.contains(part))
            return part;
    }
    return std::nullopt;
}

/// How many bytes are hidden.
qsizetype hiddenIn(const QByteArray &bytes)
{
    const QByteArray masked = maskedText(JsonText(bytes));
    return bytes.size() - masked.size() + masked.count(mask) * mask.size();
}

/// The sample without what takes long to check.
QByteArray smallSample(const QByteArray &sample)
{
    const auto document = Document::fromBytes(sample);
    for (const QString &block : {u"/objectTypes"_s, u"/operationOptions"_s, u"/operationTimeout"_s})
        (void)document->removeValue(block, {});
    return document->bytes();
}

/// Everything the programs would show or write of the text, but the text itself.
QByteArrayList shownOf(const QByteArray &bytes, const QByteArray &whole)
{
    const JsonText text(bytes);
    QByteArrayList shown {maskedText(text),
                          ShownText(bytes, plainSecretSpans(bytes)).text().toUtf8(),
                          maskedDiff(JsonText(whole), text, u"a"_s, u"b"_s),
                          copyOfProvisioner(bytes).value_or(QByteArray()),
                          Document::fromBytes(bytes)->firstFault().value_or(QString()).toUtf8()};
    ValidationOptions options;
    options.today = QDate(2026, 11, 29);
    const QList<CheckedFile> files {{u"p.json"_s, bytes, validate(text, options)}};
    for (const auto format :
         {ReportFormat::Text, ReportFormat::Json, ReportFormat::JUnit, ReportFormat::GitHub})
        shown.append(reportOf(format, files, Severity::Error));
    const QByteArray sarif = sarifReport(files);
    shown.append(sarif.mid(sarif.indexOf("\"results\""))); // The rules are long.
    Baseline baseline;
    baseline.add(u"p.json"_s, files.first().findings);
    shown.append(baseline.toJson());
    const FixOutcome fixed = withFixes(bytes, options, {{}, false});
    shown.append(maskedDiff(text, JsonText(fixed.bytes), u"a"_s, u"b"_s));
    for (const QList<Finding> &findings : {fixed.fixed, fixed.remaining})
        shown.append(jsonReport({{u"p.json"_s, fixed.bytes, findings}}));
    if (text.isValid()) {
        for (const MeaningChange &change : meaningDiff(JsonText(whole), text))
            shown.append((change.pointer + change.before + change.after).toUtf8());
    }
    return shown;
}

/// Notes what was broken and what came of it.
void checkShown(QByteArrayList &failed, const QByteArray &text, qsizetype at,
                const QByteArray &whole, const QByteArrayList &parts)
{
    for (const QByteArray &shown : shownOf(text, whole)) {
        const auto part = shownPart(shown, parts);
        if (!part)
            continue;
        failed.append(text.mid(std::max<qsizetype>(at - 60, 0), 160) + "\n  shows " + *part
                      + " in\n"
                      + shown.mid(std::max<qsizetype>(shown.indexOf(*part) - 80, 0), 200));
        return;
    }
}

/// Ways in which a value is put where it does not belong.
QByteArrayList misplaced(const QByteArray &bytes, const QByteArray &key, const QByteArray &value)
{
    const QByteArray member = '"' + key + "\": " + value;
    const QByteArray bare = value.mid(1, value.size() - 2);
    QByteArrayList texts;
    for (const QByteArray &other :
         {'"' + key + "\": {\"value\": " + value + '}',
          '"' + key + "\": [" + value + ']',
          '"' + key + "\": {\"a\": {\"b\": [[" + value + "]]}}",
          '"' + key + "\": {\"$crypto\": " + value + '}',
          '"' + key + "\": {\"$crypto\": {\"type\": \"x-simple-encryption\", \"value\": " + value
              + "}}",
          '"' + key + "\": {\"$crypto\": {\"value\": {\"data\": " + value + ", }}",
          '"' + key + "\": {\"$string\": " + value + '}',
          '"' + key + "\": \"\n" + bare + '"',
          '"' + key + "\":\n\n" + value,
          '"' + key + "\": \"\"" + bare + '"',
          '"' + key + "\": \"\", \"\": \"\"" + bare + '"',
          '"' + key + "\": null, " + value,
          '"' + key + "\": " + value + ", " + value,
          '"' + key + "\": " + bare,
          '"' + key + ": " + value,
          key + "\": " + value,
          '"' + key + "\": " + bare + '"',
          '"' + key + "\": \"" + bare,
          '"' + key + "\" = " + value,
          '"' + key + "\", " + value,
          value + ": \"" + key + '"',
          '"' + key + "\": null, " + value + ": null",
          '"' + key + "\": '" + bare + '\'',
          "/* " + member + " */ \"a1\": 1",
          "// " + member + "\n\"a1\": 1",
          "// " + key + ' ' + bare + "\n\"a1\": 1",
          "// the old one was " + value + ",\n" + member,
          "// \"" + key + "\":\n//   " + value + "\n\"a1\": 1"}) {
        QByteArray text = bytes;
        texts.append(text.replace(bytes.indexOf(member), member.size(), other));
    }
    return texts;
}

/// The text with one structural character taken out, doubled or moved to another line.
QByteArray damaged(const QByteArray &bytes, qsizetype at, int way)
{
    QByteArray text = bytes;
    switch (way) {
    case 0:
        return text.remove(at, 1);
    case 1:
        return text.insert(at, text[at]);
    case 2:
        return text.insert(at, '\n');
    default:
        return text.insert(at + 1, '\n');
    }
}

} // namespace

/// What is shown of a text that holds secrets: all of it but these, however broken it is.
class TestSecretMask : public QObject
{
    Q_OBJECT

private slots:
    void masks_data();
    void masks();
    void noSecretShowsInACutText();
    void noSecretShowsWithoutOneByte();
    void noSecretShowsWithOneByteMore();
    void aMissingCommaHidesNothingElse();
    void nothingShowsAMisplacedSecret();
    void nothingShowsASecretOfADamagedText();
    void anyTextEndsSoon_data();
    void anyTextEndsSoon();
};

void TestSecretMask::masks_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("masked");
    // clang-format off
    QTest::newRow("comma missing before") << R"j({"a": 1 "clientSecret": "hush", "b": "x"})j"_ba << R"j({"a": 1 "clientSecret": "(secret)", "b": "x"})j"_ba;
    QTest::newRow("comma missing behind") << R"j({"clientSecret": "hush" "b": "x"})j"_ba << R"j({"clientSecret": "(secret)" "b": "x"})j"_ba;
    QTest::newRow("comma too many") << R"j({"clientSecret": "hush",, "b": "x"})j"_ba << R"j({"clientSecret": "(secret)",, "b": "x"})j"_ba;
    QTest::newRow("colon missing") << R"j({"clientSecret" "hush", "b": "x"})j"_ba << R"j({"clientSecret" "(secret)", "b": "x"})j"_ba;
    QTest::newRow("open text") << "{\"clientSecret\": \"hush,\n\"b\": \"x\"}"_ba << "{\"clientSecret\": \"(secret)\"\n\"b\": \"x\"}"_ba;
    QTest::newRow("open text, one line") << R"j({"clientSecret": "hush, "b": "x"})j"_ba << R"j({"clientSecret": "(secret)")j"_ba;
    QTest::newRow("no opening quote") << R"j({"clientSecret": hu, sh", "b": "x"})j"_ba << R"j({"clientSecret": "(secret)", "b": "x"})j"_ba;
    QTest::newRow("quote inside") << R"j({"clientSecret": "hu"sh", "b": "x"})j"_ba << R"j({"clientSecret": "(secret)")j"_ba;
    QTest::newRow("wrong quotes") << R"j({'clientSecret': 'hush', 'b': 'x'})j"_ba << R"j({'clientSecret': "(secret)", 'b': 'x'})j"_ba;
    QTest::newRow("no quotes") << "{clientSecret: hush\n, b: 1}"_ba << "{clientSecret: \"(secret)\"\n, b: 1}"_ba;
    QTest::newRow("bracket missing") << R"j({"o": {"clientSecret": "hush", "b": "x"})j"_ba << R"j({"o": {"clientSecret": "(secret)", "b": "x"})j"_ba;
    QTest::newRow("substitution") << R"j({"clientSecret": "&{a}",, "b": 1})j"_ba << R"j({"clientSecret": "&{a}",, "b": 1})j"_ba;
    QTest::newRow("its default") << R"j({"clientSecret": "&{a|hush}",, "b": 1})j"_ba << R"j({"clientSecret": "(secret)",, "b": 1})j"_ba;
    QTest::newRow("null") << R"j({"refreshToken": null,, "b": 1})j"_ba << R"j({"refreshToken": null,, "b": 1})j"_ba;
    QTest::newRow("number") << R"j({"refreshToken": 123,, "b": 1})j"_ba << R"j({"refreshToken": "(secret)",, "b": 1})j"_ba;
    QTest::newRow("empty") << R"j({"refreshToken": "",, "b": 1})j"_ba << R"j({"refreshToken": "",, "b": 1})j"_ba;
    QTest::newRow("coercion") << R"j({"clientSecret": {"$string": "hush"},, "b": 1})j"_ba << R"j({"clientSecret": {"$string": "(secret)"},, "b": 1})j"_ba;
    QTest::newRow("coercion, valid") << R"j({"clientSecret": {"$string": "hush"}})j"_ba << R"j({"clientSecret": {"$string": "(secret)"}})j"_ba;
    QTest::newRow("list, valid") << R"j({"tokens": ["hush", "hush"]})j"_ba << R"j({"tokens": ["(secret)", "(secret)"]})j"_ba;
    QTest::newRow("cipher text") << R"j({"clientSecret": {"$crypto": {"type": "x", "value": {"data": "hush" "iv": "hush"}}}})j"_ba << R"j({"clientSecret": {"$crypto": {"type": "x", "value": {"data": "(secret)" "iv": "(secret)"}}}})j"_ba;
    QTest::newRow("mistyped key") << R"j({"clientScret": "hush", "b": 1})j"_ba << R"j({"clientScret": "(secret)", "b": 1})j"_ba;
    QTest::newRow("other keys") << R"j({"a": "my secret" "b": "the token", "c": "x"})j"_ba << R"j({"a": "my secret" "b": "the token", "c": "x"})j"_ba;
    QTest::newRow("pasted token") << R"j({"a": "pat-na1-0123-4567-89ab",, "b": 1})j"_ba << R"j({"a": "(secret)",, "b": 1})j"_ba;
    QTest::newRow("comment") << "{\"a\": 1, // clientSecret: hush, hush\n\"b\": 2}"_ba << "{\"a\": 1, // clientSecret: \"(secret)\"\n\"b\": 2}"_ba;
    QTest::newRow("commented out") << "{\"a\": 1 /* \"clientSecret\": \"hush\", */}"_ba << "{\"a\": 1 /* \"clientSecret\": \"(secret)\", */}"_ba;
    QTest::newRow("in prose") << "{\"a\": 1 // the token of the shop\n}"_ba << "{\"a\": 1 // the token of the shop\n}"_ba;
    QTest::newRow("beginning a line") << "clientSecret hush\nb"_ba << "clientSecret \"(secret)\"\nb"_ba;
    // clang-format on
}

void TestSecretMask::masks()
{
    QFETCH(QByteArray, text);
    QTEST(maskedText(JsonText(text)), "masked");
}

void TestSecretMask::noSecretShowsInACutText()
{
    QRandomGenerator random(41);
    for (const QByteArray &sample : samples()) {
        const QString &secret = secrets[random.bounded(int(secrets.size()))];
        const QByteArrayList parts = partsOf(secret);
        const QByteArray pretty = planted(sample, secret);
        const QByteArray oneLine = QJsonDocument::fromJson(pretty).toJson(QJsonDocument::Compact);
        for (const QByteArray &bytes : {pretty, oneLine}) {
            const qsizetype first = bytes.indexOf("clientSecret");
            for (qsizetype end = 1;
                 end<bytes.size(); end += end> first && end < first + 400 ? 1 : 37) {
                const auto part = shownPart(maskedText(JsonText(bytes.first(end))), parts);
                QVERIFY2(!part,
                         bytes.first(end).last(std::min<qsizetype>(end, 120)) + "\n"
                             + part.value_or(""));
            }
        }
    }
}

void TestSecretMask::noSecretShowsWithoutOneByte()
{
    QRandomGenerator random(42);
    int tried = 0;
    for (const QByteArray &sample : samples()) {
        for (const QString &secret : secrets) {
            const QByteArrayList parts = partsOf(secret);
            const QByteArray pretty = planted(sample, secret);
            const bool isPretty = random.bounded(2) == 0;
            const QByteArray bytes =
                isPretty ? pretty : QJsonDocument::fromJson(pretty).toJson(QJsonDocument::Compact);
            const qsizetype first = bytes.indexOf("\"clientSecret");
            const qsizetype second = bytes.indexOf("\"refreshToken");
            const auto isNear = [](qsizetype at, qsizetype place) {
                return at > place - 20 && at < place + 100;
            };
            for (qsizetype at = 0; at < bytes.size();
                 at += isNear(at, first) || isNear(at, second) ? 1 : 1 + random.bounded(20)) {
                const bool isDense = isNear(at, first) || isNear(at, second);
                if (!isDense && random.bounded(20) > 0)
                    continue;
                QByteArray broken = bytes;
                broken.remove(at, 1);
                const auto part = shownPart(maskedText(JsonText(broken)), parts);
                QVERIFY2(!part,
                         broken.mid(std::max<qsizetype>(at - 60, 0), 160) + '\n'
                             + part.value_or(""));
                ++tried;
            }
        }
    }
    QVERIFY(tried > 2000);
}

void TestSecretMask::noSecretShowsWithOneByteMore()
{
    const QByteArray bytes = "{\n  \"a\": \"x\",\n  \"clientSecret\": \"Hu5h-Hu5h-Hu5h\",\n  "
                             "\"b\": [1, {\"c\": 2}]\n}\n";
    const QByteArrayList parts = partsOf(u"Hu5h-Hu5h-Hu5h"_s);
    for (qsizetype at = 0; at <= bytes.size(); ++at) {
        for (const char extra : {'"', '\'', '{', '}', '[', ']', ',', ':', '\\', '/', '\n', '\0'}) {
            if (at > bytes.indexOf("Hu5h") && at < bytes.indexOf("\",\n  \"b\""))
                continue; // Within the secret it is another one.
            QByteArray broken = bytes;
            broken.insert(at, extra);
            const auto part = shownPart(maskedText(JsonText(broken)), parts);
            QVERIFY2(!part, broken);
        }
    }
}

void TestSecretMask::aMissingCommaHidesNothingElse()
{
    for (const QByteArray &sample : samples()) {
        const QByteArray pretty = planted(sample, secrets.first());
        const QByteArray oneLine = QJsonDocument::fromJson(pretty).toJson(QJsonDocument::Compact);
        for (const QByteArray &bytes : {pretty, oneLine}) {
            const qsizetype usual = hiddenIn(bytes);
            for (qsizetype at = bytes.indexOf(','); at >= 0; at = bytes.indexOf(',', at + 1)) {
                QByteArray broken = bytes;
                broken.remove(at, 1);
                const qsizetype more = hiddenIn(broken) - usual;
                QVERIFY2(std::abs(more) <= 2,
                         QByteArray::number(more) + ": "
                             + broken.mid(std::max<qsizetype>(at - 60, 0), 160));
            }
        }
    }
}

void TestSecretMask::nothingShowsAMisplacedSecret()
{
    const QByteArray sample = smallSample(sampleProvisioner());
    const QString token = u"na1-2b7e-151628aed2a6-abf71588"_s;
    QByteArrayList failed;
    for (const QString &secret : {secrets[0], secrets[2]}) {
        const QByteArray whole = planted(sample, secret, token);
        for (const QByteArray &text : misplaced(whole, "clientSecret", jsonQuoted(secret)))
            checkShown(failed, text, text.indexOf("clientSecret"), whole, partsOf(secret));
        for (const QByteArray &text : misplaced(whole, "refreshToken", jsonQuoted(token)))
            checkShown(failed, text, text.indexOf("refreshToken"), whole, partsOf(token));
    }
    QVERIFY2(failed.isEmpty(), failed.join('\n'));
}

void TestSecretMask::nothingShowsASecretOfADamagedText()
{
    const QString token = u"na1-2b7e-151628aed2a6-abf71588"_s;
    QRandomGenerator random(43);
    QByteArrayList failed;
    int tried = 0;
    for (const QByteArray &sample : samples()) {
        const QString &secret = secrets[random.bounded(int(secrets.size()))];
        const QByteArray pretty = planted(smallSample(sample), secret, token);
        const QByteArray oneLine = QJsonDocument::fromJson(pretty).toJson(QJsonDocument::Compact);
        for (const QByteArray &whole : {pretty, oneLine}) {
            const qsizetype begin = whole.indexOf("\"clientSecret") - 40;
            const qsizetype end = whole.indexOf(token.toUtf8()) + token.size() + 20;
            for (qsizetype at = 0; at < whole.size(); ++at) {
                const bool isNear = at > begin && at < end;
                if (!"\",:{}[]\n"_ba.contains(whole[at]) || random.bounded(isNear ? 6 : 60) > 0)
                    continue;
                checkShown(failed, damaged(whole, at, random.bounded(4)), at, whole,
                           partsOf(secret) + partsOf(token));
                ++tried;
            }
        }
    }
    QVERIFY2(failed.isEmpty(), failed.join('\n'));
    QVERIFY(tried > 30);
}

void TestSecretMask::anyTextEndsSoon_data()
{
    QTest::addColumn<QByteArray>("part");
    QTest::newRow("blank lines") << "\n"_ba;
    QTest::newRow("blanks") << "      "_ba;
    QTest::newRow("names") << "token "_ba;
    QTest::newRow("names and quotes") << "token\" '"_ba;
    QTest::newRow("names and colons") << "token:x,"_ba;
    QTest::newRow("names and braces") << "token:{"_ba;
    QTest::newRow("words") << "aaaaaaaa"_ba;
    QTest::newRow("commas") << ", "_ba;
    QTest::newRow("comments") << "/*"_ba;
}

/// A mask that gives up would show what follows.
void TestSecretMask::anyTextEndsSoon()
{
    QFETCH(QByteArray, part);
    const QByteArray text = "{,," + part.repeated(400'000 / part.size())
        + "\n\"clientSecret\": \"Hu5h-Hu5h-Hu5h\",\n\"b\": 1}\n";
    QElapsedTimer time;
    time.start();
    QVERIFY(!maskedText(JsonText(text)).contains("Hu5h"));
    QVERIFY2(time.elapsed() < 10'000, QByteArray::number(time.elapsed())); // Some ms each.
}

HUBKEEPER_TEST(TestSecretMask)
#include "tst_secretmask.moc"
