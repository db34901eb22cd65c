// SPDX-License-Identifier: MIT
#include "base/similarname.h"

#include <algorithm>
#include <array>

namespace hubkeeper {

namespace {

constexpr qsizetype longest = 64;

using Row = std::array<int, longest + 1>;

QString lettersOf(const QString &name)
{
    QString letters;
    for (const QChar c : name) {
        if (c.isLetterOrNumber())
            letters += c.toLower();
    }
    return letters;
}

bool swapped(QStringView a, QStringView b, qsizetype i, qsizetype j)
{
    return i > 1 && j > 1 && a[i - 1].toLower() == b[j - 2].toLower()
        && a[i - 2].toLower() == b[j - 1].toLower();
}

} // namespace

int typingDistance(QStringView a, QStringView b)
{
    if (a.size() > longest || b.size() > longest)
        return int(std::max(a.size(), b.size()));
    Row twoAbove {};
    Row above {};
    Row row {};
    for (qsizetype j = 0; j <= b.size(); ++j)
        row[size_t(j)] = int(j);
    for (qsizetype i = 1; i <= a.size(); ++i) {
        twoAbove = above;
        above = row;
        row[0] = int(i);
        for (qsizetype j = 1; j <= b.size(); ++j) {
            const int change = a[i - 1].toLower() == b[j - 1].toLower() ? 0 : 1;
            int best = std::min(
                {row[size_t(j - 1)] + 1, above[size_t(j)] + 1, above[size_t(j - 1)] + change});
            if (swapped(a, b, i, j))
                best = std::min(best, twoAbove[size_t(j - 2)] + 1);
            row[size_t(j)] = best;
        }
    }
    return row[size_t(b.size())];
}

std::optional<QString> mostSimilarName(const QString &wanted, const QStringList &known)
{
    if (known.contains(wanted))
        return {};
    const QString letters = lettersOf(wanted);
    int best = std::max(1, int(wanted.size()) / 3) + 1;
    std::optional<QString> nearest;
    for (const QString &name : known) {
        if (!letters.isEmpty() && lettersOf(name) == letters)
            return name;
        if (std::abs(name.size() - wanted.size()) >= best)
            continue; // So many letters differ at least.
        const int distance = typingDistance(wanted, name);
        if (distance < best) {
            best = distance;
            nearest = name;
        }
    }
    return nearest;
}

} // namespace hubkeeper
