// SPDX-License-Identifier: MIT
#pragma once

#include "idm/mappings/knowncollections.h"
#include "provisioner/rules/validation.h"

#include <QJsonArray>
#include <QJsonValue>

#include <functional>

namespace hubkeeper {

/// What a script of a mapping came to when it was tried.
struct ScriptTrial
{
    enum Kind {
        Value,
        Threw,
        Unreadable, ///< It is not JavaScript that can be read.
        NotTried, ///< It uses what only a server has, or could not be run here.
    } kind = NotTried;
    QJsonValue value;
    QString message;
};

/// Runs JavaScript with these globals; called in the thread that validates.
using ScriptTry = std::function<ScriptTrial(const QString &text, const QJsonObject &globals)>;

/// Whether HubSpot can answer a search by this attribute and operator exactly.
using SearchAnswers =
    std::function<bool(const QString &type, const QString &attribute, const QString &op)>;

struct MappingOptions
{
    ServerProfile profile = ServerProfile::Commercial;
    /// As the file is called, for the rules about names; empty: not known.
    QString fileName;
    KnownCollections collections;
    /// Mappings that are in other files beside this one; only used where the file is a single one.
    QJsonArray others;
    bool knowsAllOthers = false; ///< `others` and the file are all mappings of the server.
    ScriptTry tryScript; ///< Empty: scripts are not read, and that is said.
    SearchAnswers isSearchable; ///< Empty: nothing is said of searches.
};

/// Everything that is wrong with mappings (HK1xxx), and what is not JSON (HK0xx): sorted by place,
/// then by rule. Any bytes are taken; without mappings in them there are no HK1xxx. Besides
/// `tryScript` it waits for nothing; any thread.
///
/// An error breaks every run or fails every object; a warning is what IDM takes and does otherwise
/// than meant, or with damage.
[[nodiscard]] QList<Finding> validateMappings(const JsonText &text, const MappingOptions &options);

} // namespace hubkeeper
