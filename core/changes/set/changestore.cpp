// SPDX-License-Identifier: MIT
#include "changes/set/changestore.h"

#include "base/log.h"
#include "base/paths.h"
#include "base/poolcall.h"
#include "base/takelock.h"
#include "changes/changestext.h"
#include "changes/set/latercall.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QPointer>
#include <QThread>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace hubkeeper {

namespace {

/// Where a file that cannot be read is kept; never a name in use.
QString asideOf(const QString &path)
{
    QString aside = path + u".unreadable"_s;
    for (int i = 2; QFileInfo::exists(aside); ++i)
        aside = path + u".unreadable%1"_s.arg(i);
    return aside;
}

void removeCompanions(const QString &path)
{
    QFile::remove(path + u"-wal"_s);
    QFile::remove(path + u"-shm"_s);
}

QString holderOf(const QLockFile &lock)
{
    qint64 process = 0;
    QString host;
    QString program;
    if (!lock.getLockInfo(&process, &host, &program))
        return ChangesText::tr("another program");
    return ChangesText::tr("process %1 on %2").arg(process).arg(host);
}

Error storageError(const std::exception &thrown)
{
    return fail(ErrorKind::Storage,
                ChangesText::tr("The staged changes cannot be kept: %1.")
                    .arg(QString::fromUtf8(thrown.what())),
                ChangesText::tr("Check the free space and the permissions of the folder."))
        .value();
}

template <typename Read>
auto readResult(Read read) -> Result<std::invoke_result_t<Read>>
{
    try {
        return read();
    } catch (const std::exception &thrown) {
        return tl::unexpected(storageError(thrown));
    }
}

} // namespace

ChangeStore::ChangeStore(QString path, std::unique_ptr<QLockFile> lock,
                         std::unique_ptr<ChangeFile> file, std::unique_ptr<ChangeFile> reader)
    : m_path(std::move(path))
    , m_lock(std::move(lock))
    , m_file(std::move(file))
    , m_reader(std::move(reader))
    , m_retry(this)
    , m_writer(this)
{
    m_writer.setMaxThreadCount(1);
    m_retry.setSingleShot(true);
    m_retry.setInterval(5s);
    connect(&m_retry, &QTimer::timeout, this, &ChangeStore::wake);
}

ChangeStore::~ChangeStore()
{
    m_writer.waitForDone();
    if (!m_queue.empty()) // It failed before: once more.
        drain();
    m_reader.reset();
    m_file.reset();
    if (m_removeAtEnd && m_queue.empty()) {
        QFile::remove(m_path);
        removeCompanions(m_path);
    }
}

Call<ChangeStore::Opened> *ChangeStore::open(const QString &path, const ChangeBinding &binding,
                                             QObject *parent)
{
    const auto thread = QThread::currentThread();
    return new PoolCall<Opened>(
        [path, binding, thread](const std::stop_token &) {
            auto opened = openNow(path, binding);
            if (opened && opened->store)
                opened->store->moveToThread(thread);
            return opened;
        },
        parent);
}

Result<ChangeStore::Opened> ChangeStore::openNow(const QString &path, const ChangeBinding &binding)
{
    if (const auto made = makePrivateFolder(QFileInfo(path).path()); !made)
        return tl::unexpected(made.error());
    auto lock = std::make_unique<QLockFile>(path + u".lock"_s);
    lock->setStaleLockTime(0); // As long as its process is alive.
    if (!takeLockPatiently(*lock)) {
        if (lock->error() == QLockFile::LockFailedError)
            return Opened {{}, {}, holderOf(*lock), {}};
        return fail(
            ErrorKind::Storage,
            ChangesText::tr("The staged changes cannot be kept: no lock can be made beside %1.")
                .arg(path),
            ChangesText::tr("Check the free space and the permissions of the folder."));
    }
    QFile::setPermissions(lock->fileName(), QFile::ReadOwner | QFile::WriteOwner);
    return openFile(path, binding, std::move(lock));
}

Result<ChangeStore::Opened> ChangeStore::openFile(const QString &path, const ChangeBinding &binding,
                                                  std::unique_ptr<QLockFile> lock)
{
    Opened opened;
    for (int attempt = 0;; ++attempt) {
        auto file = ChangeFile::open(path, binding);
        auto reader = file ? ChangeFile::openToRead(path)
                           : Result<std::unique_ptr<ChangeFile>>(tl::unexpected(file.error()));
        auto overview = reader ? readResult([&] { return (*file)->overview(); })
                               : Result<ChangeFile::Overview>(tl::unexpected(reader.error()));
        if (overview) {
            opened.overview = std::move(*overview);
            opened.store.reset(
                new ChangeStore(path, std::move(lock), std::move(*file), std::move(*reader)));
            return opened;
        }
        const bool foreign =
            overview.error().kind == ErrorKind::InvalidInput && overview.error().remedy.isEmpty();
        const QString aside = asideOf(path);
        if (attempt > 0 || !foreign || !QFile::rename(path, aside))
            return tl::unexpected(overview.error());
        removeCompanions(path);
        opened.setAside = overview.error();
        opened.setAside->remedy = ChangesText::tr("The file was kept as %1.").arg(aside);
    }
}

quint64 ChangeStore::add(Work work, bool mayFail, bool isAlone)
{
    {
        const std::lock_guard guard(m_mutex);
        m_queue.push_back({++m_posted, std::move(work), mayFail, isAlone});
    }
    wake();
    return m_posted;
}

quint64 ChangeStore::post(Work work)
{
    return add(std::move(work), false);
}

Call<std::vector<qint64>> *ChangeStore::claim(const QString &run, std::vector<qint64> sequences,
                                              QObject *parent)
{
    auto *call = new LaterCall<std::vector<qint64>>(parent);
    const auto claimed = std::make_shared<std::vector<qint64>>();
    const quint64 ticket = add([run, sequences = std::move(sequences), claimed](
                                   ChangeFile &file) { *claimed = file.claim(run, sequences); },
                               true);
    m_waiting.insert(ticket, [call = QPointer(call), claimed](const Result<void> &done) {
        if (call)
            call->end(done.map([&] { return *claimed; }));
    });
    return call;
}

void ChangeStore::attempt(Work work, std::function<void(const Result<void> &)> done)
{
    const quint64 ticket = add(std::move(work), true, true);
    m_waiting.insert(ticket, std::move(done));
}

Call<void> *ChangeStore::flush(QObject *parent)
{
    auto *call = new LaterCall<void>(parent);
    const quint64 ticket = add([](ChangeFile &) {}, true);
    m_waiting.insert(ticket, [call = QPointer(call)](const Result<void> &done) {
        if (call)
            call->end(done);
    });
    return call;
}

void ChangeStore::waitForWriter()
{
    m_writer.waitForDone();
    QCoreApplication::sendPostedEvents(this, QEvent::MetaCall);
}

void ChangeStore::wake()
{
    {
        const std::lock_guard guard(m_mutex);
        if (m_draining || m_queue.empty())
            return;
        m_draining = true;
    }
    m_writer.start([this] { drain(); });
}

/// What goes into one transaction: all that waits, or the one that wants to be alone.
std::deque<ChangeStore::Item> ChangeStore::takeBatch()
{
    const std::lock_guard guard(m_mutex);
    std::deque<Item> batch;
    while (!m_queue.empty() && (batch.empty() || !m_queue.front().isAlone)) {
        batch.push_back(std::move(m_queue.front()));
        m_queue.pop_front();
        if (batch.back().isAlone)
            break;
    }
    m_draining = !batch.empty();
    return batch;
}

/// On the writer's thread, until nothing waits.
void ChangeStore::drain()
{
    for (;;) {
        std::deque<Item> batch = takeBatch();
        if (batch.empty())
            return;
        std::optional<Error> error;
        std::vector<quint64> givenUp;
        const quint64 last = batch.back().ticket;
        const bool isAlone = batch.back().isAlone;
        try {
            m_file->transaction([&] {
                for (const Item &item : batch)
                    item.work(*m_file);
            });
        } catch (const std::exception &thrown) {
            error = storageError(thrown);
        }
        if (isAlone) {
            const Result<void> done = error ? Result<void>(tl::unexpected(*error)) : Result<void>();
            QMetaObject::invokeMethod(
                this, [this, last, done] { onDone(last, done); }, Qt::QueuedConnection);
            continue;
        }
        if (error) {
            const std::lock_guard guard(m_mutex);
            for (auto item = batch.rbegin(); item != batch.rend(); ++item) {
                if (item->mayFail)
                    givenUp.push_back(item->ticket);
                else
                    m_queue.push_front(std::move(*item));
            }
            m_draining = false;
        }
        // The store waits for its writer before it goes, so it is still there.
        QMetaObject::invokeMethod(
            this, [this, last, error, givenUp] { onDrained(last, error, givenUp); },
            Qt::QueuedConnection);
        if (error)
            return;
    }
}

void ChangeStore::onDrained(quint64 upTo, const std::optional<Error> &error,
                            const std::vector<quint64> &givenUp)
{
    if (error) {
        for (const quint64 ticket : givenUp) {
            if (const auto done = m_waiting.take(ticket))
                done(tl::unexpected(*error));
        }
        m_retry.start();
        if (!std::exchange(m_failing, true)) {
            qCWarning(lcChanges) << error->what;
            emit failed(*error);
        }
        return;
    }
    m_failing = false;
    m_written = upTo;
    const QList<quint64> tickets = m_waiting.keys();
    for (const quint64 ticket : tickets) {
        if (ticket <= upTo)
            m_waiting.take(ticket)({});
    }
    emit written(upTo);
}

/// Of one that was alone.
void ChangeStore::onDone(quint64 ticket, const Result<void> &done)
{
    m_written = ticket;
    if (const auto report = m_waiting.take(ticket))
        report(done);
    emit written(ticket);
}

Result<std::vector<std::pair<RowKey, RowIndex::Slot>>> ChangeStore::slotsFrom(qint64 first,
                                                                              int most)
{
    return readResult([&] { return m_reader->slotsFrom(first, most); });
}

Result<std::vector<NumberedRow>> ChangeStore::rowsFrom(qint64 first, int most)
{
    return readResult([&] { return m_reader->rowsFrom(first, most); });
}

Result<std::vector<NumberedRow>> ChangeStore::imagesFrom(int step, qint64 first, int most)
{
    return readResult([&] { return m_reader->imagesFrom(step, first, most); });
}

} // namespace hubkeeper
