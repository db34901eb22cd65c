// SPDX-License-Identifier: MIT
#include "changes/review/changequery.h"

#include "base/foldedtext.h"
#include "changes/review/patterncounter.h"
#include "changes/run/writeguard.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

constexpr int rowsPerBlock = 500;

QString textAt(SQLite::Statement &read, int column)
{
    const SQLite::Column value = read.getColumn(column);
    return QString::fromUtf8(static_cast<const char *>(value.getBlob()), value.getBytes());
}

template <typename Choices>
typename Choices::value_type oneOf(const Choices &choices, const QString &word)
{
    for (const auto choice : choices) {
        if (nameOf(choice) == word)
            return choice;
    }
    return choices.front(); // ChangeFile::overview() refused the file before.
}

ChangeVerb verbAt(SQLite::Statement &read)
{
    return {oneOf(allRowSubjects, textAt(read, 0)), oneOf(allObjectTypes, textAt(read, 1)),
            oneOf(allChangeKinds, textAt(read, 2))};
}

/// The order of the people who read it, not that of the words.
int rankOf(const ChangeVerb &verb)
{
    constexpr std::array order {ChangeKind::Update, ChangeKind::Create, ChangeKind::Archive};
    const auto kind = std::find(order.begin(), order.end(), verb.kind) - order.begin();
    return int(verb.subject) * 100 + int(verb.type) * 10 + int(kind);
}

// Of the rows in the table `chosen`.
constexpr auto counts = "COUNT(*),"
                        " SUM(r.excluded = 0 AND r.state NOT IN ('applied', 'sending')),"
                        " SUM(r.excluded <> 0 AND r.state NOT IN ('applied', 'sending'))";

GroupCounts countsAt(SQLite::Statement &read, int column)
{
    return {read.getColumn(column).getInt(), read.getColumn(column + 1).getInt(),
            read.getColumn(column + 2).getInt()};
}

} // namespace

/// A WHERE clause on rows r, and its texts.
struct ChangeQuery::Condition
{
    QStringList parts {u"1"_s};
    QStringList texts;

    void add(const QString &part, const QStringList &values)
    {
        parts.append(part);
        texts += values;
    }
    void bindTo(SQLite::Statement &statement) const
    {
        for (int i = 0; i < int(texts.size()); ++i)
            statement.bind(i + 1, texts[i].toStdString());
    }
    [[nodiscard]] std::string where() const
    {
        return " WHERE " + parts.join(u" AND "_s).toStdString();
    }
};

ChangeQuery::ChangeQuery(ChangeFile &file, ReviewWords words, std::stop_token stop)
    : m_file(file)
    , m_words(std::move(words))
    , m_stop(std::move(stop))
{
    for (auto type = m_words.definitions.cbegin(); type != m_words.definitions.cend(); ++type) {
        for (const PropertyDefinition &property : *type) {
            m_labels[type.key()].insert(property.name, foldedText(property.label));
            QHash<QString, QString> &values = m_values[type.key()][property.name];
            for (const PropertyOption &option : property.options)
                values.insert(option.value, foldedText(option.label));
            if (property.referencedObjectType != "OWNER"_L1)
                continue;
            for (auto owner = m_words.owners.cbegin(); owner != m_words.owners.cend(); ++owner)
                values.insert(owner.key(), foldedText(owner.value()));
        }
    }
}

ChangeQuery::Condition ChangeQuery::conditionOf(const ReviewFilter &filter) const
{
    Condition condition;
    const auto equals = [&condition](const char *column, const QString &word) {
        condition.add(u"r.%1 = ?"_s.arg(QLatin1StringView(column)), {word});
    };
    const auto among = [](qsizetype count) { return QStringList(count, u"?"_s).join(u','); };
    if (filter.subject)
        equals("subject", nameOf(*filter.subject));
    if (filter.type)
        equals("type", nameOf(*filter.type));
    if (filter.kind)
        equals("kind", nameOf(*filter.kind));
    if (filter.excluded)
        condition.add(*filter.excluded ? u"r.excluded <> 0"_s : u"r.excluded = 0"_s, {});
    if (!filter.states.isEmpty()) {
        QStringList words;
        for (const RowState state : filter.states)
            words.append(nameOf(state));
        QString part = u"r.state IN (%1)"_s.arg(among(words.size()));
        if (filter.states.contains(RowState::Failed))
            part = u"(%1 OR (r.state = 'staged' AND r.body ->> '$.error' IS NOT NULL))"_s.arg(part);
        condition.add(part, words);
    }
    if (!filter.ids.isEmpty())
        condition.add(u"r.body ->> '$.id' IN (%1)"_s.arg(among(filter.ids.size())), filter.ids);
    if (filter.group && filter.group->verb) {
        equals("subject", nameOf(filter.group->verb->subject));
        equals("type", nameOf(filter.group->verb->type));
        equals("kind", nameOf(filter.group->verb->kind));
    }
    return condition;
}

std::vector<qint64> ChangeQuery::plainRows(const Condition &condition)
{
    SQLite::Statement read(m_file.database(),
                           "SELECT r.sequence FROM rows r" + condition.where()
                               + " ORDER BY r.sequence");
    condition.bindTo(read);
    std::vector<qint64> rows;
    while (!m_stop.stop_requested() && read.executeStep())
        rows.push_back(read.getColumn(0).getInt64());
    return rows;
}

QString ChangeQuery::shownValue(ObjectType type, const QString &property, const QString &text) const
{
    const auto ofType = m_values.constFind(type);
    if (ofType == m_values.cend())
        return {};
    const auto values = ofType->constFind(property);
    return values == ofType->cend() ? QString() : values->value(text);
}

std::vector<qint64> ChangeQuery::rowsWithText(const Condition &condition, const QString &text)
{
    SQLite::Statement read(
        m_file.database(),
        "SELECT r.sequence, r.type, r.id, r.body ->> '$.label', c.key, c.value ->> '$.before',"
        " c.value ->> '$.after' FROM rows r LEFT JOIN json_each(r.body, '$.cells') c"
            + condition.where() + " ORDER BY r.sequence");
    condition.bindTo(read);
    const QString wanted = foldedText(text.trimmed());
    std::vector<qint64> rows;
    while (!m_stop.stop_requested() && read.executeStep()) {
        const qint64 sequence = read.getColumn(0).getInt64();
        if (!rows.empty() && rows.back() == sequence)
            continue;
        const auto type = oneOf(allObjectTypes, textAt(read, 1));
        const QString property = textAt(read, 4);
        bool isThere = m_labels.value(type).value(property).contains(wanted);
        for (int column = 2; column <= 6 && !isThere; ++column)
            isThere = foldedText(textAt(read, column)).contains(wanted);
        for (int column = 5; column <= 6 && !isThere; ++column)
            isThere = shownValue(type, property, textAt(read, column)).contains(wanted);
        if (isThere)
            rows.push_back(sequence);
    }
    return rows;
}

std::vector<qint64> ChangeQuery::rowsOfGroup(const Condition &condition, const GroupKey &group)
{
    Condition ofProperty = condition;
    ofProperty.add(u"c.key = ?"_s, {group.property});
    SQLite::Statement read(m_file.database(),
                           "SELECT r.sequence, c.value ->> '$.before', c.value ->> '$.after'"
                           " FROM rows r JOIN json_each(r.body, '$.cells') c"
                               + ofProperty.where() + " ORDER BY r.sequence");
    ofProperty.bindTo(read);
    std::vector<qint64> rows;
    while (!m_stop.stop_requested() && read.executeStep()) {
        if (group.takes(textAt(read, 1), textAt(read, 2)))
            rows.push_back(read.getColumn(0).getInt64());
    }
    return rows;
}

std::vector<qint64> ChangeQuery::rowsWithFindings(const std::vector<qint64> &rows)
{
    std::vector<qint64> found;
    for (auto next = rows.begin(); next != rows.end() && !m_stop.stop_requested();) {
        const std::vector<NumberedRow> block = m_file.rowsFrom(*next, rowsPerBlock);
        for (const NumberedRow &numbered : block) {
            next = std::lower_bound(next, rows.end(), numbered.sequence);
            if (next == rows.end() || *next != numbered.sequence)
                continue;
            ++next;
            const RowChange &row = *numbered.row;
            const bool isDone = row.state == RowState::Applied || row.state == RowState::Sending;
            if (!isDone && row.subject == RowSubject::Record
                && !faultsOf(row, m_words.definitions.value(row.type)).isEmpty())
                found.push_back(numbered.sequence);
        }
        if (block.empty())
            break;
    }
    return found;
}

std::vector<qint64> ChangeQuery::rows(const ReviewFilter &filter)
{
    const Condition condition = conditionOf(filter);
    const bool hasText = !filter.text.trimmed().isEmpty();
    std::vector<qint64> rows =
        hasText ? rowsWithText(condition, filter.text) : plainRows(condition);
    if (filter.group && !filter.group->property.isEmpty()) {
        const std::vector<qint64> ofGroup = rowsOfGroup(condition, *filter.group);
        std::vector<qint64> both;
        std::set_intersection(rows.begin(), rows.end(), ofGroup.begin(), ofGroup.end(),
                              std::back_inserter(both));
        rows = std::move(both);
    }
    return filter.withFindings ? rowsWithFindings(rows) : rows;
}

QHash<QString, std::vector<qint64>> ChangeQuery::rowsLeft()
{
    SQLite::Statement read(
        m_file.database(),
        "SELECT run, sequence FROM rows WHERE run <> '' AND excluded = 0"
        " AND (state IN ('skipped', 'unknown') OR (state = 'failed' AND body ->> '$.error.kind' IN"
        " ('offline', 'untrusted', 'unauthorized', 'forbidden', 'rateLimited', 'serverFault')))"
        " ORDER BY sequence");
    QHash<QString, std::vector<qint64>> rows;
    while (!m_stop.stop_requested() && read.executeStep())
        rows[textAt(read, 0)].push_back(read.getColumn(1).getInt64());
    return rows;
}

/// Into the table `chosen`, which is this connection's own.
void ChangeQuery::chooseRows(const ReviewFilter &filter)
{
    SQLite::Database &database = m_file.database();
    database.exec("CREATE TEMP TABLE IF NOT EXISTS chosen (sequence INTEGER PRIMARY KEY)");
    database.exec("DELETE FROM chosen");
    ReviewFilter all = filter;
    all.group.reset();
    if (all.isEmpty()) {
        database.exec("INSERT INTO chosen SELECT sequence FROM rows");
        return;
    }
    SQLite::Transaction transaction(database);
    SQLite::Statement insert(database, "INSERT INTO chosen VALUES (?)");
    for (const qint64 sequence : rows(all)) {
        insert.bind(1, int64_t(sequence));
        insert.exec();
        insert.reset();
    }
    transaction.commit();
}

std::vector<VerbGroup> ChangeQuery::verbs()
{
    SQLite::Statement read(m_file.database(),
                           "SELECT r.subject, r.type, r.kind, " + std::string(counts)
                               + " FROM rows r JOIN chosen USING (sequence) GROUP BY 1, 2, 3");
    std::vector<VerbGroup> groups;
    while (read.executeStep())
        groups.push_back({verbAt(read), countsAt(read, 3), {}});
    std::sort(groups.begin(), groups.end(), [](const VerbGroup &one, const VerbGroup &other) {
        return rankOf(one.verb) < rankOf(other.verb);
    });
    return groups;
}

void ChangeQuery::addProperties(std::vector<VerbGroup> &groups)
{
    SQLite::Statement read(
        m_file.database(),
        "SELECT r.subject, r.type, r.kind, c.key, c.value ->> '$.before' AS old,"
        " c.value ->> '$.after' AS new, "
            + std::string(counts)
            + " FROM rows r JOIN chosen USING (sequence) JOIN json_each(r.body, '$.cells') c"
              " WHERE r.kind <> 'archive' GROUP BY 1, 2, 3, 4, 5, 6"
              " ORDER BY 1, 2, 3, 4, 7 DESC, 5, 6");
    std::optional<ChangeVerb> verb;
    PatternCounter counter;
    const auto finish = [&] {
        const auto group = std::find_if(groups.begin(), groups.end(),
                                        [&](const VerbGroup &one) { return one.verb == verb; });
        if (verb && group != groups.end())
            group->properties.push_back(counter.take());
    };
    while (!m_stop.stop_requested() && read.executeStep()) {
        const ChangeVerb next = verbAt(read);
        const QString property = textAt(read, 3);
        if (verb != next || counter.property() != property) {
            finish();
            verb = next;
            counter.start(property);
        }
        counter.add(textAt(read, 4), textAt(read, 5), countsAt(read, 6));
    }
    finish();
}

std::vector<VerbGroup> ChangeQuery::groups(const ReviewFilter &filter)
{
    chooseRows(filter);
    std::vector<VerbGroup> groups = verbs();
    addProperties(groups);
    for (VerbGroup &group : groups) {
        std::stable_sort(group.properties.begin(), group.properties.end(),
                         [](const PropertyGroup &one, const PropertyGroup &other) {
                             return one.counts.rows > other.counts.rows;
                         });
    }
    return groups;
}

} // namespace hubkeeper
