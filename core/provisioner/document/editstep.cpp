// SPDX-License-Identifier: MIT
#include "provisioner/document/editstep.h"

#include "provisioner/text/jsonedit.h"

#include <algorithm>

namespace hubkeeper {

namespace {

TextEdit difference(const QByteArray &before, const QByteArray &after)
{
    const qsizetype shorter = std::min(before.size(), after.size());
    qsizetype head = 0;
    while (head < shorter && before[head] == after[head])
        ++head;
    qsizetype tail = 0;
    while (tail < shorter - head
           && before[before.size() - 1 - tail] == after[after.size() - 1 - tail])
        ++tail;
    return {head, before.size() - head - tail, after.mid(head, after.size() - head - tail)};
}

bool holdsLineBreak(const QByteArray &text)
{
    return text.contains('\n') || text.contains('\r');
}

/// Where a deletion may have been made, as offsets: deleting either of two equal neighbours leaves
/// the same text, and difference() gives the last of them.
struct Places
{
    qsizetype first = 0;
    qsizetype last = 0;

    [[nodiscard]] bool meet(const Places &other) const
    {
        return first <= other.last && other.first <= last;
    }
};

Places placesOf(const TextEdit &deletion, const QByteArray &before)
{
    qsizetype first = deletion.offset;
    while (first > 0 && before[first - 1] == before[first - 1 + deletion.length])
        --first;
    return {first, deletion.offset};
}

bool joinInsertions(EditStep &last, const EditStep &next)
{
    TextEdit &done = last.edits.first();
    const TextEdit &more = next.edits.first();
    if (more.replacement.contains('\n') || done.offset + done.replacement.size() != more.offset)
        return false;
    done.replacement += more.replacement;
    last.inverse.first().length += more.replacement.size();
    return true;
}

bool joinDeletions(EditStep &last, const EditStep &next, const QByteArray &now)
{
    const TextEdit &more = next.edits.first();
    if (holdsLineBreak(last.inverse.first().replacement)
        || holdsLineBreak(next.inverse.first().replacement))
        return false;
    const QByteArray before = applied(now, last.inverse);
    const Places done = placesOf(last.edits.first(), before);
    const Places here = placesOf(more, now);
    const Places endsHere {here.first + more.length, here.last + more.length};
    const EditStep::Directions directions {last.directions.back && endsHere.meet(done),
                                           last.directions.ahead && here.meet(done)};
    if (!directions.back && !directions.ahead)
        return false;
    last.edits = {difference(before, applied(now, next.edits))};
    last.inverse = inverseOf(before, last.edits);
    last.directions = directions;
    return true;
}

} // namespace

EditStep typedStep(const QByteArray &before, const QByteArray &after, const QString &name)
{
    const TextEdit change = difference(before, after);
    return {name,
            {change},
            inverseOf(before, {change}),
            change.replacement.isEmpty() ? EditStep::Typing::Deletion
                                         : EditStep::Typing::Insertion};
}

bool joinSteps(EditStep &last, const EditStep &next, const QByteArray &now)
{
    if (last.typing == EditStep::Typing::None || last.typing != next.typing
        || last.name != next.name)
        return false;
    if (next.typing == EditStep::Typing::Deletion)
        return joinDeletions(last, next, now);
    return next.edits.first().length == 0 && joinInsertions(last, next);
}

} // namespace hubkeeper
