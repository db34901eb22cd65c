// SPDX-License-Identifier: MIT
#include "previewlimits.h"

#include <QFile>
#include <QJsonDocument>

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

void PreviewLimits::addTo(CLI::App &verb, const std::string &help)
{
    verb.add_option("--max-delete", deletes, help);
    verb.add_option("--max-create", creates, "The same for targets that would be created");
    verb.add_option("--max-update", updates, "The same for targets that would be changed");
    verb.add_option("--max-unlink", unlinks, "The same for objects that would be unlinked");
}

Result<QList<PreviewThreshold>> PreviewLimits::thresholds() const
{
    const std::pair<SyncAction, const std::string &> given[] = {{SyncAction::Delete, deletes},
                                                                {SyncAction::Create, creates},
                                                                {SyncAction::Update, updates},
                                                                {SyncAction::Unlink, unlinks}};
    QList<PreviewThreshold> thresholds;
    for (const auto &[action, text] : given) {
        if (text.empty())
            continue;
        const auto threshold = PreviewThreshold::parse(action, QString::fromStdString(text));
        if (!threshold)
            return tl::unexpected(threshold.error());
        thresholds.append(*threshold);
    }
    return thresholds;
}

Result<QJsonObject> runParametersIn(const std::string &path)
{
    if (path.empty())
        return QJsonObject();
    QFile file(QString::fromStdString(path));
    if (!file.open(QFile::ReadOnly))
        return fail(ErrorKind::InvalidInput, u"%1 cannot be read."_s.arg(file.fileName()));
    const auto json = QJsonDocument::fromJson(file.readAll());
    if (!json.isObject())
        return fail(ErrorKind::InvalidInput, u"%1 is not a JSON object."_s.arg(file.fileName()),
                    uR"(It has what the body of a run has, such as {"runTargetPhase": false}.)"_s);
    return json.object();
}

} // namespace hubkeeper::cli
