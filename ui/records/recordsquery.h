// SPDX-License-Identifier: MIT
#pragma once

#include "session/reading/browse.h"

#include <QTimer>

namespace hubkeeper {

class PropertyNames;
class Session;

/// What is to be read, and what tells it from other readings of the same portal: words and
/// resolved conditions.
struct PlannedQuery
{
    BrowseQuery browse;
    QString key;
};

/// What a records page asks for: reads records of the portal into a record set, and selects and
/// sorts its rows. One reading and one sorting at a time; a newer one stops the one before.
class RecordsQuery final : public QObject
{
    Q_OBJECT

public:
    /// `names` must outlive it.
    RecordsQuery(ObjectType type, const PropertyNames &names, QObject *parent);
    ~RecordsQuery() override;

    /// Ends everything of the session before; null for none. What is written in the session is
    /// stored in the set as well.
    void setSession(std::shared_ptr<Session> session);

    /// Reads from the start into a new set with the query's properties; setChanged() comes first.
    void read(const PlannedQuery &query);
    /// As read(), but shows again what was read for the same query before, if that is still there:
    /// a few of them are kept while other queries are shown. readingEnded() follows then, too.
    void show(const PlannedQuery &query);
    /// The same as read() beside what is shown, which stays until everything was read anew, and for
    /// good if that fails (keepsOld()). Where nothing whole is shown, as read().
    void readAgain(const PlannedQuery &query);
    /// The last reading failed or was stopped, and set() is what was there before it.
    [[nodiscard]] bool keepsOld() const { return m_keepsOld; }
    /// Goes on where a reading was stopped or broken.
    void readOn();
    [[nodiscard]] bool canReadOn() const { return m_rest.has_value(); }
    /// Null before the first reading.
    [[nodiscard]] RecordSet *set() const { return m_set.get(); }
    [[nodiscard]] bool isReading() const { return m_isReading; }
    /// Reading is over, and everything asked for was read.
    [[nodiscard]] bool isComplete() const { return m_isComplete; }
    /// set() holds what a search found, and not all there is.
    [[nodiscard]] bool isSearch() const { return m_isSearch; }
    /// How the last reading ended; before readingEnded() a Cancelled one.
    [[nodiscard]] const Result<BrowseSummary> &outcome() const { return m_outcome; }
    /// What the portal said there is; -1 while that is not known.
    [[nodiscard]] qint64 total() const { return m_total; }

    /// Only rows that show the text; arranged() follows a moment later.
    void setFilter(const QString &text);
    /// The properties that are shown, and whether as they are stored.
    void setShown(const QStringList &columns, bool raw);
    /// Values are shown otherwise now: labels or owners became known.
    void namesChanged();
    [[nodiscard]] const QString &filter() const { return m_rowQuery.contains; }
    /// By these, one after the other; an empty property, or none of them, is the record id.
    /// arranged() follows.
    void setSorts(const QList<RowSort> &sorts);
    /// Makes the order anew, e.g. when rows were added.
    void arrange();

signals:
    /// set() is another one now; the one before goes when the signal has been delivered.
    void setChanged();
    /// Rows were added to the set.
    void grown();
    /// A reading or a sorting started, for progress and cancel.
    void readingStarted(hubkeeper::CallBase *call);
    void sortingStarted(hubkeeper::CallBase *call);
    void readingEnded(); ///< See outcome().
    void arranged(const hubkeeper::RowOrder &order);
    /// The record set cannot be made, sorted, written or read.
    void failed(const hubkeeper::Error &error);

private:
    void followWrites();
    void forgetSearches(ObjectType type);
    [[nodiscard]] static bool isSearch(const BrowseQuery &query);
    [[nodiscard]] std::unique_ptr<RecordSet> makeSet(const QStringList &properties);
    [[nodiscard]] std::unique_ptr<RecordSet> showSet(std::unique_ptr<RecordSet> set,
                                                     const QString &key);
    void showNew(std::unique_ptr<RecordSet> set, const QString &key, bool isSearch);
    void start(const BrowseQuery &query, RecordSet &set);
    void onRead(const Result<BrowseSummary> &summary);
    void onGrown();
    void takeNames();
    void order();

    /// What was read whole for a query that is not shown now.
    struct Kept
    {
        QString key;
        std::unique_ptr<RecordSet> set;
        bool isSearch = false;
        Result<BrowseSummary> outcome;
    };
    static constexpr size_t mostKept = 4;

    [[nodiscard]] static bool holds(const RecordSet *set, const QStringList &properties);
    [[nodiscard]] bool isWholeSet() const { return m_set && m_isComplete && !m_isReading; }

    const ObjectType m_type;
    const PropertyNames &m_names;
    std::shared_ptr<Session> m_session;
    std::unique_ptr<RecordSet> m_set;
    std::unique_ptr<RecordSet> m_next; // Read anew beside m_set.
    std::vector<Kept> m_kept; // The one that was shown last is the last.
    QString m_key; // Of what is shown.
    QString m_nextKey;
    std::optional<BrowseQuery> m_rest;
    Result<BrowseSummary> m_outcome = fail(ErrorKind::Cancelled, QString());
    QPointer<CallBase> m_staging; // Reads what is staged, for the sorting.
    QPointer<Call<RowOrder>> m_sorting;
    QTimer m_pause;
    RowQuery m_rowQuery;
    bool m_isRaw = false;
    qint64 m_total = -1;
    qint64 m_before = 0; // Rows of the set when the present reading started.
    bool m_isReading = false;
    bool m_isComplete = false;
    bool m_wasComplete = false; // Before the present reading.
    bool m_keepsOld = false;
    bool m_isSearch = false; // Of m_set.
    bool m_nextIsSearch = false;
};

} // namespace hubkeeper
