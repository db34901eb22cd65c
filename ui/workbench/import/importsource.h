// SPDX-License-Identifier: MIT
#pragma once

#include "tables/rows/tablerow.h"

#include <QTemporaryDir>

#include <memory>

namespace hubkeeper {

/// Where the rows of an import come from.
struct ImportSource
{
    QString path;
    /// Of a table that was on the clipboard: it lies in a file of its own, in a folder that goes
    /// with the last copy of this.
    std::shared_ptr<QTemporaryDir> folder;
    TableOptions options; ///< What is known of how it is built.

    [[nodiscard]] bool isClipboard() const { return folder != nullptr; }
    /// For people: the name of the file, or the clipboard.
    [[nodiscard]] QString name() const;
};

/// Cells as spreadsheets copy them, or the text of a file. `parent` is a folder for work. Fails
/// with InvalidInput where the text is blank, with NotSaved.
[[nodiscard]] Result<ImportSource> sourceFromClipboard(const QString &text, const QString &parent);

} // namespace hubkeeper
