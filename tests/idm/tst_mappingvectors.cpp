// SPDX-License-Identifier: MIT
#include "testkit/mappingfile.h"
#include "testkit/testprogram.h"

#include <QDir>
#include <QJsonDocument>
#include <QTest>

using namespace hubkeeper;
using namespace hubkeeper::test;
using namespace Qt::StringLiterals;

namespace {

QString vectorFolder()
{
    const QString given = qEnvironmentVariable("HUBKEEPER_RECON_VECTORS");
    return given.isEmpty() ? QStringLiteral(HUBKEEPER_SOURCE_DIR "/tests/reconcile/vectors")
                           : given;
}

QJsonObject readCase(const QString &name)
{
    QFile file(vectorFolder() + u'/' + name);
    return file.open(QFile::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object()
                                      : QJsonObject();
}

/// A run that broke off, or objects in it that failed.
bool hasTrouble(const QJsonObject &run)
{
    if (run["http"_L1].toInt() >= 400 || run["answerState"_L1].toString() == "FAILED"_L1)
        return true;
    return run["summary"_L1]["statusSummary"_L1]["FAILURE"_L1].toInt() > 0;
}

bool brokeOff(const QJsonObject &run)
{
    return run["http"_L1].toInt() >= 400;
}

QStringList errorsOf(const QList<Finding> &findings)
{
    QStringList errors;
    for (const Finding &finding : findings) {
        if (finding.severity == Severity::Error)
            errors.append(finding.ruleId + u' ' + finding.pointer + u' ' + finding.message);
    }
    return errors;
}

/// Errors of mappings whose recorded runs show no failure, and why they are errors all the same.
const QHash<QString, QString> &exceptions()
{
    static const QHash<QString, QString> cases {
        {u"199"_s,
         u"one object is deleted; nothing is unassigned. The same policies leave links "
         "without source in 003"_s},
    };
    return cases;
}

/// Recorded runs that break off by what no look at the mapping can show.
const QHash<QString, QString> &notInTheMapping()
{
    static const QHash<QString, QString> cases {
        {u"032"_s, u"a condition script throws for some objects"_s},
        {u"054"_s, u"quotes in values; HK1211 warns"_s},
        {u"061"_s, u"what correlationScript gives for some objects"_s},
        {u"068"_s, u"a script error by the data"_s},
        {u"078"_s, u"what a qualifier script gives"_s},
        {u"149"_s, u"a result script throws"_s},
        {u"173"_s, u"a query in the body of the run"_s},
        {u"215"_s, u"the connector fails"_s},
    };
    return cases;
}

} // namespace

/// The rules of mappings against what OpenIDM 6.3.0 did with mappings.
class TestMappingVectors : public QObject
{
    Q_OBJECT

private slots:
    void agreesWithTheServer_data();
    void agreesWithTheServer();

private:
    TriedScripts m_scripts;
};

void TestMappingVectors::agreesWithTheServer_data()
{
    QTest::addColumn<QString>("file");
    const QStringList files = QDir(vectorFolder()).entryList({u"*.json"_s}, QDir::Files);
    QVERIFY2(files.size() > 100, "The recordings are not there.");
    for (const QString &file : files)
        QTest::newRow(qPrintable(file.left(3))) << file;
}

/// What ran without trouble has no error; what broke off has one, unless it was the data.
void TestMappingVectors::agreesWithTheServer()
{
    QFETCH(QString, file);
    const QJsonObject recorded = readCase(file);
    QVERIFY(!recorded.isEmpty());
    MappingOptions options;
    options.profile = ServerProfile::Community;
    options.tryScript = m_scripts.asked();
    options.collections.addProvisioner(u"hubspot"_s, {});
    for (const QString &type : {u"contact"_s, u"company"_s})
        options.collections.addType(u"hubspot"_s, type, *recordedConnectorType(type));
    const QByteArray text = QJsonDocument(QJsonObject {{u"mappings"_s, recorded["mappings"_L1]}})
                                .toJson(QJsonDocument::Indented);
    const QStringList errors = errorsOf(validateMappings(JsonText(text), options));

    const QJsonArray runs = recorded["runs"_L1].toArray();
    const auto any = [&runs](bool (*holds)(const QJsonObject &)) {
        return std::any_of(runs.begin(), runs.end(),
                           [holds](const QJsonValue &run) { return holds(run.toObject()); });
    };
    const QString id = file.left(3);
    const bool isTroubled = any(&hasTrouble) || recorded["configError"_L1].toBool()
        || recorded.contains("configError"_L1);
    if (!isTroubled && !exceptions().contains(id))
        QVERIFY2(errors.isEmpty(), qPrintable(errors.join(u'\n')));
    if (any(&brokeOff) && !notInTheMapping().contains(id))
        QVERIFY2(!errors.isEmpty(), "The server broke the run off; no error was found.");
}

HUBKEEPER_TEST(TestMappingVectors)
#include "tst_mappingvectors.moc"
