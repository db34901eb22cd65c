// SPDX-License-Identifier: MIT
#pragma once

#include <QCoreApplication>

namespace hubkeeper {

/// The words of this part for people, tr(): translated where the program has a translation, else
/// English as they are written. Any thread.
struct DuplicatesText
{
    Q_DECLARE_TR_FUNCTIONS(DuplicatesText)
};

} // namespace hubkeeper
