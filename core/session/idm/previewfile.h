// SPDX-License-Identifier: MIT
#pragma once

#include "idm/preview/previewstore.h"

#include <QJsonObject>

namespace hubkeeper {

/// What a preview is computed from: what was read from a server, or a JSON file.
struct PreviewInput
{
    std::shared_ptr<PreviewStore> store; ///< Null: of a JSON file.
    QJsonObject json; ///< `mappings`, `objectsBefore`, `linksBefore`, `runs`.

    /// All mappings, as they are written.
    [[nodiscard]] Result<QJsonArray> mappings() const;
};

/// Opens a file by its content: a set that PreviewStore::saveAs() wrote, or JSON with mappings,
/// both sides and links (reconcile/overlay/previewset.h), numbers as exactly as a server keeps
/// them. InvalidInput with a sentence that says what is wrong with it: it cannot be read, is cut
/// off, damaged, another kind of file, of a newer version, JSON of more than 256 MB.
[[nodiscard]] Result<PreviewInput> openPreviewFile(const QString &path);

/// Reads a file with one mapping, a list of them, or `{"mappings": [...]}`. InvalidInput.
[[nodiscard]] Result<QJsonArray> readMappingFile(const QString &path);

/// `all` with those of `edited` in place of the ones with their names; new ones at the end.
[[nodiscard]] QJsonArray replacedMappings(const QJsonArray &all, const QJsonArray &edited);

} // namespace hubkeeper
