// SPDX-License-Identifier: MIT
#pragma once

#include "session/workbench/importtable.h"

#include <optional>

namespace hubkeeper {

class Settings;

/// What a person decides about the rows of a table, whatever file they are in.
struct ImportChoices
{
    ChosenColumns columns;
    QString match; ///< As ImportRequest.
    ImportMode mode = ImportMode::CreateOrUpdate;
    bool emptyClears = false;
    bool removesOtherLinks = false;
    DateOrder dates = DateOrder::Unknown;
    bool isGuarded = false;

    bool operator==(const ImportChoices &) const = default;
};

/// What was chosen when a table with this header was imported last; nothing: it never was.
[[nodiscard]] std::optional<ImportChoices>
rememberedChoices(const Settings &settings, ObjectType type, const QStringList &header);

/// Keeps the choices for the next table with this header; of old ones the last fifty are kept.
void rememberChoices(Settings &settings, ObjectType type, const QStringList &header,
                     const ImportChoices &choices);

} // namespace hubkeeper
