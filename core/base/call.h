// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QObject>

#include <concepts>
#include <memory>

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
    /// Cancels this call when `owner` is destroyed: for an object that it uses and is not a child
    /// of.
    void cancelWith(QObject *owner);
};

/// One asynchronous piece of work with exactly one outcome.
///
/// - It starts by itself and lives on its parent: delete the parent and the work stops,
///   silently. Otherwise it deletes itself after finished().
/// - The outcome never arrives inside the function that started the call, so the caller may
///   connect at leisure.
/// - Callbacks are tied to a context object and are dropped with it. They may delete the call.
/// - A call made of others chains them with then() and always(): once it has its outcome, none of
///   its continuations runs any more.
/// - It belongs to one thread. Work for other threads returns through its event loop.
template <typename T>
class Call : public CallBase
{
public:
    using CallBase::CallBase;

    [[nodiscard]] bool isFinished() const final { return m_outcome != nullptr; }

    /// Only after finished().
    [[nodiscard]] const Result<T> &outcome() const { return *m_outcome; }

    /// Calls `next(outcome)` once, unless `context` or this call is destroyed first.
    template <std::invocable<const Result<T> &> Next>
    void onDone(QObject *context, Next next)
    {
        connect(this, &CallBase::finished, context, [this, next = std::move(next)]() mutable {
            const auto outcome = m_outcome; // `next` may delete this call.
            next(*outcome);
        });
    }

protected:
    /// The first outcome wins; later ones are dropped.
    void complete(Result<T> outcome)
    {
        if (isFinished())
            return;
        m_outcome = std::make_shared<const Result<T>>(std::move(outcome));
        announce();
    }

    /// Calls `next` with the value of `step`; an error of it becomes the outcome of this call.
    template <typename U, typename Next>
    void then(Call<U> *step, Next next)
    {
        always(step, [this, next = std::move(next)](const Result<U> &outcome) mutable {
            if (!outcome)
                complete(tl::unexpected(outcome.error()));
            else if constexpr (std::is_void_v<U>)
                next();
            else
                next(*outcome);
        });
    }

    /// Calls `next` with the outcome of `step`, good or bad.
    template <typename U, typename Next>
    void always(Call<U> *step, Next next)
    {
        step->onDone(this, [this, next = std::move(next)](const Result<U> &outcome) mutable {
            if (!isFinished())
                next(outcome);
        });
    }

    /// `next` for a timer or a signal: it does nothing once this call is over.
    template <std::invocable Next>
    [[nodiscard]] auto unlessOver(Next next)
    {
        return [this, next = std::move(next)]() mutable {
            if (!isFinished())
                next();
        };
    }

    void completeCancelled() final
    {
        complete(fail(ErrorKind::Cancelled, QStringLiteral("Stopped before it was finished.")));
    }

private:
    std::shared_ptr<const Result<T>> m_outcome;
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
