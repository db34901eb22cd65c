// SPDX-License-Identifier: MIT
#include "idm/servers/servertext.h"

#include "widgets/connectiontext.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(hubkeeper::Server)
};

} // namespace

QString textOf(IdmProfile profile)
{
    switch (profile) {
    case IdmProfile::Community:
        return Words::tr("community");
    case IdmProfile::Commercial:
        return Words::tr("commercial");
    case IdmProfile::Cloud:
        return Words::tr("cloud");
    }
    Q_UNREACHABLE();
}

QString textOf(Readiness readiness)
{
    switch (readiness) {
    case Readiness::Ready:
        return Words::tr("ready");
    case Readiness::Starting:
        return Words::tr("starting");
    case Readiness::NotReady:
        return Words::tr("not ready");
    }
    Q_UNREACHABLE();
}

QString textOf(LoginKind kind)
{
    switch (kind) {
    case LoginKind::StaticUser:
        return Words::tr("User name and password in IDM's headers");
    case LoginKind::Basic:
        return Words::tr("User name and password by HTTP Basic");
    case LoginKind::Bearer:
        return Words::tr("Bearer token, as the cloud takes it");
    case LoginKind::ServiceAccount:
        return Words::tr("Service account of the cloud");
    }
    Q_UNREACHABLE();
}

QString summaryOf(const Server &server)
{
    //: Label, kind and write mode of a server: "Test · sandbox · confirm".
    return Words::tr("%1 · %2 · %3").arg(server.label, textOf(server.kind), textOf(server.mode));
}

QString summaryOf(const ServerFacts &facts)
{
    //: %1 is a version.
    const QString product = facts.version.isEmpty() ? Words::tr("IDM of unknown version")
                                                    : Words::tr("IDM %1").arg(facts.version);
    //: Of a user: %1 is the name.
    const QString user = facts.isAdministrator()
        ? facts.userName
        : Words::tr("%1, who is not an administrator").arg(facts.userName);
    //: Readiness, product, profile and user: "ready · IDM 6.3.0 · community · openidm-admin".
    return Words::tr("%1 · %2 · %3 · %4")
        .arg(textOf(facts.readiness), product, textOf(facts.profile), user);
}

QString serverModeText(WriteMode mode)
{
    switch (mode) {
    case WriteMode::ReadOnly:
        return Words::tr("The server can be read and compared; nothing is written to it.");
    case WriteMode::ReviewRequired:
        return Words::tr("What is shown in full can be written, after a question.");
    case WriteMode::Confirm:
        return Words::tr("Writing takes one question.");
    case WriteMode::Free:
        return Words::tr("Writing needs no question.");
    }
    Q_UNREACHABLE();
}

} // namespace hubkeeper
