// SPDX-License-Identifier: MIT
#include "recordedcase.h"
#include "testkit/testprogram.h"

#include <QDir>
#include <QHash>
#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

/// Those of the tests, or those that somebody else has.
QString folder()
{
    const QString given = qEnvironmentVariable("HUBKEEPER_RECON_VECTORS");
    return given.isEmpty() ? QStringLiteral(HUBKEEPER_SOURCE_DIR "/tests/reconcile/vectors")
                           : given;
}

/// Runs that do not agree, each with the reason. One that agrees fails here.
const QHash<QString, QString> &disagreeing()
{
    static const QHash<QString, QString> runs {};
    return runs;
}

} // namespace

/// Every reconciliation that a real OpenIDM 6.3.0 was recorded to do, computed.
class ReconVectorsTest final : public QObject
{
    Q_OBJECT

private slots:
    void agrees_data();
    void agrees();
};

void ReconVectorsTest::agrees_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("run");

    const QDir directory(folder());
    const QStringList files = directory.entryList({u"*.json"_s}, QDir::Files, QDir::Name);
    QVERIFY2(!files.isEmpty(), qPrintable(directory.path()));
    for (const QString &file : files) {
        const RecordedCase recorded(directory.filePath(file));
        QVERIFY2(recorded.isRead(), qPrintable(file));
        for (int run = 0; run < recorded.runs(); ++run) {
            QTest::addRow("%s run %d", qPrintable(file.chopped(5)), run)
                << directory.filePath(file) << run;
        }
    }
}

void ReconVectorsTest::agrees()
{
    QFETCH(QString, file);
    QFETCH(int, run);

    const RecordedCase recorded(file);
    if (recorded.kindOf(run) == "rest"_L1)
        QSKIP("An ordinary write, which starts implicit synchronisation: not a reconciliation.");
    const QStringList lines = recorded.differences(run);
    const QString reason = disagreeing().value(QString::fromLatin1(QTest::currentDataTag()));
    if (!reason.isEmpty())
        QEXPECT_FAIL("", qPrintable(reason), Abort);
    else if (!lines.isEmpty())
        qInfo().noquote() << lines.join(u'\n'); // A message of a failure is cut.
    QVERIFY2(lines.isEmpty(), qPrintable(lines.value(0)));
}

HUBKEEPER_TEST(ReconVectorsTest)
#include "tst_reconvectors.moc"
