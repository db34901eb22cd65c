// SPDX-License-Identifier: MIT
#pragma once

#include "idm/configuration/configobjects.h"
#include "idm/currentserver.h"
#include "idm/idmpage.h"
#include "practice/idm/server/idmbesideportal.h"
#include "practice/practiceidmserver.h"
#include "testkit/outcomeof.h"
#include "ui/windowrig.h"
#include "widgets/messagebar.h"

#include <QLabel>
#include <QPushButton>

namespace hubkeeper::test {

/// The window with a practice IDM beside the practice portal. Nothing of it is opened.
class IdmRig final : public WindowRig
{
public:
    /// `users` below 0: a fresh server.
    explicit IdmRig(const practice::IdmOptions &options = quickIdm(), int users = 20)
        : idm(portal, options)
    {
        if (const auto started = idm.start(users); !started)
            qFatal("%s", qUtf8Printable(started.error().sentence()));
        startPracticeServer = [this](QObject *parent) -> Call<PracticeServer> * {
            return new ReadyCall<PracticeServer>(practiceServer(), parent);
        };
        makeWindow();
        // The practice IDM is as quick.
        server().setActivationWait({std::chrono::seconds(10), std::chrono::milliseconds(40),
                                    std::chrono::milliseconds(300)});
    }

    ~IdmRig() { window.reset(); }
    Q_DISABLE_COPY_MOVE(IdmRig)

    [[nodiscard]] static practice::IdmOptions quickIdm()
    {
        practice::IdmOptions options;
        options.registrationDelay = std::chrono::milliseconds(50);
        return options;
    }

    [[nodiscard]] Result<PracticeServer> practiceServer()
    {
        return keepPracticeServer(idm.url(), QStringLiteral("openidm-admin"),
                                  QStringLiteral("Practice IDM"), paths)
            .map([](const Server &server) {
                return PracticeServer {
                    server, std::make_shared<const Secret>(std::string_view("openidm-admin"))};
            });
    }

    /// Adds a server at the practice IDM's address, with its password in the keychain.
    [[nodiscard]] Server addServer(ConnectionKind kind, WriteMode mode,
                                   std::string_view password = "openidm-admin")
    {
        auto servers = ServerRegistry::load(paths);
        Server server;
        server.label = QStringLiteral("Test & more");
        server.address = *serverAddressFrom(idm.url().toString());
        server.login.userName = QStringLiteral("openidm-admin");
        server.kind = kind;
        server.mode = mode;
        server = *servers->add(server);
        QObject context;
        const auto stored =
            outcomeOf(keychain.write(secretIdOf(server), Secret(password), &context));
        if (!stored || !*stored)
            qFatal("The keychain does not keep the password.");
        if (const auto read = page()->current().readList(); !read)
            qFatal("%s", qUtf8Printable(read.error().sentence()));
        return server;
    }

    /// Opens the page on the practice portal's file, and this server.
    [[nodiscard]] bool openServer(const QString &id)
    {
        if (!openPracticeFile())
            return false;
        window->showPlace({PageId::Idm, {}});
        page()->current().open(id);
        return QTest::qWaitFor([this] { return page()->current().session() != nullptr; }, 10'000);
    }

    /// The practice portal's connection alone, without the practice IDM.
    [[nodiscard]] bool openPracticeFile()
    {
        const auto connection = practiceConnection();
        if (!connection)
            return false;
        window->keeper().open(*connection);
        return QTest::qWaitFor([this] { return window->keeper().session() != nullptr; }, 10'000);
    }

    [[nodiscard]] IdmPage *page() { return WindowRig::page<IdmPage>(PageId::Idm); }
    [[nodiscard]] CurrentServer &server() { return page()->current(); }

    template <typename T>
    [[nodiscard]] T *find(const QString &name)
    {
        return page()->findChild<T *>(name);
    }

    /// The configuration as the server has it now.
    [[nodiscard]] QJsonObject deployed(const QString &id)
    {
        QObject context;
        const auto object = outcomeOf(readConfig(server().session()->client(), id, &context));
        return object && *object ? (*object)->value : QJsonObject();
    }

    /// Any object of the server; empty if it is not there.
    [[nodiscard]] QJsonObject object(const QString &path)
    {
        QObject context;
        const auto reply = outcomeOf(server().session()->client().get(path, &context));
        return reply && *reply ? (*reply)->body.toObject() : QJsonObject();
    }

    /// What a second administrator does.
    [[nodiscard]] bool writeElsewhere(const QString &id, const QJsonObject &value)
    {
        QObject context;
        IdmRequest request;
        request.verb = Verb::Put;
        request.path = QStringLiteral("config/") + id;
        request.body = value;
        request.ifMatch = "*";
        request.writes = true;
        const auto reply = outcomeOf(server().session()->client().send(request, &context));
        return reply && reply->has_value();
    }

    practice::IdmBesidePortal idm;
};

/// All that a message says.
[[nodiscard]] inline QString wholeText(const MessageBar *bar)
{
    QStringList texts;
    const QList<QLabel *> labels = bar->findChildren<QLabel *>();
    for (const QLabel *label : labels)
        texts.append(label->text());
    return texts.join(QLatin1Char('\n'));
}

/// A click on what is seen and can be clicked.
inline void click(QWidget *widget)
{
    QVERIFY(widget);
    QTRY_VERIFY(widget->isVisible() && widget->isEnabled());
    QTest::mouseClick(widget, Qt::LeftButton);
}

} // namespace hubkeeper::test
