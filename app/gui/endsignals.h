// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

namespace hubkeeper {

/// Ends the event loop when the system asks the program to end (SIGTERM, SIGHUP, SIGINT), so that
/// what it has to clean up is cleaned up: copies of personal data above all. Nothing is asked then;
/// edits that are not saved are in their drafts. A second signal ends it at once. Make one, after
/// the application; does nothing where there are no such signals.
class EndSignals final : public QObject
{
public:
    explicit EndSignals(QObject *parent = nullptr);
};

} // namespace hubkeeper
