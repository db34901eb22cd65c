// SPDX-License-Identifier: MIT
#pragma once

#include "base/paths.h"

#include <QByteArray>
#include <QSettings>
#include <QStringList>

#include <functional>

namespace hubkeeper {

/// The name of something the windows remember, with its type.
template <typename T>
struct Setting
{
    QLatin1StringView name;
};

/// All there are; this list is their documentation.
namespace setting {
inline constexpr Setting<QByteArray> windowGeometry {QLatin1StringView("window/geometry")};
inline constexpr Setting<QByteArray> windowLayout {QLatin1StringView("window/layout")};
/// Object names of the docks the user wants to see.
inline constexpr Setting<QStringList> shownDocks {QLatin1StringView("window/docks")};
/// Object name of the dock in front of the others below.
inline constexpr Setting<QString> frontDock {QLatin1StringView("window/frontDock")};
inline constexpr Setting<int> dockHeight {QLatin1StringView("window/dockHeight")}; ///< Pixels.
inline constexpr Setting<QString> lastPage {QLatin1StringView("window/page")}; ///< Its id.
inline constexpr Setting<QString> colours {QLatin1StringView("window/colors")};
inline constexpr Setting<bool> masksPersonalData {QLatin1StringView("window/maskPersonalData")};
inline constexpr Setting<QStringList> recentFiles {QLatin1StringView("recentFiles")};
inline constexpr Setting<bool> diffSideBySide {QLatin1StringView("diff/sideBySide")};
/// What was chosen in earlier imports, as JSON, the newest first.
inline constexpr Setting<QStringList> imports {QLatin1StringView("imports")};
/// What values are repaired and checked with, of a connection: ISO 3166, a language, "dmy" or
/// "mdy".
inline constexpr Setting<QString> repairCountry {QLatin1StringView("repair/country")};
inline constexpr Setting<QString> repairLanguage {QLatin1StringView("repair/language")};
inline constexpr Setting<QString> repairDates {QLatin1StringView("repair/dates")};
} // namespace setting

/// What the windows remember: `window.json` below Paths::state, mode 0600, shared by all windows of
/// this user. Each setting is written by itself, so that windows keep each other's; the last one
/// to set the same one wins. A setting that cannot be read has its default, one that cannot be
/// written is forgotten with the window: nothing but convenience depends on them.
class Settings
{
public:
    explicit Settings(const Paths &paths);

    /// `of` is the part a setting is kept for each of, where there is one.
    template <typename T>
    [[nodiscard]] T value(Setting<T> setting, const QString &of = {}, const T &byDefault = {}) const
    {
        // Not by the value: an empty list is kept as an invalid one.
        const QString key = keyOf(setting.name, of);
        return m_file.contains(key) ? m_file.value(key).value<T>() : byDefault;
    }

    /// On disk when it returns.
    template <typename T>
    void setValue(Setting<T> setting, const T &value, const QString &of = {})
    {
        m_file.setValue(keyOf(setting.name, of), QVariant::fromValue(value));
        save();
    }

    /// Makes a list from what it is at this moment, so that several windows can add to it.
    void change(Setting<QStringList> setting,
                const std::function<QStringList(const QStringList &now)> &change);

    /// Takes over what other windows have set.
    void refresh() { m_file.sync(); }

private:
    void save();
    [[nodiscard]] static QString keyOf(QLatin1StringView name, const QString &of);

    const QString m_path;
    QSettings m_file;
};

} // namespace hubkeeper
