// SPDX-License-Identifier: MIT
#pragma once

#include "tables/workbook/workbookparts.h"

#include <string>
#include <string_view>
#include <vector>

namespace hubkeeper {

/// The texts that the cells of a workbook name by number, in one block of memory.
class SharedStrings
{
public:
    /// Fails with InvalidInput: damaged, a bomb, or more than mostSharedBytes of text.
    [[nodiscard]] Result<void> load(Package &package, const QString &part);

    [[nodiscard]] size_t count() const { return m_ends.size(); }
    /// `index` < count(). Valid while this is.
    [[nodiscard]] std::string_view at(size_t index) const;

    static constexpr size_t mostSharedBytes = size_t(1) << 30;

private:
    std::string m_texts;
    std::vector<size_t> m_ends;
};

/// The text of a string item (`si` or `is`), the reader being at its start: plain or in runs;
/// phonetic text is no part of it, and `_xHHHH_` is the character it stands for. The reader is at
/// its end afterwards, or has an error.
[[nodiscard]] QString itemText(QXmlStreamReader &reader);

/// `_x000D_` is CR, `_x005F_` is "_", and so on (ECMA-376 22.9.2.19).
[[nodiscard]] QString withoutEscapes(QString text);

} // namespace hubkeeper
