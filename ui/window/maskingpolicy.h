// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

class QAction;

namespace hubkeeper {

class CurrentSession;
class Settings;

/// The switch that masks personal data under the policy file of the computer, which may want it on:
/// then it is on and locked, and says why. Where the file cannot be read, on is the safe side. A
/// practice connection is exempt. Follows the file when the window becomes active, with another
/// connection, and with what a session finds.
class MaskingPolicy final : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it; `window` is the parent. Sets the switch at once.
    MaskingPolicy(QAction &mask, Settings &settings, CurrentSession &keeper, QObject *window);

    void follow();
    /// Keeps what the user has chosen, and not what was forced.
    void keep(bool isOn);

    [[nodiscard]] bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QAction &m_mask;
    Settings &m_settings;
    CurrentSession &m_keeper;
    bool m_isForced = false;
};

} // namespace hubkeeper
