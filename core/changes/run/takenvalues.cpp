// SPDX-License-Identifier: MIT
#include "changes/run/takenvalues.h"

#include "changes/changestext.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

const auto emailProperty = u"email"_s;
const auto moreEmailsProperty = u"hs_additional_emails"_s;

bool isUnique(ObjectType type, const QString &property, const DefinitionsByName &definitions)
{
    return (type == ObjectType::Contacts && property == emailProperty)
        || definitions.value(property).hasUniqueValue;
}

} // namespace

TakenValues::TakenValues(PortalReader &portal, ObjectType type,
                         const DefinitionsByName &definitions,
                         const QList<QHash<QString, QString>> &records, QObject *parent)
    : Call(parent)
    , m_portal(portal)
    , m_type(type)
{
    for (const QHash<QString, QString> &texts : records) {
        for (auto text = texts.cbegin(); text != texts.cend(); ++text) {
            if (!text->isEmpty() && isUnique(type, text.key(), definitions))
                m_questions[text.key()].append(*text);
        }
    }
    askNext();
}

void TakenValues::askNext()
{
    if (m_questions.isEmpty())
        return complete(m_owners);
    const QString property = m_questions.cbegin().key();
    const QStringList values = m_questions.take(property);
    QStringList properties {property};
    if (m_type == ObjectType::Contacts && property == emailProperty)
        properties.append(moreEmailsProperty);
    then(m_portal.batchReadBy(m_type, property, values, properties, this),
         [this, property](const RecordPage &page) {
             note(property, page);
             askNext();
         });
}

void TakenValues::note(const QString &property, const RecordPage &page)
{
    for (const Record &record : page.records) {
        QStringList values {record.text(property)};
        if (m_type == ObjectType::Contacts && property == emailProperty)
            values += record.text(moreEmailsProperty).split(u';', Qt::SkipEmptyParts);
        for (const QString &value : values)
            m_owners[property].insert(value.trimmed().toLower(), record.id);
    }
}

std::optional<Error> takenValueError(const ValueOwners &owners,
                                     const QHash<QString, QString> &texts, const QString &id)
{
    QStringList names = texts.keys();
    names.sort();
    for (const QString &name : std::as_const(names)) {
        const QString text = texts.value(name);
        const QString owner = owners.value(name).value(text.trimmed().toLower());
        if (owner.isEmpty() || owner == id)
            continue;
        const QString what =
            ChangesText::tr("The record %1 has the %2 %3 already.").arg(owner, name, text);
        Error error = fail(ErrorKind::Conflict, what,
                           ChangesText::tr("Edit that record instead, or use another value."))
                          .value();
        error.existingId = owner;
        error.fields = {{name, u"VALUE_TAKEN"_s, what}};
        return error;
    }
    return std::nullopt;
}

std::optional<Error> PromisedValues::add(ObjectType type, const DefinitionsByName &definitions,
                                         const QHash<QString, QString> &texts, const QString &id,
                                         const QString &label)
{
    std::optional<Error> conflict;
    for (auto text = texts.cbegin(); text != texts.cend(); ++text) {
        const QString value = text->trimmed().toLower();
        if (value.isEmpty() || !isUnique(type, text.key(), definitions))
            continue;
        const QString key = nameOf(type) + u' ' + text.key() + u' ' + value;
        const auto known = m_owners.constFind(key);
        if (known == m_owners.constEnd()) {
            m_owners.insert(key, {id, label});
        } else if (known->id != id) {
            const QString what = ChangesText::tr("The change of %1 sets the same %2, %3.")
                                     .arg(known->label, text.key(), *text);
            conflict = fail(ErrorKind::Conflict, what,
                            ChangesText::tr("Leave one of the two out, or use another value."))
                           .value();
            conflict->fields = {{text.key(), u"VALUE_TAKEN"_s, what}};
        }
    }
    return conflict;
}

} // namespace hubkeeper
