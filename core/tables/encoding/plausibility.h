// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <string_view>

namespace hubkeeper {

struct CodePage;

/// How well a code page makes words of these lines: about 1 where every character is a letter in a
/// likely place or a usual sign, negative where most are not. Capitals inside words, signs between
/// letters and bytes without a meaning count against it.
[[nodiscard]] double plausibility(const CodePage &page, std::string_view lines);

/// Whether no code page makes anything of the bytes from 0x80 on: all are such as Windows-1252 does
/// not have, or FF at the edge of a word.
[[nodiscard]] bool isNoise(std::string_view lines);

/// The share of the bytes from 0x80 on that are in runs of three and more: high in scripts other
/// than Latin, where whole words are such runs.
[[nodiscard]] double shareInRuns(std::string_view lines);

/// The code page that makes most of these lines. `isMac`: rows end with CR alone.
[[nodiscard]] QString likeliestCodePage(std::string_view lines, bool isMac);

} // namespace hubkeeper
