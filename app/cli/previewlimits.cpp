// SPDX-License-Identifier: MIT
#include "previewlimits.h"

#include "options.h"

#include <QFile>
#include <QJsonDocument>

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

/// The overrides that a run takes, as the server has them; others it ignores.
Result<void> checkOverrides(const QJsonObject &parameters)
{
    for (auto it = parameters.begin(); it != parameters.end(); ++it) {
        const bool wantsFlag =
            it.key() == "runTargetPhase"_L1 || it.key() == "allowEmptySourceSet"_L1;
        const bool wantsQuery = it.key() == "sourceQuery"_L1 || it.key() == "targetQuery"_L1;
        if (wantsFlag && !it->isBool())
            return fail(ErrorKind::InvalidInput,
                        u"%1 of the parameters is neither true nor false."_s.arg(it.key()));
        if (wantsQuery && !it->isObject())
            return fail(ErrorKind::InvalidInput,
                        u"%1 of the parameters is not an object."_s.arg(it.key()),
                        uR"(Give a query such as {"_queryFilter": "true"}.)"_s);
    }
    return {};
}

} // namespace

void PreviewLimits::addTo(CLI::App &verb, const std::string &help)
{
    verb.add_option("--max-delete", deletes, help)->check(&refusalOfEmpty);
    verb.add_option("--max-create", creates, "The same for targets that would be created")
        ->check(&refusalOfEmpty);
    verb.add_option("--max-update", updates, "The same for targets that would be changed")
        ->check(&refusalOfEmpty);
    verb.add_option("--max-unlink", unlinks, "The same for objects that would be unlinked")
        ->check(&refusalOfEmpty);
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
    return checkOverrides(json.object()).map([&] { return json.object(); });
}

} // namespace hubkeeper::cli
