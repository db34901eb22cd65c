// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

namespace hubkeeper {

class EmptyState;

/// What the window shows while no connection is open: what the program does, and the ways in.
class StartPage final : public QWidget
{
    Q_OBJECT

public:
    StartPage(bool offersPractice, QWidget *parent);

signals:
    /// "open" or "practice".
    void wants(const QString &actionId);
};

} // namespace hubkeeper
