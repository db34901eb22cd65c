// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QObject>

#include <concepts>
#include <optional>

namespace hubkeeper {

/// The part of Call<T> that moc has to see.
class CallBase : public QObject
{
    Q_OBJECT

public:
    explicit CallBase(QObject *parent);
    ~CallBase() override;

    [[nodiscard]] virtual bool isFinished() const = 0;

    /// Stops the work. The outcome becomes ErrorKind::Cancelled unless one is already there.
    void cancel();

signals:
    /// `total` is -1 while unknown. Units are the call's own: records, bytes, steps.
    void progressed(qint64 done, qint64 total);
    /// The outcome is there. Emitted once, always from the event loop.
    void finished();

protected:
    /// Aborts whatever is under way. Children that are calls need no mention here:
    /// cancel() cancels them first.
    virtual void abortWork() { }
    virtual void completeCancelled() = 0;
    void announce();
};

/// One asynchronous piece of work with exactly one outcome.
///
/// - It starts by itself and lives on its parent: delete the parent and the work stops,
///   silently. Otherwise it deletes itself after finished().
/// - The outcome never arrives inside the function that started the call, so the caller may
///   connect at leisure.
/// - Callbacks are tied to a context object and are dropped with it.
/// - It belongs to one thread. Work for other threads returns through its event loop.
template <typename T>
class Call : public CallBase
{
public:
    using CallBase::CallBase;

    [[nodiscard]] bool isFinished() const final { return m_outcome.has_value(); }

    /// Only after finished().
    [[nodiscard]] const Result<T> &outcome() const { return *m_outcome; }

    /// Calls `then(outcome)` once, unless `context` or this call is destroyed first.
    template <std::invocable<const Result<T> &> Then>
    void onDone(QObject *context, Then then)
    {
        connect(this, &CallBase::finished, context,
                [this, then = std::move(then)]() mutable { then(*m_outcome); });
    }

protected:
    /// The first outcome wins; later ones are dropped.
    void complete(Result<T> outcome)
    {
        if (isFinished())
            return;
        m_outcome.emplace(std::move(outcome));
        announce();
    }

    void completeCancelled() final
    {
        complete(fail(ErrorKind::Cancelled, QStringLiteral("Stopped before it was finished.")));
    }

private:
    std::optional<Result<T>> m_outcome;
};

/// A call whose outcome is known at the start: what needs no waiting, in the shape of what does.
template <typename T>
class ReadyCall final : public Call<T>
{
public:
    ReadyCall(Result<T> outcome, QObject *parent)
        : Call<T>(parent)
    {
        this->complete(std::move(outcome));
    }
};

} // namespace hubkeeper
