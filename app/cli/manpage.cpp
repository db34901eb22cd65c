// SPDX-License-Identifier: MIT
#include "manpage.h"

#include "base/version.h"
#include "verbhelp.h"
#include "verbtable.h"

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

/// As troff has to have it; characters beyond ASCII by their code.
QString escaped(const QString &text)
{
    QString safe;
    for (const QChar c : text) {
        if (c == u'\\')
            safe += u"\\(rs"_s;
        else if (c == u'-')
            safe += u"\\-"_s;
        else if (c == u'\'')
            safe += u"\\(aq"_s;
        else if (c == u'"')
            safe += u"\\(dq"_s;
        else if (c == u'…')
            safe += u"..."_s;
        else if (c.unicode() > 0x7E)
            safe += u"\\[u%1]"_s.arg(QString::number(c.unicode(), 16).toUpper(), 4, u'0');
        else
            safe += c;
    }
    return safe.startsWith(u'.') ? u"\\&"_s + safe : safe;
}

QString optionText(const ArgumentInfo &argument)
{
    QString text = u".TP\n"_s;
    if (argument.names.isEmpty()) {
        text += u".I %1\n"_s.arg(escaped(argument.label));
    } else {
        QStringList names;
        for (const QString &name : argument.names)
            names.append(u"\\fB%1\\fR"_s.arg(escaped(name)));
        text += names.join(u", "_s);
        if (!argument.label.isEmpty())
            text += u" \\fI%1\\fR"_s.arg(escaped(argument.label));
        text += u'\n';
    }
    return text + escaped(argument.help) + u'\n';
}

QString optionsText(const VerbInfo &verb)
{
    QString text;
    for (const ArgumentInfo &argument : verb.positionals)
        text += optionText(argument);
    for (const ArgumentInfo &option : verb.options)
        text += optionText(option);
    return text;
}

QString verbsText(const QList<VerbInfo> &table)
{
    QString text;
    for (const VerbInfo &verb : table) {
        if (verb.path.isEmpty())
            continue;
        text += u".SS %1\n%2\n"_s.arg(escaped(verb.path), escaped(verb.help)) + optionsText(verb);
        const QStringList examples = examplesOf(verb.path);
        if (!examples.isEmpty())
            text += u".PP\nExamples:\n.nf\n"_s;
        for (const QString &line : examples)
            text += escaped(line) + u'\n';
        if (!examples.isEmpty())
            text += u".fi\n"_s;
    }
    return text;
}

QString exitStatus()
{
    QString text = u".SH EXIT STATUS\n"_s;
    const auto meanings = exitCodeMeanings();
    for (const auto &[code, meaning] : meanings)
        text += u".TP\n.B %1\n%2\n"_s.arg(code).arg(escaped(meaning));
    return text;
}

constexpr auto description =
    ".SH DESCRIPTION\n"
    "Checks, fixes and tests the configuration of the HubSpot connector of ForgeRock / Ping IDM, "
    "keeps its secrets in the keychain, and reads, repairs and reverts contacts and companies. It "
    "does what the desktop program does, under the same write modes and with the same journal.\n"
    ".PP\n"
    "Results go to standard output, messages to standard error. A file named by "
    "\\fIFILE\\fR is a provisioner, provisioner.openicf\\-<name>.json.\n";

constexpr auto rest =
    ".SH ENVIRONMENT\n"
    ".TP\n.B XDG_CONFIG_HOME, XDG_DATA_HOME, XDG_STATE_HOME, XDG_CACHE_HOME\n"
    "Where connections, journal, drafts and temporary records are; "
    "\\fBhubkeeper\\-cli \\-\\-print\\-paths\\fR shows the folders. Verbs that only read need none "
    "of them.\n"
    ".TP\n.B HTTPS_PROXY, HTTP_PROXY, NO_PROXY\n"
    "The proxy, where the provisioner names none.\n"
    ".TP\n.B DBUS_SESSION_BUS_ADDRESS\n"
    "The session bus that the keychain answers on.\n"
    ".TP\n.B QT_LOGGING_RULES\n"
    "\\(dqhubkeeper.net.debug=true\\(dq shows requests; secrets are masked.\n"
    ".PP\n"
    "No variable holds a secret, and none changes a setting: an option wins over the connection, "
    "the connection over the default.\n"
    ".SH FILES\n"
    ".TP\n.I ~/.config/hubkeeper/connections.json\n"
    "Label, kind, write mode and address of each provisioner; no secrets.\n"
    ".TP\n.I ~/.config/hubkeeper/dated\\-rules.json\n"
    "Replaces the built\\-in rules with a date, if it is there.\n"
    ".TP\n.I ~/.local/share/hubkeeper\n"
    "The journal, and staged changes.\n"
    ".SH SEE ALSO\n"
    ".BR hubkeeper (1),\n"
    ".BR secret\\-tool (1)\n"
    ".PP\n"
    "The manual: Help > Manual in the desktop program.\n";

} // namespace

QByteArray manPage(const CLI::App &app)
{
    const QList<VerbInfo> table = verbTable(app);
    const QString page =
        u".TH HUBKEEPER\\-CLI 1 \"%1\" \"Hubkeeper %2\"\n.SH NAME\nhubkeeper\\-cli \\- "
        "administration of the HubSpot connector of IDM\n.SH SYNOPSIS\n"
        ".B hubkeeper\\-cli\n[\\fIOPTIONS\\fR] \\fIVERB\\fR [\\fIARGUMENTS\\fR]\n"_s.arg(
            QLatin1StringView(productDate), QLatin1StringView(productVersion))
        + QString::fromLatin1(description) + u".SH OPTIONS\n"_s + optionsText(table.first())
        + u".SH VERBS\n"_s + verbsText(table) + exitStatus() + QString::fromLatin1(rest);
    return page.toLatin1();
}

} // namespace hubkeeper::cli
