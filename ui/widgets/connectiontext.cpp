// SPDX-License-Identifier: MIT
#include "widgets/connectiontext.h"

#include "widgets/icons.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(hubkeeper::Connection)
};

} // namespace

QString textOf(ConnectionKind kind)
{
    switch (kind) {
    case ConnectionKind::Production:
        return Words::tr("production");
    case ConnectionKind::Sandbox:
        return Words::tr("sandbox");
    case ConnectionKind::Practice:
        return Words::tr("practice");
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
        return Words::tr("read-only");
    case WriteMode::ReviewRequired:
        return Words::tr("review");
    case WriteMode::Confirm:
        return Words::tr("confirm");
    case WriteMode::Free:
        return Words::tr("free");
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
        return Words::tr("label");
    case ConnectionSetting::Provisioner:
        return Words::tr("file");
    case ConnectionSetting::Kind:
        return Words::tr("kind of portal");
    case ConnectionSetting::Colour:
        return Words::tr("color");
    case ConnectionSetting::ApiVersion:
        return Words::tr("API version");
    case ConnectionSetting::BaseUrl:
        return Words::tr("portal's address");
    case ConnectionSetting::AllowRemoteBaseUrl:
        return Words::tr("address of another server");
    case ConnectionSetting::Server:
        return Words::tr("IDM server");
    case ConnectionSetting::Reserve:
        return Words::tr("share left to other programs");
    case ConnectionSetting::Mode:
        return Words::tr("write mode");
    case ConnectionSetting::MostRows:
        return Words::tr("most records in one run");
    case ConnectionSetting::MostArchives:
        return Words::tr("most records archived in one run");
    case ConnectionSetting::MostPercent:
        return Words::tr("largest share of the portal in one run");
    case ConnectionSetting::ArchiveAllowed:
        return Words::tr("archiving");
    case ConnectionSetting::ProtectedProperties:
        return Words::tr("protected properties");
    }
    Q_UNREACHABLE();
}

QString explanationOf(WriteMode mode)
{
    switch (mode) {
    case WriteMode::ReadOnly:
        return Words::tr("Edits can be staged and reviewed; applying them is refused.");
    case WriteMode::ReviewRequired:
        return Words::tr("Only what was reviewed is applied.");
    case WriteMode::Confirm:
        return Words::tr("Changes are applied after one question.");
    case WriteMode::Free:
        return Words::tr("Changes are applied at once, without a question.");
    }
    Q_UNREACHABLE();
}

QString stateOf(const Connection &connection)
{
    //: Kind and write mode of a connection: "production · read-only".
    return Words::tr("%1 · %2").arg(textOf(connection.kind), textOf(connection.policy.mode));
}

QString summaryOf(const Connection &connection)
{
    //: Label, kind and write mode of a connection: "ACME EU · production · read-only".
    return Words::tr("%1 · %2 · %3")
        .arg(connection.label, textOf(connection.kind), textOf(connection.policy.mode));
}

} // namespace hubkeeper
