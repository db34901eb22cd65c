// SPDX-License-Identifier: MIT
#pragma once

#include "changes/run/run.h"
#include "journal/journal.h"
#include "net/traffic.h"
#include "portal/access/accountbudget.h"
#include "portal/access/tokenprovider.h"
#include "samplerecords.h"
#include "scriptedportal.h"
#include "testkit/manualclock.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QThread>

namespace hubkeeper::test {

inline WritePolicy freely()
{
    return {WriteMode::Free, 0, 0, {}, true};
}

/// Everything a run needs, over a scripted portal and a clock that stands still.
struct ApplyRig
{
    QTemporaryDir folder;
    ScriptedPortal server;
    ManualClock clock;
    AccountBudget budget {10}; // Four batches at a time.
    TrafficLog traffic;
    TokenProvider tokens {Secret(std::string_view("token"))};
    RestClient client {server, clock, budget, tokens, traffic, [] { return 0.0; }};
    PortalWriter portal {client, ApiVersion::V3};
    ChangeSet changes;
    std::unique_ptr<Journal> journal;
    QHash<ObjectType, QList<PropertyDefinition>> definitions;
    QObject parent;

    ApplyRig()
        : journal(*Journal::open(path(), clock, Secret()))
    {
    }

    [[nodiscard]] QString path() const { return folder.filePath(QStringLiteral("journal.sqlite")); }

    static void waitUntilIdle()
    {
        for (int i = 0; i < 30; ++i)
            QCoreApplication::processEvents();
    }

    ApplyRun *start(const WritePolicy &policy = freely(), const RunOptions &options = {})
    {
        return startUnder([policy] { return policy; }, options);
    }
    ApplyRun *startUnder(const WriteGuard::PolicySource &policy, const RunOptions &options = {})
    {
        return new ApplyRun(portal, changes, *journal, policy, options, definitions, clock,
                            &parent);
    }

    /// Runs to the end, moving the time whenever somebody waits for it.
    std::optional<Result<RunSummary>> run(const WritePolicy &policy = freely(),
                                          const RunOptions &options = {})
    {
        return outcomeOf(start(policy, options));
    }
    std::optional<Result<RunSummary>> outcomeOf(ApplyRun *run)
    {
        std::optional<Result<RunSummary>> outcome;
        run->onDone(&parent, [&](const Result<RunSummary> &result) { outcome.emplace(result); });
        QElapsedTimer patience;
        patience.start();
        while (!outcome && patience.elapsed() < 20'000) {
            waitUntilIdle();
            if (!outcome && clock.isWaiting())
                clock.advance(std::chrono::milliseconds(500));
            else if (!outcome)
                QThread::msleep(1); // The journal writes.
        }
        return outcome;
    }

    /// Stages an edit as a grid would, from what the portal has.
    void edit(const QString &id, const QString &property, const QString &text,
              ObjectType type = contacts)
    {
        changes.setText(type, known(type, id), {}, property, text);
    }
    void archive(const QString &id) { changes.addArchive(contacts, known(contacts, id), {}); }
    [[nodiscard]] Record known(ObjectType type, const QString &id)
    {
        Record record;
        record.id = id;
        const ScriptedPortal::Stored &stored = server.records[nameOf(type)][id];
        for (auto text = stored.texts.begin(); text != stored.texts.end(); ++text)
            record.properties.insert(text.key(), text.value());
        record.updatedAt = stored.updatedAt;
        return record;
    }

    /// What the portal has.
    [[nodiscard]] QString text(const QString &id, const QString &property)
    {
        return server.text(QStringLiteral("contacts"), id, property);
    }
    [[nodiscard]] RowState state(const QString &id, ObjectType type = contacts) const
    {
        const auto row = changes.row(type, id);
        return row ? row->state : RowState::Staged;
    }
    [[nodiscard]] ErrorKind errorKind(const QString &id) const
    {
        const auto row = changes.row(contacts, id);
        return row && row->error ? row->error->kind : ErrorKind::NoKeychain;
    }
    [[nodiscard]] QStringList journaled() const
    {
        QStringList outcomes;
        const auto runs = journal->runs();
        const auto rows = journal->rows(runs->first().id);
        for (const JournalRow &row : *rows)
            outcomes.append(row.outcome);
        return outcomes;
    }
};

/// A fault for requests whose path ends so.
inline ScriptedPortal::Fault on(const QString &end, const Result<HttpReply> &answer,
                                int times = 1000)
{
    return [=, left = std::make_shared<int>(times)](
               const HttpRequest &request) -> std::optional<Result<HttpReply>> {
        if (!request.path.endsWith(end) || (*left)-- <= 0)
            return {};
        return answer;
    };
}

inline Result<HttpReply> lost()
{
    return fail(ErrorKind::ConnectionLost, QStringLiteral("The connection was closed."));
}

} // namespace hubkeeper::test
