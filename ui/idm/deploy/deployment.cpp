// SPDX-License-Identifier: MIT
#include "idm/deploy/deployment.h"

#include "session/idm/fileonserver.h"

#include <QCoreApplication>
#include <QDir>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

struct DeployWords
{
    Q_DECLARE_TR_FUNCTIONS(hubkeeper::DeployTab)
};

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

QStringList detailsOf(const DeployReport &report)
{
    QStringList details;
    if (!report.activation.isActive)
        details.append(report.activation.explanation());
    if (!report.whyNotTested.isEmpty())
        //: %1 is why.
        details.append(DeployWords::tr("Not tested before: %1").arg(report.whyNotTested));
    if (!report.written.different.isEmpty())
        //: %1 lists JSON pointers.
        details.append(DeployWords::tr("The server has other values than were sent at: %1")
                           .arg(report.written.different.join(u", "_s)));
    if (!report.rollbackFile.isEmpty())
        //: %1 is the path of a file.
        details.append(DeployWords::tr("What was there before: %1")
                           .arg(QDir::toNativeSeparators(report.rollbackFile)));
    return details;
}

} // namespace hubkeeper
