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

/// Runs that do not agree, each with the reason. One that agrees after all fails here.
const QHash<QString, QString> &disagreeing()
{
    static const QString groovy = u"It depends on Groovy, which only the server can run."_s;
    static const QHash<QString, QString> runs {
        {u"029-policy-action-script-groovy run 0"_s, groovy},
        {u"048-corr-transform-groovy run 0"_s, groovy},
        {u"088-valid-source-groovy run 0"_s, groovy},
        {u"220-role-assignments run 2"_s,
         u"A role is taken away: effective assignments come of roles, which the file does not have."_s},
    };
    return runs;
}

} // namespace

/// Every reconciliation and every implicit synchronisation that a real OpenIDM 6.3.0 was recorded
/// to do, computed.
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
