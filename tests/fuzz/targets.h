// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QList>

#include <span>

namespace hubkeeper::test {

/// A reader of foreign text that takes any bytes at all. `run` reads them and checks what it
/// promises of every input; a broken promise ends the program with a sentence.
struct FuzzTarget
{
    const char *name;
    void (*run)(const QByteArray &bytes);
};

[[nodiscard]] std::span<const FuzzTarget> fuzzTargets();

/// Inputs to start from: shipped files, the examples of all rules, filters, ranges, pointers.
[[nodiscard]] QList<QByteArray> fuzzSeeds();

/// Words of the formats, for mutations that get past the first bracket.
[[nodiscard]] const QList<QByteArray> &fuzzWords();

} // namespace hubkeeper::test
