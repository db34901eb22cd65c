// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/text/jsontext.h"

#include <QList>
#include <QString>

namespace hubkeeper {

/// Where mappings are in a text.
struct MappingFile
{
    enum Form {
        None, ///< It holds no mappings.
        List, ///< sync.json, or what config/sync answers: an object with `mappings`.
        Single, ///< mapping-<name>.json of IDM 7: the mapping itself.
        Tool, ///< As frodo keeps them, in an object around the list or around single ones.
    } form = None;
    int list = JsonText::none; ///< The value of `mappings`, whatever it is; none for single ones.
    QList<int> mappings; ///< The elements, also those that are not objects.

    [[nodiscard]] bool isMappings() const { return form != None; }
    /// Whether all mappings of a server are in it, so that what is missing is missing there.
    [[nodiscard]] bool isWhole() const { return list != JsonText::none; }
};

/// Finds the mappings in a text by its content. A provisioner has none, whatever else is in it.
[[nodiscard]] MappingFile mappingsIn(const JsonText &text);

/// The mapping of that name; JsonText::none if there is none. Of several the first, as a server
/// takes it.
[[nodiscard]] int mappingNamed(const JsonText &text, const MappingFile &file, const QString &name);

/// Whether a file is called as a server calls its files of mappings: sync.json,
/// mapping-<name>.json.
[[nodiscard]] bool isMappingFileName(const QString &fileName);

} // namespace hubkeeper
