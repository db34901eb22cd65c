// SPDX-License-Identifier: MIT
#include "widgets/errortext.h"

#include "widgets/showntime.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

class ErrorWords
{
    Q_DECLARE_TR_FUNCTIONS(hubkeeper::ErrorText)

public:
    static QString what(Situation situation);
    static QString why(const Error &error);
    static QString whyOfServer(const Error &error);
    static QString advice(const Error &error);
    static QString adviceForServer(const Error &error);
    static QString buttonText(Choice button);
    static QString detail(const Error &error);
};

QString ErrorWords::what(Situation situation)
{
    switch (situation) {
    case Situation::OpeningFile:
        return tr("The file could not be opened.");
    case Situation::SavingFile:
        return tr("The file could not be saved.");
    case Situation::EditingFile:
        return tr("The value was not changed.");
    case Situation::OpeningConnection:
        return tr("The connection could not be opened.");
    case Situation::SavingConnection:
        return tr("The connection could not be saved.");
    case Situation::ReadingConnections:
        return tr("Another program has changed the list of connections.");
    case Situation::TestingConnection:
        return tr("The connection does not work.");
    case Situation::ReadingAccount:
        return tr("The account could not be read.");
    case Situation::ReadingSchema:
        return tr("The schema could not be read.");
    case Situation::ReadingRecords:
        return tr("The records could not be read.");
    case Situation::ApplyingChanges:
        return tr("The changes could not be applied.");
    case Situation::ReadingJournal:
        return tr("The journal could not be read.");
    case Situation::ReadingDraft:
        return tr("The staged changes of the last time could not be read.");
    case Situation::KeepingChanges:
        return tr("The staged changes cannot be kept; they are in this window only.");
    case Situation::StoringSecret:
        return tr("The secret could not be stored.");
    case Situation::StoringReplacedToken:
        return tr("The portal replaced the refresh token, and the new one could not be stored. It "
                  "serves until the program ends; then connect to HubSpot again.");
    case Situation::ReadingSecret:
        return tr("The keychain could not be asked.");
    case Situation::StartingPractice:
        return tr("The practice portal could not be started.");
    case Situation::SigningIn:
        return tr("The sign-in did not succeed.");
    case Situation::RevokingToken:
        return tr("The old token could not be ended.");
    case Situation::CheckingForLeaks:
        return tr("The files could not be searched.");
    case Situation::ReadingServers:
        return tr("The list of servers could not be read.");
    case Situation::SavingServer:
        return tr("The server could not be saved.");
    case Situation::OpeningServer:
        return tr("The server could not be opened.");
    case Situation::ReadingServer:
        return tr("The server could not be read.");
    case Situation::WritingServer:
        return tr("The server was not changed.");
    }
    Q_UNREACHABLE();
}

QString ErrorWords::why(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::Cancelled:
        return tr("It was stopped.");
    case ErrorKind::Offline:
        return tr("The portal could not be reached; nothing was sent.");
    case ErrorKind::Untrusted:
        return tr("The server's certificate was not accepted; nothing was sent.");
    case ErrorKind::TimedOut:
        return tr("The portal did not answer in time; the request may have worked.");
    case ErrorKind::ConnectionLost:
        return tr("The connection broke off; the request may have worked.");
    case ErrorKind::OutcomeUnknown:
        return tr("Whether it happened is not known; it was not sent a second time.");
    case ErrorKind::Unauthorized:
        return tr("HubSpot refused the credentials.");
    case ErrorKind::Forbidden:
        return error.missingScopes.isEmpty()
            ? tr("The credentials are good, but a permission is missing.")
            //: %1 is one or more names of OAuth scopes, separated by commas.
            : tr("The app was not granted: %1.").arg(error.missingScopes.join(u", "_s));
    case ErrorKind::NotFound:
        return tr("It does not exist, or no longer does.");
    case ErrorKind::Conflict:
        return tr("It exists already, or it changed meanwhile.");
    case ErrorKind::RateLimited:
        return tr("The portal's limit of requests is used up for the moment.");
    case ErrorKind::Rejected:
        return tr("HubSpot refused the values.");
    case ErrorKind::ServerFault:
        return tr("HubSpot reported a fault of its own.");
    case ErrorKind::BadReply:
        return tr("The answer is not what HubSpot's interface promises.");
    case ErrorKind::Refused:
        return tr("A safeguard of this connection said no; nothing was sent.");
    case ErrorKind::InvalidInput:
        return tr("What it was given cannot be used.");
    case ErrorKind::Storage:
        return tr("A file of this program is damaged or cannot be used.");
    case ErrorKind::NotSaved:
        return tr("It could not be written to the disk.");
    case ErrorKind::NoKeychain:
        return tr("No keychain answers on this computer.");
    }
    Q_UNREACHABLE();
}

/// The same for an IDM server; nothing where it is the same as for a portal.
QString ErrorWords::whyOfServer(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::Offline:
        return tr("It could not be reached; nothing was sent.");
    case ErrorKind::TimedOut:
        return tr("It did not answer in time; the request may have worked.");
    case ErrorKind::Unauthorized:
        return tr("It refused the login.");
    case ErrorKind::Forbidden:
        return tr("It took the login, but its roles do not allow this.");
    case ErrorKind::RateLimited:
        return tr("It asks to wait.");
    case ErrorKind::Rejected:
        return tr("It refused what it was given.");
    case ErrorKind::ServerFault:
        return tr("It reported a fault of its own.");
    case ErrorKind::BadReply:
        return tr("The answer is not what an IDM server gives.");
    case ErrorKind::Refused:
        return tr("A safeguard said no; nothing was sent.");
    default:
        return {};
    }
}

QString ErrorWords::adviceForServer(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::ConnectionLost:
    case ErrorKind::OutcomeUnknown:
        return tr("Look at what the server has before repeating anything.");
    case ErrorKind::Unauthorized:
        return tr("Enter the password or the token again.");
    case ErrorKind::Forbidden:
        return tr("Log in as an administrator of the server.");
    case ErrorKind::Untrusted:
        return tr("The server's settings can accept a self-signed certificate.");
    case ErrorKind::NoKeychain:
        return tr("Install or unlock one, or enter the password for this session.");
    default:
        return advice(error);
    }
}

QString ErrorWords::advice(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::Offline:
        return tr("Check network, proxy and address, then try again.");
    case ErrorKind::TimedOut:
    case ErrorKind::ServerFault:
        return tr("Wait a moment, then try again.");
    case ErrorKind::ConnectionLost:
    case ErrorKind::OutcomeUnknown:
        return tr("Read the record again before repeating anything.");
    case ErrorKind::Unauthorized:
        return tr("Enter client secret and refresh token again, or connect to HubSpot again.");
    case ErrorKind::Forbidden:
        return error.missingScopes.isEmpty()
            ? tr("Ask the portal's administrator for the permission.")
            : tr("Add the scope to the app in HubSpot and connect to HubSpot again.");
    case ErrorKind::RateLimited:
        if (error.retryAfter) {
            const auto seconds = std::chrono::ceil<std::chrono::seconds>(*error.retryAfter).count();
            return tr("Try again in %Ln second(s).", nullptr, int(seconds));
        }
        return tr("Wait a moment, then try again.");
    case ErrorKind::NoKeychain:
        return tr("Install or unlock one, or keep secrets for this session only.");
    default:
        return {};
    }
}

QString ErrorWords::buttonText(Choice button)
{
    if (button == Choice::Secrets)
        return tr("Enter &Secrets…");
    if (button == Choice::Configuration)
        return tr("&Open Configuration");
    if (button == Choice::Certificate)
        return tr("Show the Ce&rtificate…");
    if (button == Choice::Connect)
        return tr("Co&nnect to HubSpot…");
    if (button == Choice::SessionOnly)
        return tr("Use for This &Session");
    if (button == Choice::EnterLogin)
        return tr("Enter Pass&word…");
    if (button == Choice::ServerSettings)
        return tr("Server &Settings…");
    if (button == Choice::Retry)
        return tr("&Try Again");
    return {};
}

/// HubSpot's messages begin with a small letter at times; names of keys and files are left alone.
QString asSentence(QString text, bool isOfHubSpot)
{
    const auto isLetter = [](QChar letter) { return letter.isLetter(); };
    const auto end = std::find_if_not(text.begin(), text.end(), isLetter);
    const bool isWord =
        std::all_of(text.begin(), end, [](QChar letter) { return letter.isLower(); });
    if (isOfHubSpot && isWord && end != text.begin() && end != text.end() && *end == u' ')
        text[0] = text[0].toUpper();
    return text;
}

QString ErrorWords::detail(const Error &error)
{
    QStringList parts {asSentence(withShownTimes(error.what), error.httpStatus != 0)};
    if (error.httpStatus != 0 && !error.what.contains(QString::number(error.httpStatus)))
        parts.append(tr("Status: %1.").arg(error.httpStatus));
    if (!error.correlationId.isEmpty()) {
        //: The ID by which HubSpot's support finds a failed request.
        parts.append(tr("Correlation ID: %1.").arg(error.correlationId));
    }
    parts.removeAll(QString());
    return parts.join(u' ');
}

bool isOfServer(Situation situation)
{
    return situation >= Situation::ReadingServers;
}

Choice buttonForServer(const Error &error, Situation situation)
{
    const bool isOpening = situation == Situation::OpeningServer;
    switch (error.kind) {
    case ErrorKind::Unauthorized:
    case ErrorKind::NoKeychain:
        return isOpening ? Choice::EnterLogin : Choice::None;
    case ErrorKind::NotFound:
        return isOpening && error.httpStatus == 0 ? Choice::EnterLogin : Choice::None;
    case ErrorKind::Untrusted:
    case ErrorKind::BadReply:
        return isOpening ? Choice::ServerSettings : Choice::None;
    case ErrorKind::Offline:
    case ErrorKind::TimedOut:
    case ErrorKind::RateLimited:
    case ErrorKind::ServerFault:
        return situation == Situation::WritingServer ? Choice::None : Choice::Retry;
    default:
        return Choice::None;
    }
}

Choice buttonFor(const Error &error, Situation situation)
{
    if (isOfServer(situation))
        return buttonForServer(error, situation);
    switch (error.kind) {
    case ErrorKind::Unauthorized:
        return Choice::Secrets;
    case ErrorKind::NotFound:
        return situation == Situation::OpeningConnection ? Choice::Secrets : Choice::None;
    case ErrorKind::NoKeychain:
        return Choice::SessionOnly;
    case ErrorKind::Untrusted:
        return Choice::Certificate;
    case ErrorKind::InvalidInput:
        return situation == Situation::OpeningConnection
                || situation == Situation::TestingConnection
            ? Choice::Configuration
            : Choice::None;
    case ErrorKind::Offline:
    case ErrorKind::TimedOut:
    case ErrorKind::RateLimited:
    case ErrorKind::ServerFault:
        return situation == Situation::ApplyingChanges ? Choice::None : Choice::Retry;
    default:
        return Choice::None;
    }
}

} // namespace

ErrorText errorText(const Error &error, Situation situation)
{
    ErrorText text;
    text.sentence = ErrorWords::what(situation);
    const bool saysItAll = error.kind == ErrorKind::InvalidInput
        || situation == Situation::EditingFile
        || (error.kind == ErrorKind::NotFound
            && (situation == Situation::OpeningConnection
                || situation == Situation::OpeningServer));
    const bool ofServer = isOfServer(situation);
    const QString why = ofServer ? ErrorWords::whyOfServer(error) : QString();
    if (!saysItAll)
        text.sentence += u' ' + (why.isEmpty() ? ErrorWords::why(error) : why);
    text.detail = ErrorWords::detail(error);
    text.advice = error.remedy;
    if (text.advice.isEmpty())
        text.advice = ofServer ? ErrorWords::adviceForServer(error) : ErrorWords::advice(error);
    text.button = buttonFor(error, situation);
    text.buttonText = ErrorWords::buttonText(text.button);
    if (error.kind == ErrorKind::Unauthorized
        && !ofServer) // A revoked token cannot be entered again.
        text.otherButton = Choice::Connect;
    text.otherButtonText = ErrorWords::buttonText(text.otherButton);
    return text;
}

} // namespace hubkeeper
