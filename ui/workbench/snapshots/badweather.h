// SPDX-License-Identifier: MIT
#pragma once

#include <QToolButton>

namespace hubkeeper {

/// A button with a menu: what goes wrong while changes are rehearsed. Nothing, unless it is ticked;
/// the ticks stay until the program ends.
class BadWeather final : public QToolButton
{
    Q_OBJECT

public:
    explicit BadWeather(QWidget *parent);

    /// For RehearsalSetting::faults.
    [[nodiscard]] QStringList faults() const;
    /// What of these, faults() that did not happen, people see in the menu.
    [[nodiscard]] QStringList namesOf(const QStringList &unfired) const;

private:
    void showChoice();
};

} // namespace hubkeeper
