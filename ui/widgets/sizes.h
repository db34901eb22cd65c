// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

class QLayout;
class QScrollArea;
class QStackedWidget;
class QTabWidget;
class QWidget;

namespace hubkeeper {

/// Lets what a stack shows say alone how small it may be: a page out of sight must not take the
/// room from what is seen.
void sizeByCurrent(QStackedWidget *stack);
void sizeByCurrent(QTabWidget *tabs);

/// A scroll area around `inside` for the case that there is less room than it needs: no frame, no
/// background and no focus of its own. Takes `inside` over; use TallContents where texts wrap.
[[nodiscard]] QScrollArea *scrolling(QWidget *inside, QWidget *parent);

/// The margins of what fills a dock: as wide as a page's, but low, since a dock's height is dear.
void setDockMargins(QLayout &layout);

/// `text` with each word that is longer than `most` characters shortened in its middle, so that a
/// label can wrap it: names of files and attributes have no blanks.
[[nodiscard]] QString withShortWords(const QString &text, int most = 40);

} // namespace hubkeeper
