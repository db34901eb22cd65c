// SPDX-License-Identifier: MIT
#include "changes/run/samedomains.h"

#include "changes/changestext.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

const auto domainProperty = u"domain"_s;
constexpr qsizetype mostCharacters = 2000; // Of 3,000 that a search may have (hubspot-api 6.3).

} // namespace

SameDomains::SameDomains(PortalReader &portal, const QStringList &domains, QObject *parent)
    : Call(parent)
    , m_portal(portal)
{
    qsizetype size = mostCharacters;
    for (const QString &domain : domains) {
        const QString folded = domain.toLower(); // IN finds texts by lower-case values only.
        if (folded.size() > mostCharacters)
            continue; // No domain is as long as that.
        if (size + folded.size() > mostCharacters) {
            m_questions.append(QStringList());
            size = 0;
        }
        m_questions.last().append(folded);
        size += folded.size() + 3; // Quotes and comma.
    }
    searchNext();
}

void SameDomains::searchNext()
{
    if (m_questions.isEmpty())
        return complete(m_owners);
    SearchQuery query;
    query.groups = {{{domainProperty, SearchOperator::In, {}, {}, m_questions.takeFirst()}}};
    query.properties = {domainProperty};
    then(m_portal.search(ObjectType::Companies, query, this), [this](const RecordPage &page) {
        for (const Record &record : page.records) {
            const QString domain = record.text(domainProperty).toLower();
            if (!m_owners.contains(domain))
                m_owners.insert(domain, record.id);
        }
        searchNext();
    });
}

QString sameDomainCategory()
{
    return u"SAME_DOMAIN"_s;
}

Error sameDomainError(const QString &domain, const QString &owner)
{
    Error error =
        fail(ErrorKind::Conflict,
             ChangesText::tr("The company %1 has the domain %2 already.").arg(owner, domain),
             ChangesText::tr(
                 "Edit that one. To make another all the same, apply again, on the command "
                 "line with --yes."))
            .value();
    error.category = sameDomainCategory();
    error.existingId = owner;
    return error;
}

} // namespace hubkeeper
