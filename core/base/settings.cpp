// SPDX-License-Identifier: MIT
#include "base/settings.h"

#include "base/log.h"
#include "base/savefile.h"
#include "base/settingsformat.h"
#include "base/sharedfile.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// QSettings would make it readable for others.
QString privateFile(const Paths &paths)
{
    const QString path = paths.state + u"/window.json"_s;
    const auto made =
        makePrivateFolder(paths.state).and_then([&path] { return makePrivateFile(path); });
    if (!made) // Nothing but convenience depends on it.
        qCWarning(lcSession).noquote() << made.error().sentence();
    return path;
}

} // namespace

Settings::Settings(const Paths &paths)
    : m_path(privateFile(paths))
    , m_file(m_path, settingsFormat())
{
}

QString Settings::keyOf(QLatin1StringView name, const QString &of)
{
    return of.isEmpty() ? QString(name) : name + u'/' + of;
}

void Settings::save()
{
    m_file.sync();
    if (m_file.status() == QSettings::AccessError)
        qCWarning(lcSession).noquote() << m_path << "could not be saved.";
}

void Settings::change(Setting<QStringList> setting,
                      const std::function<QStringList(const QStringList &now)> &change)
{
    // QSettings has a lock of its own for writing, which does not reach from reading to writing.
    const auto lock = FileLock::take(m_path + u".lists"_s);
    if (!lock)
        qCWarning(lcSession).noquote() << lock.error().sentence();
    m_file.sync();
    setValue(setting, change(value(setting)));
}

} // namespace hubkeeper
