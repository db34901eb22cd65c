// SPDX-License-Identifier: MIT
#include "base/redact.h"

#include <QRegularExpression>

namespace hubkeeper {

QString redacted(QString text)
{
    static const QRegularExpression bearer(QStringLiteral(R"((Bearer\s+)[^\s"',]+)"),
                                           QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression privateApp(QStringLiteral(R"(\bpat-[a-z]{2}\d-[\w-]+)"));
    static const QRegularExpression named(
        QStringLiteral(
            R"re(("?\b(?:\w*secret|\w*token|password|hapikey|api_?key|code_verifier)"?\s*[:=]\s*"?)[^"\s,&}]+)re"),
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression crypto(
        QStringLiteral(R"re(("(?:data|iv|salt|mac)"\s*:\s*")[^"]+)re"));
    static const QRegularExpression address(QStringLiteral(R"([\w.+-]+@[\w-]+(?:\.[\w-]+)+)"));
    text.replace(bearer, QStringLiteral("\\1<token>"));
    text.replace(privateApp, QStringLiteral("<token>"));
    text.replace(named, QStringLiteral("\\1<secret>"));
    text.replace(crypto, QStringLiteral("\\1<secret>"));
    text.replace(address, QStringLiteral("<address>"));
    return text;
}

} // namespace hubkeeper
