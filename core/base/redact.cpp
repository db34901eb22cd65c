// SPDX-License-Identifier: MIT
#include "base/redact.h"

#include "base/knownsecrets.h"

#include <QRegularExpression>

namespace hubkeeper {

namespace {

/// Never destroyed: messages are logged after static objects are gone.
class Patterns
{
public:
    static const Patterns &instance()
    {
        static const auto &patterns = *new Patterns;
        return patterns;
    }

    const QRegularExpression bearer {QStringLiteral(R"((Bearer\s+)[^\s"',]+)"),
                                     QRegularExpression::CaseInsensitiveOption};
    const QRegularExpression privateApp {QStringLiteral(R"(\bpat-[a-z]{2}\d-[\w-]+)")};
    const QRegularExpression named {
        QStringLiteral(
            R"re(("?\b(?:\w*secret|\w*token|password|hapikey|api_?key|code_verifier)"?\s*[:=]\s*"?)[^"\s,&}]+)re"),
        QRegularExpression::CaseInsensitiveOption};
    const QRegularExpression crypto {
        QStringLiteral(R"re(("(?:data|iv|salt|mac)"\s*:\s*")[^"]+)re")};
    const QRegularExpression address {QStringLiteral(R"([\w.+-]+@[\w-]+(?:\.[\w-]+)+)")};
};

} // namespace

QString withoutSecrets(QString text)
{
    const QByteArray bytes = text.toUtf8();
    if (const QByteArray clean = withoutKnownSecrets(bytes); clean != bytes)
        text = QString::fromUtf8(clean);
    const Patterns &patterns = Patterns::instance();
    text.replace(patterns.bearer, QStringLiteral("\\1<token>"));
    text.replace(patterns.privateApp, QStringLiteral("<token>"));
    text.replace(patterns.named, QStringLiteral("\\1<secret>"));
    text.replace(patterns.crypto, QStringLiteral("\\1<secret>"));
    return text;
}

QString redacted(QString text)
{
    return withoutSecrets(std::move(text))
        .replace(Patterns::instance().address, QStringLiteral("<address>"));
}

} // namespace hubkeeper
