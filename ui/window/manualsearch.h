// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QString>

namespace hubkeeper {

/// A chapter of the manual, and how often it holds what was looked for.
struct ManualChapter
{
    QString name; ///< Of its file, without ending: "connections".
    QString title; ///< Its first heading.
    int hits = 0;
};

/// The chapters that hold `text` in any letter case, in the order of the contents; all of them,
/// without hits, if `text` is empty.
[[nodiscard]] QList<ManualChapter> searchManual(const QString &text);

} // namespace hubkeeper
