// SPDX-License-Identifier: MIT
#include "session/workbench/findorphans.h"

#include "duplicates/values/valuekeys.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

QString domainIn(const QString &text)
{
    return QString::fromStdString(domainKey(text.toStdString()).registrable);
}

template <typename List>
void sortById(List &list)
{
    std::sort(list.begin(), list.end(),
              [](const auto &a, const auto &b) { return a.id.toLongLong() < b.id.toLongLong(); });
}

} // namespace

FindOrphans::FindOrphans(PortalReader &portal, QObject *parent)
    : Call(parent)
    , m_portal(portal)
{
    BrowseQuery query;
    query.type = ObjectType::Companies;
    query.properties = {u"name"_s, u"domain"_s, u"num_associated_contacts"_s};
    auto *companies = new ReadAllRecords(
        portal, query,
        [this](const Record &record) {
            takeCompany(record);
            return true;
        },
        this);
    follow(*companies);
    then<void>(companies, [this] { readContacts(); });
}

void FindOrphans::follow(const CallBase &step)
{
    connect(&step, &CallBase::progressed, this, &CallBase::progressed);
}

void FindOrphans::takeCompany(const Record &record)
{
    const QString domain = domainIn(record.text(u"domain"_s));
    const OrphanedCompany company {record.id, record.text(u"name"_s), domain};
    if (!domain.isEmpty() && !isFreeMail(domain.toStdString())) {
        const auto other = m_byDomain.find(domain);
        if (other == m_byDomain.end())
            m_byDomain.insert(domain, company);
        else
            other->id.clear();
    }
    if (record.text(u"num_associated_contacts"_s).toLongLong() == 0)
        m_found.companies.append(company);
}

void FindOrphans::readContacts()
{
    BrowseQuery query;
    query.type = ObjectType::Contacts;
    query.properties = {u"email"_s, u"associatedcompanyid"_s};
    auto *contacts = new ReadAllRecords(
        m_portal, query,
        [this](const Record &record) {
            takeContact(record);
            return true;
        },
        this);
    follow(*contacts);
    then<void>(contacts, [this] {
        sortById(m_found.contacts);
        sortById(m_found.companies);
        complete(std::move(m_found));
    });
}

void FindOrphans::takeContact(const Record &record)
{
    if (!record.text(u"associatedcompanyid"_s).isEmpty())
        return;
    ++m_found.contactsWithoutCompany;
    const QString email = record.text(u"email"_s);
    if (!email.contains(u'@'))
        return;
    const auto company = m_byDomain.constFind(domainIn(email));
    if (company != m_byDomain.constEnd() && !company->id.isEmpty())
        m_found.contacts.append({record.id, email, company->id, company->name, company->domain});
}

} // namespace hubkeeper
