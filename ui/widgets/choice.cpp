// SPDX-License-Identifier: MIT
#include "widgets/choice.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

struct Named
{
    Choice choice;
    QLatin1StringView name;
};

constexpr Named names[] = {
    {Choice::AddConnection, "add-connection"_L1},
    {Choice::AddServer, "add-server"_L1},
    {Choice::Again, "again"_L1},
    {Choice::Certificate, "certificate"_L1},
    {Choice::Changes, "changes"_L1},
    {Choice::ChooseSides, "choose"_L1},
    {Choice::Configuration, "configuration"_L1},
    {Choice::Confirm, "confirmed"_L1},
    {Choice::Connect, "connect"_L1},
    {Choice::ConvertText, "convert"_L1},
    {Choice::Discard, "discard"_L1},
    {Choice::DryRun, "dry"_L1},
    {Choice::EnterLogin, "enter-login"_L1},
    {Choice::Forget, "forget"_L1},
    {Choice::ForgetFile, "forget-file"_L1},
    {Choice::KeepMine, "mine"_L1},
    {Choice::Merge, "merge"_L1},
    {Choice::New, "new"_L1},
    {Choice::Open, "open"_L1},
    {Choice::OtherPort, "port"_L1},
    {Choice::Paste, "paste"_L1},
    {Choice::Practice, "practice"_L1},
    {Choice::PracticeServer, "practice-server"_L1},
    {Choice::PutSubstitution, "put-substitution"_L1},
    {Choice::ReadOn, "readOn"_L1},
    {Choice::Replace, "replace"_L1},
    {Choice::Reopen, "reopen"_L1},
    {Choice::Restore, "restore"_L1},
    {Choice::Retry, "retry"_L1},
    {Choice::Secrets, "secrets"_L1},
    {Choice::SessionOnly, "session-only"_L1},
    {Choice::ServerSettings, "server-settings"_L1},
    {Choice::Settings, "connection"_L1},
    {Choice::ShowFault, "fault"_L1},
    {Choice::ShowJournal, "journal"_L1},
    {Choice::TakeOut, "take-out"_L1},
    {Choice::TakeOutOfOpenFile, "take-out-open"_L1},
    {Choice::TakeTheirs, "theirs"_L1},
    {Choice::WriteFile, "write"_L1},
    {Choice::WriteMode, "write-mode"_L1},
};

} // namespace

QString nameOf(Choice choice)
{
    const auto found = std::find_if(std::begin(names), std::end(names),
                                    [=](const Named &named) { return named.choice == choice; });
    return found == std::end(names) ? QString() : QString(found->name);
}

} // namespace hubkeeper
