// SPDX-License-Identifier: MIT
#include "journal/journal.h"

#include "base/database.h"
#include "base/log.h"
#include "base/paths.h"
#include "base/poolcall.h"
#include "journal/journalcall.h"
#include "journal/journaltext.h"
#include "journal/runentries.h"

#include <QFileInfo>
#include <QTimer>
#include <QUuid>

#include <SQLiteCpp/SQLiteCpp.h>

#include <atomic>
#include <future>
#include <mutex>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int keepingPatienceMs = 5'000; // A keychain that is silent does not hold up a run.

/// What the writer saw last.
class Seen
{
public:
    void note(const JournalFile &file)
    {
        const std::lock_guard lock(m_lock);
        m_end = file.head();
        trust = file.trust();
    }

    [[nodiscard]] JournalHead end() const
    {
        const std::lock_guard lock(m_lock);
        return m_end;
    }

    std::atomic<JournalTrust> trust = JournalTrust::NoKey;

private:
    mutable std::mutex m_lock;
    JournalHead m_end;
};

/// Runs something on a pool and waits for it. Not for a QFuture: that may take the work out of the
/// line and do it here.
template <typename Work>
auto waitedFor(QThreadPool &pool, Work work) -> std::invoke_result_t<Work>
{
    std::promise<std::invoke_result_t<Work>> done;
    auto result = done.get_future();
    pool.start([&done, &work] { done.set_value(work()); });
    return result.get();
}

} // namespace

Error journalFault(const char *doing, const std::exception &thrown)
{
    if (const auto *ofDatabase = dynamic_cast<const SQLite::Exception *>(&thrown))
        return databaseError(JournalText::tr("The journal"), QString::fromLatin1(doing),
                             *ofDatabase);
    return fail(ErrorKind::Storage,
                JournalText::tr("The journal failed while %1: %2.")
                    .arg(QString::fromLatin1(doing), QString::fromUtf8(thrown.what())))
        .value();
}

class Journal::Private
{
public:
    using Work = std::function<Result<void>()>;

    Private(QString thePath, Clock &theClock, const Secret &theKey,
            std::shared_ptr<HeadKeeper> theKeeper)
        : path(std::move(thePath))
        , clock(theClock)
        , key(theKey.clone())
        , seal(theKey)
        , keeper(std::move(theKeeper))
        , known(keeper ? keeper->known() : JournalHead())
    {
        writer.setMaxThreadCount(1); // One after the other, in the order of the calls.
        reader.setMaxThreadCount(1);
    }

    /// In the writer's thread, before anything else.
    [[nodiscard]] Result<void> openFile()
    {
        if (const auto made = makePrivateFolder(QFileInfo(path).path()); !made)
            return made;
        return journalCall("opening it", [this] {
            written = std::make_unique<JournalFile>(path, key, known);
            seen->note(*written);
        });
    }

    /// For the writer, which makes the entries, too: a batch of rows is a lot of JSON.
    template <typename Make>
    [[nodiscard]] Work appending(const char *doing, Make make)
    {
        return [this, doing, make = std::move(make), at = clock.utc().toMSecsSinceEpoch()] {
            return journalCall(doing, [&] {
                JournalEntries entries = make();
                for (JournalEntry &entry : entries)
                    entry.at = at;
                written->append(std::move(entries));
                seen->note(*written);
            });
        };
    }

    [[nodiscard]] Work beginning(const QString &id, const RunStart &start)
    {
        return appending("beginning a run",
                         [id, start] { return JournalEntries {beginOf(id, start)}; });
    }

    [[nodiscard]] Work intending(const QString &runId, std::vector<JournalRow> rows)
    {
        return appending("noting what will be written",
                         [runId, rows = std::move(rows)] { return intentsOf(runId, rows); });
    }

    [[nodiscard]] Work settling(const QString &runId, std::vector<JournalRow> rows)
    {
        return appending("noting what was written",
                         [runId, rows = std::move(rows)] { return outcomesOf(runId, rows); });
    }

    [[nodiscard]] Work ending(const QString &runId)
    {
        return appending("ending a run", [this, runId] {
            JournalRun run =
                JournalReader(written->database()).summary(runId).value_or(JournalRun());
            run.id = runId;
            return JournalEntries {endOf(run)};
        });
    }

    [[nodiscard]] Result<void> wait(Work work) { return waitedFor(writer, std::move(work)); }

    [[nodiscard]] Call<void> *call(Work work, QObject *parent)
    {
        return new PoolCall<void>(
            writer, [work = std::move(work)](const std::stop_token &) { return work(); }, parent);
    }

    /// Nobody waits for it, nobody hears of a failure.
    void leave(Work work)
    {
        writer.start([work = std::move(work)] {
            if (const auto done = work(); !done)
                qCWarning(lcChanges).noquote() << done.error().sentence();
        });
    }

    /// In the reader's thread.
    [[nodiscard]] Result<JournalReader *> openReader()
    {
        if (read)
            return read.get();
        auto opened = JournalReader::open(path);
        if (!opened)
            return tl::unexpected(opened.error());
        read = std::move(*opened);
        return read.get();
    }

    template <typename Use>
    [[nodiscard]] auto reading(Use use)
    {
        return [this, use = std::move(use)]() -> std::invoke_result_t<Use, JournalReader &> {
            const auto opened = openReader();
            if (!opened)
                return tl::unexpected(opened.error());
            return use(**opened);
        };
    }

    [[nodiscard]] Result<JournalVerdict> checked(const std::stop_token &stop)
    {
        return journalCall("verifying it", [&] {
            const auto database = openJournalDatabase(path);
            return checkJournal(*database, seal, known, stop);
        });
    }

    const QString path;
    Clock &clock;
    const Secret key;
    const JournalSeal seal;
    const std::shared_ptr<HeadKeeper> keeper;
    const JournalHead known; // As of the opening: it holds for ever.
    std::unique_ptr<JournalFile> written; // The writer's own.
    std::unique_ptr<JournalReader> read; // The reader's own.
    const std::shared_ptr<Seen> seen = std::make_shared<Seen>();
    QThreadPool reader;
    QThreadPool writer; // Ends what it has begun before the rest goes.
    QObject calls; // Parent of those that nobody waits for.

    /// What keeps the end, from the owner of the call on.
    [[nodiscard]] std::function<Call<void> *(QObject *)> keeping() const
    {
        return [keeper = keeper, seen = seen](QObject *owner) -> Call<void> * {
            const bool isWorthKeeping = keeper && seen->trust == JournalTrust::Sealed;
            return isWorthKeeping ? keeper->keep(seen->end(), owner) : nullptr;
        };
    }
};

namespace {

/// Has the end of the journal kept, and does not wait for ever.
class KeepHead final : public Call<void>
{
public:
    KeepHead(Call<void> *written, std::function<Call<void> *(QObject *)> keep, QObject *parent)
        : Call(parent)
    {
        written->setParent(this);
        written->onDone(this, [this, keep = std::move(keep)](const Result<void> &done) {
            Call<void> *kept = done ? keep(this) : nullptr;
            if (!kept)
                return complete(done);
            QTimer::singleShot(keepingPatienceMs, this, [this] { complete({}); });
            kept->onDone(this, [this](const Result<void> &outcome) {
                if (!outcome)
                    qCWarning(lcChanges).noquote() << outcome.error().sentence();
                complete({});
            });
        });
    }
};

/// Over when all of them are.
class AllOver final : public Call<void>
{
public:
    AllOver(const QList<CallBase *> &calls, QObject *parent)
        : Call(parent)
    {
        for (CallBase *call : calls) {
            if (call->isFinished())
                continue;
            ++m_open;
            connect(call, &CallBase::finished, this, [this] { count(); });
        }
        if (m_open == 0)
            complete({});
    }

private:
    void count()
    {
        if (--m_open == 0)
            complete({});
    }

    int m_open = 0;
};

} // namespace

Journal::Journal(std::unique_ptr<Private> priv)
    : d(std::move(priv))
{
}

Journal::~Journal() = default;

Result<std::unique_ptr<Journal>> Journal::open(const QString &path, Clock &clock, const Secret &key,
                                               std::shared_ptr<HeadKeeper> keeper)
{
    std::unique_ptr<Journal> journal(
        new Journal(std::make_unique<Private>(path, clock, key, std::move(keeper))));
    const auto done = journal->d->wait([&] { return journal->d->openFile(); });
    if (!done)
        return tl::unexpected(done.error());
    return journal;
}

Call<std::shared_ptr<Journal>> *Journal::opened(const QString &path, Clock &clock,
                                                const Secret &key,
                                                std::shared_ptr<HeadKeeper> keeper, QObject *parent)
{
    // Not in its own writer: that cannot end while it works, and this may be the last to hold it.
    std::shared_ptr<Journal> journal(
        new Journal(std::make_unique<Private>(path, clock, key, std::move(keeper))));
    return new PoolCall<std::shared_ptr<Journal>>(
        [journal = std::move(journal)](
            const std::stop_token &) mutable -> Result<std::shared_ptr<Journal>> {
            return journal->d->openFile().map([&] { return std::move(journal); });
        },
        parent);
}

JournalTrust Journal::trust() const
{
    return d->seen->trust;
}

const QString &Journal::path() const
{
    return d->path;
}

QString Journal::newRunId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

Call<QString> *Journal::begin(const RunStart &start, QObject *parent)
{
    const QString id = start.id.isEmpty() ? newRunId() : start.id;
    return new PoolCall<QString>(
        d->writer,
        [id, work = d->beginning(id, start)](const std::stop_token &) {
            return work().map([&] { return id; });
        },
        parent);
}

Call<void> *Journal::noteIntents(const QString &runId, std::vector<JournalRow> rows,
                                 QObject *parent)
{
    return d->call(d->intending(runId, std::move(rows)), parent);
}

Call<void> *Journal::noteOutcomes(const QString &runId, std::vector<JournalRow> rows,
                                  QObject *parent)
{
    return d->call(d->settling(runId, std::move(rows)), parent);
}

Call<void> *Journal::end(const QString &runId, QObject *parent)
{
    return new KeepHead(d->call(d->ending(runId), nullptr), d->keeping(), parent);
}

void Journal::leaveOutcomes(const QString &runId, std::vector<JournalRow> rows)
{
    d->leave(d->settling(runId, std::move(rows)));
}

void Journal::leaveEnd(const QString &runId)
{
    end(runId, &d->calls)->onDone(&d->calls, [](const Result<void> &ended) {
        if (!ended)
            qCWarning(lcChanges).noquote() << ended.error().sentence();
    });
}

Call<void> *Journal::finish(QObject *parent)
{
    auto calls = d->calls.findChildren<CallBase *>(Qt::FindDirectChildrenOnly);
    calls.append(d->call([]() -> Result<void> { return {}; }, &d->calls)); // After what is left.
    return new AllOver(calls, parent);
}

Call<QList<JournalRun>> *Journal::readRuns(const RunFilter &filter, QObject *parent)
{
    auto work = d->reading([filter](JournalReader &reader) { return reader.runs(filter); });
    return new PoolCall<QList<JournalRun>>(
        d->reader, [work](const std::stop_token &) { return work(); }, parent);
}

Call<RunRecord> *Journal::readRun(const QString &id, QObject *parent)
{
    auto work = d->reading([id](JournalReader &reader) { return reader.run(id); });
    return new PoolCall<RunRecord>(
        d->reader, [work](const std::stop_token &) { return work(); }, parent);
}

Call<JournalVerdict> *Journal::check(QObject *parent)
{
    return new PoolCall<JournalVerdict>(
        d->reader, [d = d.get()](const std::stop_token &stop) { return d->checked(stop); }, parent);
}

Result<QString> Journal::beginRun(const RunStart &start)
{
    const QString id = start.id.isEmpty() ? newRunId() : start.id;
    return d->wait(d->beginning(id, start)).map([&] { return id; });
}

Result<void> Journal::addIntents(const QString &runId, std::vector<JournalRow> rows)
{
    return d->wait(d->intending(runId, std::move(rows)));
}

Result<void> Journal::addOutcomes(const QString &runId, std::vector<JournalRow> rows)
{
    return d->wait(d->settling(runId, std::move(rows)));
}

Result<void> Journal::endRun(const QString &runId)
{
    return d->wait(d->ending(runId)).map([this] {
        (void)new KeepHead(new ReadyCall<void>({}, nullptr), d->keeping(), &d->calls);
    });
}

Result<QList<JournalRun>> Journal::runs(const RunFilter &filter) const
{
    return waitedFor(d->reader,
                     d->reading([&](JournalReader &reader) { return reader.runs(filter); }));
}

Result<QList<JournalRow>> Journal::rows(const QString &runId) const
{
    return waitedFor(d->reader,
                     d->reading([&](JournalReader &reader) { return reader.rows(runId); }));
}

Result<RunRecord> Journal::run(const QString &id) const
{
    return waitedFor(d->reader, d->reading([&](JournalReader &reader) { return reader.run(id); }));
}

Result<JournalVerdict> Journal::verify() const
{
    return waitedFor(d->reader, [&] { return d->checked({}); });
}

} // namespace hubkeeper
