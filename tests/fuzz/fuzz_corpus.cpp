// SPDX-License-Identifier: MIT
#include "fuzz/targets.h"
#include "testkit/testprogram.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <random>

using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int mutationsOfOneSeed = 4;
constexpr qsizetype longestInput = 40'000; // Bytes: a shipped file and a bit.

/// Changes inputs, always in the same way.
class Mutator
{
public:
    explicit Mutator(quint32 seed)
        : m_random(seed)
    {
    }

    QByteArray mutated(const QByteArray &input, const QByteArray &other)
    {
        QByteArray result = input;
        for (qsizetype step = upTo(4); step >= 0; --step)
            mutate(result, other);
        return result.left(longestInput);
    }

private:
    /// From 0 to `most`; not a distribution of the library, which differs between libraries.
    qsizetype upTo(qsizetype most) { return qsizetype(m_random() % quint32(most + 1)); }

    void mutate(QByteArray &text, const QByteArray &other)
    {
        const qsizetype at = upTo(text.size());
        const qsizetype length = upTo(std::min<qsizetype>(text.size() - at, 200));
        switch (upTo(6)) {
        case 0:
            if (at < text.size())
                text[at] = char(upTo(255));
            return;
        case 1:
            text.remove(at, length);
            return;
        case 2:
            text.insert(upTo(text.size()), text.mid(at, length));
            return;
        case 3:
            text.truncate(std::max(at, text.size() / 2));
            return;
        case 4:
            text.insert(at, other.mid(upTo(other.size()), 200));
            return;
        default:
            text.insert(at, fuzzWords()[upTo(fuzzWords().size() - 1)]);
        }
    }

    std::mt19937 m_random;
};

} // namespace

/// The fuzz targets over the seeds and over the same few thousand mutations of them each time:
/// what a fuzzer found stays fixed. With HUBKEEPER_FUZZ_SEEDS the seeds are written to that
/// folder, for the fuzzers to start from.
class FuzzCorpus : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void seeds_data();
    void seeds();
    void mutations_data();
    void mutations();

private:
    static void addTargets();

    QList<QByteArray> m_seeds;
};

void FuzzCorpus::initTestCase()
{
    m_seeds = fuzzSeeds();
    QVERIFY(m_seeds.size() > 100);
    const QString folder = qEnvironmentVariable("HUBKEEPER_FUZZ_SEEDS");
    for (qsizetype i = 0; i < m_seeds.size() && !folder.isEmpty(); ++i) {
        QFile file(QDir(folder).filePath(u"seed-%1"_s.arg(i)));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(m_seeds[i]) == m_seeds[i].size());
    }
}

void FuzzCorpus::addTargets()
{
    QTest::addColumn<const FuzzTarget *>("target");
    for (const FuzzTarget &target : fuzzTargets())
        QTest::newRow(target.name) << &target;
}

void FuzzCorpus::seeds_data()
{
    addTargets();
}

void FuzzCorpus::seeds()
{
    QFETCH(const FuzzTarget *, target);

    for (const QByteArray &seed : std::as_const(m_seeds))
        target->run(seed);
}

void FuzzCorpus::mutations_data()
{
    addTargets();
}

void FuzzCorpus::mutations()
{
    QFETCH(const FuzzTarget *, target);
    Mutator mutator(20'261'125);

    for (qsizetype i = 0; i < m_seeds.size(); ++i) {
        for (int round = 0; round < mutationsOfOneSeed; ++round) {
            const QByteArray &other = m_seeds[(i * 7 + round) % m_seeds.size()];
            target->run(mutator.mutated(m_seeds[i], other));
        }
    }
}

HUBKEEPER_TEST(FuzzCorpus)
#include "fuzz_corpus.moc"
