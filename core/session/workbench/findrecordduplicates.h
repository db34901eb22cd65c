// SPDX-License-Identifier: MIT
#pragma once

#include "duplicates/finding/findduplicates.h"
#include "store/sets/recordset.h"

namespace hubkeeper {

class Session;

/// Records of a portal that are one.
struct RecordDuplicates
{
    MatchColumns columns; ///< Properties, with what each is.
    QStringList ids; ///< Of the records compared, by their numbers in `found`.
    QHash<std::uint32_t, QString> labels; ///< What the first record of each group is called.
    std::shared_ptr<const ComparableRecords> records; ///< As they were compared.
    Duplicates found;
};

/// Which properties are compared of a type, and as what; those that the portal does not define are
/// left out.
[[nodiscard]] MatchColumns comparedProperties(ObjectType type, const QStringList &defined);

/// Compares rows of a record set with each other. Properties that the set does not hold are read
/// from the portal. Archived rows are left out. Compares on another thread; memory holds the
/// records as keys, some 450 bytes each. Progress is in rows while they are read, then in
/// hundredths. Fails as the portal does, with InvalidInput for rules that are wrong, and Cancelled.
class FindRecordDuplicates final : public Call<std::shared_ptr<const RecordDuplicates>>
{
public:
    /// `rules` as MatchRules::parse() takes them. The session must outlive the call; it is
    /// cancelled when the set goes.
    FindRecordDuplicates(Session &session, RecordSet &set, std::vector<qint64> rows, QString rules,
                         double threshold, QObject *parent);

private:
    void begin(const QStringList &defined);
    void readMore();
    void readMissing(QList<Record> records);
    void add(const QList<Record> &records);
    void compare();

    Session &m_session;
    RecordSet &m_set;
    const std::vector<qint64> m_rows;
    const QString m_rulesText;
    DuplicateOptions m_options;
    QStringList m_missing; // Properties that the set does not hold.
    size_t m_asked = 0;
    std::shared_ptr<RecordDuplicates> m_outcome = std::make_shared<RecordDuplicates>();
    std::shared_ptr<ComparableRecords> m_records;
    QStringList m_labels;
    int m_waiting = 0; // Calls under way.
};

} // namespace hubkeeper
