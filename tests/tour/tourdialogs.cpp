// SPDX-License-Identifier: MIT
// The steps of the tour that lead through dialogs.
#include "certificatestep.h"
#include "connect/certificatedialog.h"
#include "connect/connectassistant.h"
#include "connect/secretsdialog.h"
#include "session/connections/secretvault.h"
#include "tour.h"
#include "tourbrowser.h"
#include "widgets/messagebar.h"
#include "window/mainwindow.h"

#include <QAction>
#include <QApplication>
#include <QCoreApplication>
#include <QPushButton>
#include <QSpinBox>
#include <QTreeView>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace hubkeeper {

namespace {

constexpr auto dialogPatience = 30s;

void pressNext(const ConnectAssistant &assistant)
{
    if (assistant.button(QWizard::NextButton)->isEnabled())
        assistant.button(QWizard::NextButton)->click();
}

} // namespace

void Tour::addDialogSteps()
{
    m_runner.add(u"Sign in to the portal"_s, [this](QObject *parent) { return signIn(parent); });
    m_runner.add(u"Keep the token and test it"_s,
                 [this](QObject *parent) { return finishSignIn(parent); });
    m_runner.add(u"Where are my secrets"_s,
                 [this](QObject *parent) { return showSecrets(parent); });
    m_runner.add(u"Look for leaks"_s, [this](QObject *parent) { return findLeaks(parent); });
    m_runner.add(u"Refuse a certificate"_s,
                 [this](QObject *parent) { return showCertificate(parent); });
    m_runner.add(u"Other dialogs"_s, [this](QObject *parent) { return showOtherDialogs(parent); });
}

Call<QString> *Tour::signIn(QObject *parent)
{
    m_window.findChild<QAction *>(u"connect"_s)->trigger();
    auto *assistant = m_window.findChild<ConnectAssistant *>();
    assistant->findChild<QSpinBox *>(u"port"_s)->setValue(
        20'000 + int(QCoreApplication::applicationPid() % 20'000));
    return new WaitUntil(
        [assistant] {
            if (assistant->currentId() < ConnectAssistant::Browser)
                pressNext(*assistant);
            return !assistant->link().isEmpty();
        },
        [this, assistant]() -> Result<QString> { return picture(u"connect"_s, *assistant); },
        dialogPatience, parent);
}

Call<QString> *Tour::finishSignIn(QObject *parent)
{
    m_browser.visit();
    auto *assistant = m_window.findChild<ConnectAssistant *>();
    return new WaitUntil(
        [assistant] {
            if (assistant->currentId() == ConnectAssistant::Grant)
                pressNext(*assistant);
            return assistant->currentId() == ConnectAssistant::Store
                && assistant->currentPage()->isComplete();
        },
        [this, assistant]() -> Result<QString> {
            const QString seen = picture(u"connected"_s, *assistant);
            assistant->next();
            assistant->button(QWizard::FinishButton)->click();
            return seen;
        },
        dialogPatience, parent);
}

Call<QString> *Tour::showSecrets(QObject *parent)
{
    m_window.findChild<QAction *>(u"secrets"_s)->trigger();
    const auto *dialog = m_window.findChild<SecretsDialog *>();
    const auto *table = dialog->findChild<QTreeView *>(u"secretPlaces"_s);
    return new WaitUntil([table] { return table->model()->rowCount() > 0; },
                         [table]() -> Result<QString> {
                             return u"%1 places looked at"_s.arg(table->model()->rowCount());
                         },
                         dialogPatience, parent);
}

Call<QString> *Tour::findLeaks(QObject *parent)
{
    auto *dialog = m_window.findChild<SecretsDialog *>();
    const auto *message = dialog->findChild<MessageBar *>();
    dialog->checkForLeaks();
    return new WaitUntil([message] { return message->isVisible(); },
                         [this, dialog, message]() -> Result<QString> {
                             const QString seen = picture(u"secrets"_s, *dialog);
                             dialog->accept();
                             m_window.activateWindow();
                             if (message->kind() != MessageBar::Good)
                                 return fail(ErrorKind::Storage, message->text());
                             return seen;
                         },
                         dialogPatience, parent);
}

Call<QString> *Tour::showCertificate(QObject *parent)
{
    const auto show = [this](const CertificateReport &report) {
        CertificateDialog dialog(report, &m_window);
        dialog.show();
        return picture(u"certificate"_s, dialog);
    };
    return new CertificateStep(show, parent);
}

Result<QString> Tour::pictureOf(const QString &action, const QString &name)
{
    const QWidgetList before = QApplication::topLevelWidgets();
    m_window.findChild<QAction *>(action)->trigger();
    const QWidgetList after = QApplication::topLevelWidgets();
    for (QWidget *opened : after) {
        if (before.contains(opened) || !opened->isVisible())
            continue;
        const QString seen = picture(name, *opened);
        opened->close();
        m_window.activateWindow(); // No window manager does it here.
        return seen;
    }
    return fail(ErrorKind::BadReply, u"%1 opened nothing."_s.arg(action));
}

Call<QString> *Tour::showOtherDialogs(QObject *parent)
{
    static const std::pair<QString, QString> actions[] {
        {u"palette"_s, u"commands"_s},    {u"shortcuts"_s, u"shortcuts"_s},
        {u"connection"_s, u"settings"_s}, {u"write-mode"_s, u"write-mode"_s},
        {u"about"_s, u"about"_s},         {u"manual"_s, u"manual"_s}};
    QStringList seen;
    for (const auto &[action, name] : actions) {
        const auto one = pictureOf(action, name);
        if (!one)
            return new ReadyCall<QString>(tl::unexpected(one.error()), parent);
        seen.append(*one);
    }
    return new ReadyCall<QString>(seen.join(u", "_s), parent);
}

Call<QString> *Tour::findKeychain(QObject *parent)
{
    auto *probe = m_vault.probe(parent);
    // No keychain is an answer too: the program offers the session, and the tour takes it.
    class Probed final : public Call<QString>
    {
    public:
        Probed(Call<void> *call, SecretVault &vault, QObject *owner)
            : Call(owner)
        {
            call->onDone(this, [this, &vault](const Result<void> &found) {
                if (!found)
                    vault.useSessionOnly();
                complete(found ? vault.backend().name
                               : u"none answers; secrets stay for this session only"_s);
            });
        }
    };
    return new Probed(probe, m_vault, parent);
}

} // namespace hubkeeper
