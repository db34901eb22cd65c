// SPDX-License-Identifier: MIT
#include "overview/readiness.h"

#include "configuration/findings/documentfindings.h"
#include "provisioner/confidential/secretvalue.h"
#include "secrets/secretstore.h"
#include "session/connections/testhistory.h"
#include "widgets/showntime.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

struct ReadinessWords
{
    Q_DECLARE_TR_FUNCTIONS(hubkeeper::Readiness)
};

ReadinessLine fileLine(const DocumentFindings &findings)
{
    ReadinessLine line;
    line.place = Place {PageId::Problems, {}};
    const int errors = findings.count(Severity::Error);
    const int warnings = findings.count(Severity::Warning);
    if (findings.isChecking()) {
        line.state = ReadinessLine::Look;
        line.text = ReadinessWords::tr("The file is being checked.");
        return line;
    }
    line.state = errors > 0 ? ReadinessLine::Bad
        : warnings > 0      ? ReadinessLine::Look
                            : ReadinessLine::Done;
    if (errors == 0 && warnings == 0) {
        line.text = ReadinessWords::tr("The file has no errors and no warnings.");
        line.link = ReadinessWords::tr("Show What Was Checked");
        return line;
    }
    const QString errorText = ReadinessWords::tr("%Ln error(s)", nullptr, errors);
    const QString warningText = ReadinessWords::tr("%Ln warning(s)", nullptr, warnings);
    if (errors == 0 || warnings == 0) {
        //: %1 is a number of errors or of warnings: "The file has 2 errors."
        line.text =
            ReadinessWords::tr("The file has %1.").arg(errors > 0 ? errorText : warningText);
    } else {
        //: %1 is a number of errors, %2 of warnings: "The file has 2 errors and 1 warning."
        line.text = ReadinessWords::tr("The file has %1 and %2.").arg(errorText, warningText);
    }
    line.link = ReadinessWords::tr("Show Problems");
    return line;
}

ReadinessLine clientIdLine(const JsonText &text)
{
    const auto pointer = u"/configurationProperties/clientId"_s;
    const QJsonValue value = text.valueOf(text.at(pointer));
    ReadinessLine line;
    line.place = Place {PageId::Configuration, JsonPlace {pointer}};
    if (value.isString() && !value.toString().trimmed().isEmpty()) {
        line.state = ReadinessLine::Done;
        line.text = ReadinessWords::tr("The file names the HubSpot app by its client ID.");
    } else {
        line.text = ReadinessWords::tr("The client ID of the HubSpot app is missing.");
        line.link = ReadinessWords::tr("Enter Client ID");
    }
    return line;
}

ReadinessLine secretLine(const JsonText &text, const QString &name, const QString &words)
{
    const QString pointer = u"/configurationProperties/"_s + name;
    ReadinessLine line;
    line.place = Place {PageId::Configuration, JsonPlace {pointer}};
    line.state = ReadinessLine::Done;
    switch (secretFormOf(text, text.at(pointer))) {
    case SecretForm::PlainText:
        line.text = ReadinessWords::tr("IDM finds the %1 in the file, as plain text.").arg(words);
        break;
    case SecretForm::Encrypted:
        line.text =
            ReadinessWords::tr("IDM finds the %1 in the file, encrypted by IDM.").arg(words);
        break;
    case SecretForm::Substituted:
        line.text = ReadinessWords::tr("IDM fills in the %1 from its environment.").arg(words);
        break;
    case SecretForm::Absent:
    case SecretForm::Invalid:
        line.state = ReadinessLine::Missing;
        line.text = ReadinessWords::tr("The file has no %1 that IDM can read.").arg(words);
        line.link = ReadinessWords::tr("Put It into the File");
        break;
    }
    return line;
}

ReadinessLine signInLine(const ReadinessFacts &facts)
{
    ReadinessLine line;
    if (facts.isSignedIn && facts.isRefused) {
        line.state = ReadinessLine::Bad;
        line.text = ReadinessWords::tr("HubSpot refuses the client secret or the refresh token.");
        line.link = ReadinessWords::tr("Connect to HubSpot…");
        line.choice = Choice::Connect;
        return line;
    }
    if (facts.isSignedIn) {
        line.state = ReadinessLine::Done;
        line.text = ReadinessWords::tr("Hubkeeper has what it needs to sign in to HubSpot.");
        return line;
    }
    line.text = facts.whyNot.isEmpty()
        ? ReadinessWords::tr("Hubkeeper is not connected to HubSpot yet.")
        //: %1 is a sentence that says why.
        : ReadinessWords::tr("Hubkeeper is not connected to HubSpot yet. %1")
              .arg(withShownTimes(facts.whyNot));
    line.link = ReadinessWords::tr("Connect to HubSpot…");
    line.choice = Choice::Connect;
    return line;
}

ReadinessLine testLine(const PastTest *test)
{
    ReadinessLine line;
    line.choice = Choice::Retry;
    if (!test) {
        line.state = ReadinessLine::Missing;
        line.text = ReadinessWords::tr("The connection was not tested yet.");
        line.link = ReadinessWords::tr("Test Connection");
        return line;
    }
    const QString when = shownTime(test->at);
    switch (test->state) {
    case TestStep::Failed:
        line.state = ReadinessLine::Bad;
        //: %1 is a date with time.
        line.text = ReadinessWords::tr("The test of %1 failed.").arg(when);
        line.link = ReadinessWords::tr("Test Again");
        break;
    case TestStep::Warned:
        line.state = ReadinessLine::Look;
        line.text = ReadinessWords::tr("The test of %1 passed with a warning.").arg(when);
        line.link = ReadinessWords::tr("Test Again");
        break;
    default:
        line.state = ReadinessLine::Done;
        line.text = ReadinessWords::tr("The test of %1 passed.").arg(when);
    }
    return line;
}

ReadinessLine enabledLine(const Document &document)
{
    const bool isOn = document.value(u"/enabled"_s).toBool(true);
    ReadinessLine line;
    line.place = Place {PageId::Configuration, JsonPlace {u"/enabled"_s}};
    line.state = isOn ? ReadinessLine::Done : ReadinessLine::Missing;
    line.text = isOn ? ReadinessWords::tr("The connector is enabled.")
                     : ReadinessWords::tr("The connector is disabled: IDM does not start it.");
    if (!isOn)
        line.link = ReadinessWords::tr("Enable Connector");
    return line;
}

ReadinessLine savedLine()
{
    ReadinessLine line;
    line.text = ReadinessWords::tr("The file has edits that are not saved.");
    line.link = ReadinessWords::tr("Show Configuration");
    line.place = Place {PageId::Configuration, {}};
    return line;
}

} // namespace

QList<ReadinessLine> readinessOf(const ReadinessFacts &facts)
{
    QList<ReadinessLine> lines;
    if (facts.draft) {
        ReadinessLine line;
        line.state = ReadinessLine::Look;
        //: %1 is a date with time.
        line.text =
            ReadinessWords::tr("Edits of %1 were not saved when Hubkeeper ended unexpectedly.")
                .arg(shownTime(*facts.draft));
        line.link = ReadinessWords::tr("Restore or Discard");
        line.place = Place {PageId::Configuration, {}};
        lines.append(line);
    }
    const Document *document = facts.document;
    if (document && facts.findings)
        lines.append(fileLine(*facts.findings));
    const bool isReadable = document && document->text().isValid();
    if (isReadable) {
        lines.append(clientIdLine(document->text()));
        lines.append(secretLine(document->text(), nameOf(SecretName::ClientSecret),
                                ReadinessWords::tr("client secret")));
        lines.append(secretLine(document->text(), nameOf(SecretName::RefreshToken),
                                ReadinessWords::tr("refresh token")));
    }
    lines.append(signInLine(facts));
    if (facts.isSignedIn && (facts.lastTest || !facts.isRefused))
        lines.append(testLine(facts.lastTest));
    if (isReadable)
        lines.append(enabledLine(*document));
    if (document && document->isModified())
        lines.append(savedLine());
    return lines;
}

QString summaryOf(const QList<ReadinessLine> &lines)
{
    const auto left = std::count_if(lines.begin(), lines.end(), [](const ReadinessLine &line) {
        return line.state == ReadinessLine::Missing || line.state == ReadinessLine::Bad;
    });
    if (left == 0)
        return ReadinessWords::tr("The connector can go live.");
    return ReadinessWords::tr("%Ln thing(s) to do before the connector can go live.", nullptr,
                              int(left));
}

} // namespace hubkeeper
