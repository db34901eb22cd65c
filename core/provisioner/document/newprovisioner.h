// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QString>

namespace hubkeeper {

/// A file to start from: the shipped sample (idm-connector 1.4), disabled, client ID and secrets
/// empty.
[[nodiscard]] QByteArray sampleProvisioner();

/// A copy to make another connection of: the same bytes, but clientSecret and refreshToken null in
/// whatever their form, since one server's encrypted values mean nothing to another, and
/// `_id` and `_rev` left out. Fails with InvalidInput if the text is not a valid JSON object.
[[nodiscard]] Result<QByteArray> copyOfProvisioner(const QByteArray &source);

/// "eu" becomes "provisioner.openicf-eu.json" (idm-connector 2.1). Fails with InvalidInput unless
/// the name is made of letters and digits, as both generations of servers take it.
[[nodiscard]] Result<QString> provisionerFileName(const QString &name);

} // namespace hubkeeper
