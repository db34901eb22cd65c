// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/model/serverprofile.h"
#include "provisioner/rules/finding.h"

#include <QDate>

#include <memory>

namespace hubkeeper {

class DatedRules;

struct ValidationOptions
{
    ServerProfile profile = ServerProfile::Commercial;
    /// The name under which the file will be deployed, without folder. Empty: not known, and
    /// nothing is said of names.
    QString fileName;
    /// For rules with a date; an invalid date switches them off.
    QDate today;
    /// Of HubSpot's API, of the connection the file belongs to: "v3", "2026-09". Empty: not known.
    QString apiVersion = {};
    std::shared_ptr<const DatedRules> dated = {}; ///< Null: those of the program.
    /// The file belongs to a practice portal, whose secrets are made up: they may be seen by
    /// anybody.
    bool secretsAreMadeUp = false;
};

/// The name of a file if it was meant to be a provisioner's, for ValidationOptions::fileName; empty
/// for any other: that is a draft or a part of a bigger thing, and its name says nothing.
[[nodiscard]] QString nameToJudge(const QString &fileName);

/// Everything that is wrong with a provisioner, offline: sorted by place, then by rule. Any bytes
/// at all are taken. Pure, so it may run in any thread.
[[nodiscard]] QList<Finding> validate(const JsonText &text, const ValidationOptions &options);

} // namespace hubkeeper
