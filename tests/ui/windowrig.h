// SPDX-License-Identifier: MIT
#pragma once

#include "practice/practiceconnection.h"
#include "practice/rehearsalportal.h"
#include "practice/server/practicethread.h"
#include "secrets/secretstore.h"
#include "session/connections/secretvault.h"
#include "session/open/session.h"
#include "session/reading/readfullrecord.h"
#include "testkit/outcomeof.h"
#include "testkit/warnings.h"
#include "window/mainwindow.h"
#include "window/parts.h"

#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>

namespace hubkeeper::test {

/// A small practice portal without limits and delays.
[[nodiscard]] inline practice::PracticeOptions smallWindowPortal()
{
    practice::PracticeOptions options;
    options.contacts = 60;
    options.companies = 30;
    options.indexDelay = std::chrono::milliseconds(0);
    options.limits = {0, 0, 0, 0, 0};
    return options;
}

/// The whole window on a practice portal in a thread of its own, with its files in a temporary
/// folder and its secrets in memory: what the program builds, without the program.
class WindowRig
{
public:
    explicit WindowRig(const practice::PracticeOptions &options = smallWindowPortal())
        : portal(options)
    {
        if (const auto started = portal.start(); !started)
            qFatal("%s", qUtf8Printable(started.error().sentence()));
        if (auto loaded = ConnectionRegistry::load(paths))
            registry = std::move(*loaded);
        makeWindow();
    }

    /// What runs on in the pool may hold files of the folder.
    ~WindowRig()
    {
        window.reset();
        QThreadPool::globalInstance()->waitForDone();
    }
    Q_DISABLE_COPY_MOVE(WindowRig)

    /// As a restart of the program: another window on the same files.
    void makeWindow()
    {
        window.reset();
        window = std::make_unique<MainWindow>(
            WindowServices {registry,
                            {clock, vault, paths, budgets},
                            &vault,
                            [this](QObject *parent) -> Call<Connection> * {
                                return new ReadyCall<Connection>(practiceConnection(), parent);
                            },
                            startPracticeServer,
                            &startRehearsalPortal});
        addParts(*window);
        window->resize(1280, 860);
        window->show();
        window->activateWindow();
        (void)QTest::qWaitForWindowActive(window.get());
    }

    /// Opens the practice portal and waits for the session.
    [[nodiscard]] bool openPractice()
    {
        window->openPractice();
        return QTest::qWaitFor([this] { return window->keeper().session() != nullptr; }, 10'000);
    }

    [[nodiscard]] Session &session() { return *window->keeper().session(); }

    /// What the portal has of a contact now.
    [[nodiscard]] QString portalText(const QString &contact, const QString &property)
    {
        const auto record =
            outcomeOf(new ReadFullRecord(session(), ObjectType::Contacts, contact, window.get()));
        return record && *record ? (*record)->text(property) : QStringLiteral("(not read)");
    }

    template <typename T>
    [[nodiscard]] T *page(PageId id)
    {
        return qobject_cast<T *>(window->page(id));
    }

    [[nodiscard]] Result<Connection> practiceConnection()
    {
        const PracticeAddress address {portal.url(), portal.clientId(), portal.clientSecret(),
                                       portal.refreshToken(), QStringLiteral("Practice portal")};
        return writePracticeConnection(
            folder.filePath(QStringLiteral("provisioner.openicf-hubspot.json")), address, registry);
    }

    QTemporaryDir folder;
    Paths paths = Paths::below(folder.path());
    SystemClock clock;
    practice::PracticeThread portal;
    MemorySecretStore keychain;
    SecretVault vault {keychain};
    BudgetRegistry budgets;
    ConnectionRegistry registry;
    StartPracticeServer startPracticeServer; ///< Of windows made from now on.
    std::unique_ptr<MainWindow> window;
};

} // namespace hubkeeper::test
