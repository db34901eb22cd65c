// SPDX-License-Identifier: MIT
#include "policy/signature.h"
#include "policy/signerkey.h"
#include "testkit/testprogram.h"

#include <QTest>

using namespace hubkeeper;
using namespace Qt::StringLiterals;

namespace {

const QDateTime noon = QDateTime::fromString(u"2026-11-30T12:00:00Z"_s, Qt::ISODate);

QByteArray digestOf(const QByteArray &content)
{
    ContentDigest digest;
    digest.add(content);
    return digest.finish();
}

Signature signedWith(const SignerKey &key, const QByteArray &content)
{
    return signedBy(key.seed, digestOf(content), noon).value();
}

} // namespace

/// Ed25519 signatures: what they bind, and whose count.
class TestSignature : public QObject
{
    Q_OBJECT

private slots:
    void agreesWithRfc8032();
    void everyPartIsBound_data();
    void everyPartIsBound();
    void seedSurvivesTheKeychain();
    void refusesWhatIsNoSeed_data();
    void refusesWhatIsNoSeed();
    void aPersonCountsOnce();
    void whoseCount_data();
    void whoseCount();
};

/// The public key of test 1 there.
void TestSignature::agreesWithRfc8032()
{
    const QByteArray seed =
        QByteArray::fromHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
    const auto key = signerKeyOf(Secret(seed.toBase64()));
    QVERIFY(key);
    QCOMPARE(key->publicKey.toHex(),
             "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    QCOMPARE(digestOf("abc").toHex().first(16), "ddaf35a193617aba");
}

void TestSignature::everyPartIsBound_data()
{
    QTest::addColumn<int>("part");
    QTest::addColumn<bool>("genuine");
    QTest::newRow("as signed") << 0 << true;
    QTest::newRow("time") << 1 << false;
    QTest::newRow("digest") << 2 << false;
    QTest::newRow("value") << 3 << false;
    QTest::newRow("key") << 4 << false;
    QTest::newRow("short value") << 5 << false;
    QTest::newRow("short key") << 6 << false;
}

void TestSignature::everyPartIsBound()
{
    QFETCH(int, part);
    QFETCH(bool, genuine);
    Signature signature = signedWith(newSignerKey(), "content");
    switch (part) {
    case 1:
        signature.signedAt = noon.addSecs(1);
        break;
    case 2:
        signature.digest[0] = char(signature.digest[0] ^ 1);
        break;
    case 3:
        signature.value[63] = char(signature.value[63] ^ 1);
        break;
    case 4:
        signature.key = newSignerKey().publicKey;
        break;
    case 5:
        signature.value.chop(1);
        break;
    case 6:
        signature.key.chop(1);
        break;
    default:
        break;
    }
    QCOMPARE(isGenuine(signature), genuine);
}

void TestSignature::seedSurvivesTheKeychain()
{
    const SignerKey key = newSignerKey();
    const auto again = signerKeyOf(key.seed.clone());
    QVERIFY(again);
    QCOMPARE(again->publicKey, key.publicKey);
    QCOMPARE(signedWith(*again, "x"), signedWith(key, "x")); // Ed25519 has no randomness.
    QVERIFY(newSignerKey().publicKey != key.publicKey);
}

void TestSignature::refusesWhatIsNoSeed_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("short") << QByteArray(31, 'x').toBase64();
    QTest::newRow("long") << QByteArray(33, 'x').toBase64();
    QTest::newRow("not base64") << QByteArray(44, '!');
}

void TestSignature::refusesWhatIsNoSeed()
{
    QFETCH(QByteArray, text);
    QCOMPARE(
        signerKeyOf(Secret(std::string_view(text.constData(), size_t(text.size())))).error().kind,
        ErrorKind::InvalidInput);
    const Secret seed(std::string_view(text.constData(), size_t(text.size())));
    QVERIFY(!signedBy(seed, digestOf("x"), noon));
}

void TestSignature::whoseCount_data()
{
    QTest::addColumn<QString>("author");
    QTest::addColumn<QString>("applier");
    QTest::addColumn<QByteArray>("contentNow");
    QTest::addColumn<QString>("worth"); // Of first, second, first again, a stranger.
    QTest::addColumn<int>("count");

    const QByteArray content = "content";
    const QString all = u"counts counts repeated notTrusted"_s;
    QTest::newRow("others") << u"ada"_s << u"eve"_s << content << all << 2;
    QTest::newRow("nobody applies") << u"ada"_s << u""_s << content << all << 2;
    QTest::newRow("author") << u"first"_s << u"eve"_s << content
                            << u"author counts author notTrusted"_s << 1;
    QTest::newRow("author in capitals")
        << u"FIRST"_s << u"eve"_s << content << u"author counts author notTrusted"_s << 1;
    QTest::newRow("other account of the author")
        << u"first-adm"_s << u"eve"_s << content << u"author counts author notTrusted"_s << 1;
    QTest::newRow("applier") << u"ada"_s << u"second"_s << content
                             << u"counts applier repeated notTrusted"_s << 1;
    QTest::newRow("edited") << u"ada"_s << u"eve"_s << QByteArray("Content")
                            << u"broken broken broken broken"_s << 0;
}

void TestSignature::whoseCount()
{
    QFETCH(QString, author);
    QFETCH(QString, applier);
    QFETCH(QByteArray, contentNow);
    QFETCH(QString, worth);
    QFETCH(int, count);
    const SignerKey first = newSignerKey();
    const SignerKey second = newSignerKey();
    const QList<TrustedKey> trusted {{u"First"_s, first.publicKey, {u"first"_s, u"first-adm"_s}},
                                     {u"Second"_s, second.publicKey, {u"second"_s}}};
    QList<Signature> signatures;
    for (const SignerKey *key : {&first, &second, &first})
        signatures.append(signedWith(*key, "content"));
    signatures.append(signedWith(newSignerKey(), "content"));

    const auto result = judged(signatures, digestOf(contentNow), author, applier, trusted);
    QStringList words;
    for (const JudgedSignature &one : result) {
        words.append(nameOf(one.worth));
        QVERIFY(!sentenceOf(one).isEmpty());
    }
    QCOMPARE(words.join(u' '), worth);
    QCOMPARE(countOf(result), count);
    QCOMPARE(result.first().signer, u"First"_s);
}

/// Two keys of the same account are one person.
void TestSignature::aPersonCountsOnce()
{
    const SignerKey old = newSignerKey();
    const SignerKey now = newSignerKey();
    const QList<TrustedKey> trusted {{u"Old"_s, old.publicKey, {u"one"_s}},
                                     {u"New"_s, now.publicKey, {u"other"_s, u"ONE"_s}}};
    const auto result = judged({signedWith(old, "content"), signedWith(now, "content")},
                               digestOf("content"), u"ada"_s, u"eve"_s, trusted);
    QCOMPARE(nameOf(result[0].worth), u"counts"_s);
    QCOMPARE(nameOf(result[1].worth), u"repeated"_s);
    QCOMPARE(countOf(result), 1);
}

HUBKEEPER_TEST(TestSignature)
#include "tst_signature.moc"
