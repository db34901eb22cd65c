// SPDX-License-Identifier: MIT
#pragma once

#include "practice/idm/server/practiceidm.h"
#include "practice/idm/state/idmstate.h"
#include "practice/server/practiceportal.h"
#include "session/idm/deploy.h"
#include "session/idm/serverregistry.h"
#include "testkit/outcomeof.h"

#include <QTemporaryDir>

namespace hubkeeper::test {

/// A practice portal with a practice IDM beside it, and an open server on it with a journal, over
/// real sockets.
struct ServerRig
{
    explicit ServerRig(practice::IdmOptions options = {})
        : portal(smallPortal(), clock)
        , idm(options, clock)
    {
        idm.attach(portal);
        const bool isReady = idm.fill(portal, 20).has_value() && portal.start().has_value()
            && idm.start().has_value();
        if (!isReady)
            qFatal("the practice servers do not start");
        journal =
            Journal::open(folder.filePath(QStringLiteral("journal.sqlite")), clock, {}).value();
        session = std::make_shared<ServerSession>(added(), secret(), services());
    }

    [[nodiscard]] SessionServices services() { return {clock, secrets, paths, budgets}; }

    void setMode(WriteMode mode) const
    {
        auto registry = ServerRegistry::load(paths).value();
        const auto edited = registry.edit(session->server().id, [mode](Server &server) {
            server.mode = mode;
            return Result<void>();
        });
        QVERIFY(edited);
    }

    [[nodiscard]] QList<JournalRow> rows() const
    {
        const auto runs = journal->runs();
        return runs && !runs->isEmpty() ? journal->rows(runs->first().id).value()
                                        : QList<JournalRow>();
    }

    static practice::PracticeOptions smallPortal()
    {
        practice::PracticeOptions options;
        options.contacts = 80;
        options.companies = 2;
        options.indexDelay = std::chrono::milliseconds(0);
        options.limits = {0, 0, 0, 0, 0};
        return options;
    }

    QTemporaryDir folder;
    Paths paths = Paths::below(folder.path());
    SystemClock clock;
    MemorySecretStore secrets;
    BudgetRegistry budgets;
    practice::PracticePortal portal;
    practice::PracticeIdm idm;
    std::shared_ptr<Journal> journal;
    std::shared_ptr<ServerSession> session;
    QObject calls;

private:
    [[nodiscard]] Server added()
    {
        Server server;
        server.label = QStringLiteral("Practice");
        server.address = QUrl(idm.url().toString() + QStringLiteral("/openidm"));
        server.login.userName = QStringLiteral("openidm-admin");
        server.login.kind = idm.options().profile == practice::IdmProfile::Cloud
            ? LoginKind::Bearer
            : LoginKind::StaticUser;
        server.kind = ConnectionKind::Practice;
        server.mode = WriteMode::Free;
        return ServerRegistry::load(paths).value().add(server).value();
    }

    [[nodiscard]] Secret secret() const
    {
        return idm.options().profile == practice::IdmProfile::Cloud
            ? Secret(idm.token())
            : Secret(QByteArray("openidm-admin"));
    }
};

} // namespace hubkeeper::test
