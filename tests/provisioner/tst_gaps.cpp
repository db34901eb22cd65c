// SPDX-License-Identifier: MIT
#include "base/shownname.h"
#include "testkit/provisionerfile.h"
#include "testkit/testprogram.h"

#include <QRegularExpression>
#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

/// What a sentence looks like where a name in it is empty: "called .", "of  is", "host ()".
bool hasGap(const QString &sentence)
{
    static const QRegularExpression gap(u"^ | $|  | [.,;:](\\s|$)|\\(\\)"_s);
    return gap.match(sentence).hasMatch();
}

/// The sentences about a file in which that was done to one value.
QStringList sentencesOf(const QByteArray &bytes, const ValidationOptions &options)
{
    QStringList sentences;
    for (const Finding &finding : validate(JsonText(bytes), options)) {
        sentences.append(finding.message);
        if (finding.fix)
            sentences.append(finding.fix->title);
    }
    return sentences;
}

/// A value and those that are around it, whose names sentences are about.
QList<int> upwardsFrom(const JsonText &text, int node)
{
    QList<int> nodes;
    for (; node != JsonText::none; node = text.node(node).parent)
        nodes.append(node);
    return nodes;
}

/// `root` and everything in it.
QList<int> everythingIn(const JsonText &text, int root)
{
    QList<int> nodes;
    if (root != JsonText::none)
        nodes.append(root);
    for (qsizetype at = 0; at < nodes.size(); ++at) {
        for (int child = text.node(nodes[at]).firstChild; child != JsonText::none;
             child = text.node(child).next)
            nodes.append(child);
    }
    return nodes;
}

} // namespace

/// Names come from the file, and a file may call anything "". Sentences about it stay sentences.
class TestGaps : public QObject
{
    Q_OBJECT

private slots:
    void shownNames_data();
    void shownNames();
    void noSentenceHasOne_data();
    void noSentenceHasOne();
};

void TestGaps::shownNames_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("shown");
    QTest::newRow("plain") << u"email"_s << u"email"_s;
    QTest::newRow("nothing") << QString() << u"\"\""_s;
    QTest::newRow("a blank") << u" "_s << u"\" \""_s;
    QTest::newRow("blanks in it") << u"job title"_s << u"\"job title\""_s;
    QTest::newRow("ends with one") << u"email "_s << u"\"email \""_s;
    QTest::newRow("long") << QString(70, u'x') << QString(60, u'x') + u'…';
    QTest::newRow("as long as may be") << QString(60, u'x') << QString(60, u'x');
}

void TestGaps::shownNames()
{
    QFETCH(QString, name);
    QFETCH(QString, shown);

    QCOMPARE(shownName(name), shown);
}

void TestGaps::noSentenceHasOne_data()
{
    QTest::addColumn<const Rule *>("rule");
    for (const Rule *rule : allRules()) {
        if (isOfProvisioner(*rule) && rule->stage != RuleStage::Bytes)
            QTest::newRow(rule->id) << rule;
    }
}

/// Each name and each text around and in the example of a rule becomes empty, one at a time.
void TestGaps::noSentenceHasOne()
{
    QFETCH(const Rule *, rule);
    const ExampleFile file = exampleFile(rule->example, rule->example.bad);
    const JsonText text(file.bytes);
    const int example = text.at(QString::fromUtf8(rule->example.pointer));
    const int place = example == JsonText::none ? text.root() : example;

    int tried = 0;
    for (const int node : upwardsFrom(text, place) + everythingIn(text, place)) {
        QList<TextEdit> edits;
        if (text.node(node).key.size() > 0) {
            edits.append(renameKey(text, node, QString()));
            edits.append(renameKey(text, node, u" "_s));
        }
        if (text.node(node).kind == JsonKind::String)
            edits.append(replaceValue(text, node, "\"\""));
        for (const TextEdit &edit : edits) {
            for (const QString &sentence : sentencesOf(applied(file.bytes, {edit}), file.options))
                QVERIFY2(!hasGap(sentence), qPrintable(sentence));
            ++tried;
        }
    }
    const bool hasNames =
        text.root() != JsonText::none && text.node(text.root()).kind == JsonKind::Object;
    QVERIFY(tried > 0 || !hasNames);
}

HUBKEEPER_TEST(TestGaps)
#include "tst_gaps.moc"
