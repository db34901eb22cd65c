// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

class QWidget;

namespace hubkeeper {

/// The page of the manual, without ending, that is about a dialog of this class
/// ("hubkeeper::ExportDialog"); empty: it is none of ours.
[[nodiscard]] QString chapterOfDialog(const QString &className);

/// The same for a window; empty for nullptr and what is not a dialog.
[[nodiscard]] QString chapterOfDialog(const QWidget *window);

} // namespace hubkeeper
