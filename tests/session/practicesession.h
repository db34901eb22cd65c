// SPDX-License-Identifier: MIT
#pragma once

#include "practice/server/practiceportal.h"
#include "secrets/secretstore.h"
#include "session/connections/provisionerfacts.h"
#include "session/open/session.h"
#include "testkit/outcomeof.h"
#include "testkit/quickclock.h"

#include <QTemporaryDir>

namespace hubkeeper::test {

/// A session with a journal on a practice portal, over real sockets; no file but the journal.
struct PracticeSession
{
    /// `speed` is that of the clock: for those who wait a long time before they look again.
    explicit PracticeSession(practice::PracticeOptions options = smallPortal(), int speed = 1)
        : clock(speed)
        , server(options, clock)
    {
        if (const auto started = server.start(); !started)
            qFatal("%s", qUtf8Printable(started.error().sentence()));
        session = open();
    }

    [[nodiscard]] static practice::PracticeOptions smallPortal()
    {
        practice::PracticeOptions options;
        options.contacts = 20;
        options.companies = 10;
        options.indexDelay = std::chrono::milliseconds(0);
        options.limits = {0, 0, 0, 0, 0};
        return options;
    }

    /// Another session on the same portal and journal.
    [[nodiscard]] std::unique_ptr<Session> open()
    {
        SessionParts parts;
        parts.connection.id = QStringLiteral("practice");
        parts.connection.label = QStringLiteral("Practice");
        parts.connection.kind = ConnectionKind::Practice;
        parts.connection.policy.mode = WriteMode::Free;
        parts.provisioner = std::make_shared<ProvisionerFacts>();
        parts.connection.baseUrl = server.url(); // So that the policy file is not for it.
        parts.transport.base = server.url();
        parts.transport.silence = std::chrono::milliseconds(1500);
        parts.permitsPerSecond = 1000;
        parts.credentials = {server.clientId(), server.clientSecret(), server.refreshToken()};
        auto journal =
            Journal::open(folder.filePath(QStringLiteral("journal.sqlite")), clock, Secret());
        if (!journal)
            qFatal("%s", qUtf8Printable(journal.error().sentence()));
        parts.journal = std::move(*journal);
        return std::make_unique<Session>(std::move(parts),
                                         SessionServices {clock, secrets, paths, budgets});
    }

    QTemporaryDir folder;
    Paths paths = Paths::below(folder.path());
    QuickClock clock;
    MemorySecretStore secrets;
    BudgetRegistry budgets;
    practice::PracticePortal server;
    std::unique_ptr<Session> session;
};

} // namespace hubkeeper::test
