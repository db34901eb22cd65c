// SPDX-License-Identifier: MIT
#pragma once

#include <QJsonValue>
#include <QMultiHash>
#include <QStringList>

#include <utility>
#include <vector>

namespace hubkeeper {

/// The texts under which an object is found by a value: itself, or those of a list.
[[nodiscard]] QStringList textsOf(const QJsonValue &value);

/// Places of objects by the texts of one attribute. Keeps hashes only, 16 bytes a text: what it
/// finds has to be looked at. Places are not taken back.
class TextIndex
{
public:
    void add(const QJsonValue &value, qint64 place);
    /// After many, before the first find().
    void sort();
    /// In order, each once; all that have the text, and perhaps others.
    [[nodiscard]] std::vector<qint64> find(const QString &text) const;

private:
    std::vector<std::pair<size_t, qint64>> m_sorted;
    QMultiHash<size_t, qint64> m_later; ///< Added after sort().
    bool m_isSorted = false;
};

} // namespace hubkeeper
