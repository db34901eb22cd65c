// SPDX-License-Identifier: MIT
#include "provisioner/provisionertext.h"
#include "provisioner/report/report.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// Control characters of a file's name or value must not steer a terminal or make up lines.
QString printable(QString text)
{
    for (QChar &c : text) {
        const char16_t code = c.unicode();
        if (code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x2028 || code == 0x2029)
            c = u' ';
    }
    return text;
}

QString counted(int number, const QString &one, const QString &many)
{
    return QString::number(number) + u' ' + (number == 1 ? one : many);
}

QString textLineOf(const CheckedFile &file, const Finding &finding)
{
    // One arg() for all: a name may hold what looks like a place marker.
    return u"%1:%2:%3: %4 %5: %6"_s.arg(
        printable(file.path), QString::number(finding.position.line),
        QString::number(finding.position.column), nameOf(finding.severity), finding.ruleId,
        printable(finding.message));
}

QString fixHint(const Finding &finding)
{
    if (!finding.fix)
        return {};
    return finding.fix->safe ? ProvisionerText::tr(" (hubkeeper-cli fix can do it.)")
                             : ProvisionerText::tr(" (hubkeeper-cli fix --unsafe can do it.)");
}

QString textOf(const CheckedFile &file)
{
    QString text;
    if (file.failure)
        text += u"%1: error: %2\n"_s.arg(printable(file.path), printable(file.failure->sentence()));
    for (const Finding &finding : file.findings) {
        text += textLineOf(file, finding) + u'\n';
        if (!finding.effect.isEmpty())
            text += ProvisionerText::tr("    Effect: ") + printable(finding.effect) + u'\n';
        if (!finding.remedy.isEmpty())
            text += ProvisionerText::tr("    Remedy: ") + printable(finding.remedy)
                + fixHint(finding) + u'\n';
    }
    return text;
}

QString textOf(const ReportSummary &summary)
{
    QStringList parts {counted(summary.files, u"file"_s, u"files"_s),
                       counted(summary.errors, u"error"_s, u"errors"_s),
                       counted(summary.warnings, u"warning"_s, u"warnings"_s),
                       QString::number(summary.infos) + ProvisionerText::tr(" info")};
    if (summary.unreadable > 0)
        parts.append(u"%1 unreadable"_s.arg(summary.unreadable));
    if (summary.hidden > 0)
        parts.append(ProvisionerText::tr("%1 known before").arg(summary.hidden));
    return parts.join(u", "_s) + u'\n';
}

} // namespace

QByteArray textReport(const QList<CheckedFile> &files)
{
    QString text;
    for (const CheckedFile &file : files)
        text += textOf(file);
    return (text + textOf(summaryOf(files))).toUtf8();
}

} // namespace hubkeeper
