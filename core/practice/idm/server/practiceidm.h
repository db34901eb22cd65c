// SPDX-License-Identifier: MIT
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "practice/idm/data/idmoptions.h"

#include <QObject>
#include <QUrl>

#include <memory>

namespace hubkeeper::practice {

class IdmState;
class PracticePortal;

/// A local IDM server: the REST of idm-rest.md over HTTP/1.1 on the loopback interface, in the ways
/// of a profile, with made-up users and a made-up login. What was recorded on an OpenIDM 6.3.0 is
/// the rule for the community profile.
///
/// Lives in one thread, whose event loop must run. Time comes from the clock (registration,
/// reconciliations), pauses on the wire are real.
class PracticeIdm final : public QObject
{
    Q_OBJECT

public:
    /// `clock` must outlive it.
    PracticeIdm(const IdmOptions &options, const Clock &clock, QObject *parent = nullptr);
    ~PracticeIdm() override;

    /// Puts the connector for HubSpot on the server's disk; its records are the portal's. The
    /// portal lives in the same thread and outlives the server.
    void attach(PracticePortal &portal);
    /// Fills a fresh server with a deployed connector, mappings, managed users and links
    /// (startstate.h). After attach().
    [[nodiscard]] Result<void> fill(PracticePortal &portal, int users = 300);

    /// Opens the port. Errors as LoopbackServer::listen().
    [[nodiscard]] Result<void> start();
    void stop();

    /// "http://127.0.0.1:port"; empty before start(). REST is below its path /openidm.
    [[nodiscard]] QUrl url() const;
    [[nodiscard]] const IdmOptions &options() const;
    /// Cloud: the bearer token that is taken.
    [[nodiscard]] QByteArray token() const;

    /// For the header X-Practice-Token; empty when IdmOptions::control is off.
    [[nodiscard]] QByteArray controlToken() const;

    /// All it knows: for what it is filled with at the start, and for tests.
    [[nodiscard]] IdmState &state();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace hubkeeper::practice
