// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "widgets/choice.h"

namespace hubkeeper {

/// What the user was about when something failed.
enum class Situation {
    OpeningFile,
    SavingFile,
    EditingFile, ///< A value of the open file.
    OpeningConnection,
    SavingConnection,
    ReadingConnections,
    TestingConnection,
    ReadingAccount,
    ReadingSchema,
    ReadingRecords,
    ApplyingChanges,
    ReadingJournal,
    ReadingDraft,
    KeepingChanges,
    StoringSecret,
    StoringReplacedToken, ///< The server has ended the old one.
    ReadingSecret,
    StartingPractice,
    SigningIn,
    RevokingToken,
    CheckingForLeaks,
    // Of an IDM server:
    ReadingServers, ///< The list of them.
    SavingServer,
    OpeningServer,
    ReadingServer, ///< Something that it has.
    WritingServer,
};

/// A failure as the window shows it.
struct ErrorText
{
    QString sentence; ///< Translated: what could not be done, and why in a word.
    QString detail; ///< What exactly was found, in English; with status and correlation id.
    QString advice; ///< Translated, or the failure's own remedy; may be empty.
    Choice button = Choice::None; ///< An action that helps.
    QString buttonText; ///< Translated.
    Choice otherButton = Choice::None; ///< Another one that may.
    QString otherButtonText; ///< Translated.
};

/// The only place that makes sentences for people out of failures. Do not call it for
/// ErrorKind::Cancelled: stopping is not a failure.
[[nodiscard]] ErrorText errorText(const Error &error, Situation situation);

} // namespace hubkeeper
