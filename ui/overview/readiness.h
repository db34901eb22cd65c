// SPDX-License-Identifier: MIT
#pragma once

#include "widgets/page.h"

#include <QDateTime>

#include <optional>

namespace hubkeeper {

class Document;
class DocumentFindings;
struct PastTest;

/// One thing that has to be so before a connector can go live, as the Overview shows it.
struct ReadinessLine
{
    enum State {
        Done,
        Look, ///< Nothing is in the way, but somebody should look at it.
        Missing, ///< To do: the connector cannot go live like this.
        Bad, ///< Something failed or is refused: it cannot go live like this.
    };

    State state = Missing;
    QString text; ///< A sentence, translated.
    QString link; ///< What a person does about it, or where it is: translated; may be empty.
    std::optional<Place> place; ///< Where the link leads, if it leads to a place.
    Choice choice = Choice::None; ///< What the link asks for otherwise; Retry is a test.
};

/// What is known of a connection when its readiness is judged; all may be missing.
struct ReadinessFacts
{
    const Document *document = nullptr;
    const DocumentFindings *findings = nullptr;
    bool isSignedIn = false; ///< A session is open: Hubkeeper has what it takes to sign in.
    bool isRefused = false; ///< HubSpot refused what the session signs in with.
    QString whyNot; ///< A sentence: why there is no session.
    std::optional<QDateTime> draft; ///< UTC: edits that a crash left behind were made then.
    const PastTest *lastTest = nullptr;
};

/// In the order in which a person would work through it: the file, its secrets, the test, the
/// switch that starts it.
[[nodiscard]] QList<ReadinessLine> readinessOf(const ReadinessFacts &facts);

/// "Ready to go live.", or how much is left.
[[nodiscard]] QString summaryOf(const QList<ReadinessLine> &lines);

} // namespace hubkeeper
