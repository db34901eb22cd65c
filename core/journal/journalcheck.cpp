// SPDX-License-Identifier: MIT
#include "journal/journalcheck.h"

#include "journal/journalfile.h"
#include "journal/journaltext.h"

#include <QMap>

#include <SQLiteCpp/SQLiteCpp.h>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr qsizetype mostRangesNamed = 4;

QString namedEntry(qint64 number, SealState why)
{
    switch (why) {
    case SealState::NoKey:
        return JournalText::tr("entry %1 cannot be checked here, because no keychain answers")
            .arg(number);
    case SealState::OtherKey:
        return JournalText::tr("entry %1 is sealed with a key that the keychain does not have any "
                               "more")
            .arg(number);
    default:
        return JournalText::tr("entry %1 has no seal, because no keychain answered when it was "
                               "written")
            .arg(number);
    }
}

QString namedRange(const UnsealedEntries &range)
{
    if (range.first == range.last)
        return namedEntry(range.first, range.why);
    switch (range.why) {
    case SealState::NoKey:
        return JournalText::tr("entries %1 to %2 cannot be checked here, because no keychain "
                               "answers")
            .arg(range.first)
            .arg(range.last);
    case SealState::OtherKey:
        return JournalText::tr("entries %1 to %2 are sealed with a key that the keychain does not "
                               "have any more")
            .arg(range.first)
            .arg(range.last);
    default:
        return JournalText::tr("entries %1 to %2 have no seal, because no keychain answered when "
                               "they were written")
            .arg(range.first)
            .arg(range.last);
    }
}

QString notSealedSentence(const JournalVerdict &verdict)
{
    if (verdict.entries == 0)
        return JournalText::tr(
            "The journal has no entries. Whether it ever had any cannot be checked here, "
            "because no keychain answers.");
    QStringList parts;
    for (const UnsealedEntries &range :
         verdict.unsealed.first(std::min(verdict.unsealed.size(), mostRangesNamed)))
        parts.append(namedRange(range));
    if (verdict.unsealed.size() > mostRangesNamed)
        parts.append(
            JournalText::tr("and %1 other ranges").arg(verdict.unsealed.size() - mostRangesNamed));
    return JournalText::
        tr("The chain of the journal is intact (%1 entries), but it is not sealed throughout: %2.")
            .arg(verdict.entries)
            .arg(parts.join(u"; "_s));
}

/// Name to definition of tables, indexes and triggers.
QMap<QString, QString> structureOf(SQLite::Database &database)
{
    QMap<QString, QString> structure;
    SQLite::Statement read(database,
                           "SELECT type, name, sql FROM sqlite_master"
                           " WHERE name NOT LIKE 'sqlite_%'");
    while (read.executeStep()) {
        structure.insert(textOf(read.getColumn(0)) + u' ' + textOf(read.getColumn(1)),
                         textOf(read.getColumn(2)));
    }
    return structure;
}

/// One pass over the journal.
class Check
{
public:
    Check(SQLite::Database &database, const JournalSeal &seal, const JournalHead &known)
        : m_database(database)
        , m_seal(seal)
        , m_known(known)
    {
    }

    [[nodiscard]] JournalVerdict run(const std::stop_token &stop)
    {
        const SQLite::Transaction together(m_database); // Entries and head of the same moment.
        readEntries(stop);
        if (m_fault.isEmpty() && !stop.stop_requested())
            judgeEnd();
        if (m_fault.isEmpty() && !stop.stop_requested())
            judgeFile();
        return verdict();
    }

private:
    void bad(qint64 entry, const QString &reason)
    {
        m_verdict.firstBadEntry = entry;
        m_fault = reason;
    }

    void readEntries(const std::stop_token &stop)
    {
        SQLite::Statement read(m_database,
                               "SELECT number, at, run, kind, subject, outcome, body, hash, seal"
                               " FROM entries NOT INDEXED ORDER BY number");
        QByteArray previous;
        while (m_fault.isEmpty() && !stop.stop_requested() && read.executeStep()) {
            JournalEntry entry;
            entry.number = read.getColumn(0).getInt64();
            entry.at = read.getColumn(1).getInt64();
            entry.run = textOf(read.getColumn(2));
            entry.kind = textOf(read.getColumn(3));
            entry.subject = textOf(read.getColumn(4));
            entry.outcome = textOf(read.getColumn(5));
            entry.body = bytesOf(read.getColumn(6));
            const QByteArray hash = bytesOf(read.getColumn(7));
            judge(entry, hash, hashOf(entry, previous), bytesOf(read.getColumn(8)));
            previous = hash;
        }
    }

    void judge(const JournalEntry &entry, const QByteArray &hash, const QByteArray &expected,
               const QByteArray &seal)
    {
        if (entry.number != ++m_verdict.entries)
            return bad(m_verdict.entries, JournalText::tr("it is missing"));
        if (hash != expected)
            return bad(entry.number, JournalText::tr("its content does not fit its hash"));
        const SealState state = m_seal.stateOf(seal, hash);
        if (state == SealState::Bad)
            return bad(entry.number, JournalText::tr("its seal is forged"));
        if (state != SealState::Good)
            addUnsealed(entry.number, state);
    }

    void addUnsealed(qint64 number, SealState why)
    {
        QList<UnsealedEntries> &ranges = m_verdict.unsealed;
        if (!ranges.isEmpty() && ranges.last().last == number - 1 && ranges.last().why == why)
            ranges.last().last = number;
        else
            ranges.append({number, number, why});
    }

    void judgeEnd()
    {
        const SealedHead last = sealedHead(m_database);
        const QString fault = faultOfEnd(m_database, m_seal, m_known);
        if (fault.isEmpty())
            return;
        const bool isCut = std::max(m_known.count, last.head.count) > m_verdict.entries;
        if (isCut)
            return bad(m_verdict.entries + 1,
                       m_known.count > m_verdict.entries ? fault
                                                         : JournalText::tr("it is missing"));
        const auto known = sealOfEntry(m_database, m_known.count);
        const bool isOther = m_known.count > 0 && known && known->first != m_known.hash;
        bad(isOther ? m_known.count : m_verdict.entries, fault);
    }

    /// Lists and runs are read by an index, which is not part of the chain.
    void judgeFile()
    {
        SQLite::Statement read(m_database, "PRAGMA integrity_check(1)");
        const QString word = read.executeStep() ? textOf(read.getColumn(0)) : QString();
        if (word != u"ok"_s)
            return bad(-1, JournalText::tr("its file is damaged (%1)").arg(word));
        const auto there = structureOf(m_database);
        const auto expected = structureOf(*openJournalDatabase(u":memory:"_s));
        for (auto part = expected.begin(); part != expected.end(); ++part) {
            if (there.value(part.key()) != part.value())
                return bad(-1, JournalText::tr("the %1 of its file was changed").arg(part.key()));
        }
        for (auto part = there.begin(); part != there.end(); ++part) {
            if (part.key().startsWith(u"trigger "_s) && !expected.contains(part.key()))
                return bad(-1, JournalText::tr("the %1 was added to its file").arg(part.key()));
        }
    }

    [[nodiscard]] JournalVerdict verdict()
    {
        JournalVerdict verdict = m_verdict;
        if (!m_fault.isEmpty()) {
            verdict.state = JournalState::Altered;
            verdict.sentence = verdict.firstBadEntry < 0
                ? JournalText::tr("The journal was altered: %1.").arg(m_fault)
                : JournalText::tr("The journal was altered: entry %1, %2.")
                      .arg(verdict.firstBadEntry)
                      .arg(m_fault);
        } else if (!verdict.unsealed.isEmpty() || !m_seal.hasKey()) {
            verdict.state = JournalState::NotSealed;
            verdict.sentence = notSealedSentence(verdict);
        } else {
            verdict.sentence = JournalText::tr("The journal is sealed and intact (%1 entries).")
                                   .arg(verdict.entries);
        }
        return verdict;
    }

    SQLite::Database &m_database;
    const JournalSeal &m_seal;
    const JournalHead &m_known;
    JournalVerdict m_verdict;
    QString m_fault;
};

} // namespace

QString nameOf(JournalState state)
{
    switch (state) {
    case JournalState::Sealed:
        return u"sealed"_s;
    case JournalState::NotSealed:
        return u"notSealed"_s;
    case JournalState::Altered:
        break;
    }
    return u"altered"_s;
}

QString nameOf(SealState why)
{
    switch (why) {
    case SealState::Good:
        return u"sealed"_s;
    case SealState::None:
        return u"noSeal"_s;
    case SealState::NoKey:
        return u"noKey"_s;
    case SealState::OtherKey:
        return u"otherKey"_s;
    case SealState::Bad:
        break;
    }
    return u"forged"_s;
}

JournalVerdict checkJournal(SQLite::Database &database, const JournalSeal &seal,
                            const JournalHead &known, const std::stop_token &stop)
{
    return Check(database, seal, known).run(stop);
}

} // namespace hubkeeper
