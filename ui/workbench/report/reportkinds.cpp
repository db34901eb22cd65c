// SPDX-License-Identifier: MIT
#include "workbench/report/reportkinds.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// The context of the translations.
class ReportKinds
{
    Q_DECLARE_TR_FUNCTIONS(hubkeeper::ReportKinds)
};

} // namespace

QString shownKind(ValueFaultKind kind)
{
    switch (kind) {
    case ValueFaultKind::Missing:
        return ReportKinds::tr("No value");
    case ValueFaultKind::BadOption:
        return ReportKinds::tr("Not an option");
    case ValueFaultKind::BadEmail:
        return ReportKinds::tr("Not an e-mail address");
    case ValueFaultKind::BadPhone:
        return ReportKinds::tr("Not a phone number in E.164");
    case ValueFaultKind::BadDomain:
        return ReportKinds::tr("Not a domain");
    case ValueFaultKind::BadDate:
        return ReportKinds::tr("Not a date");
    case ValueFaultKind::BadValue:
        return ReportKinds::tr("Refused by HubSpot");
    case ValueFaultKind::TooLong:
        return ReportKinds::tr("Too long");
    case ValueFaultKind::Conflict:
        break;
    }
    return ReportKinds::tr("Contradicts another value");
}

QString recipeFor(ValueFaultKind kind, const QString &property)
{
    switch (kind) {
    case ValueFaultKind::BadOption:
        return u"options"_s;
    case ValueFaultKind::BadEmail:
        return u"email"_s;
    case ValueFaultKind::BadPhone:
        return u"phone"_s;
    case ValueFaultKind::BadDomain:
        return u"domain"_s;
    case ValueFaultKind::BadDate:
        return u"date"_s;
    case ValueFaultKind::Missing:
        return property == "domain"_L1 ? u"domain-from-website"_s : QString();
    default:
        return {};
    }
}

} // namespace hubkeeper
