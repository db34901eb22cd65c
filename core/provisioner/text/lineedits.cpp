// SPDX-License-Identifier: MIT
#include "provisioner/text/lineedits.h"

#include <limits>
#include <optional>

namespace hubkeeper {

namespace {

// Edits from each side within one stretch, before it is given up as wholly different. Its square
// bounds the steps: some milliseconds.
constexpr int mostEdits = 3000;

/// A stretch of each sequence: x counts in the first, y in the second.
struct Box
{
    int left = 0;
    int right = 0;
    int top = 0;
    int bottom = 0;
};

struct Point
{
    int x = 0;
    int y = 0;
};

class Comparison
{
public:
    Comparison(const std::vector<int> &before, const std::vector<int> &after)
        : m_before(before)
        , m_after(after)
        , m_offset(int(after.size()) + 1)
        , m_forward(before.size() + after.size() + 3)
        , m_backward(m_forward.size())
    {
        m_edits.removed.resize(before.size());
        m_edits.added.resize(after.size());
    }

    SequenceEdits run()
    {
        std::vector<Box> open {{0, int(m_before.size()), 0, int(m_after.size())}};
        while (!open.empty()) {
            Box box = open.back();
            open.pop_back();
            trim(box);
            if (box.left == box.right || box.top == box.bottom) {
                mark(box);
            } else if (const auto split = middleOf(box)) {
                open.push_back({box.left, split->x, box.top, split->y});
                open.push_back({split->x, box.right, split->y, box.bottom});
            } else {
                mark(box);
            }
        }
        return std::move(m_edits);
    }

private:
    void trim(Box &box) const
    {
        while (box.left < box.right && box.top < box.bottom
               && m_before[size_t(box.left)] == m_after[size_t(box.top)]) {
            ++box.left;
            ++box.top;
        }
        while (box.left < box.right && box.top < box.bottom
               && m_before[size_t(box.right) - 1] == m_after[size_t(box.bottom) - 1]) {
            --box.right;
            --box.bottom;
        }
    }

    void mark(const Box &box)
    {
        for (int x = box.left; x < box.right; ++x)
            m_edits.removed[size_t(x)] = true;
        for (int y = box.top; y < box.bottom; ++y)
            m_edits.added[size_t(y)] = true;
    }

    /// How far a path got on the diagonal x - y.
    int &reach(std::vector<int> &paths, int diagonal) { return paths[size_t(diagonal + m_offset)]; }

    /// A point on a shortest path through the box, where the search from its start meets the one
    /// from its end; nothing if that takes too long.
    std::optional<Point> middleOf(const Box &box)
    {
        const int start = box.left - box.top;
        const int end = box.right - box.bottom;
        const bool oddLength = ((start - end) & 1) != 0;
        Range ahead {start, start};
        Range back {end, end};
        reach(m_forward, start) = box.left;
        reach(m_backward, end) = box.right;
        for (int edits = 0; edits < mostEdits; ++edits) {
            widen(ahead, box, m_forward, -1);
            for (int d = ahead.high; d >= ahead.low; d -= 2) {
                const int x = stepForward(box, d);
                if (oddLength && back.holds(d) && reach(m_backward, d) <= x && isIn(box, x, d))
                    return Point {x, x - d};
            }
            widen(back, box, m_backward, std::numeric_limits<int>::max());
            for (int d = back.high; d >= back.low; d -= 2) {
                const int x = stepBackward(box, d);
                if (!oddLength && ahead.holds(d) && x <= reach(m_forward, d) && isIn(box, x, d))
                    return Point {x, x - d};
            }
        }
        return std::nullopt;
    }

    /// Paths may leave the box by a step; they lead nowhere.
    static bool isIn(const Box &box, int x, int diagonal)
    {
        return x >= box.left && x <= box.right && x - diagonal >= box.top
            && x - diagonal <= box.bottom;
    }

    struct Range
    {
        int low;
        int high;
        [[nodiscard]] bool holds(int d) const { return low <= d && d <= high; }
    };

    /// One diagonal more on both sides, or one less where the box ends. `never` is outside.
    void widen(Range &range, const Box &box, std::vector<int> &paths, int never)
    {
        if (range.low > box.left - box.bottom)
            reach(paths, --range.low - 1) = never;
        else
            ++range.low;
        if (range.high < box.right - box.top)
            reach(paths, ++range.high + 1) = never;
        else
            --range.high;
    }

    int stepForward(const Box &box, int diagonal)
    {
        const int below = reach(m_forward, diagonal - 1);
        const int above = reach(m_forward, diagonal + 1);
        int x = below < above ? above : below + 1;
        while (x < box.right && x - diagonal < box.bottom
               && m_before[size_t(x)] == m_after[size_t(x - diagonal)])
            ++x;
        return reach(m_forward, diagonal) = x;
    }

    int stepBackward(const Box &box, int diagonal)
    {
        const int below = reach(m_backward, diagonal - 1);
        const int above = reach(m_backward, diagonal + 1);
        int x = below < above ? below : above - 1;
        while (x > box.left && x - diagonal > box.top
               && m_before[size_t(x) - 1] == m_after[size_t(x - diagonal) - 1])
            --x;
        return reach(m_backward, diagonal) = x;
    }

    const std::vector<int> &m_before;
    const std::vector<int> &m_after;
    const int m_offset;
    std::vector<int> m_forward;
    std::vector<int> m_backward;
    SequenceEdits m_edits;
};

} // namespace

SequenceEdits sequenceEdits(const std::vector<int> &before, const std::vector<int> &after)
{
    return Comparison(before, after).run();
}

} // namespace hubkeeper
