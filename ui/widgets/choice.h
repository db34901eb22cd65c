// SPDX-License-Identifier: MIT
#pragma once

#include <QMetaType>
#include <QString>

namespace hubkeeper {

/// What the user chooses with a button of a message, of the start page or of a page. Who made the
/// button acts on it; those below the line are the window's, and pages pass them on
/// (Page::wants).
enum class Choice {
    None,
    AddServer,
    Again, ///< The step that failed, of an assistant.
    ChooseSides,
    Confirm,
    ConvertText,
    Discard,
    DryRun,
    EnterLogin,
    Forget,
    KeepMine,
    Merge,
    OtherPort,
    Paste,
    PracticeServer,
    PutSubstitution,
    ReadOn,
    Replace,
    Restore,
    ServerSettings,
    ShowFault,
    ShowJournal,
    TakeOut,
    TakeOutOfOpenFile,
    TakeTheirs,
    WriteFile,
    // The window's:
    AddConnection,
    Changes,
    Certificate,
    Configuration,
    Connect,
    ForgetFile,
    New,
    Open,
    Practice,
    Reopen,
    Retry,
    Secrets,
    SessionOnly,
    Settings,
    WriteMode,
};

/// The object name of its button: "retry". Never changes.
[[nodiscard]] QString nameOf(Choice choice);

} // namespace hubkeeper

Q_DECLARE_METATYPE(hubkeeper::Choice)
