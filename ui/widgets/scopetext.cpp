// SPDX-License-Identifier: MIT
#include "widgets/scopetext.h"

#include <QCoreApplication>
#include <QHash>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

struct ScopeWords
{
    Q_DECLARE_TR_FUNCTIONS(hubkeeper::Scopes)
};

} // namespace

QString purposeOf(const QString &scope)
{
    const QHash<QString, QString> purposes {
        {u"oauth"_s, ScopeWords::tr("Sign in, and read the account's details.")},
        {u"crm.objects.contacts.read"_s, ScopeWords::tr("Read contacts.")},
        {u"crm.objects.contacts.write"_s, ScopeWords::tr("Create, change and archive contacts.")},
        {u"crm.objects.companies.read"_s, ScopeWords::tr("Read companies.")},
        {u"crm.objects.companies.write"_s, ScopeWords::tr("Create, change and archive companies.")},
        {u"crm.objects.owners.read"_s, ScopeWords::tr("Show owners by name.")},
        {u"crm.schemas.contacts.read"_s,
         ScopeWords::tr("Read the definitions of contact properties.")},
        {u"crm.schemas.companies.read"_s,
         ScopeWords::tr("Read the definitions of company properties.")},
        {u"crm.schemas.contacts.write"_s,
         ScopeWords::tr("Change the definitions of contact properties.")},
        {u"crm.schemas.companies.write"_s,
         ScopeWords::tr("Change the definitions of company properties.")},
    };
    return purposes.value(scope);
}

QString lossWithout(const QString &scope)
{
    const QHash<QString, QString> losses {
        {u"oauth"_s, ScopeWords::tr("The account's name and time zone stay unknown.")},
        {u"crm.objects.contacts.read"_s,
         ScopeWords::tr("Contacts cannot be read; the test fails.")},
        {u"crm.objects.contacts.write"_s, ScopeWords::tr("Contacts can be read only.")},
        {u"crm.objects.companies.read"_s,
         ScopeWords::tr("Companies cannot be read; the test fails.")},
        {u"crm.objects.companies.write"_s, ScopeWords::tr("Companies can be read only.")},
        {u"crm.objects.owners.read"_s,
         ScopeWords::tr("Owners are shown by ID, and cannot be searched.")},
        // Definitions can be read with the scopes of the records too.
        {u"crm.schemas.contacts.read"_s,
         ScopeWords::tr("Nothing, as long as contacts themselves can be read.")},
        {u"crm.schemas.companies.read"_s,
         ScopeWords::tr("Nothing, as long as companies themselves can be read.")},
        {u"crm.schemas.contacts.write"_s,
         ScopeWords::tr("The object class contactProperties is read-only.")},
        {u"crm.schemas.companies.write"_s,
         ScopeWords::tr("The object class companyProperties is read-only.")},
    };
    return losses.value(scope);
}

} // namespace hubkeeper
