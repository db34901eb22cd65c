// SPDX-License-Identifier: MIT
#include "idm/deploy/deployment.h"

#include "session/idm/fileonserver.h"

#include <QDir>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QString wordOf(const QString &text)
{
    static const QRegularExpression plain(u"^[A-Za-z0-9_./:@%+=-]+$"_s);
    if (plain.match(text).hasMatch())
        return text;
    return u'\'' + QString(text).replace(u'\'', u"'\\''"_s) + u'\'';
}

} // namespace

Deployment::Deployment(std::shared_ptr<ServerSession> session, const SessionServices &services,
                       DeployPlan plan, const DeployOptions &options, QObject *parent)
    : Call(parent)
    , m_session(std::move(session))
    , m_plan(std::move(plan))
{
    then(openJournal(services, this),
         [this, services, options](const std::shared_ptr<Journal> &journal) {
             then(deploy(*m_session, services, journal, m_plan, options, this),
                  [this](const DeployReport &report) { complete(report); });
         });
}

QString deployCommand(const QString &path, const QString &id, const QString &server,
                      SecretChoice secrets, bool testsFirst)
{
    QStringList words {u"hubkeeper-cli idm deploy"_s, wordOf(QDir::toNativeSeparators(path)),
                       u"--server"_s, wordOf(server)};
    if (id != configIdOfFile(path))
        words << u"--id"_s << wordOf(id);
    if (secrets != SecretChoice::AsTheyAre)
        words << u"--secrets"_s
              << (secrets == SecretChoice::KeepServers ? u"server"_s : u"keychain"_s);
    if (!testsFirst)
        words << u"--without-test"_s;
    return words.join(u' ');
}

} // namespace hubkeeper
