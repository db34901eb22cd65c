// SPDX-License-Identifier: MIT
#include "reconcile/overlay/managedschema.h"
#include "reconcile/overlay/targetrules.h"
#include "reconcile/reconciletext.h"

#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

const QStringList &textProperties()
{
    static const QStringList names {
        u"_id"_s,           u"userName"_s,        u"givenName"_s, u"sn"_s,
        u"mail"_s,          u"telephoneNumber"_s, u"city"_s,      u"postalAddress"_s,
        u"address2"_s,      u"postalCode"_s,      u"country"_s,   u"stateProvince"_s,
        u"accountStatus"_s, u"password"_s};
    return names;
}

const QStringList &listProperties()
{
    static const QStringList names {u"roles"_s, u"authzRoles"_s, u"reports"_s, u"effectiveRoles"_s,
                                    u"effectiveAssignments"_s};
    return names;
}

bool isPassword(const QJsonObject &user)
{
    const QString password = user["password"_L1].toString();
    const auto has = [&](auto &&is) { return std::any_of(password.begin(), password.end(), is); };
    if (password.size() < 8 || !has([](QChar c) { return c.isUpper(); })
        || !has([](QChar c) { return c.isDigit(); }))
        return false;
    for (const QString &name : {u"userName"_s, u"givenName"_s, u"sn"_s}) {
        const QString other = user.value(name).toString();
        if (!other.isEmpty() && password.contains(other, Qt::CaseInsensitive))
            return false;
    }
    return true;
}

QString wrongType(const QJsonObject &user)
{
    for (const QString &name : textProperties()) {
        const QJsonValue value = user.value(name);
        if (!value.isUndefined() && !value.isString()
            && !(name == "password"_L1 && value.isObject())) // Encrypted.
            return u"type string: "_s + name;
    }
    for (const QString &name : listProperties()) {
        const QJsonValue value = user.value(name);
        if (!value.isUndefined() && !value.isArray())
            return u"type array: "_s + name;
    }
    return {};
}

/// The repository does not find texts with these characters (fact 23).
bool isNeverFound(const QJsonValue &literal)
{
    const QString text = literal.toString();
    return std::any_of(text.begin(), text.end(), [](QChar c) {
        return c == u'\'' || c == u'\\' || c == u'\n' || c == u'\r';
    });
}

tl::unexpected<ObjectFault> refusedBy(const QString &policy)
{
    return tl::unexpected(
        ObjectFault {ObjectFault::Refused, 403,
                     ReconcileText::tr("Policy validation failed (%1).").arg(policy)});
}

} // namespace

bool isMailAddress(const QString &text)
{
    static const QRegularExpression address(
        uR"(\A[A-Za-z0-9_.%+'&#$!*/=?^`{|}~-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}\z)"_s);
    return address.match(text).hasMatch();
}

QString brokenPolicy(const QJsonObject &user, const Taken &taken)
{
    if (const QString wrong = wrongType(user); !wrong.isEmpty())
        return wrong;
    for (const QString &name : {u"userName"_s, u"givenName"_s, u"sn"_s, u"mail"_s}) {
        if (user.value(name).toString().isEmpty())
            return u"required: "_s + name;
    }
    if (user["_id"_L1].toString().contains(u'/'))
        return u"cannot-contain-characters: _id"_s;
    if (!isMailAddress(user["mail"_L1].toString()))
        return u"valid-email-address-format: mail"_s;
    if (user["password"_L1].isString() && !isPassword(user))
        return u"password"_s;
    if (taken(u"userName"_s, user["userName"_L1]))
        return u"unique: userName"_s;
    return {};
}

QString ManagedRules::broken(const QJsonObject &object, const Taken &taken) const
{
    if (m_schema)
        return m_schema->broken(object, taken);
    return m_isUser ? brokenPolicy(object, taken) : QString();
}

Answer<KeptObject> ManagedRules::create(const QJsonObject &object, const Taken &taken) const
{
    if (const QString policy = broken(object, taken); !policy.isEmpty())
        return refusedBy(policy);
    QJsonObject user = stored(object);
    if (m_isUser && !user.contains("accountStatus"_L1))
        user.insert(u"accountStatus"_s, u"active"_s);
    return KeptObject {user, {}, {}};
}

Answer<KeptObject> ManagedRules::update(const QJsonObject &, const QJsonObject &object,
                                        const Taken &taken) const
{
    if (const QString policy = broken(object, taken); !policy.isEmpty())
        return refusedBy(policy);
    return KeptObject {stored(object), {}, {}};
}

Answer<CrestFilter> ManagedRules::understood(const CrestFilter &filter) const
{
    CrestFilter result = filter;
    if (filter.kind == CrestFilter::Compare) {
        static const QStringList known {u"eq"_s, u"co"_s, u"sw"_s, u"lt"_s,
                                        u"le"_s, u"gt"_s, u"ge"_s};
        if (!known.contains(filter.op))
            return tl::unexpected(ObjectFault {
                ObjectFault::Unsupported, 400,
                ReconcileText::tr("The repository does not know the operator %1.").arg(filter.op)});
        if (isNeverFound(filter.value)) {
            result = CrestFilter();
            result.kind = CrestFilter::False;
        }
        return result;
    }
    for (CrestFilter &operand : result.operands) {
        auto inner = understood(operand);
        if (!inner)
            return inner;
        operand = std::move(*inner);
    }
    return result;
}

Answer<QString> ManagedRules::queryAttribute(const QString &queryId) const
{
    if (queryId == "for-userName"_L1)
        return u"userName"_s;
    if (queryId == "query-all"_L1)
        return QString();
    return TargetRules::queryAttribute(queryId);
}

QJsonObject ManagedRules::read(const QJsonObject &object) const
{
    if (!m_isUser)
        return object;
    QJsonObject user = object;
    for (const QString &name : {u"effectiveRoles"_s, u"effectiveAssignments"_s}) {
        if (!user.contains(name))
            user.insert(name, QJsonArray());
    }
    return user;
}

/// Without what is computed for who reads one alone.
QJsonObject ManagedRules::stored(const QJsonObject &object) const
{
    QJsonObject kept = object;
    for (const QString &name : {u"effectiveRoles"_s, u"effectiveAssignments"_s}) {
        if (kept.value(name) == QJsonArray())
            kept.remove(name);
    }
    return kept;
}

QStringList ManagedRules::hidden() const
{
    return m_isUser ? QStringList {u"password"_s} : QStringList();
}

} // namespace hubkeeper
