// SPDX-License-Identifier: MIT
#include "consent.h"

#include "standardinput.h"

using namespace Qt::StringLiterals;

namespace hubkeeper::cli {

namespace {

/// As a shell takes it.
QString shellQuoted(const std::string &text)
{
    const QString argument = QString::fromStdString(text);
    return argument.contains(u' ') || argument.contains(u'\'') ? u'"' + argument + u'"' : argument;
}

tl::unexpected<Error> isReadOnly(const Intention &intention)
{
    return fail(ErrorKind::Refused, u"The connection is read-only."_s,
                u"To allow writes: `hubkeeper-cli connections set %1 --mode review`."_s.arg(
                    shellQuoted(intention.file)));
}

} // namespace

bool isAsked(const Intention &intention, WriteMode mode)
{
    return !intention.yes
        && (intention.isAlwaysAsked || mode == WriteMode::ReviewRequired
            || mode == WriteMode::Confirm);
}

Result<bool> askYes(const QString &question, Services &services)
{
    services.output.message(question + u" [y/N]"_s);
    return readInputLine(services.input).map([](const QByteArray &line) {
        const QByteArray answer = line.trimmed().toLower();
        return answer == "y" || answer == "yes";
    });
}

Result<void> agreeTo(const Intention &intention, Session &session, Services &services)
{
    const auto policy = session.currentPolicy();
    if (!policy)
        return tl::unexpected(policy.error());
    // What the policy file forbids no option of this program changes, so its own sentence is said.
    const bool isForced = policy->limits.mode && policy->limits.mode->value == WriteMode::ReadOnly;
    if (isForced || policy->limits.notAllowed)
        return tl::unexpected(*WriteGuard([&] { return policy; }, {true, true}).refusalOf({}));
    if (policy->mode == WriteMode::ReadOnly)
        return isReadOnly(intention);
    return agreeTo(intention, policy->mode, services);
}

Result<void> agreeTo(const Intention &intention, WriteMode mode, Services &services)
{
    if (intention.dryRun || !isAsked(intention, mode))
        return {};
    if (!StandardInput::isTerminal() || services.output.quiet) {
        return fail(ErrorKind::Refused,
                    u"This has to be confirmed (%1)."_s.arg(intention.isAlwaysAsked
                                                                ? u"it archives or deletes"_s
                                                                : u"write mode "_s + nameOf(mode)),
                    u"Look at it with %1, then add --yes."_s.arg(intention.preview));
    }
    return askYes(intention.question, services).and_then([](bool yes) -> Result<void> {
        if (yes)
            return {};
        return fail(ErrorKind::Refused, u"Nothing was sent: it was not confirmed."_s);
    });
}

} // namespace hubkeeper::cli
