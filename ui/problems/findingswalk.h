// SPDX-License-Identifier: MIT
#pragma once

#include <QModelIndex>

#include <functional>
#include <optional>

namespace hubkeeper {

class FindingsFilter;
class FindingsModel;

/// Which finding is the next one, and which the one before: in the order of the text, whatever the
/// list is sorted by, from where the user is in the document.
class FindingsWalk final
{
public:
    /// Both must outlive it.
    FindingsWalk(const FindingsModel &model, const FindingsFilter &filter);

    /// Says where the user is in the document, as a byte of it, or nothing.
    using Place = std::function<std::optional<qsizetype>()>;
    void setPlace(Place place) { m_place = std::move(place); }

    /// The row of the filter that comes `by` after `now` (1 or -1); past the end it is the first.
    /// From the row itself, in the order of the list, if `isInList`. There must be a row.
    [[nodiscard]] int next(const QModelIndex &now, int by, bool isInList) const;
    /// The user was brought to a finding: as long as they stay, its row is where they are.
    void arrive();

private:
    [[nodiscard]] int nextFrom(qsizetype place, int by) const;
    [[nodiscard]] QList<int> shown() const;

    const FindingsModel &m_model;
    const FindingsFilter &m_filter;
    Place m_place;
    std::optional<qsizetype> m_arrived; // Where the last step went.
};

} // namespace hubkeeper
