// SPDX-License-Identifier: MIT
#include "provisioner/rules/fixes.h"
#include "testkit/provisionerfile.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

const ValidationOptions usualOptions {ServerProfile::Commercial,
                                      u"provisioner.openicf-hubspot.json"_s, QDate(2026, 11, 25)};

/// Makes an input when its turn comes: together they would fill the memory.
using Make = std::function<QByteArray()>;

/// The faultless file with one value replaced.
QByteArray with(const char *pointer, const QByteArray &json)
{
    return withTextAt(faultlessProvisioner(), QString::fromLatin1(pointer), json.constData());
}

/// `count` times `text`, with "%" replaced by a running number.
QByteArray numbered(const QByteArray &text, int count)
{
    QByteArray result;
    result.reserve(count * (text.size() + 6));
    for (int i = 0; i < count; ++i)
        result += QByteArray(text).replace('%', QByteArray::number(i));
    return result;
}

QByteArray inBraces(QByteArray members)
{
    members.chop(1); // The last comma.
    return '{' + members + '}';
}

QByteArray inBrackets(QByteArray elements)
{
    elements.chop(1);
    return '[' + elements + ']';
}

QByteArray utf16Of(const QByteArray &text, bool bigEndian)
{
    QByteArray result = bigEndian ? QByteArray("\xFE\xFF") : QByteArray("\xFF\xFE");
    for (const char c : text) {
        if (bigEndian)
            result += QByteArray(1, '\0') + c;
        else
            result += c + QByteArray(1, '\0');
    }
    return result;
}

} // namespace

/// Any bytes at all end soon with a finding. The time limit of the test is the only clock here:
/// the whole table takes a few seconds.
class TestHostileInput : public QObject
{
    Q_OBJECT

private slots:
    void endsWithAFinding_data();
    void endsWithAFinding();
    void fixesEndToo_data();
    void fixesEndToo();
    void prefixesOfAFile();
    void manyBytesReplaced();
};

void TestHostileInput::endsWithAFinding_data()
{
    QTest::addColumn<Make>("make");

    const QByteArray file = faultlessProvisioner();
    const QByteArray attribute =
        R"("a%": {"type": "strin", "flags": ["NOT_CREATEABLE"], "nativeName": "x"},)";
    // clang-format off
    QTest::newRow("empty")               << Make([=] { return QByteArray(); });
    QTest::newRow("blanks")              << Make([=] { return QByteArray(QByteArray(1'000'000, ' ')); });
    QTest::newRow("one NUL")             << Make([=] { return QByteArray(QByteArray(1, '\0')); });
    QTest::newRow("NULs")                << Make([=] { return QByteArray(QByteArray(5'000'000, '\0')); });
    QTest::newRow("NUL inside")          << Make([=] { return QByteArray(QByteArray(file).replace("contact", QByteArray("con\0tact", 8))); });
    QTest::newRow("half a character")    << Make([=] { return QByteArray(QByteArray(file).replace("email", "em\xC3")); });
    QTest::newRow("cut in a character")  << Make([=] { return QByteArray(file + "\xF0\x9F\x98"); });
    QTest::newRow("Latin-1")             << Make([=] { return QByteArray(QByteArray(file).replace("Hubspot Connector", "Zur\xFC" "ck")); });
    QTest::newRow("UTF-16, little end")  << Make([=] { return QByteArray(utf16Of(file, false)); });
    QTest::newRow("UTF-16, big end")     << Make([=] { return QByteArray(utf16Of(file, true)); });
    QTest::newRow("UTF-16, no mark")     << Make([=] { return QByteArray(utf16Of(file, false).mid(2)); });
    QTest::newRow("archive")             << Make([=] { return QByteArray(QByteArray("PK\x03\x04\x14\0\x08\0", 8) + QByteArray(200, '\x7F')); });
    QTest::newRow("gzip")                << Make([=] { return QByteArray(QByteArray("\x1F\x8B\x08\0\0\0\0\0", 8) + QByteArray(200, '\x01')); });
    QTest::newRow("XML")                 << Make([=] { return QByteArray(QByteArray("<?xml version=\"1.0\"?><a/>")); });
    QTest::newRow("export envelope")     << Make([=] { return QByteArray(QByteArray(R"({"meta": {"origin": "x"}, "config": {"provisioner.openicf/hubspot": )") + file + "}}"); });
    QTest::newRow("mappings")            << Make([=] { return QByteArray(QByteArray(R"({"mappings": []})")); });
    QTest::newRow("100 MB of letters")   << Make([=] { return QByteArray(QByteArray(100 << 20, 'x')); });
    QTest::newRow("100 MB of brackets")  << Make([=] { return QByteArray(QByteArray(100 << 20, '[')); });
    QTest::newRow("100 MB in a string")  << Make([=] { return QByteArray("{\"connectorRef\": \"" + QByteArray(100 << 20, 'x') + "\"}"); });
    QTest::newRow("12 MB in a string")   << Make([=] { return QByteArray(with("/displayName", '"' + QByteArray(12 << 20, 'x') + '"').replace("true", "tru")); });
    QTest::newRow("12 MB of quotes")     << Make([=] { return QByteArray(QByteArray(12 << 20, '"')); });
    QTest::newRow("12 MB of commas")     << Make([=] { return QByteArray('{' + QByteArray(12 << 20, ',')); });
    QTest::newRow("12 MB of backslashes")<< Make([=] { return QByteArray("{\"a\": \"" + QByteArray(12 << 20, '\\') + "\"}"); });
    QTest::newRow("12 MB of comments")   << Make([=] { return QByteArray("{" + QByteArray("/**/").repeated(3 << 20)); });
    QTest::newRow("deep arrays")         << Make([=] { return QByteArray(QByteArray(1'000'000, '[') + QByteArray(1'000'000, ']')); });
    QTest::newRow("deep objects")        << Make([=] { return QByteArray(QByteArray("{\"objectTypes\":").repeated(400'000)); });
    QTest::newRow("deep but allowed")    << Make([=] { return QByteArray(with("/objectTypes/contact/properties/email", QByteArray("{\"type\":").repeated(450) + "1" + QByteArray(450, '}'))); });
    QTest::newRow("many values")         << Make([=] { return QByteArray(with("/objectTypes/contact/properties/email/x", inBrackets(numbered("%,", 120'000)))); });
    QTest::newRow("many bad values")     << Make([=] { return QByteArray('[' + numbered("tru,", 120'000) + ']'); });
    QTest::newRow("many keys")           << Make([=] { return QByteArray(with("/extra", inBraces(numbered("\"k%\":0,", 100'000)))); });
    QTest::newRow("one key, many times") << Make([=] { return QByteArray(with("/extra", inBraces(numbered("\"k\":0,", 100'000)))); });
    QTest::newRow("many unknown keys")   << Make([=] { return QByteArray(inBraces("\"connectorRef\":{}," + numbered("\"k%\":0,", 100'000))); });
    QTest::newRow("many attributes")     << Make([=] { return QByteArray(with("/objectTypes/contact/properties", inBraces(numbered(attribute, 20'000)))); });
    QTest::newRow("many object types")   << Make([=] { return QByteArray(with("/objectTypes", inBraces(numbered(R"("t%":{"nativeType":"x%","properties":{}},)", 40'000)))); });
    QTest::newRow("many flags")          << Make([=] { return QByteArray(with("/objectTypes/contact/properties/email/flags", inBrackets(numbered("\"F%\",", 100'000)))); });
    QTest::newRow("many actions")        << Make([=] { return QByteArray(with("/systemActions", inBrackets(numbered(R"({"scriptId":"a","actions":[{}]},)", 40'000)))); });
    QTest::newRow("many operations")     << Make([=] { return QByteArray(with("/operationOptions", inBraces(numbered("\"O%\":{\"denied\":1},", 60'000)))); });
    QTest::newRow("many time-outs")      << Make([=] { return QByteArray(with("/operationTimeout", inBraces(numbered("\"O%\":\"x\",", 100'000)))); });
    QTest::newRow("many blocks")         << Make([=] { return QByteArray(with("/extra", inBrackets(numbered(R"({"$crypto":{"type":"x-simple-encryption","value":{}}},)", 40'000)))); });
    QTest::newRow("many coercions")      << Make([=] { return QByteArray(with("/extra", inBrackets(numbered(R"({"$int":"ten"},)", 80'000)))); });
    QTest::newRow("many substitutions")  << Make([=] { return QByteArray(with("/extra", inBrackets(numbered("\"&{a|%}\",", 100'000)))); });
    QTest::newRow("open substitutions")  << Make([=] { return QByteArray(with("/description", '"' + QByteArray("&{").repeated(4'000'000) + '"')); });
    QTest::newRow("many tokens")         << Make([=] { return QByteArray(with("/description", '"' + QByteArray("pat-na1-11111111-2222-3333-4444-555555555555 ").repeated(100'000) + '"')); });
    QTest::newRow("nearly tokens")       << Make([=] { return QByteArray(with("/description", '"' + QByteArray("pat-na1-").repeated(1'000'000) + '"')); });
    QTest::newRow("one long line")       << Make([=] { return QByteArray(with("/extra", inBrackets(numbered("tru,", 100'000))).simplified()); });
    QTest::newRow("long key")            << Make([=] { return QByteArray(with("/objectTypes/contact/properties", "{\"" + QByteArray(10'000'000, 'k') + "\": 7}")); });
    QTest::newRow("long names")          << Make([=] { return QByteArray(with("/objectTypes/contact/properties", inBraces(numbered('"' + QByteArray(2'000, 'k') + R"(%": {"typ": 1},)", 5'000)))); });
    QTest::newRow("long version")        << Make([=] { return QByteArray(with("/connectorRef/bundleVersion", "\"[" + QByteArray("1.").repeated(5'000'000) + "\"")); });
    // clang-format on
}

void TestHostileInput::endsWithAFinding()
{
    QFETCH(Make, make);
    const QByteArray bytes = make();

    const JsonText text(bytes);
    const QList<Finding> findings = validate(text, usualOptions);

    QVERIFY(!findings.isEmpty());
    for (const Finding &finding : findings) {
        QVERIFY(finding.at.begin >= 0 && finding.at.end <= bytes.size());
        QVERIFY2(finding.message.size() < 1000, qPrintable(finding.ruleId));
        QVERIFY2(finding.pointer.size() < 100'000'000, qPrintable(finding.ruleId));
    }
}

void TestHostileInput::fixesEndToo_data()
{
    QTest::addColumn<Make>("make");

    // clang-format off
    QTest::newRow("many attributes") << Make([=] { return QByteArray(with("/objectTypes/contact/properties", inBraces(numbered(R"("a%": {"type": "strin", "flags": ["NOT_CREATEABLE", "NOT_UPDATABLE"]},)", 2'000)))); });
    QTest::newRow("many commas")     << Make([=] { return QByteArray('{' + QByteArray(100'000, ',') + '}'); });
    QTest::newRow("many bare words") << Make([=] { return QByteArray('[' + numbered("tru,", 20'000) + ']'); });
    // clang-format on
}

void TestHostileInput::fixesEndToo()
{
    QFETCH(Make, make);
    const QByteArray bytes = make();

    const FixOutcome outcome = withFixes(bytes, usualOptions, {{}, false});

    QVERIFY(outcome.bytes.size() < 2 * bytes.size());
}

/// A file that is still being written, or was cut off.
void TestHostileInput::prefixesOfAFile()
{
    const QByteArray file = faultlessProvisioner();
    const qsizetype whole = file.trimmed().size();
    for (qsizetype size = 0; size < whole; size += 3) {
        const QList<Finding> findings = validate(JsonText(file.left(size)), usualOptions);
        QVERIFY2(!findings.isEmpty(), file.left(size).constData());
        const bool isError =
            std::any_of(findings.begin(), findings.end(),
                        [](const Finding &finding) { return finding.severity == Severity::Error; });
        QVERIFY2(isError, file.left(size).constData());
    }
}

void TestHostileInput::manyBytesReplaced()
{
    const QByteArray file = faultlessProvisioner();
    for (const char c : {'\0', '"', '\\', '{', '\xFF'}) {
        for (qsizetype at = 0; at < file.size(); at += 5) {
            QByteArray changed = file;
            changed[at] = c;
            for (const Finding &finding : validate(JsonText(changed), usualOptions))
                QVERIFY(finding.at.begin >= 0 && finding.at.end <= changed.size());
        }
    }
}

HUBKEEPER_TEST(TestHostileInput)
#include "tst_hostileinput.moc"
