// SPDX-License-Identifier: MIT
#pragma once

#include "practice/idm/server/practiceidm.h"

#include <optional>
#include <string>

namespace CLI {
class App;
}

namespace hubkeeper::cli {

class Output;

/// What `practice` takes for the practice IDM; it is served where a port is given.
struct PracticeIdmArguments
{
    std::optional<int> port;
    std::string profile = "community";
    bool isEmpty = false;
    std::string token;
    int users = 300;
    int registrationMs = 1500;
};

void addIdmOptions(CLI::App &verb, PracticeIdmArguments &arguments);

/// A practice IDM beside the portal, filled and listening. `control`, `latency` and TLS are the
/// portal's.
[[nodiscard]] Result<std::unique_ptr<practice::PracticeIdm>>
serveIdm(const PracticeIdmArguments &arguments, practice::IdmOptions options,
         practice::PracticePortal &portal, const Clock &clock);

/// Address and login, as members for --json.
[[nodiscard]] QJsonObject idmAnnouncement(const practice::PracticeIdm &idm);
/// The same as lines.
void announceIdm(const practice::PracticeIdm &idm, Output &output);

} // namespace hubkeeper::cli
