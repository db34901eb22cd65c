// SPDX-License-Identifier: MIT
#pragma once

#include "session/reading/grouppreview.h"

namespace hubkeeper {

/// The hubkeeper-cli command that merges the same, quoted for a POSIX shell. A value that one of
/// the records has is named by the record, so that the line holds no personal data. Pure.
[[nodiscard]] QString mergeCommand(const QString &provisioner, const GroupWish &wish,
                                   const QList<RecordImage> &images);

} // namespace hubkeeper
