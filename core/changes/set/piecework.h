// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QTimer>

#include <deque>
#include <functional>

namespace hubkeeper {

/// Long work in this thread, a few milliseconds at a time, with the event loop between; and what
/// has to wait until it is over.
class Piecework final : public QObject
{
    Q_OBJECT

public:
    /// `piece` does a little and returns whether there is more.
    using Piece = std::function<bool()>;

    explicit Piecework(QObject *parent);

    [[nodiscard]] bool isBusy() const { return static_cast<bool>(m_piece); }
    /// Not while busy. `mayGoOn` false lets it pause; resume() looks again. `finished` is called
    /// when nothing is busy any more.
    void start(Piece piece, std::function<bool()> mayGoOn, std::function<void()> finished);
    /// Runs when the work is over, in the order of the calls.
    void later(std::function<void()> work) { m_later.push_back(std::move(work)); }
    void resume();
    /// All of it at once, and what waits for it; `wait` is called when it may not go on.
    void finishNow(const std::function<void()> &wait);

signals:
    void busyChanged(bool isBusy);
    /// A slice of work was done, and there is more.
    void paused();

private:
    void work();
    void finish();

    QTimer m_timer;
    Piece m_piece;
    std::function<bool()> m_mayGoOn;
    std::function<void()> m_finished;
    std::deque<std::function<void()>> m_later;
};

} // namespace hubkeeper
