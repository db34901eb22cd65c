// SPDX-License-Identifier: MIT
#pragma once

#include "base/savefile.h"
#include "connect/connectassistant.h"
#include "practice/practiceconnection.h"
#include "practice/server/practicethread.h"
#include "provisioner/document/document.h"
#include "session/connections/secretvault.h"
#include "session/signin/revocation.h"
#include "testkit/manualclock.h"
#include "testkit/outcomeof.h"
#include "testkit/secretoutcome.h"
#include "testkit/warnings.h"
#include "widgets/messagebar.h"

#include <QAccessible>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QPushButton>
#include <QRadioButton>
#include <QSpinBox>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>
#include <QTreeWidget>
#include <QUrlQuery>

namespace hubkeeper::test {

using namespace Qt::StringLiterals;

[[nodiscard]] inline quint16 freePort()
{
    QTcpServer probe;
    probe.listen(QHostAddress::LocalHost);
    return probe.serverPort();
}

/// A user's browser: follows the redirects of the authorize page as a real one does.
class Browser final : public QObject
{
public:
    bool isBroken = false; ///< Cannot be opened.
    bool staysAway = false; ///< Opens, but never answers.
    int opened = 0;

    bool open(const QUrl &url)
    {
        ++opened;
        if (isBroken)
            return false;
        if (!staysAway)
            m_network.get(QNetworkRequest(url));
        return true;
    }

    /// The address the authorize page sends the browser to.
    QByteArray whereTo(const QUrl &url)
    {
        QNetworkRequest request(url);
        request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                             QNetworkRequest::ManualRedirectPolicy);
        QNetworkReply *reply = m_network.get(request);
        (void)QTest::qWaitFor([&] { return reply->isFinished(); }, 5000);
        return reply->rawHeader("Location");
    }

private:
    QNetworkAccessManager m_network;
};

/// The assistant against the practice portal's authorize page, with a real HTTP client as the
/// browser, through real key and mouse events.
class ConnectAssistantTest : public QObject
{
protected:
    void init();
    void cleanup();
    void startPortal(practice::PracticeOptions options);
    void openAssistant(Clock &clock);
    void openAssistant() { openAssistant(m_clock); }
    void next();
    void goTo(ConnectAssistant::PageId page);
    void typeCredentials(const QByteArray &secret = {});
    [[nodiscard]] bool isAt(ConnectAssistant::PageId page, int patience = 5000) const;
    [[nodiscard]] MessageBar *message() const;
    [[nodiscard]] bool says(const QString &words) const;
    void press(const QString &messageButton);
    template <typename T>
    [[nodiscard]] T *find(const QString &name) const
    {
        return m_assistant->currentPage()->findChild<T *>(name);
    }
    [[nodiscard]] QByteArray stored(const QString &name);
    [[nodiscard]] QByteArray file() const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<practice::PracticeThread> m_portal;
    SystemClock m_clock;
    std::unique_ptr<MemorySecretStore> m_keychain;
    std::unique_ptr<SecretVault> m_vault;
    BudgetRegistry m_budgets;
    std::unique_ptr<Document> m_document;
    std::unique_ptr<Browser> m_browser;
    Connection m_connection;
    std::unique_ptr<ConnectAssistant> m_assistant;
};

inline void ConnectAssistantTest::init()
{
    failOnUnexpectedWarnings();
    m_folder = std::make_unique<QTemporaryDir>();
    m_keychain = std::make_unique<MemorySecretStore>();
    m_vault = std::make_unique<SecretVault>(*m_keychain);
    m_browser = std::make_unique<Browser>();
    startPortal({});
}

inline void ConnectAssistantTest::cleanup()
{
    m_assistant.reset();
    m_document.reset();
    m_portal.reset();
}

inline void ConnectAssistantTest::startPortal(practice::PracticeOptions options)
{
    options.contacts = 5;
    options.companies = 2;
    m_portal = std::make_unique<practice::PracticeThread>(options);
    QVERIFY(m_portal->start());
    m_folder = std::make_unique<QTemporaryDir>();
    auto registry = ConnectionRegistry::load(Paths::below(m_folder->path()));
    QVERIFY(registry);
    const auto written =
        writePracticeConnection(m_folder->filePath(u"provisioner.openicf-eu.json"_s),
                                {m_portal->url(), m_portal->clientId(), m_portal->clientSecret(),
                                 m_portal->refreshToken(), u"ACME EU"_s},
                                *registry);
    QVERIFY(written);
    m_connection = *written;
    m_document = std::move(*Document::open(m_connection.provisionerPath));
    for (const QString &name : {u"clientSecret"_s, u"refreshToken"_s})
        QVERIFY(m_document->setRaw(u"/configurationProperties/"_s + name, "null", name));
    QVERIFY(m_document->save(false));
}

inline void ConnectAssistantTest::openAssistant(Clock &clock)
{
    const SessionServices session {clock, *m_vault, Paths::below(m_folder->path()), m_budgets};
    m_assistant = std::make_unique<ConnectAssistant>(
        m_connection,
        ConnectServices {session, m_vault.get(), m_document.get(),
                         [this](const QUrl &url) { return m_browser->open(url); }},
        nullptr);
    m_assistant->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_assistant.get()));
    auto *port = find<QSpinBox>(u"port"_s);
    port->setValue(freePort());
    QTRY_VERIFY(m_assistant->button(QWizard::NextButton)->isEnabled());
}

inline void ConnectAssistantTest::next()
{
    QTRY_VERIFY(m_assistant->button(QWizard::NextButton)->isEnabled());
    QTest::mouseClick(m_assistant->button(QWizard::NextButton), Qt::LeftButton);
}

inline void ConnectAssistantTest::typeCredentials(const QByteArray &secret)
{
    next();
    QVERIFY(isAt(ConnectAssistant::Credentials));
    auto *field = find<QLineEdit>(u"clientSecret"_s);
    field->setFocus();
    const QByteArray text = secret.isEmpty() ? clearText(m_portal->clientSecret()) : secret;
    QTest::keyClicks(field, QString::fromUtf8(text));
    QCOMPARE(field->echoMode(), QLineEdit::Password);
    next();
    QVERIFY(isAt(ConnectAssistant::Scopes));
}

inline void ConnectAssistantTest::goTo(ConnectAssistant::PageId page)
{
    openAssistant();
    typeCredentials();
    next();
    if (page == ConnectAssistant::Browser)
        return;
    QVERIFY(isAt(ConnectAssistant::Grant));
    if (page == ConnectAssistant::Grant)
        return;
    next();
    QVERIFY(isAt(ConnectAssistant::Store));
    if (page == ConnectAssistant::Store)
        return;
    next();
    QVERIFY(isAt(ConnectAssistant::Finish));
}

inline bool ConnectAssistantTest::isAt(ConnectAssistant::PageId page, int patience) const
{
    return QTest::qWaitFor([&] { return m_assistant->currentId() == page; }, patience);
}

inline MessageBar *ConnectAssistantTest::message() const
{
    return m_assistant->currentPage()->findChild<MessageBar *>();
}

inline bool ConnectAssistantTest::says(const QString &words) const
{
    return QTest::qWaitFor([&] {
        if (!message()->isVisible())
            return false;
        const QList<QLabel *> labels = message()->findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(),
                           [&](const QLabel *label) { return label->text().contains(words); });
    });
}

inline void ConnectAssistantTest::press(const QString &messageButton)
{
    auto *button = message()->findChild<QPushButton *>(messageButton);
    QVERIFY2(button, qPrintable(messageButton));
    QTest::mouseClick(button, Qt::LeftButton);
}

inline QByteArray ConnectAssistantTest::stored(const QString &name)
{
    const auto secret = secretOf(m_vault->read({m_connection.id, name}, this));
    return secret && *secret ? clearText(**secret) : QByteArray();
}

inline QByteArray ConnectAssistantTest::file() const
{
    return readFile(m_connection.provisionerPath, 1 << 20).value_or(QByteArray());
}

} // namespace hubkeeper::test
