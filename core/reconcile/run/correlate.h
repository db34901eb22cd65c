// SPDX-License-Identifier: MIT
#pragma once

#include "reconcile/run/syncrun.h"

namespace hubkeeper {

/// What a correlation found. Objects are whole where the side gave more than their id.
struct Correlated
{
    QStringList ids;
    QList<QJsonObject> objects;
};

/// Looks for the targets of a source object under a link qualifier. Nothing where the mapping does
/// not correlate under it, or the run does not since its target is empty (facts 11, 21 to 27).
[[nodiscard]] Found<Correlated> correlate(SyncRun &run, const QString &qualifier,
                                          const QJsonValue &source);

/// The filter that the server's own ui/correlateTreeToQueryFilter.js makes of an expression tree;
/// an empty text where the tree or its mapping is of no use. Values with double quotes break it, as
/// they do there.
[[nodiscard]] Found<QString> treeFilter(SyncRun &run, const Correlation &correlation,
                                        const QString &qualifier, const QJsonValue &source);

} // namespace hubkeeper
