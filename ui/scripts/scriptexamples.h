// SPDX-License-Identifier: MIT
#pragma once

#include <QJsonObject>
#include <QList>
#include <QString>

namespace hubkeeper {

/// A script to start from.
struct ScriptExample
{
    QString id; ///< File name without ending; also the name proposed for the script.
    QString title; ///< Translated.
    QString description; ///< Translated, one or two sentences.
    QJsonObject arguments; ///< What the script needs, with values that make sense.

    /// The JavaScript, from the program's resources.
    [[nodiscard]] QString text() const;
};

[[nodiscard]] QList<ScriptExample> scriptExamples();

} // namespace hubkeeper
