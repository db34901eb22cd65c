// SPDX-License-Identifier: MIT
#include "widgets/connectiontext.h"

#include "widgets/icons.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

struct ConnectionWords
{
    Q_DECLARE_TR_FUNCTIONS(hubkeeper::Connection)
};

} // namespace

QString textOf(ConnectionKind kind)
{
    switch (kind) {
    case ConnectionKind::Production:
        return ConnectionWords::tr("production");
    case ConnectionKind::Sandbox:
        return ConnectionWords::tr("sandbox");
    case ConnectionKind::Practice:
        return ConnectionWords::tr("practice");
    }
    Q_UNREACHABLE();
}

QIcon iconOf(ConnectionKind kind)
{
    return icon(nameOf(kind));
}

QString textOf(WriteMode mode)
{
    switch (mode) {
    case WriteMode::ReadOnly:
        return ConnectionWords::tr("read-only");
    case WriteMode::ReviewRequired:
        return ConnectionWords::tr("review");
    case WriteMode::Confirm:
        return ConnectionWords::tr("confirm");
    case WriteMode::Free:
        return ConnectionWords::tr("free");
    }
    Q_UNREACHABLE();
}

QIcon iconOf(WriteMode mode)
{
    switch (mode) {
    case WriteMode::ReadOnly:
        return icon(u"lock"_s);
    case WriteMode::ReviewRequired:
        return icon(u"review"_s);
    case WriteMode::Confirm:
        return icon(u"confirm"_s);
    case WriteMode::Free:
        return icon(u"unlock"_s);
    }
    Q_UNREACHABLE();
}

QString textOf(ConnectionSetting setting)
{
    switch (setting) {
    case ConnectionSetting::Label:
        return ConnectionWords::tr("label");
    case ConnectionSetting::Provisioner:
        return ConnectionWords::tr("file");
    case ConnectionSetting::Kind:
        return ConnectionWords::tr("kind of portal");
    case ConnectionSetting::Colour:
        return ConnectionWords::tr("color");
    case ConnectionSetting::ApiVersion:
        return ConnectionWords::tr("API version");
    case ConnectionSetting::BaseUrl:
        return ConnectionWords::tr("portal's address");
    case ConnectionSetting::AllowRemoteBaseUrl:
        return ConnectionWords::tr("address of another server");
    case ConnectionSetting::Server:
        return ConnectionWords::tr("IDM server");
    case ConnectionSetting::Reserve:
        return ConnectionWords::tr("share left to other programs");
    case ConnectionSetting::Mode:
        return ConnectionWords::tr("write mode");
    case ConnectionSetting::MostRows:
        return ConnectionWords::tr("most records in one run");
    case ConnectionSetting::MostArchives:
        return ConnectionWords::tr("most records archived in one run");
    case ConnectionSetting::MostPercent:
        return ConnectionWords::tr("largest share of the portal in one run");
    case ConnectionSetting::ArchiveAllowed:
        return ConnectionWords::tr("archiving");
    case ConnectionSetting::ProtectedProperties:
        return ConnectionWords::tr("protected properties");
    }
    Q_UNREACHABLE();
}

QString explanationOf(WriteMode mode)
{
    switch (mode) {
    case WriteMode::ReadOnly:
        return ConnectionWords::tr("Edits can be staged and reviewed; applying them is refused.");
    case WriteMode::ReviewRequired:
        return ConnectionWords::tr("Only what was reviewed is applied.");
    case WriteMode::Confirm:
        return ConnectionWords::tr("Changes are applied after one question.");
    case WriteMode::Free:
        return ConnectionWords::tr("Changes are applied at once, without a question.");
    }
    Q_UNREACHABLE();
}

QString stateOf(const Connection &connection)
{
    //: Kind and write mode of a connection: "production · read-only".
    return ConnectionWords::tr("%1 · %2").arg(textOf(connection.kind),
                                              textOf(connection.policy.mode));
}

QString summaryOf(const Connection &connection)
{
    //: Label, kind and write mode of a connection: "ACME EU · production · read-only".
    return ConnectionWords::tr("%1 · %2 · %3")
        .arg(connection.label, textOf(connection.kind), textOf(connection.policy.mode));
}

} // namespace hubkeeper
