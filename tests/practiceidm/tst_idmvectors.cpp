// SPDX-License-Identifier: MIT
#include "testkit/testprogram.h"
#include "vectorrun.h"

#include <QDir>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace hubkeeper::practice;
using namespace hubkeeper::practice::test;

namespace {

/// Those of the tests, or those that somebody else has.
QString folder()
{
    const QString given = qEnvironmentVariable("HUBKEEPER_RECON_VECTORS");
    return given.isEmpty() ? QStringLiteral(PRACTICEIDM_FOLDER "/../reconcile/vectors") : given;
}

QJsonObject caseIn(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object()
                                          : QJsonObject();
}

/// Runs that the practice IDM does otherwise, each with the reason. One that agrees fails here.
const QHash<QString, QString> &disagreeing()
{
    const QString groovy = u"The practice IDM runs no Groovy."_s;
    const QString number = u"5.0 and 5 are one number to QJsonDocument."_s;
    const QString password = u"The recording does not show the password of the run before."_s;
    static const QHash<QString, QString> runs {
        {u"029-policy-action-script-groovy run 0"_s, groovy},
        {u"048-corr-transform-groovy run 0"_s, groovy},
        {u"088-valid-source-groovy run 0"_s, groovy},
        {u"125-prop-types-system run 0"_s, number},
        {u"125-prop-types-system run 1"_s, number},
        {u"126-prop-types-managed run 0"_s, number},
        {u"226-prop-password run 1"_s, password},
        {u"226-prop-password run 2"_s, password},
    };
    return runs;
}

} // namespace

/// Every deterministic run that a real OpenIDM 6.3.0 was recorded to do, loaded into the practice
/// IDM and done there through REST: reconciliations, and writes that start implicit
/// synchronisation.
class TestIdmVectors final : public QObject
{
    Q_OBJECT

private slots:
    void agrees_data();
    void agrees();
};

void TestIdmVectors::agrees_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("run");

    const QDir directory(folder());
    const QStringList files = directory.entryList({u"*.json"_s}, QDir::Files, QDir::Name);
    QVERIFY2(!files.isEmpty(), qPrintable(directory.path()));
    for (const QString &file : files) {
        const QJsonObject recorded = caseIn(directory.filePath(file));
        if (recorded.value("deterministic"_L1) == false)
            continue;
        const qsizetype runs = recorded.value("runs"_L1).toArray().size();
        for (int run = 0; run < runs; ++run)
            QTest::addRow("%s run %d", qPrintable(file.chopped(5)), run)
                << directory.filePath(file) << run;
    }
}

void TestIdmVectors::agrees()
{
    QFETCH(QString, path);
    QFETCH(int, run);

    VectorRun vector(caseIn(path), run);
    const QStringList lines = vector.differences();
    const QString reason = disagreeing().value(QString::fromLatin1(QTest::currentDataTag()));
    if (!reason.isEmpty())
        QEXPECT_FAIL("", qPrintable(reason), Abort);
    else if (!lines.isEmpty())
        qInfo().noquote() << lines.join(u'\n'); // A message of a failure is cut.
    QVERIFY2(lines.isEmpty(), qPrintable(lines.value(0)));
}

HUBKEEPER_TEST(TestIdmVectors)
#include "tst_idmvectors.moc"
