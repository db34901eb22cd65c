// SPDX-License-Identifier: MIT
#include "generatedjson.h"
#include "provisioner/document/merge.h"
#include "provisioner/text/jsonedit.h"
#include "testkit/testprogram.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

using namespace hubkeeper;
using namespace Qt::StringLiterals;
using test::GeneratedJson;

namespace {

/// The places between the tokens of a valid text, empty ones too: where a comment may stand.
std::vector<Span> gapsOf(const QByteArray &json)
{
    std::vector<Span> gaps;
    qsizetype begin = json.startsWith("\xEF\xBB\xBF") ? 3 : 0;
    for (qsizetype i = begin; i < json.size();) {
        const char c = json[i];
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            ++i;
        } else if (c == '/') {
            const bool isLine = json[i + 1] == '/';
            i = json.indexOf(isLine ? "\n" : "*/", i + 2) + (isLine ? 1 : 2);
        } else {
            gaps.push_back({begin, i});
            if (c == '"') {
                for (++i; json[i] != '"'; ++i)
                    i += json[i] == '\\';
                ++i;
            } else if (QByteArrayView("{}[],:").contains(c)) {
                ++i;
            } else {
                while (i < json.size() && !QByteArrayView("{}[],:/ \t\r\n").contains(json[i]))
                    ++i;
            }
            begin = i;
        }
    }
    gaps.push_back({begin, json.size()});
    return gaps;
}

/// What a text means, with numbers as they are written.
QJsonValue meaningOf(const JsonText &text, int node)
{
    const JsonText::Node &at = text.node(node);
    if (at.kind == JsonKind::Number)
        return u"# "_s + QString::fromLatin1(text.rawOf(node));
    if (at.kind != JsonKind::Object && at.kind != JsonKind::Array)
        return text.valueOf(node);
    QJsonObject object;
    QJsonArray list;
    for (int child = at.firstChild; child != JsonText::none; child = text.node(child).next) {
        object.insert(text.keyOf(child), meaningOf(text, child));
        list.append(meaningOf(text, child));
    }
    return at.kind == JsonKind::Object ? QJsonValue(object) : QJsonValue(list);
}

QJsonValue meaningOf(const QByteArray &json)
{
    const JsonText text(json);
    return text.isValid() ? meaningOf(text, text.root()) : QJsonValue(QJsonValue::Undefined);
}

bool isOpen(const QJsonValue &value)
{
    const QJsonObject object = value.toObject();
    return value.isObject() && (object.size() != 1 || !object.keys().first().startsWith(u'$'));
}

/// The rule of merged() for values, without their text.
QJsonValue mergedMeaning(const QJsonValue &base, const QJsonValue &mine, const QJsonValue &theirs)
{
    if (mine == theirs || base == mine)
        return theirs;
    if (!isOpen(mine) || !isOpen(theirs) || !(base.isUndefined() || isOpen(base)))
        return base == theirs ? mine : theirs;
    QJsonObject result;
    for (const QString &key : mine.toObject().keys() + theirs.toObject().keys()) {
        const QJsonValue value =
            mergedMeaning(base.isUndefined() ? base : base.toObject().value(key),
                          mine.toObject().value(key), theirs.toObject().value(key));
        if (!value.isUndefined())
            result.insert(key, value);
    }
    return result;
}

bool isInList(const JsonText &text, int node)
{
    for (int at = node; at != JsonText::none; at = text.node(at).parent) {
        if (text.node(at).kind == JsonKind::Array)
            return true;
    }
    return false;
}

/// Whether the node is one value with what is around it: below "$crypto" or "$int".
bool isInClosed(const JsonText &text, int node)
{
    for (int at = text.node(node).parent; at != JsonText::none; at = text.node(at).parent) {
        const JsonText::Node &around = text.node(at);
        if (around.kind == JsonKind::Object && around.childCount == 1
            && text.keyOf(around.firstChild).startsWith(u'$'))
            return true;
    }
    return false;
}

/// A text with anything done to it that leaves it valid: values, members, comments, layout.
class Mutation
{
public:
    Mutation(QRandomGenerator &random, QByteArray text)
        : m_random(random)
        , m_text(std::move(text))
    {
    }

    QByteArray run()
    {
        for (int i = m_random.bounded(4); i >= 0; --i)
            mutate();
        return m_text;
    }

private:
    void mutate()
    {
        const JsonText text(m_text);
        const int node = m_random.bounded(text.nodeCount());
        switch (m_random.bounded(5)) {
        case 0: {
            const auto gaps = gapsOf(m_text);
            const Span gap = gaps[size_t(m_random.bounded(int(gaps.size())))];
            const QByteArray trivia = GeneratedJson(m_random).blanks();
            // The last line may be a comment without an end.
            m_text.replace(gap.begin, gap.size(), trivia);
            return;
        }
        case 1:
            if (node > 0)
                m_text = applied(m_text, {removeChild(text, node)});
            if (!JsonText(m_text).isValid()) // A comment had the end of its line removed.
                m_text = text.bytes();
            return;
        case 2:
            if (text.node(node).kind == JsonKind::Object)
                m_text = applied(m_text,
                                 {appendMember(text, node, u"new%1"_s.arg(m_random.bounded(2)),
                                               GeneratedJson(m_random).value(1))});
            return hasTwins() ? void(m_text = text.bytes()) : void();
        case 3:
            if (text.node(node).kind == JsonKind::Array)
                m_text =
                    applied(m_text, {appendElement(text, node, GeneratedJson(m_random).value(1))});
            return;
        default:
            m_text = applied(m_text, {replaceValue(text, node, GeneratedJson(m_random).value(2))});
        }
    }

    [[nodiscard]] bool hasTwins() const
    {
        const JsonText text(m_text);
        for (int node = 0; node < text.nodeCount(); ++node) {
            if (text.node(node).kind == JsonKind::Object
                && text.valueOf(node).toObject().size() != text.node(node).childCount)
                return true;
        }
        return false;
    }

    QRandomGenerator &m_random;
    QByteArray m_text;
};

} // namespace

/// What says nothing to a reader of JSON survives a merge as well: comments, layout, order.
class TestMergeTrivia : public QObject
{
    Q_OBJECT

private slots:
    void trivia_data();
    void trivia();
    void anUnchangedSideGivesTheOther();
    void disjointEditsBothSurvive();
    void anyTwoEditsGiveTheRightValues();
    void asksBeforeACommentOfMineIsLost_data();
    void asksBeforeACommentOfMineIsLost();
    void keepsMineWhereBothChanged();
};

void TestMergeTrivia::trivia_data()
{
    QTest::addColumn<QByteArray>("base");
    QTest::addColumn<QByteArray>("mine");
    QTest::addColumn<QByteArray>("theirs");
    QTest::addColumn<QByteArray>("result");
    // clang-format off
    QTest::newRow("comment beside a value they changed") << "{\n  \"a\": 1\n}"_ba << "{\n  // mine\n  \"a\": 1\n}"_ba << "{\n  \"a\": 2\n}"_ba << "{\n  // mine\n  \"a\": 2\n}"_ba;
    QTest::newRow("comment behind, they append")  << "{\n  \"a\": 1\n}"_ba << "{\n  \"a\": 1 // mine\n}"_ba << "{\n  \"a\": 1,\n  \"b\": 2\n}"_ba << "{\n  \"a\": 1, // mine\n  \"b\": 2\n}"_ba;
    QTest::newRow("I removed a comment")          << "{ // old\n  \"a\": 1\n}"_ba << "{\n  \"a\": 1\n}"_ba << "{ // old\n  \"a\": 2\n}"_ba << "{\n  \"a\": 2\n}"_ba;
    QTest::newRow("comments in one place")        << "{\n  // x\n  // y\n  \"a\": 1\n}"_ba << "{\n  // x1\n  // y\n  \"a\": 1\n}"_ba << "{\n  // x\n  // y\n  // z\n  \"a\": 1\n}"_ba << "{\n  // x1\n  // y\n  // z\n  \"a\": 1\n}"_ba;
    QTest::newRow("they joined the lines")        << "{\n\"a\": 1,\n\"b\": 2\n}"_ba << "{\n\"a\": 1, // mine\n\"b\": 2\n}"_ba << "{\"a\": 1, \"b\": 2}"_ba << "{\"a\": 1, // mine\n \"b\": 2}"_ba;
    QTest::newRow("they indented anew, I add")    << "{\n  \"a\": 1\n}"_ba << "{\n  \"a\": 1,\n  \"b\": 2\n}"_ba << "{\n\t\"a\": 3\n}"_ba << "{\n\t\"a\": 3,\n\t\"b\": 2\n}"_ba;
    QTest::newRow("they write CRLF, I a comment") << "{\n  \"a\": 1\n}\n"_ba << "{\n  // mine\n  \"a\": 1\n}\n"_ba << "{\r\n  \"a\": 2\r\n}\r\n"_ba << "{\r\n  // mine\r\n  \"a\": 2\r\n}\r\n"_ba;
    QTest::newRow("I write CRLF, they a value")   << "{\n  \"a\": 1\n}\n"_ba << "{\r\n  \"a\": 1\r\n}\r\n"_ba << "{\n  \"a\": 2\n}\n"_ba << "{\r\n  \"a\": 2\r\n}\r\n"_ba;
    QTest::newRow("I move, they change")          << R"({"a":1,"b":2,"c":3})"_ba << R"({"c":3,"a":1,"b":2})"_ba << R"({"a":1,"b":7,"c":3})"_ba << R"({"c":3,"a":1,"b":7})"_ba;
    QTest::newRow("they move, I change and add")  << R"({"a":1,"b":2,"c":3})"_ba << R"({"a":1,"b":7,"n":0,"c":3})"_ba << R"({"c":3,"a":1,"b":2})"_ba << R"({"c":3,"a":1,"b":7,"n":0})"_ba;
    QTest::newRow("escapes and keys")             << R"({"\u0061":"/"})"_ba << R"({"a":"/"})"_ba << R"({"\u0061":"\/"})"_ba << R"({"a":"\/"})"_ba;
    QTest::newRow("comment in a list they grow")  << "[1, 2]"_ba << "[1, /* mine */ 2]"_ba << "[0, 1, 2, 3]"_ba << "[0, 1, /* mine */ 2, 3]"_ba;
    QTest::newRow("comment beside an element they change") << "[1, 2, 3]"_ba << "[1, /* mine */ 2, 3]"_ba << "[1, 9, 3]"_ba << "[1, /* mine */ 9, 3]"_ba;
    QTest::newRow("their comment in a list I grow") << "[1, 2]"_ba << "[1, 2, 3]"_ba << "[1, 2 /* theirs */]"_ba << "[1, 2 /* theirs */, 3]"_ba;
    QTest::newRow("comment in an element of a list") << R"([{"a":1},{"b":1}])"_ba << R"([{"a":1 /* mine */},{"b":1}])"_ba << R"([{"a":1},{"b":2}])"_ba << R"([{"a":1 /* mine */},{"b":2}])"_ba;
    QTest::newRow("both add, both comment")       << "{\n}"_ba << "{\n // m\n \"m\": 1\n}"_ba << "{\n // t\n \"t\": 1\n}"_ba << "{\n // t\n \"t\": 1,\n // m\n \"m\": 1\n}"_ba;
    QTest::newRow("around the document")          << "{}"_ba << "// mine\n{}"_ba << "{}\n// theirs"_ba << "// mine\n{}\n// theirs"_ba;
    QTest::newRow("byte order mark")              << "// x\n{}"_ba << "// mine\n{}"_ba << "\xEF\xBB\xBF// x\n{}\n"_ba << "\xEF\xBB\xBF// mine\n{}\n"_ba;
    QTest::newRow("a key that appears twice")      << R"({"o":{"a":1,"a":2},"b":1})"_ba << R"({"o":{"a":1,"a":2},"b":2})"_ba << R"({"o":{"a":1,"a":3},"b":1})"_ba << R"({"o":{"a":1,"a":3},"b":2})"_ba;
    // clang-format on
}

void TestMergeTrivia::trivia()
{
    QFETCH(QByteArray, base);
    QFETCH(QByteArray, mine);
    QFETCH(QByteArray, theirs);

    const auto merge = merged(base, mine, theirs);

    QVERIFY(merge);
    QTEST(merge->bytes, "result");
    QVERIFY(JsonText(merge->bytes).isValid());
    QVERIFY(merge->conflicts.isEmpty());
}

void TestMergeTrivia::anUnchangedSideGivesTheOther()
{
    QRandomGenerator random(21);
    for (int round = 0; round < 1000; ++round) {
        const QByteArray base = GeneratedJson(random).document();
        const QByteArray other = Mutation(random, base).run();

        const auto mineOnly = merged(base, other, base);
        const auto theirsOnly = merged(base, base, other);
        const auto both = merged(base, other, other);

        QVERIFY(mineOnly && theirsOnly && both);
        QCOMPARE(mineOnly->bytes, other);
        QCOMPARE(theirsOnly->bytes, other);
        QCOMPARE(both->bytes, other);
        QCOMPARE(mineOnly->contested + theirsOnly->contested + both->contested, 0);
        QVERIFY(mineOnly->conflicts.isEmpty() && theirsOnly->conflicts.isEmpty());
    }
}

void TestMergeTrivia::disjointEditsBothSurvive()
{
    QRandomGenerator random(22);
    int comments = 0;
    int values = 0;
    for (int round = 0; round < 1000; ++round) {
        const QByteArray base = GeneratedJson(random).document();
        const JsonText text(base);
        const auto gaps = gapsOf(base);
        QList<TextEdit> edits[2];
        QList<TextEdit> valueEdits;
        QByteArrayList marks;
        for (size_t i = 0; i < gaps.size(); ++i) {
            if (random.bounded(4) > 0)
                continue;
            const QByteArray mark =
                "mark" + QByteArray::number(round) + '.' + QByteArray::number(i);
            const bool isLine = random.bounded(2) == 0;
            marks.append(isLine ? "// " + mark + '\n' : "/* " + mark + " */");
            edits[i % 2].append({gaps[i].begin, 0, marks.last()});
        }
        for (int node = 0; node < text.nodeCount(); ++node) {
            const JsonKind kind = text.node(node).kind;
            if (kind == JsonKind::Object || kind == JsonKind::Array || isInList(text, node)
                || isInClosed(text, node) || random.bounded(2) > 0)
                continue;
            valueEdits.append(replaceValue(text, node, QByteArray::number(1000 + node)));
            edits[node % 2].append(valueEdits.last());
        }
        const QByteArray mine = applied(base, edits[0]);
        const QByteArray theirs = applied(base, edits[1]);

        const auto merge = merged(base, mine, theirs);

        QVERIFY(merge);
        QCOMPARE(meaningOf(merge->bytes), meaningOf(applied(base, valueEdits)));
        for (const QByteArray &mark : std::as_const(marks))
            QVERIFY2(merge->bytes.contains(mark), mark + "\n" + merge->bytes);
        QCOMPARE(merge->contested, 0);
        QVERIFY(merge->conflicts.isEmpty());
        comments += int(marks.size());
        values += int(valueEdits.size());
    }
    QVERIFY2(comments > 1000 && values > 200, qPrintable(u"%1 %2"_s.arg(comments).arg(values)));
}

void TestMergeTrivia::anyTwoEditsGiveTheRightValues()
{
    QRandomGenerator random(23);
    int conflicts = 0;
    int contested = 0;
    for (int round = 0; round < 3000; ++round) {
        const QByteArray base = GeneratedJson(random).document();
        const QByteArray mine = Mutation(random, base).run();
        const QByteArray theirs = Mutation(random, base).run();

        const auto merge = merged(base, mine, theirs);

        const QByteArray sides = base + "\n---\n" + mine + "\n---\n" + theirs + "\n---\n";
        QVERIFY2(merge, sides);
        QVERIFY2(meaningOf(merge->bytes)
                     == mergedMeaning(meaningOf(base), meaningOf(mine), meaningOf(theirs)),
                 sides + merge->bytes);
        QHash<QString, MergeSide> choices;
        for (const MergeConflict &conflict : merge->conflicts)
            choices.insert(conflict.pointer, MergeSide::Mine);
        const auto withMine = merged(base, mine, theirs, choices);
        QVERIFY2(withMine && JsonText(withMine->bytes).isValid(), sides);
        conflicts += int(choices.size());
        contested += merge->contested;
    }
    QVERIFY(conflicts > 100 && contested > 100);
}

void TestMergeTrivia::asksBeforeACommentOfMineIsLost_data()
{
    QTest::addColumn<QByteArray>("base");
    QTest::addColumn<QByteArray>("mine");
    QTest::addColumn<QByteArray>("theirs");
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QByteArray>("withMine");
    // clang-format off
    QTest::newRow("member they removed") << R"({"a":1,"b":2})"_ba << R"({"a":1,/* mine */"b":2})"_ba << R"({"a":7})"_ba << u"/b"_s << R"({"a":7,/* mine */"b":2})"_ba;
    QTest::newRow("object they replaced") << R"({"o":{"a":1}})"_ba << R"({"o":{/* mine */"a":1}})"_ba << R"({"o":7})"_ba << u"/o"_s << R"({"o":{/* mine */"a":1}})"_ba;
    QTest::newRow("element they removed") << R"({"l":[1,2,3]})"_ba << R"({"l":[1,/* mine */2,3]})"_ba << R"({"l":[1,3]})"_ba << u"/l"_s << R"({"l":[1,/* mine */2,3]})"_ba;
    // clang-format on
}

void TestMergeTrivia::asksBeforeACommentOfMineIsLost()
{
    QFETCH(QByteArray, base);
    QFETCH(QByteArray, mine);
    QFETCH(QByteArray, theirs);
    QFETCH(QString, pointer);

    const auto merge = merged(base, mine, theirs);

    QVERIFY(merge);
    QCOMPARE(merge->bytes, theirs);
    QCOMPARE(merge->conflicts.size(), 1);
    QCOMPARE(merge->conflicts.first().pointer, pointer);
    QTEST(merged(base, mine, theirs, {{pointer, MergeSide::Mine}})->bytes, "withMine");
}

void TestMergeTrivia::keepsMineWhereBothChanged()
{
    const QByteArray base = "{\n  // old\n  \"a\": 1\n}";
    const auto merge = merged(base, "{\n  // mine\n  \"a\": 1\n}", "{\n  // theirs\n  \"a\": 2\n}");

    QVERIFY(merge);
    QCOMPARE(merge->bytes, "{\n  // mine\n  \"a\": 2\n}"_ba);
    QCOMPARE(merge->contested, 1);
    QVERIFY(merge->conflicts.isEmpty());
    // Both moved members, each another one.
    const auto moved =
        merged(R"({"a":1,"b":2,"c":3})", R"({"b":2,"a":1,"c":3})", R"({"a":1,"c":3,"b":2})");
    QCOMPARE(moved->bytes, R"({"b":2,"a":1,"c":3})"_ba);
    QCOMPARE(moved->contested, 1);
}

HUBKEEPER_TEST(TestMergeTrivia)
#include "tst_mergetrivia.moc"
