// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"
#include "changes/set/changefile.h"

#include <QThreadPool>
#include <QTimer>

#include <deque>
#include <mutex>

class QLockFile;

namespace hubkeeper {

/// The file behind a change set. A thread of its own writes, in the order of the calls and as many
/// of them in one transaction as are waiting; this thread reads blocks and waits for nothing.
///
/// Who opens a file holds a lock beside it, which a crash releases: another window or program that
/// opens it is refused.
class ChangeStore final : public QObject
{
    Q_OBJECT

public:
    using Work = std::function<void(ChangeFile &)>;

    /// An opened store and what it holds; or who has it open.
    struct Opened
    {
        std::shared_ptr<ChangeStore> store; ///< Null: taken, or it could not be read.
        ChangeFile::Overview overview;
        QString takenBy; ///< "process 4711 on desk"; empty: not taken.
        /// What was found could not be read and was set aside (InvalidInput, with its new name);
        /// `store` is a fresh one then.
        std::optional<Error> setAside;
    };
    /// On a thread of the pool: makes the folder (0700) and the file (0600) if they are missing.
    /// Fails with Storage, with Refused if the file belongs to another portal, with InvalidInput
    /// if it is of a newer version.
    [[nodiscard]] static Call<Opened> *open(const QString &path, const ChangeBinding &binding,
                                            QObject *parent);
    /// The same here and now, for a program without a window.
    [[nodiscard]] static Result<Opened> openNow(const QString &path, const ChangeBinding &binding);

    /// Waits until everything is on the disk.
    ~ChangeStore() override;

    /// Queues a write and gives its ticket; written() says when it is on the disk. A write that
    /// fails is tried again until it works.
    quint64 post(Work work);
    /// As ChangeFile::claim(), after every write so far. Fails with Storage: then nothing is
    /// claimed.
    [[nodiscard]] Call<std::vector<qint64>> *claim(const QString &run,
                                                   std::vector<qint64> sequences, QObject *parent);
    /// Does `work` in a transaction of its own, after every write so far: all of it is on the disk
    /// when `done` is called, in this thread, or nothing (Storage); it is not tried again.
    void attempt(Work work, std::function<void(const Result<void> &)> done);
    /// Over when everything so far is on the disk. Fails with Storage.
    [[nodiscard]] Call<void> *flush(QObject *parent);
    /// Waits here until the writer has nothing to do, and emits written() or failed().
    void waitForWriter();
    /// Whether something is not on the disk yet.
    [[nodiscard]] bool isBehind() const { return m_written < m_posted; }
    /// Writes that are not.
    [[nodiscard]] quint64 backlog() const { return m_posted - m_written; }
    [[nodiscard]] bool isFailing() const { return m_failing; }

    [[nodiscard]] Result<std::vector<NumberedRow>> rowsFrom(qint64 first, int most);
    [[nodiscard]] Result<std::vector<std::pair<RowKey, RowIndex::Slot>>> slotsFrom(qint64 first,
                                                                                   int most);
    [[nodiscard]] Result<std::vector<NumberedRow>> imagesFrom(int step, qint64 first, int most);

    [[nodiscard]] const QString &path() const { return m_path; }
    /// The file is not needed after this object.
    void removeAtEnd() { m_removeAtEnd = true; }

signals:
    /// Everything up to that ticket is on the disk.
    void written(quint64 ticket);
    /// Storage. It is tried again every few seconds and with the next write.
    void failed(const hubkeeper::Error &error);

private:
    struct Item
    {
        quint64 ticket = 0;
        Work work;
        bool mayFail = false; // Somebody waits for its outcome; it is not tried again.
        bool isAlone = false; // In a transaction of its own, whose failure is its own, too.
    };

    ChangeStore(QString path, std::unique_ptr<QLockFile> lock, std::unique_ptr<ChangeFile> file,
                std::unique_ptr<ChangeFile> reader);
    [[nodiscard]] static Result<Opened> openFile(const QString &path, const ChangeBinding &binding,
                                                 std::unique_ptr<QLockFile> lock);
    quint64 add(Work work, bool mayFail, bool isAlone = false);
    [[nodiscard]] std::deque<Item> takeBatch();
    void wake();
    void drain();
    void onDrained(quint64 upTo, const std::optional<Error> &error,
                   const std::vector<quint64> &givenUp);
    void onDone(quint64 ticket, const Result<void> &done);

    const QString m_path;
    std::unique_ptr<QLockFile> m_lock;
    std::unique_ptr<ChangeFile> m_file; // The writer's.
    std::unique_ptr<ChangeFile> m_reader;
    std::mutex m_mutex;
    std::deque<Item> m_queue; // Guarded by m_mutex.
    bool m_draining = false; // Guarded by m_mutex.
    QHash<quint64, std::function<void(const Result<void> &)>> m_waiting;
    QTimer m_retry;
    quint64 m_posted = 0;
    quint64 m_written = 0;
    bool m_failing = false;
    bool m_removeAtEnd = false;
    QThreadPool m_writer; // Goes first, and ends what it has begun.
};

} // namespace hubkeeper
