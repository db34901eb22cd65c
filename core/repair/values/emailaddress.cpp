// SPDX-License-Identifier: MIT
#include "repair/values/emailaddress.h"

#include "base/similarname.h"
#include "repair/repairtext.h"
#include "repair/values/domainname.h"
#include "repair/values/spaces.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// Without what surrounds an address.
QString addressIn(QString text)
{
    static const QRegularExpression named(u"^[^<@]*<\\s*([^<>]*@[^<>]*)>[.,;]?$"_s);
    static const QRegularExpression bracketed(u"^[<(\\[\"']+|[>)\\]\"',;:!.]+$"_s);
    static const QRegularExpression scheme(u"^(e-?mail|mailto)\\s*:\\s*"_s,
                                           QRegularExpression::CaseInsensitiveOption);
    if (const auto match = named.match(text); match.hasMatch())
        text = match.captured(1).trimmed();
    text.remove(scheme);
    text.remove(bracketed);
    static const QRegularExpression query(u"\\?(subject|body|cc)=.*$"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    text.remove(query);
    text.remove(scheme); // <mailto:…>
    return text.trimmed();
}

/// With the signs of an address where words or other signs stand for them.
QString withSigns(QString text)
{
    static const QRegularExpression at(u"\\s*[(\\[{]\\s*at\\s*[)\\]}]\\s*"_s,
                                       QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression dot(u"\\s*[(\\[{]\\s*(dot|punkt|point)\\s*[)\\]}]\\s*"_s,
                                        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression spoken(u"^(\\S+)\\s+at\\s+(\\S+)\\s+dot\\s+(\\S+)$"_s,
                                           QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression blanks(u"\\s*([@.])\\s*"_s);
    text.replace(spoken, u"\\1@\\2.\\3"_s);
    if (!text.contains(u'@'))
        text.replace(at, u"@"_s);
    text.replace(dot, u"."_s);
    text.replace(blanks, u"\\1"_s);
    static const QRegularExpression manyAt(u"@{2,}"_s);
    text.replace(manyAt, u"@"_s);
    const qsizetype sign = text.lastIndexOf(u'@');
    QString domain = text.mid(sign + 1);
    static const QRegularExpression many(u"[.,]{2,}|,"_s);
    domain.replace(many, u"."_s);
    domain.replace(QChar(0x3002), u'.');
    return text.left(sign + 1) + domain;
}

bool isLocalPart(const QString &local)
{
    static const QRegularExpression allowed(
        u"^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$"_s,
        QRegularExpression::CaseInsensitiveOption);
    return local.size() <= 64 && allowed.match(local).hasMatch();
}

/// A well-known domain that this one is nearly, or nothing.
QString wellKnownNear(const QString &domain)
{
    if (isFreeMailDomain(domain) || domain.size() < 6)
        return {};
    static const QStringList known {
        u"gmail.com"_s,   u"googlemail.com"_s, u"yahoo.com"_s,     u"hotmail.com"_s,
        u"outlook.com"_s, u"icloud.com"_s,     u"t-online.de"_s,   u"freenet.de"_s,
        u"comcast.net"_s, u"orange.fr"_s,      u"hotmail.fr"_s,    u"protonmail.com"_s,
        u"wanadoo.fr"_s,  u"libero.it"_s,      u"hotmail.co.uk"_s, u"yahoo.co.uk"_s,
        u"verizon.net"_s, u"laposte.net"_s,    u"live.com"_s,      u"aol.com"_s};
    for (const QString &candidate : known) {
        const int distance = typingDistance(domain, candidate);
        if (distance == 1 || (distance == 2 && candidate.size() > 9))
            return candidate;
    }
    return {};
}

/// "gmail.con": an ending that does not exist, one letter off one that does, at a well-known name.
QString withRealEnding(const QString &domain)
{
    if (hasKnownSuffix(domain))
        return domain;
    for (const QString &known : freeMailDomains()) {
        const bool isSameName = known.section(u'.', 0, 0) == domain.section(u'.', 0, 0);
        if (isSameName && known.count(u'.') == 1 && known.endsWith(".com"_L1)
            && typingDistance(domain, known) == 1)
            return known;
    }
    return domain;
}

} // namespace

bool isEmailAddress(const QString &text)
{
    const qsizetype at = text.lastIndexOf(u'@');
    if (at < 1 || text.size() > 254)
        return false;
    const QString domain = text.mid(at + 1);
    return isLocalPart(text.left(at)) && !registrableDomain(domain).isEmpty()
        && !domain.contains(u'_') && hasKnownSuffix(domain);
}

RepairedValue repairEmail(const QString &text)
{
    const QString tidy = tidied(text).normalized(QString::NormalizationForm_KC);
    if (tidy.isEmpty())
        return RepairedValue::kept(text);
    const QString address = withSigns(addressIn(tidy)).toLower();
    static const QRegularExpression several(u"@.*[\\s,;/|]+.*@"_s);
    if (address.contains(several))
        return RepairedValue::doubtful(text, RepairText::tr("It has more than one address."));
    const qsizetype at = address.indexOf(u'@');
    if (at < 1 || address.count(u'@') != 1)
        return RepairedValue::doubtful(text, RepairText::tr("It is not an e-mail address."));
    QString local = address.left(at);
    if (!isLocalPart(local))
        return RepairedValue::doubtful(
            text, RepairText::tr("What is before the @ is not possible in an e-mail address."));
    const QString domain = withRealEnding(address.mid(at + 1));
    const QString made = local + u'@' + domain;
    if (registrableDomain(domain).isEmpty() || domain.contains(u'_'))
        return RepairedValue::doubtful(text, RepairText::tr("Its domain is not possible."));
    if (!hasKnownSuffix(domain))
        return RepairedValue::doubtful(
            text, RepairText::tr("No domain ends with \".%1\".").arg(domain.section(u'.', -1)));
    if (const QString near = wellKnownNear(domain); !near.isEmpty())
        return RepairedValue::doubtful(
            text, RepairText::tr("Its domain may be meant to be %1.").arg(near),
            local + u'@' + near);
    return RepairedValue::made(text, made);
}

} // namespace hubkeeper
