// SPDX-License-Identifier: MIT
#include "changes/set/piecework.h"

#include <QElapsedTimer>

#include <utility>

namespace hubkeeper {

namespace {

constexpr int sliceMs = 6; // Less than half a frame.

} // namespace

Piecework::Piecework(QObject *parent)
    : QObject(parent)
    , m_timer(this)
{
    m_timer.setInterval(0);
    connect(&m_timer, &QTimer::timeout, this, &Piecework::work);
}

void Piecework::start(Piece piece, std::function<bool()> mayGoOn, std::function<void()> finished)
{
    m_piece = std::move(piece);
    m_mayGoOn = std::move(mayGoOn);
    m_finished = std::move(finished);
    m_timer.start();
    emit busyChanged(true);
}

void Piecework::resume()
{
    if (m_piece && m_mayGoOn())
        m_timer.start();
}

void Piecework::work()
{
    QElapsedTimer elapsed;
    elapsed.start();
    while (elapsed.elapsed() < sliceMs) {
        if (!m_mayGoOn()) {
            m_timer.stop();
            break;
        }
        if (!m_piece())
            return finish();
    }
    emit paused();
}

void Piecework::finishNow(const std::function<void()> &wait)
{
    while (isBusy()) {
        if (!m_mayGoOn())
            wait();
        if (!m_mayGoOn())
            return; // The disk refuses; what waits for it cannot be done.
        if (!m_piece())
            finish();
    }
}

void Piecework::finish()
{
    m_timer.stop();
    m_piece = {};
    const auto finished = std::exchange(m_finished, {});
    finished();
    emit busyChanged(false);
    while (!isBusy() && !m_later.empty()) {
        const auto next = std::move(m_later.front());
        m_later.pop_front();
        next();
    }
}

} // namespace hubkeeper
