// SPDX-License-Identifier: MIT
#include "provisioner/report/baseline.h"

#include "base/savefile.h"
#include "provisioner/provisionertext.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>
#include <tuple>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr auto mark = "hubkeeperBaseline"_L1;
constexpr int version = 1;
constexpr qint64 largest = 64 << 20; // Bytes.

/// What changes from one day or one edit elsewhere to the next says nothing.
QString normalised(const QString &message)
{
    static const QRegularExpression fleeting(u"\\b\\d+(?= days?\\b)|(?<=\\bline )\\d+|"
                                             "(?<=\\bcolumn )\\d+"_s);
    static const QRegularExpression countdown(
        u" It (ends|ended)( today| on [0-9-]+)(: (\\d+ days are|one day is) left)?\\."_s);
    return message.simplified().remove(countdown).replace(fleeting, u"#"_s);
}

tl::unexpected<Error> isNone(const QString &why)
{
    return fail(ErrorKind::InvalidInput,
                ProvisionerText::tr("This is not a baseline of findings: %1.").arg(why),
                ProvisionerText::tr("Write one with `validate --baseline FILE --write-baseline`."));
}

} // namespace

QString fingerprintOf(const Finding &finding)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const QString &part : {finding.ruleId, finding.pointer, normalised(finding.message)}) {
        hash.addData(part.toUtf8());
        hash.addData(QByteArray(1, '\0'));
    }
    return QString::fromLatin1(hash.result().toHex().left(32));
}

Result<Baseline> Baseline::parse(const QByteArray &json)
{
    QJsonParseError fault;
    const QJsonObject object = QJsonDocument::fromJson(json, &fault).object();
    if (fault.error != QJsonParseError::NoError)
        return isNone(fault.errorString());
    if (object[mark].toInt() != version)
        return isNone(ProvisionerText::tr("it has no \"%1\": %2").arg(mark).arg(version));
    Baseline baseline;
    const QJsonArray entries = object["findings"_L1].toArray();
    for (const QJsonValue &entry : entries) {
        baseline.m_entries.append({entry["path"_L1].toString(), entry["fingerprint"_L1].toString(),
                                   entry["ruleId"_L1].toString(), entry["pointer"_L1].toString(),
                                   entry["message"_L1].toString()});
        if (baseline.m_entries.last().fingerprint.isEmpty())
            return isNone(ProvisionerText::tr("an entry has no fingerprint"));
    }
    return baseline;
}

Result<Baseline> Baseline::read(const QString &path)
{
    const auto bytes = readFile(path, largest);
    if (!bytes)
        return tl::unexpected(bytes.error());
    auto baseline = parse(*bytes);
    if (!baseline)
        baseline.error().what.prepend(path + u": "_s);
    return baseline;
}

QString Baseline::nameFor(const QString &file, const QString &path)
{
    return QFileInfo(path).absoluteDir().relativeFilePath(QFileInfo(file).absoluteFilePath());
}

void Baseline::add(const QString &name, const QList<Finding> &findings)
{
    for (const Finding &finding : findings) {
        m_entries.append({name, fingerprintOf(finding), finding.ruleId, finding.pointer,
                          normalised(finding.message)});
    }
}

int Baseline::hideKnown(const QString &name, QList<Finding> &findings) const
{
    QHash<QString, int> left;
    for (const Entry &entry : m_entries) {
        if (entry.name == name)
            ++left[entry.fingerprint];
    }
    const qsizetype before = findings.size();
    findings.removeIf([&left](const Finding &finding) {
        const auto known = left.find(fingerprintOf(finding));
        return known != left.end() && (*known)-- > 0;
    });
    return int(before - findings.size());
}

QByteArray Baseline::toJson() const
{
    QList<Entry> sorted = m_entries;
    std::sort(sorted.begin(), sorted.end(), [](const Entry &a, const Entry &b) {
        return std::tie(a.name, a.ruleId, a.pointer, a.message)
            < std::tie(b.name, b.ruleId, b.pointer, b.message);
    });
    QJsonArray entries;
    for (const Entry &entry : std::as_const(sorted)) {
        entries.append(QJsonObject {{u"path"_s, entry.name},
                                    {u"fingerprint"_s, entry.fingerprint},
                                    {u"ruleId"_s, entry.ruleId},
                                    {u"pointer"_s, entry.pointer},
                                    {u"message"_s, entry.message}});
    }
    return QJsonDocument(QJsonObject {{mark, version}, {u"findings"_s, entries}}).toJson();
}

} // namespace hubkeeper
