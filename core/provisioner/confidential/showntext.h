// SPDX-License-Identifier: MIT
#pragma once

#include "provisioner/text/jsontext.h"

namespace hubkeeper {

/// A place in a text as an editor counts it: both from 0, columns in UTF-16 units.
struct ShownPlace
{
    int line = 0;
    int column = 0;

    bool operator==(const ShownPlace &) const = default;
};

/// A document's bytes as they are shown in a text editor, and what typing there does to them.
///
/// An editor knows neither byte-order marks nor line endings of two kinds, and takes some
/// characters for its own signs. So every unit that is shown stands for a stretch of bytes: "\r\n"
/// is one line break, a lone carriage return, NUL and what breaks lines elsewhere get a stand-in,
/// a leading byte-order mark is not shown, and a hidden stretch (a secret) is shown as dots of one
/// length for all. Typing becomes an edit of just the bytes it is about. Pure; for valid UTF-8.
class ShownText
{
public:
    static constexpr int dotCount = 8;
    static constexpr char16_t dot = u'•';

    /// `hidden` must not overlap or hold line breaks.
    explicit ShownText(QByteArray bytes = {}, QList<Span> hidden = {});

    /// Whether these bytes can be edited as text: they are valid UTF-8.
    [[nodiscard]] static bool isShowable(const QByteArray &bytes);

    [[nodiscard]] const QByteArray &bytes() const { return m_bytes; }
    [[nodiscard]] const QList<Span> &hidden() const { return m_hidden; }
    [[nodiscard]] int lineCount() const { return int(m_lineStarts.size()); }
    /// Lines are separated by '\n'.
    [[nodiscard]] QString text() const;

    /// A place after the text is its end; one inside a unit is the unit's begin.
    [[nodiscard]] ShownPlace placeOf(qsizetype offset) const;
    [[nodiscard]] qsizetype offsetOf(ShownPlace place) const;

    struct Typing
    {
        /// What to do to the bytes; empty replacement and length if nothing changes.
        TextEdit edit;
        /// Hidden stretches afterwards.
        QList<Span> hidden;
        /// Whether the text that is shown now differs from what the editor shows.
        bool isShownOtherwise = false;
    };

    /// What it means that at `place` so many units were replaced by `inserted`. New line breaks get
    /// the ending of the line they are made in. Nothing if a hidden stretch would be changed in
    /// part: what cannot be seen can only be taken out whole.
    [[nodiscard]] std::optional<Typing> typed(ShownPlace place, int removed,
                                              const QString &inserted) const;

private:
    /// One shown unit or run of units: its bytes and how many units it takes.
    struct Unit
    {
        qsizetype end = 0;
        int units = 1;
    };

    [[nodiscard]] Unit unitAt(qsizetype offset) const;
    [[nodiscard]] const Span *hiddenAt(qsizetype offset) const;
    [[nodiscard]] QString shownOf(Span span) const;
    [[nodiscard]] QByteArray endingAt(qsizetype offset) const;
    [[nodiscard]] bool cutsHidden(Span span) const;
    [[nodiscard]] std::optional<Span> replacedBy(ShownPlace place, int removed) const;
    [[nodiscard]] Span withoutSameEnds(Span span, QString &text) const;
    [[nodiscard]] QList<Span> hiddenAfter(Span span, qsizetype size) const;
    [[nodiscard]] bool showsOtherwise(Span span, const QByteArray &replacement,
                                      const QString &text) const;

    QByteArray m_bytes;
    QList<Span> m_hidden; // In order.
    std::vector<qsizetype> m_lineStarts;
};

} // namespace hubkeeper
