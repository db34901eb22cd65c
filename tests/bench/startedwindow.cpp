// SPDX-License-Identifier: MIT
#include "bench/startedwindow.h"

#include <QElapsedTimer>
#include <QFile>
#include <QProcessEnvironment>
#include <QStandardPaths>
#include <QThread>

#include <xcb/xcb.h>

#include <algorithm>
#include <cstdlib>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace hubkeeper::bench {

namespace {

constexpr qint64 patience = 20'000; // Milliseconds.
constexpr int leastWidth = 400;
constexpr int leastHeight = 300;
constexpr unsigned long restMicroseconds = 500'000;

/// A reply of the X server, freed as it goes.
template <typename Reply>
using Owned = std::unique_ptr<Reply, decltype(&std::free)>;

template <typename Reply>
Owned<Reply> owned(Reply *reply)
{
    return {reply, &std::free};
}

QByteArray pseudoFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// User and system time, the 14th and 15th field of /proc/PID/stat (proc(5)); the name in the
/// second may hold blanks.
double processorMilliseconds(qint64 pid)
{
    const QByteArray stat = pseudoFile(u"/proc/%1/stat"_s.arg(pid));
    const QList<QByteArray> fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
    const double ticks = fields.value(11).toDouble() + fields.value(12).toDouble();
    return ticks * 1000 / double(sysconf(_SC_CLK_TCK));
}

double residentMiB(qint64 pid)
{
    const QByteArray status = pseudoFile(u"/proc/%1/status"_s.arg(pid));
    const qsizetype at = status.indexOf("VmRSS:");
    return at < 0 ? 0 : status.mid(at + 6, 16).trimmed().split(' ').first().toDouble() / 1024;
}

bool isPainted(xcb_connection_t *connection, xcb_window_t window,
               const xcb_get_geometry_reply_t &size)
{
    const auto image =
        owned(xcb_get_image_reply(connection,
                                  xcb_get_image(connection, XCB_IMAGE_FORMAT_Z_PIXMAP, window, 0, 0,
                                                size.width, size.height, ~0U),
                                  nullptr));
    if (!image)
        return false;
    const auto *pixels = reinterpret_cast<const quint32 *>(xcb_get_image_data(image.get()));
    const qsizetype count = xcb_get_image_data_length(image.get()) / 4;
    return std::any_of(pixels, pixels + count, [&](quint32 pixel) { return pixel != pixels[0]; });
}

} // namespace

WindowWatcher::WindowWatcher(QString home)
    : m_home(std::move(home))
{
    const QString xvfb = QStandardPaths::findExecutable(u"Xvfb"_s);
    if (xvfb.isEmpty()) {
        m_failure = u"Xvfb is not installed: there is no screen to start a window on."_s;
        return;
    }
    m_server.start(xvfb,
                   {u"-displayfd"_s, u"1"_s, u"-screen"_s, u"0"_s, u"1600x1000x24"_s,
                    u"-nolisten"_s, u"tcp"_s});
    while (!m_server.canReadLine() && m_server.waitForReadyRead(10'000)) { }
    m_display = u':' + QString::fromLatin1(m_server.readLine()).trimmed();
    m_connection = xcb_connect(m_display.toLatin1().constData(), nullptr);
    if (xcb_connection_has_error(m_connection))
        m_failure = u"Xvfb does not answer."_s;
}

WindowWatcher::~WindowWatcher()
{
    if (m_connection)
        xcb_disconnect(m_connection);
    m_server.terminate();
    m_server.waitForFinished();
}

bool WindowWatcher::hasPaintedWindow() const
{
    const xcb_window_t root = xcb_setup_roots_iterator(xcb_get_setup(m_connection)).data->root;
    const auto tree =
        owned(xcb_query_tree_reply(m_connection, xcb_query_tree(m_connection, root), nullptr));
    const xcb_window_t *windows = tree ? xcb_query_tree_children(tree.get()) : nullptr;
    const int count = tree ? xcb_query_tree_children_length(tree.get()) : 0;
    return std::any_of(windows, windows + count, [this](xcb_window_t window) {
        const auto attributes = owned(xcb_get_window_attributes_reply(
            m_connection, xcb_get_window_attributes(m_connection, window), nullptr));
        const auto size = owned(
            xcb_get_geometry_reply(m_connection, xcb_get_geometry(m_connection, window), nullptr));
        return attributes && size && attributes->map_state == XCB_MAP_STATE_VIEWABLE
            && size->width >= leastWidth && size->height >= leastHeight
            && isPainted(m_connection, window, *size);
    });
}

std::optional<WindowStart> WindowWatcher::start(const QString &program,
                                                const QStringList &arguments) const
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"DISPLAY"_s, m_display);
    environment.insert(u"QT_QPA_PLATFORM"_s, u"xcb"_s);
    environment.insert(u"HOME"_s, m_home);
    for (const QString &name :
         {u"XDG_CONFIG_HOME"_s, u"XDG_DATA_HOME"_s, u"XDG_STATE_HOME"_s, u"XDG_CACHE_HOME"_s})
        environment.remove(name);
    QProcess process;
    process.setProcessEnvironment(environment);
    process.setStandardErrorFile(QProcess::nullDevice());
    process.setStandardOutputFile(QProcess::nullDevice());
    QElapsedTimer timer;
    timer.start();
    process.start(program, arguments);
    std::optional<WindowStart> seen;
    while (!seen && timer.elapsed() < patience) {
        if (hasPaintedWindow()) {
            seen = WindowStart {double(timer.nsecsElapsed()) / 1e6,
                                processorMilliseconds(process.processId()), 0};
        } else {
            QThread::usleep(1000);
        }
    }
    if (seen) {
        QThread::usleep(restMicroseconds);
        seen->residentMiB = residentMiB(process.processId());
    }
    process.terminate();
    if (!process.waitForFinished(5000)) {
        process.kill();
        process.waitForFinished();
    }
    return seen;
}

} // namespace hubkeeper::bench
