// SPDX-License-Identifier: MIT
#include "base/version.h"
#include "provisioner/report/baseline.h"
#include "provisioner/report/report.h"
#include "provisioner/report/sariffixes.h"
#include "provisioner/rules/datedrules.h"
#include "provisioner/rules/ruletext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr auto schemaUri =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"_L1;

QString levelOf(Severity severity)
{
    return severity == Severity::Info ? u"note"_s : nameOf(severity);
}

QJsonObject message(const QString &text)
{
    return {{u"text"_s, text}};
}

/// "Unknown configuration property" -> "UnknownConfigurationProperty": a rule's `name`.
QString identifierOf(const QString &title)
{
    QString name;
    bool upper = true;
    for (const QChar c : title) {
        if (!c.isLetterOrNumber()) {
            upper = true;
            continue;
        }
        name += upper ? c.toUpper() : c;
        upper = false;
    }
    return name;
}

QJsonObject ruleMetadata(const Rule &rule)
{
    const QString title = translatedRule(rule.title);
    const QString effect = translatedRule(rule.effect);
    return {{u"id"_s, QString::fromLatin1(rule.id)},
            {u"name"_s, identifierOf(title)},
            {u"shortDescription"_s, message(title + u'.')},
            {u"fullDescription"_s, message(effect)},
            {u"help"_s,
             QJsonObject {{u"text"_s, ruleText(rule)}, {u"markdown"_s, ruleHelpMarkdown(rule)}}},
            {u"defaultConfiguration"_s, QJsonObject {{u"level"_s, levelOf(rule.severity)}}},
            {u"properties"_s,
             QJsonObject {
                 {u"tags"_s, QJsonArray {u"configuration"_s, nameOf(rule.stage)}},
                 {u"stage"_s, nameOf(rule.stage)},
                 {u"fixable"_s, rule.fixable},
                 {u"precision"_s, u"very-high"_s},
                 {u"problem.severity"_s,
                  rule.severity == Severity::Info ? u"recommendation"_s : nameOf(rule.severity)}}}};
}

/// A reference as RFC 3986 wants it: relative paths stay relative, all else is encoded.
QJsonObject artifactLocation(const QString &path)
{
    if (path == "-"_L1)
        return {{u"uri"_s, u"stdin"_s}};
    const QString slashed = QString(path).replace(u'\\', u'/');
    if (slashed.startsWith(u'/')) {
        return {{u"uri"_s,
                 QString::fromLatin1(QUrl::fromLocalFile(path).toEncoded(QUrl::FullyEncoded))}};
    }
    const QString plain = slashed.startsWith("./"_L1) ? slashed.mid(2) : slashed;
    return {{u"uri"_s, QString::fromLatin1(QUrl::toPercentEncoding(plain, "/"))},
            {u"uriBaseId"_s, u"%SRCROOT%"_s}};
}

QJsonObject regionOf(const Finding &finding, const QByteArray &bytes)
{
    const TextPosition end = endOf(finding, bytes);
    return {{u"startLine"_s, finding.position.line},
            {u"startColumn"_s, finding.position.column},
            {u"endLine"_s, end.line},
            {u"endColumn"_s, end.column}};
}

QJsonObject locationOf(const CheckedFile &file, const Finding &finding)
{
    QJsonObject location {
        {u"physicalLocation"_s,
         QJsonObject {{u"artifactLocation"_s, artifactLocation(file.path)},
                      {u"region"_s, regionOf(finding, file.bytes)}}},
    };
    if (!finding.pointer.isEmpty()) {
        location.insert(u"logicalLocations"_s,
                        QJsonArray {QJsonObject {{u"fullyQualifiedName"_s, finding.pointer},
                                                 {u"kind"_s, u"value"_s}}});
    }
    return location;
}

/// The place of each rule in the list of rules.
QHash<QString, int> indexesOf(const std::vector<const Rule *> &rules)
{
    QHash<QString, int> indexes;
    for (size_t i = 0; i < rules.size(); ++i)
        indexes.insert(QString::fromLatin1(rules[i]->id), int(i));
    return indexes;
}

/// `seen` tells findings with one fingerprint apart, as they come.
QJsonObject resultOf(const CheckedFile &file, const Finding &finding, QHash<QString, int> &seen)
{
    const QString fingerprint = fingerprintOf(finding);
    const QString text =
        QStringList {finding.message, finding.effect, finding.remedy}.join(u' ').trimmed();
    QJsonObject result {
        {u"ruleId"_s, finding.ruleId},
        {u"level"_s, levelOf(finding.severity)},
        {u"message"_s, message(text)},
        {u"locations"_s, QJsonArray {locationOf(file, finding)}},
        {u"partialFingerprints"_s,
         QJsonObject {
             {u"hubkeeperFinding/v1"_s, u"%1:%2"_s.arg(fingerprint).arg(++seen[fingerprint])}}},
        {u"properties"_s,
         QJsonObject {{u"effect"_s, finding.effect},
                      {u"remedy"_s, finding.remedy},
                      {u"fixable"_s, finding.fix.has_value()}}},
    };
    return result;
}

/// The run succeeded if every file could be read; those that could not are reported here.
QJsonObject invocationOf(const QList<CheckedFile> &files)
{
    QJsonArray notifications;
    for (const CheckedFile &file : files) {
        if (!file.failure)
            continue;
        const QJsonObject place {{u"artifactLocation"_s, artifactLocation(file.path)}};
        notifications.append(QJsonObject {
            {u"level"_s, u"error"_s},
            {u"message"_s, message(file.failure->sentence())},
            {u"locations"_s, QJsonArray {QJsonObject {{u"physicalLocation"_s, place}}}},
        });
    }
    QJsonObject invocation {{u"executionSuccessful"_s, notifications.isEmpty()}};
    if (!notifications.isEmpty())
        invocation.insert(u"toolExecutionNotifications"_s, notifications);
    return invocation;
}

QJsonObject driverWith(const std::vector<const Rule *> &known)
{
    QJsonArray rules;
    for (const Rule *rule : known)
        rules.append(ruleMetadata(*rule));
    return {{u"name"_s, QLatin1StringView(productName)},
            {u"version"_s, QLatin1StringView(productVersion)},
            {u"semanticVersion"_s, QLatin1StringView(productVersion)},
            {u"rules"_s, rules}};
}

} // namespace

QByteArray sarifReport(const QList<CheckedFile> &files,
                       const std::shared_ptr<const DatedRules> &dated)
{
    const std::vector<const Rule *> rules = dated ? rulesWith(*dated) : allRules();
    const QHash<QString, int> indexes = indexesOf(rules);
    QJsonArray results;
    for (const CheckedFile &file : files) {
        QHash<QString, int> seen;
        SarifFixes fixes(file, artifactLocation(file.path));
        for (const Finding &finding : file.findings) {
            QJsonObject result = resultOf(file, finding, seen);
            if (const auto index = indexes.constFind(finding.ruleId); index != indexes.cend())
                result.insert(u"ruleIndex"_s, *index);
            if (const QJsonArray remedies = fixes.of(finding); !remedies.isEmpty())
                result.insert(u"fixes"_s, remedies);
            results.append(result);
        }
    }
    const QJsonObject run {
        {u"tool"_s, QJsonObject {{u"driver"_s, driverWith(rules)}}},
        {u"invocations"_s, QJsonArray {invocationOf(files)}},
        {u"columnKind"_s, u"unicodeCodePoints"_s},
        {u"results"_s, results},
    };
    return QJsonDocument(QJsonObject {{u"$schema"_s, schemaUri},
                                      {u"version"_s, u"2.1.0"_s},
                                      {u"runs"_s, QJsonArray {run}}})
        .toJson();
}

} // namespace hubkeeper
