// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/project/promotionrules.h"
#include "session/idm/configchange.h"
#include "session/idm/deployplan.h"

namespace hubkeeper {

/// One object that goes from a server to another.
struct PromotionWish
{
    QString id; ///< "provisioner.openicf/hubspot", or "mapping/NAME" of one mapping.
    PromotionRules rules;
    SecretChoice secrets = SecretChoice::AsTheyAre;
    QString connection; ///< Whose secrets the keychain may have.
};

/// What a promotion would do, as a plan of the target's: exactly one of the two is set.
struct PromotionPlan
{
    QString id;
    PromotedObject object; ///< Without what the source encrypted.
    std::optional<DeployPlan> deploy; ///< Of a provisioner.
    std::optional<ConfigChangePlan> change; ///< Of a mapping, as a whole list where it is in one.
    /// What changes in the mapping itself.
    std::optional<DeployDifference> difference;

    [[nodiscard]] bool isSame() const;
    /// Why it must not be sent, or nothing: a place to be kept that the target does not have, and
    /// what the plan of the target refuses.
    [[nodiscard]] std::optional<Error> refusal() const;
};

/// Reads both servers and says what the promotion would do. Secrets that the source encrypted are
/// left out: only it can read them; the target's stay, or they come from the keychain, or from the
/// rules as a substitution. Sends nothing that changes anything. Fails with NotFound if the source
/// has no such object, with Refused if both are the same server, else as planDeploy() and
/// planConfigChange(). Everything must outlive the call.
[[nodiscard]] Call<PromotionPlan> *planPromotion(ServerSession &from, ServerSession &to,
                                                 SecretStore &secrets, const PromotionWish &wish,
                                                 QObject *parent);

/// A configuration without the values that only its server can read. Pure.
[[nodiscard]] QJsonObject withoutEncrypted(const QJsonObject &value);

} // namespace hubkeeper
