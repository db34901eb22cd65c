// SPDX-License-Identifier: MIT
#pragma once

#include "idm/mappings/mappingfile.h"

#include <QJsonObject>

namespace hubkeeper {

/// A mapping as people read it: each line with the JSON pointer of what it shows. Scripts and
/// conditions are one line each; the whole of them is in the text.
struct MappingTable
{
    struct Property
    {
        QString source; ///< Empty: none. "(the whole object)" for an empty one.
        QString target;
        QString transform;
        QString condition;
        QString fallback; ///< `default` as JSON; empty: none.
        QString pointer;
    };
    struct Policy
    {
        QString situation; ///< As it is written.
        QString action; ///< A word, or a script in one line.
        QString condition;
        QString postAction;
        bool isDefault = false; ///< No policy is for it: what IDM does by itself.
        QString pointer; ///< Of the policies where it is a default.
    };
    struct Setting
    {
        QString name; ///< The key.
        QString value;
        bool isDefault = false; ///< It is not written.
        QString pointer; ///< Of the mapping where it is a default.
    };

    QString name;
    QString source;
    QString target;
    QString links; ///< Whose links it uses; its own name where it names none.
    QList<Property> properties;
    QList<Setting> correlation; ///< By link qualifier; empty: there is none.
    QList<Policy> policies; ///< Those that are written, then the defaults of the others.
    QList<Setting> settings; ///< Who takes part, runs, queries, hooks, scripts.
    QString pointer;
};

/// The mapping at a node of the text; whatever is wrong in it is shown as it is.
[[nodiscard]] MappingTable tableOf(const JsonText &text, int mapping);

/// All mappings of a text.
[[nodiscard]] QList<MappingTable> tablesOf(const JsonText &text);

/// As `idm mappings show --json` prints it.
[[nodiscard]] QJsonObject asJson(const MappingTable &table);

/// "JavaScript: source.toLowerCase()", "Groovy: ...", "file ui/x.js", or the value as it is.
[[nodiscard]] QString scriptLine(const QJsonValue &value);

/// "any of (mail, all of (sn, givenName))".
[[nodiscard]] QString treeLine(const QJsonValue &tree);

} // namespace hubkeeper
