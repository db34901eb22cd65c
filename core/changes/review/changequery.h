// SPDX-License-Identifier: MIT
#pragma once

#include "changes/review/reviewfilter.h"
#include "changes/set/changefile.h"

#include <stop_token>

namespace hubkeeper {

/// Asks the file of a change set which rows are meant and in what groups they are. Rows are never
/// all in memory, their numbers are. For a thread of the pool; throws as ChangeFile does.
class ChangeQuery
{
public:
    /// `file` must outlive it. Nothing is to be expected once `stop` says so.
    ChangeQuery(ChangeFile &file, ReviewWords words, std::stop_token stop);

    /// Ascending sequence numbers.
    [[nodiscard]] std::vector<qint64> rows(const ReviewFilter &filter);
    /// Rows that a run left and that may still be sent, by the run's id: unsent, unknown, or failed
    /// because nothing could be sent any more. What HubSpot refused is not among them.
    [[nodiscard]] QHash<QString, std::vector<qint64>> rowsLeft();
    /// Updates, creates, archives; GroupKey of the filter does not count.
    [[nodiscard]] std::vector<VerbGroup> groups(const ReviewFilter &filter);

private:
    struct Condition;

    [[nodiscard]] Condition conditionOf(const ReviewFilter &filter) const;
    [[nodiscard]] std::vector<qint64> plainRows(const Condition &condition);
    [[nodiscard]] std::vector<qint64> rowsWithText(const Condition &condition, const QString &text);
    [[nodiscard]] std::vector<qint64> rowsOfGroup(const Condition &condition,
                                                  const GroupKey &group);
    [[nodiscard]] std::vector<qint64> rowsWithFindings(const std::vector<qint64> &rows);
    void chooseRows(const ReviewFilter &filter);
    [[nodiscard]] std::vector<VerbGroup> verbs();
    void addProperties(std::vector<VerbGroup> &groups);
    [[nodiscard]] QString shownValue(ObjectType type, const QString &property,
                                     const QString &text) const;

    ChangeFile &m_file;
    const ReviewWords m_words;
    const std::stop_token m_stop;
    QHash<ObjectType, QHash<QString, QString>> m_labels; // Of properties, folded.
    /// Of options and owners, folded, by property and value.
    QHash<ObjectType, QHash<QString, QHash<QString, QString>>> m_values;
};

} // namespace hubkeeper
