// SPDX-License-Identifier: MIT
#include "repair/values/domainname.h"

#include "repair/repairtext.h"
#include "repair/values/spaces.h"

#include <QDateTime>
#include <QRegularExpression>

#include <libpsl.h>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

const psl_ctx_t *suffixes()
{
    return psl_builtin();
}

bool isHost(const QString &host)
{
    static const QRegularExpression labels(
        u"^(?=.{1,253}$)([\\p{L}\\p{N}]([\\p{L}\\p{N}\\p{M}_-]{0,61}[\\p{L}\\p{N}\\p{M}])?\\.)+"
        "(xn--[a-z0-9-]{2,59}|[\\p{L}\\p{M}]{2,63})$"_s);
    return labels.match(host).hasMatch();
}

/// The host of a web site or an address, in small letters; empty if there is none.
QString hostIn(QString text)
{
    static const QRegularExpression scheme(u"^(mailto:|[a-z][a-z0-9+.-]*:/{1,3}|//)"_s,
                                           QRegularExpression::CaseInsensitiveOption);
    text.remove(scheme);
    static const QRegularExpression end(u"[/?#\\\\].*$"_s);
    text.remove(end);
    text = text.mid(text.lastIndexOf(u'@') + 1).toLower();
    static const QRegularExpression port(u":\\d{1,5}$"_s);
    text.remove(port);
    text.replace(QChar(0x3002), u'.');
    while (text.endsWith(u'.') || text.endsWith(u',') || text.endsWith(u'>') || text.endsWith(u')'))
        text.chop(1);
    while (text.startsWith(u'<') || text.startsWith(u'('))
        text.remove(0, 1);
    return text;
}

} // namespace

QString registrableDomain(const QString &host)
{
    if (!isHost(host) || !suffixes())
        return {};
    const QByteArray bytes = host.toLower().toUtf8();
    const char *domain = psl_registrable_domain(suffixes(), bytes.constData());
    return domain ? QString::fromUtf8(domain) : QString();
}

bool hasKnownSuffix(const QString &host)
{
    if (!suffixes())
        return true;
    const QByteArray top = host.section(u'.', -1).toLower().toUtf8();
    // Without the rule "*", by which every last label is a suffix.
    return psl_is_public_suffix2(suffixes(), top.constData(), PSL_TYPE_ANY | PSL_TYPE_NO_STAR_RULE)
        != 0;
}

const QStringList &freeMailDomains()
{
    static const QStringList domains = [] {
        QStringList list =
            QString::fromUtf16(u"gmail.com googlemail.com yahoo.com ymail.com rocketmail.com "
                               u"yahoo.co.uk yahoo.de yahoo.fr yahoo.es yahoo.it yahoo.co.jp "
                               u"yahoo.co.in yahoo.com.br yahoo.ca hotmail.com hotmail.co.uk "
                               u"hotmail.de hotmail.fr hotmail.it hotmail.es outlook.com "
                               u"outlook.de outlook.fr live.com live.de live.fr live.nl "
                               u"live.co.uk msn.com aol.com aol.de icloud.com me.com mac.com "
                               u"gmx.de gmx.net gmx.com gmx.at gmx.ch web.de freenet.de "
                               u"t-online.de arcor.de posteo.de mailbox.org proton.me "
                               u"protonmail.com protonmail.ch pm.me tutanota.com tuta.io "
                               u"fastmail.com zoho.com mail.com email.com mail.ru bk.ru inbox.ru "
                               u"list.ru yandex.ru yandex.com rambler.ru qq.com 163.com 126.com "
                               u"sina.com naver.com hanmail.net daum.net orange.fr wanadoo.fr "
                               u"free.fr laposte.net sfr.fr libero.it virgilio.it tiscali.it "
                               u"alice.it tin.it bluewin.ch btinternet.com sky.com "
                               u"virginmedia.com ntlworld.com talktalk.net comcast.net "
                               u"verizon.net att.net sbcglobal.net bellsouth.net cox.net "
                               u"charter.net earthlink.net shaw.ca rogers.com bigpond.com "
                               u"optusnet.com.au wp.pl o2.pl onet.pl interia.pl seznam.cz "
                               u"centrum.cz azet.sk abv.bg ukr.net telenet.be skynet.be ziggo.nl "
                               u"kpnmail.nl planet.nl home.nl xs4all.nl uol.com.br bol.com.br "
                               u"terra.com.br rediffmail.com")
                .split(u' ', Qt::SkipEmptyParts);
        list.sort();
        return list;
    }();
    return domains;
}

bool isFreeMailDomain(const QString &domain)
{
    return std::binary_search(freeMailDomains().begin(), freeMailDomains().end(), domain.toLower());
}

RepairedValue domainFrom(const QString &text)
{
    const QString tidy = tidied(text).normalized(QString::NormalizationForm_KC);
    if (tidy.isEmpty())
        return RepairedValue::kept(text);
    static const QRegularExpression several(u"[\\s,;]+(?=\\S+\\.\\S)"_s);
    if (tidy.contains(several))
        return RepairedValue::doubtful(text, RepairText::tr("It has more than one address."));
    const QString host = hostIn(tidy);
    const QString domain = registrableDomain(host);
    if (domain.isEmpty() || !hasKnownSuffix(domain))
        return RepairedValue::doubtful(text, RepairText::tr("It has no domain."));
    if (isFreeMailDomain(domain))
        return RepairedValue::doubtful(
            text,
            RepairText::tr("Everybody can have an address at %1; it says nothing of a company.")
                .arg(domain));
    return RepairedValue::made(text, domain);
}

QString suffixListSentence()
{
    const time_t time = psl_builtin_file_time();
    return time > 0
        ? RepairText::tr("The public suffix list is of %1.")
              .arg(QDateTime::fromSecsSinceEpoch(time).toUTC().date().toString(Qt::ISODate))
        : RepairText::tr("The public suffix list is that of libpsl %1.")
              .arg(QString::fromLatin1(psl_get_version()));
}

} // namespace hubkeeper
