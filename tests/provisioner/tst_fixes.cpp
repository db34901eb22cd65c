// SPDX-License-Identifier: MIT
#include "provisioner/rules/fixes.h"
#include "testkit/provisionerfile.h"
#include "testkit/testprogram.h"

#include <QFile>
#include <QRandomGenerator>
#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

QByteArray sampleToFix()
{
    QFile file(
        QStringLiteral(HUBKEEPER_SOURCE_DIR "/resources/samples/provisioner.openicf-hubspot.json"));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// What people and programs put where something else belongs.
const QByteArrayList &oddValues()
{
    static const QByteArrayList values {
        "null",
        "true",
        "5",
        "1.5",
        "\"\"",
        "\" x \"",
        "\"true\"",
        "[]",
        "{}",
        "[null, 5, \"a\"]",
        "{\"type\": \"strin\"}",
        "\"&{a|b}\"",
        "\"&{ a }\"",
        "{\"$integer\": \"&{a}\"}",
        R"({"note": 1, "$crypto": {"type": "x-simple-encryption", "value": {"data": "a"}}})",
        R"({"email": {"nativeName": "Email"}, "email": {"type": "String"}})",
        "[\"NOT_CREATEABLE\", \"NOT_READABLE\", 5]",
        "{\"CREAT\": {\"denied\": \"true\"}}"};
    return values;
}

/// A sound file with values exchanged, keys misspelt or doubled, and bytes lost.
QByteArray hostile(QRandomGenerator &random, int round)
{
    QByteArray bytes = round % 2 == 0 ? sampleToFix() : faultlessProvisioner();
    for (int i = 0; i < 1 + round % 4; ++i) {
        const JsonText text(bytes);
        const int node = random.bounded(1, text.nodeCount());
        if (text.node(node).kind == JsonKind::Invalid)
            continue;
        const QByteArray &value = oddValues()[random.bounded(int(oddValues().size()))];
        const bool hasKey = text.node(node).key.size() > 0;
        switch (hasKey ? random.bounded(3) : 0) {
        case 0:
            bytes = applied(bytes, {replaceValue(text, node, value)});
            break;
        case 1:
            bytes = applied(bytes, {renameKey(text, node, text.keyOf(node).chopped(1))});
            break;
        default:
            bytes = applied(bytes,
                            {appendMember(text, text.node(node).parent, text.keyOf(node), value)});
        }
    }
    for (int i = 0; i < round % 3; ++i)
        bytes.remove(random.bounded(int(bytes.size())), 1 + random.bounded(3));
    return bytes;
}

} // namespace

/// Fixing once is fixing: a second call finds nothing to do.
class TestFixes : public QObject
{
    Q_OBJECT

private slots:
    void aSecondCallChangesNothing_data();
    void aSecondCallChangesNothing();
    void circlesEnd();
    void longChainsEnd();
    void safeFixesMakeNoErrors_data();
    void safeFixesMakeNoErrors();
    void aRepairedErrorHidesNone();
};

void TestFixes::aSecondCallChangesNothing_data()
{
    QTest::addColumn<bool>("onlySafe");
    QTest::addColumn<ServerProfile>("profile");
    QTest::newRow("safe, commercial") << true << ServerProfile::Commercial;
    QTest::newRow("all, commercial") << false << ServerProfile::Commercial;
    QTest::newRow("safe, community") << true << ServerProfile::Community;
    QTest::newRow("all, community") << false << ServerProfile::Community;
}

void TestFixes::aSecondCallChangesNothing()
{
    QFETCH(bool, onlySafe);
    QFETCH(ServerProfile, profile);
    const ValidationOptions options {profile, u"provisioner.openicf-hubspot.json"_s, {}};
    QRandomGenerator random(11);
    for (int round = 0; round < 90; ++round) {
        const QByteArray bytes = hostile(random, round);

        const FixOutcome first = withFixes(bytes, options, {{}, onlySafe});
        const FixOutcome second = withFixes(first.bytes, options, {{}, onlySafe});

        QVERIFY2(second.bytes == first.bytes, bytes.constData());
        QVERIFY2(second.fixed.isEmpty(), qPrintable(second.fixed.value(0).message));
    }
}

void TestFixes::circlesEnd()
{
    // Each of these fixes made place for the next: members beside $crypto, a type, flags.
    const QByteArray bytes = withTextAt(
        sampleToFix(), u"/objectTypes/owner/properties/email"_s,
        R"({"type": "string", "$crypto": {"type": "x-simple-encryption", "value": {"data": "a"}}})");
    const ValidationOptions options {ServerProfile::Commercial, {}, {}};

    const FixOutcome once = withFixes(bytes, options, {{}, false});

    QCOMPARE(withFixes(once.bytes, options, {{}, false}).bytes, once.bytes);
}

void TestFixes::longChainsEnd()
{
    // Fixes that touch each other wait for the next round, one after another.
    QByteArray flags = "\"NOT_CREATABLE\"";
    flags = (flags + ", ").repeated(40) + flags;
    const QByteArray bytes =
        withTextAt(faultlessProvisioner(), u"/objectTypes/contact/properties/email/flags"_s,
                   ('[' + flags + ']').constData());
    const ValidationOptions options {ServerProfile::Commercial, {}, {}};

    const FixOutcome once = withFixes(bytes, options);

    QVERIFY2(once.remaining.isEmpty(), qPrintable(once.remaining.value(0).message));
    QCOMPARE(withFixes(once.bytes, options).bytes, once.bytes);
}

void TestFixes::safeFixesMakeNoErrors_data()
{
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<bool>("isFixed");

    // clang-format off
    QTest::newRow("right value")       << u"/operationTimeout/RESOLVE_USERNAME"_s << "60000"_ba << true;
    QTest::newRow("text for a number") << u"/operationTimeout/RESOLVE_USERNAME"_s << R"("x")"_ba << false;
    QTest::newRow("buffer size")       << u"/producerBufferSize"_s << "[]"_ba << false;
    QTest::newRow("sound buffer size") << u"/producerBufferSize"_s << "100"_ba << true;
    QTest::newRow("block")             << u"/operationoptions"_s << "5"_ba << false;
    QTest::newRow("features")          << u"/operationOptions"_s << R"({"CREATE": {"objectfeatures": true}})"_ba << false;
    QTest::newRow("two, one of them")  << u"/operationTimeout"_s << R"({"Create": 60000, "Update": "x"})"_ba << false;
    QTest::newRow("property")          << u"/configurationProperties/ReadSchema"_s << "[]"_ba << true; // It is there.
    // clang-format on
}

/// What IDM ignores under a wrong name it may refuse under the right one.
void TestFixes::safeFixesMakeNoErrors()
{
    QFETCH(QString, pointer);
    QFETCH(QByteArray, json);
    QFETCH(bool, isFixed);
    const ValidationOptions options {
        ServerProfile::Community, u"provisioner.openicf-hubspot.json"_s, {}};
    const QByteArray bytes =
        withTextAt(faultlessProvisioner(ServerProfile::Community), pointer, json.constData());
    const FixOutcome outcome = withFixes(bytes, options);

    bool isLeft = false;
    for (const Finding &finding : outcome.remaining) {
        QVERIFY2(finding.severity != Severity::Error, qPrintable(finding.message));
        isLeft |= finding.fix && finding.fix->safe;
    }
    QCOMPARE(!isLeft, isFixed);
}

/// An error that a fix repairs does not hide one that another would make.
void TestFixes::aRepairedErrorHidesNone()
{
    const ValidationOptions options {
        ServerProfile::Community, u"provisioner.openicf-hubspot.json"_s, {}};
    const QByteArray bytes = withTextAt(
        withTextAt(faultlessProvisioner(ServerProfile::Community), u"/enabled"_s, R"("true")"),
        u"/producerBufferSize"_s, "[]");
    const auto errors = [&options](const QByteArray &text) {
        QStringList found;
        for (const Finding &finding : validate(JsonText(text), options)) {
            if (finding.severity == Severity::Error)
                found.append(finding.message);
        }
        return found;
    };
    QCOMPARE(errors(bytes).size(), 1);
    const FixOutcome outcome = withFixes(bytes, options);
    QCOMPARE(errors(outcome.bytes), QStringList());
    QVERIFY(outcome.bytes.contains("producerBufferSize"));
    QVERIFY(!outcome.bytes.contains("\"true\""));
}

HUBKEEPER_TEST(TestFixes)
#include "tst_fixes.moc"
