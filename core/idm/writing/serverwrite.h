// SPDX-License-Identifier: MIT
#pragma once

#include "idm/access/idmclient.h"
#include "journal/journal.h"

#include <functional>
#include <vector>

namespace hubkeeper {

/// What a write needs besides what is written. All must outlive the call.
struct ServerWriteContext
{
    IdmClient &client;
    Journal &journal;
    RunStart start; ///< Server, user and note of its run.
    /// Asked at the moment of sending, for each write; its error is the outcome, and nothing is
    /// sent.
    std::function<Result<void>()> guard;
};

/// What became of one write.
struct ServerWriteProof
{
    QString outcome; ///< One of the words of JournalRow::outcome.
    JournalRow row; ///< With what is there afterwards.
    std::optional<Error> failure; ///< Why it is not applied.
};

/// One thing that is written to a server: what the engine asks of it. One object is one write.
class ServerWrite
{
public:
    virtual ~ServerWrite() = default;
    /// Reads what is there now. Fails with Conflict if it is not what was seen when the write was
    /// decided.
    [[nodiscard]] virtual Call<void> *check(IdmClient &client, QObject *parent) = 0;
    /// As the journal has it before it is sent; no secret in it.
    [[nodiscard]] virtual JournalRow intent() const = 0;
    [[nodiscard]] virtual IdmRequest request() const = 0;
    /// Finds out what became of it: a lost answer says nothing.
    [[nodiscard]] virtual Call<ServerWriteProof> *
    prove(IdmClient &client, const Result<IdmReply> &reply, QObject *parent) = 0;
};

/// What became of several.
struct ServerWriteReport
{
    QString run; ///< In the journal; empty: nothing was sent.
    std::vector<ServerWriteProof> writes; ///< In their order, as far as it came.
    std::optional<Error> stopped; ///< Why the rest was not sent.

    [[nodiscard]] int count(QLatin1StringView outcome) const;
};

/// The only way to write to a server. For each write, one after the other: what is there now is
/// read and compared, the guard is asked, the intent is noted in the journal, it is sent once, it
/// is looked up, and its outcome is noted. All of them are one run of the journal.
///
/// - A write that somebody else was faster with, or that the server refuses, does not stop the
///   others; one of unknown outcome, a guard that says no, or a server that cannot be reached does.
/// - The journal's run begins with the first write that may be sent.
///
/// Fails with Storage or NotSaved (the journal).
[[nodiscard]] Call<ServerWriteReport> *
writeToServer(const ServerWriteContext &context, std::vector<std::shared_ptr<ServerWrite>> writes,
              QObject *parent);

} // namespace hubkeeper
