// SPDX-License-Identifier: MIT
#include "provisioner/text/jsonedit.h"

#include <algorithm>

namespace hubkeeper {

namespace {

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

qsizetype beginOf(const JsonText::Node &child)
{
    return child.key.size() > 0 ? child.key.begin : child.span.begin;
}

/// The blanks before `at`, back to the first other character.
QByteArray blanksBefore(const QByteArray &bytes, qsizetype at)
{
    qsizetype begin = at;
    while (begin > 0 && isBlank(bytes[begin - 1]))
        --begin;
    return bytes.mid(begin, at - begin);
}

qsizetype blanksAtEnd(const QByteArray &text)
{
    qsizetype count = 0;
    while (count < text.size() && isBlank(text[text.size() - 1 - count]))
        ++count;
    return count;
}

/// From the line's start to the first character that is not blank.
QByteArray indentationOf(const JsonText &text, qsizetype at)
{
    const QByteArray &bytes = text.bytes();
    const qsizetype line = text.lineStart(at);
    qsizetype end = line;
    while (end < at && (bytes[end] == ' ' || bytes[end] == '\t'))
        ++end;
    return bytes.mid(line, end - line);
}

/// As after the first line.
QByteArray lineEnding(const JsonText &text)
{
    const qsizetype second = text.offsetOf({2, 1});
    const bool isPair = second >= 2 && text.bytes().sliced(second - 2, 2) == "\r\n";
    return isPair ? QByteArray("\r\n") : QByteArray("\n");
}

/// One step of indentation as the first line in the root shows it.
QByteArray indentationStep(const JsonText &text)
{
    const int root = text.root();
    const int first = root == JsonText::none ? JsonText::none : text.node(root).firstChild;
    if (first == JsonText::none)
        return "    ";
    const QByteArray outer = indentationOf(text, text.node(root).span.begin);
    const QByteArray step = indentationOf(text, beginOf(text.node(first))).mid(outer.size());
    return step.isEmpty() ? QByteArray("    ") : step;
}

TextEdit append(const JsonText &text, int container, const QByteArray &content)
{
    const QByteArray &bytes = text.bytes();
    const JsonText::Node &node = text.node(container);
    if (node.lastChild != JsonText::none) {
        const JsonText::Node &last = text.node(node.lastChild);
        const QByteArray gap = blanksBefore(bytes, beginOf(last));
        const bool ownLine = gap.contains('\n');
        return {last.span.end, 0,
                ',' + (ownLine || !gap.isEmpty() ? gap : QByteArray(" ")) + content};
    }
    const QByteArray ending = lineEnding(text);
    const QByteArray outer = indentationOf(text, node.span.begin);
    const qsizetype inside = node.span.begin + 1;
    return {inside, node.span.end - 1 - inside,
            ending + outer + indentationStep(text) + content + ending + outer};
}

} // namespace

QByteArray applied(const QByteArray &text, QList<TextEdit> edits)
{
    std::stable_sort(edits.begin(), edits.end(),
                     [](const TextEdit &a, const TextEdit &b) { return a.offset < b.offset; });
    QByteArray result;
    result.reserve(text.size());
    qsizetype done = 0;
    for (const TextEdit &edit : std::as_const(edits)) {
        Q_ASSERT(edit.offset >= done);
        result += QByteArrayView(text).sliced(done, edit.offset - done);
        result += edit.replacement;
        done = edit.offset + edit.length;
    }
    return result += QByteArrayView(text).sliced(done);
}

QList<TextEdit> inverseOf(const QByteArray &text, const QList<TextEdit> &edits)
{
    QList<TextEdit> sorted = edits;
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const TextEdit &a, const TextEdit &b) { return a.offset < b.offset; });
    QList<TextEdit> inverse;
    qsizetype shift = 0;
    for (const TextEdit &edit : std::as_const(sorted)) {
        inverse.append(
            {edit.offset + shift, edit.replacement.size(), text.mid(edit.offset, edit.length)});
        shift += edit.replacement.size() - edit.length;
    }
    return inverse;
}

TextEdit replaceValue(const JsonText &text, int node, const QByteArray &json)
{
    const Span &span = text.node(node).span;
    return {span.begin, span.size(), json};
}

TextEdit renameKey(const JsonText &text, int member, const QString &key)
{
    const Span &span = text.node(member).key;
    return {span.begin, span.size(), jsonQuoted(key)};
}

TextEdit appendMember(const JsonText &text, int object, const QString &key, const QByteArray &json)
{
    return append(text, object, jsonQuoted(key) + ": " + json);
}

TextEdit appendElement(const JsonText &text, int array, const QByteArray &json)
{
    return append(text, array, json);
}

QList<TextEdit> setMembers(const JsonText &text, int object,
                           const QList<std::pair<QString, QByteArray>> &members)
{
    QList<TextEdit> edits;
    QByteArrayList fresh;
    for (const auto &[key, json] : members) {
        const int node = text.member(object, key);
        if (node == JsonText::none)
            fresh.append(jsonQuoted(key) + ": " + json);
        else if (text.rawOf(node) != json)
            edits.append(replaceValue(text, node, json));
    }
    if (fresh.isEmpty())
        return edits;
    // All at once, with the comma and the blanks that would stand between two of them.
    TextEdit last = append(text, object, fresh.takeFirst());
    if (text.node(object).childCount > 0) {
        for (const QByteArray &member : std::as_const(fresh))
            last.replacement += append(text, object, member).replacement;
    } else {
        const QByteArray between = ',' + lineEnding(text)
            + indentationOf(text, text.node(object).span.begin) + indentationStep(text);
        const qsizetype tail = last.replacement.size() - blanksAtEnd(last.replacement);
        for (auto member = fresh.crbegin(); member != fresh.crend(); ++member)
            last.replacement.insert(tail, between + *member);
    }
    edits.append(last);
    return edits;
}

TextEdit removeChild(const JsonText &text, int child)
{
    const QByteArray &bytes = text.bytes();
    const JsonText::Node &node = text.node(child);
    const JsonText::Node &parent = text.node(node.parent);
    if (node.next != JsonText::none) { // Up to where the next one begins.
        const qsizetype begin = beginOf(node);
        return {begin, beginOf(text.node(node.next)) - begin, {}};
    }
    if (parent.firstChild != child) { // The last of several: from the end of the one before.
        int before = parent.firstChild;
        while (text.node(before).next != child)
            before = text.node(before).next;
        const qsizetype begin = text.node(before).span.end;
        return {begin, node.span.end - begin, {}};
    }
    qsizetype end = node.span.end;
    while (end < parent.span.end - 1 && isBlank(bytes[end]))
        ++end;
    const qsizetype begin = parent.span.begin + 1;
    return {begin, end - begin, {}};
}

} // namespace hubkeeper
