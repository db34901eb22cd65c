// SPDX-License-Identifier: MIT
#include "session/workbench/matchrecords.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

const QString moreEmails = u"hs_additional_emails"_s;
constexpr qsizetype mostCharacters = 2'000; // Of 3,000 that a search may have (hubspot-api 6.3).

class MatchRecords final : public Call<FoundRecords>
{
public:
    MatchRecords(PortalReader &portal, MatchKey key, const QStringList &texts,
                 const QStringList &properties, QObject *parent)
        : Call(parent)
        , m_portal(portal)
        , m_key(std::move(key))
        , m_properties(properties)
    {
        m_properties.append(m_key.isRecordId() ? QString() : m_key.property.name);
        if (m_key.property.name == "email"_L1)
            m_properties.append(moreEmails);
        m_properties.removeAll(QString());
        m_properties.removeDuplicates();
        if (m_key.isDomain())
            askDomains(texts);
        else if (m_key.isRecordId())
            readById(texts);
        else
            readByProperty(texts);
    }

private:
    void readByProperty(const QStringList &texts)
    {
        then(m_portal.batchReadBy(m_key.type, m_key.property.name, texts, m_properties, this),
             [this](const RecordPage &page) {
                 add(page.records);
                 complete(std::move(m_found));
             });
    }

    void readById(const QStringList &ids)
    {
        then(m_portal.batchRead(m_key.type, ids, m_properties, this),
             [this](const BatchReadOutcome &found) {
                 add(found.records);
                 m_found.survivors = found.survivors;
                 complete(std::move(m_found));
             });
    }

    void askDomains(const QStringList &texts)
    {
        qsizetype size = mostCharacters;
        for (const QString &text : texts) {
            const QString domain = m_key.keyOf(text); // IN finds lower-case values only.
            if (size + domain.size() > mostCharacters) {
                m_questions.append(QStringList());
                size = 0;
            }
            m_questions.last().append(domain);
            size += domain.size() + 3; // Quotes and comma.
        }
        searchNext({});
    }

    void searchNext(const QString &after)
    {
        if (m_questions.isEmpty())
            return complete(std::move(m_found));
        SearchQuery query;
        query.groups = {{{m_key.property.name, SearchOperator::In, {}, {}, m_questions.first()}}};
        query.properties = m_properties;
        query.after = after;
        then(m_portal.search(m_key.type, query, this), [this](const RecordPage &page) {
            add(page.records);
            if (page.after.isEmpty())
                m_questions.removeFirst();
            searchNext(page.after);
        });
    }

    void add(const QList<Record> &records)
    {
        for (const Record &record : records) {
            for (const QString &key : m_key.keysOf(record)) {
                QList<Record> &known = m_found.byKey[key];
                const bool isKnown =
                    std::any_of(known.begin(), known.end(),
                                [&record](const Record &one) { return one.id == record.id; });
                if (!isKnown)
                    known.append(record);
            }
        }
    }

    PortalReader &m_portal;
    const MatchKey m_key;
    QStringList m_properties;
    QList<QStringList> m_questions;
    FoundRecords m_found;
};

} // namespace

bool MatchKey::isRecordId() const
{
    return property.name == "id"_L1;
}

bool MatchKey::isDomain() const
{
    return type == ObjectType::Companies && property.name == "domain"_L1;
}

QString MatchKey::keyOf(const QString &text) const
{
    const QString plain = text.trimmed();
    if (isRecordId())
        return plain;
    if (isDomain() || property.name == "email"_L1)
        return plain.toLower();
    return plain.isEmpty() ? QString() : valueKey(property, plain);
}

QStringList MatchKey::keysOf(const Record &record) const
{
    if (isRecordId())
        return {record.id};
    QStringList texts {record.text(property.name)};
    if (property.name == "email"_L1)
        texts += record.text(moreEmails).split(u';', Qt::SkipEmptyParts);
    QStringList keys;
    for (const QString &text : std::as_const(texts)) {
        if (const QString key = keyOf(text); !key.isEmpty() && !keys.contains(key))
            keys.append(key);
    }
    return keys;
}

Call<FoundRecords> *matchRecords(PortalReader &portal, const MatchKey &key,
                                 const QStringList &texts, const QStringList &properties,
                                 QObject *parent)
{
    return new MatchRecords(portal, key, texts, properties, parent);
}

} // namespace hubkeeper
