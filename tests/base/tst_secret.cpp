// SPDX-License-Identifier: MIT
#include "base/knownsecrets.h"
#include "base/redact.h"
#include "base/secret.h"
#include "testkit/testprogram.h"

#include <QTest>
#include <QVariant>

using namespace hubkeeper;
using namespace Qt::StringLiterals;

// What must not compile: a secret that becomes a text, a variant or a copy by accident.
static_assert(!std::is_copy_constructible_v<Secret>);
static_assert(!std::is_convertible_v<Secret, QString>);
static_assert(!std::is_convertible_v<Secret, QByteArray>);
static_assert(!std::is_constructible_v<QVariant, Secret>);
static_assert(!std::is_constructible_v<QString, Secret>);

class TestSecret : public QObject
{
    Q_OBJECT

private slots:
    void showsItsTextOnlyInside();
    void takesTheTextOver();
    void cloneOutlivesTheFirst();
    void printsAMark();
    void equalsByContent();
    void redacts_data();
    void redacts();
    void knownSecretsAreHiddenWhereverTheyTurnUp();
};

void TestSecret::showsItsTextOnlyInside()
{
    const Secret secret(std::string_view("s3cr3t"));

    const auto size = secret.withClearText([](std::string_view text) { return text.size(); });

    QCOMPARE(size, size_t(6));
    QVERIFY(!secret.isEmpty());
    QVERIFY(Secret().isEmpty());
    QVERIFY(Secret(std::string_view()).isEmpty());
}

void TestSecret::takesTheTextOver()
{
    QByteArray text("s3cr3t");
    text.detach();

    const Secret secret(std::move(text));

    QVERIFY(text.isEmpty()); // NOLINT(bugprone-use-after-move): that it is empty is the promise.
    QVERIFY(secret.equals(Secret(std::string_view("s3cr3t"))));
}

void TestSecret::cloneOutlivesTheFirst()
{
    auto first = std::make_unique<Secret>(std::string_view("s3cr3t"));
    const Secret second = first->clone();

    first.reset();

    QVERIFY(second.equals(Secret(std::string_view("s3cr3t"))));
}

void TestSecret::printsAMark()
{
    QString out;

    QDebug(&out) << Secret(std::string_view("s3cr3t")) << Secret();

    QVERIFY(out.contains(u"<secret>"_s));
    QVERIFY(out.contains(u"<no secret>"_s));
    QVERIFY(!out.contains(u"s3cr3t"_s));
}

void TestSecret::equalsByContent()
{
    QVERIFY(!Secret(std::string_view("a")).equals(Secret(std::string_view("b"))));
    QVERIFY(!Secret(std::string_view("a")).equals(Secret(std::string_view("ab"))));
    QVERIFY(Secret().equals(Secret()));
}

void TestSecret::redacts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("hidden");

    QTest::newRow("bearer") << u"Authorization: Bearer abc.def-1"_s << u"abc.def-1"_s;
    QTest::newRow("json member") << uR"({"refresh_token":"na1-1234"})"_s << u"na1-1234"_s;
    QTest::newRow("camel case") << uR"("clientSecret": "hush")"_s << u"hush"_s;
    QTest::newRow("form") << u"client_secret=hush&grant_type=x"_s << u"hush"_s;
    QTest::newRow("private app") << u"got pat-eu1-12ab-34cd here"_s << u"12ab-34cd"_s;
    QTest::newRow("crypto") << uR"({"iv":"c2FsdA=="})"_s << u"c2FsdA"_s;
    QTest::newRow("e-mail") << u"no contact ada@example.com"_s << u"ada@example"_s;
}

void TestSecret::redacts()
{
    QFETCH(QString, text);
    QFETCH(QString, hidden);

    const QString clean = redacted(text);

    QVERIFY2(!clean.contains(hidden), qPrintable(clean));
    QVERIFY(clean.contains(u'<'));
}

void TestSecret::knownSecretsAreHiddenWhereverTheyTurnUp()
{
    const QByteArray text = "invalid token na1-unlabelled-2b7e; again: na1-unlabelled-2b7e!";
    QCOMPARE(withoutKnownSecrets(text), text);

    rememberSecret(Secret(std::string_view("na1-unlabelled-2b7e")));
    rememberSecret(Secret(std::string_view("na1-unlabelled-2b7e-longer")));
    rememberSecret(Secret(std::string_view("p/q+r s=t&u")));
    rememberSecret(Secret(std::string_view("short")));

    QCOMPARE(withoutKnownSecrets(text), "invalid token <secret>; again: <secret>!");
    QCOMPARE(withoutKnownSecrets("na1-unlabelled-2b7e-longer"), "<secret>");
    QCOMPARE(withoutKnownSecrets("x na1-unlabelled-2b7"), "x na1-unlabelled-2b7");
    QCOMPARE(withoutKnownSecrets("code=p%2Fq%2Br%20s%3Dt%26u"), "code=<secret>");
    QCOMPARE(withoutKnownSecrets("a short text"), "a short text");
    QCOMPARE(redacted(u"got na1-unlabelled-2b7e"_s), u"got <secret>"_s);
}

HUBKEEPER_TEST(TestSecret)
#include "tst_secret.moc"
