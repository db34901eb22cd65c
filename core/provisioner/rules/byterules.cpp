// SPDX-License-Identifier: MIT
#include "provisioner/rules/byterules.h"

#include "provisioner/provisionertext.h"
#include "provisioner/rules/rulecheck.h"

#include <algorithm>
#include <cstring>
#include <deque>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

using K = SyntaxFaultKind;

QString titleOfFix(SyntaxFaultKind kind)
{
    switch (kind) {
    case K::WideEncoding:
        return ProvisionerText::tr("Convert to UTF-8");
    case K::NotUtf8:
        return ProvisionerText::tr("Read the bytes as Latin-1 and write UTF-8");
    case K::NulByte:
        return ProvisionerText::tr("Remove the NUL bytes");
    case K::ControlCharacter:
        return ProvisionerText::tr("Write the character as an escape");
    case K::BadEscape:
        return ProvisionerText::tr("Write the backslash as JSON requires");
    case K::WrongQuotes:
    case K::BareKey:
        return ProvisionerText::tr("Put it in double quotes");
    case K::BareWord:
    case K::BadNumber:
        return ProvisionerText::tr("Write it as JSON");
    case K::CommaTooMany:
        return ProvisionerText::tr("Remove the comma");
    case K::MissingComma:
        return ProvisionerText::tr("Add the comma");
    case K::MissingColon:
        return ProvisionerText::tr("Add the colon");
    case K::MissingValue:
        return ProvisionerText::tr("Write null");
    case K::NotClosed:
        return ProvisionerText::tr("Close what is open at the end");
    case K::WrongBracket:
        return ProvisionerText::tr("Replace the bracket");
    case K::TextBehind:
        return ProvisionerText::tr("Remove the rest");
    default:
        return ProvisionerText::tr("Fix");
    }
}

/// What OpenIDM never reads when it takes a file from its folder: what follows the object's closing
/// brace, if it has one.
bool isBehindTheEnd(const JsonText &text, Span span)
{
    constexpr int outermost = 0;
    const auto &faults = text.faults();
    return text.nodeCount() > 0 && text.node(outermost).kind == JsonKind::Object
        && span.begin >= text.node(outermost).span.end
        && std::none_of(faults.begin(), faults.end(),
                        [](const SyntaxFault &fault) { return fault.kind == K::NotClosed; });
}

void checkFaults(RuleCheck &check)
{
    for (const SyntaxFault &fault : check.text.faults()) {
        const Rule *rule = bytes::ruleFor(fault.kind);
        if (rule == nullptr) // Reported by another stage.
            continue;
        std::optional<Fix> fix;
        if (fault.fix) {
            fix = Fix {titleOfFix(fault.kind), {*fault.fix}, fault.plain};
        }
        check.reportBytes(*rule, fault.at, fault.message, std::move(fix));
        if (check.isCommunity() && isBehindTheEnd(check.text, fault.at))
            check.setSeverityOfLast(*rule, Severity::Warning);
    }
}

void checkMark(RuleCheck &check)
{
    if (check.text.bytes().startsWith("\xEF\xBB\xBF")) {
        check.reportFile(bytes::byteOrderMark,
                         ProvisionerText::tr("The file begins with a byte order mark."),
                         Fix {ProvisionerText::tr("Remove the mark"), {{0, 3, {}}}});
    }
}

/// The comment with the blanks before it, and its line if it is there alone.
TextEdit removalOf(const QByteArray &bytes, Span comment)
{
    qsizetype begin = comment.begin;
    while (begin > 0 && (bytes[begin - 1] == ' ' || bytes[begin - 1] == '\t'))
        --begin;
    const bool startsLine = begin == 0 || bytes[begin - 1] == '\n';
    qsizetype end = comment.end;
    const qsizetype lineEnd = bytes.indexOf('\n', end);
    const bool endsLine = lineEnd >= 0 && bytes.sliced(end, lineEnd - end).trimmed().isEmpty();
    if (startsLine && endsLine)
        end = lineEnd + 1;
    return {begin, end - begin, {}};
}

void checkComments(RuleCheck &check)
{
    for (const Span &comment : check.text.comments()) {
        if (!check.hasRoom(bytes::comment))
            return;
        check.reportBytes(bytes::comment, comment, ProvisionerText::tr("There is a comment here."),
                          Fix {ProvisionerText::tr("Remove the comment"),
                               {removalOf(check.text.bytes(), comment)},
                               false});
        if (check.isCommunity() && isBehindTheEnd(check.text, comment))
            check.setSeverityOfLast(bytes::comment, Severity::Warning);
    }
}

struct KeyPlace
{
    QByteArrayView key; ///< With its quotes, without escapes.
    int node;
};

void reportDuplicate(RuleCheck &check, int ignored, int taken)
{
    const JsonText &text = check.text;
    const bool isSame = text.rawOf(ignored) == text.rawOf(taken);
    std::optional<Fix> fix;
    if (isSame)
        fix = Fix {ProvisionerText::tr("Remove the first one"), {removeChild(text, ignored)}};
    check.reportKey(bytes::duplicateKey, ignored,
                    ProvisionerText::tr("The key %1 is repeated in line %2, with %3.")
                        .arg(shownName(text.keyOf(ignored)))
                        .arg(text.positionOf(text.node(taken).key.begin).line)
                        .arg(isSame ? ProvisionerText::tr("the same value")
                                    : ProvisionerText::tr("another value")),
                    std::move(fix));
    if (isSame)
        check.setSeverityOfLast(bytes::duplicateKey, Severity::Info);
}

void checkDuplicates(RuleCheck &check, int object, std::vector<KeyPlace> &keys)
{
    const JsonText &text = check.text;
    keys.clear();
    std::deque<QByteArray> readKeys; // Of those with escapes, which are rare.
    for (const int child : check.children(object)) {
        const Span &key = text.node(child).key;
        if (key.size() == 0)
            continue;
        if (text.node(child).hasPlainKey)
            keys.push_back({{text.bytes().constData() + key.begin, key.size()}, child});
        else
            keys.push_back({readKeys.emplace_back('"' + text.keyOf(child).toUtf8() + '"'), child});
    }
    // By length first, which is cheap to compare; nodes grow towards the end of the text.
    std::sort(keys.begin(), keys.end(), [](const KeyPlace &a, const KeyPlace &b) {
        if (a.key.size() != b.key.size())
            return a.key.size() < b.key.size();
        const int order = std::memcmp(a.key.data(), b.key.data(), size_t(a.key.size()));
        return order != 0 ? order < 0 : a.node < b.node;
    });
    for (size_t i = 1; i < keys.size() && check.hasRoom(bytes::duplicateKey); ++i) {
        if (keys[i - 1].key == keys[i].key)
            reportDuplicate(check, keys[i - 1].node, keys[i].node);
    }
}

void checkNumber(RuleCheck &check, int number)
{
    const Span &span = check.text.node(number).span;
    if (span.size() < 16 && !check.text.rawOf(number).toLower().contains('e'))
        return;
    // Where a number is refused, its own rule says so.
    const int parent = check.text.node(number).parent;
    const QString block = parent == JsonText::none ? QString() : check.text.keyOf(parent);
    if (block == "configurationProperties"_L1 || block == "poolConfigOption"_L1)
        return;
    bool fits = false;
    const double value = check.text.rawOf(number).toDouble(&fits);
    if (fits && std::abs(value) < 9.3e18)
        return;
    check.report(bytes::hugeNumber, number,
                 ProvisionerText::tr("%1 is beyond every kind of number IDM reads.")
                     .arg(check.shown(number)));
}

/// Deep enough to be a mistake, and still read.
void checkDepth(RuleCheck &check)
{
    const auto &faults = check.text.faults();
    const bool isRefused = std::any_of(faults.begin(), faults.end(), [](const SyntaxFault &fault) {
        return fault.kind == K::TooDeep;
    });
    if (isRefused)
        return; // That is the finding.
    for (const int member : check.deepMembers()) {
        const bool isMember = check.text.node(member).key.size() > 0;
        const QString name =
            isMember ? shownName(check.text.keyOf(member)) : ProvisionerText::tr("An element");
        check.reportKey(bytes::tooDeep, member,
                        ProvisionerText::tr("%1 nests more than %2 levels deep.")
                            .arg(name)
                            .arg(RuleCheck::usualDepth));
        check.setSeverityOfLast(bytes::tooDeep, Severity::Info);
    }
}

void checkByteRules(RuleCheck &check)
{
    checkFaults(check);
    checkDepth(check);
    checkMark(check);
    checkComments(check);
    std::vector<KeyPlace> keys; // One for all objects: most are small.
    for (int node = 0; node < check.text.nodeCount(); ++node) {
        if (check.text.node(node).kind == JsonKind::Object)
            checkDuplicates(check, node, keys);
        else if (check.text.node(node).kind == JsonKind::Number)
            checkNumber(check, node);
    }
}

} // namespace

const RuleSet &byteRules()
{
    static const RuleSet set {bytes::rules(), checkByteRules, true};
    return set;
}

} // namespace hubkeeper
