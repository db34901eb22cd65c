// SPDX-License-Identifier: MIT
#include "fuzz/targets.h"

#include "filter/crestfilter.h"
#include "filter/crestparser.h"
#include "provisioner/model/substitution.h"
#include "provisioner/model/versionrange.h"
#include "provisioner/rules/fixes.h"
#include "session/schema/schemadiff.h"
#include "session/schema/schemapatch.h"
#include "tables/delimited/delimitedreader.h"
#include "tables/encoding/utf8.h"
#include "tables/jsonlines/jsonlinesreader.h"
#include "tables/workbook/workbookreader.h"
#include "testkit/provisionerfile.h"

#include <QBuffer>
#include <QFile>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;

namespace hubkeeper::test {

namespace {

void demand(bool holds, const char *promise)
{
    if (!holds)
        qFatal("Broken promise: %s", promise);
}

/// A number from the input, so that one input always does the same.
size_t choiceFrom(const QByteArray &bytes, size_t count)
{
    return count == 0 ? 0 : size_t(qHash(bytes, 0)) % count;
}

bool isWithin(Span span, qsizetype size)
{
    return span.begin >= 0 && span.begin <= span.end && span.end <= size;
}

void checkTree(const JsonText &text)
{
    const qsizetype size = text.bytes().size();
    for (int index = 0; index < text.nodeCount(); ++index) {
        const JsonText::Node &node = text.node(index);
        demand(isWithin(node.span, size) && isWithin(node.key, size), "spans lie in the text");
        demand(node.parent < index, "parents come first");
        (void)text.keyOf(index);
        (void)text.stringOf(index);
    }
    for (const SyntaxFault &fault : text.faults()) {
        demand(isWithin(fault.at, size), "faults lie in the text");
        demand(!fault.message.isEmpty(), "faults have a sentence");
        const TextPosition position = text.positionOf(fault.at.begin);
        demand(text.positionOf(text.offsetOf(position)) == position, "a position names its place");
        if (fault.fix)
            (void)JsonText(applied(text.bytes(), {*fault.fix}));
    }
}

void checkEdit(const JsonText &text, const QList<TextEdit> &edits)
{
    const QByteArray edited = applied(text.bytes(), edits);
    demand(JsonText(edited).isValid(), "an edited text is valid");
    demand(applied(edited, inverseOf(text.bytes(), edits)) == text.bytes(),
           "an edit can be taken back");
}

/// Of a valid text: one value is changed, added, renamed and removed.
void checkEdits(const JsonText &text)
{
    const int node = int(choiceFrom(text.bytes(), size_t(text.nodeCount())));
    checkEdit(text, {replaceValue(text, node, "[7]")});
    const QString pointer = text.pointerOf(node);
    const JsonText replaced(applied(text.bytes(), {replaceValue(text, node, "[7]")}));
    const int counted = text.at(pointer); // Of duplicate keys, the last.
    if (counted == node)
        demand(replaced.rawOf(replaced.at(pointer)) == "[7]", "a pointer finds what was set");
    if (text.node(node).kind == JsonKind::Object) {
        checkEdit(text, {appendMember(text, node, u"new \"key\""_s, "null")});
        checkEdit(text, setMembers(text, node, {{u"a"_s, "1"}, {u"b"_s, "{}"}, {u"type"_s, "0"}}));
    }
    if (text.node(node).kind == JsonKind::Array)
        checkEdit(text, {appendElement(text, node, "null")});
    if (text.node(node).key.size() > 0)
        checkEdit(text, {renameKey(text, node, u"other"_s)});
    if (text.node(node).parent != JsonText::none)
        checkEdit(text, {removeChild(text, node)});
}

void runDocument(const QByteArray &bytes)
{
    const JsonText text(bytes);
    checkTree(text);
    if (text.isValid())
        checkEdits(text);
}

void checkFindings(const QByteArray &bytes, const QList<Finding> &findings)
{
    for (const Finding &finding : findings) {
        demand(ruleById(finding.ruleId) != nullptr, "findings are of a known rule");
        demand(isWithin(finding.at, bytes.size()), "findings lie in the text");
        demand(!finding.message.isEmpty(), "findings have a sentence");
        if (finding.fix)
            (void)JsonText(applied(bytes, finding.fix->edits));
    }
}

void runValidate(const QByteArray &bytes)
{
    for (const ServerProfile profile : {ServerProfile::Commercial, ServerProfile::Community}) {
        ValidationOptions options;
        options.profile = profile;
        options.fileName = u"provisioner.openicf-hubspot.json"_s;
        options.today = QDate(2026, 11, 25);
        checkFindings(bytes, validate(JsonText(bytes), options));
    }
}

void runFixes(const QByteArray &bytes)
{
    const FixOutcome outcome = withFixes(bytes, {}, {{}, false});
    checkFindings(outcome.bytes, outcome.remaining);
    if (JsonText(bytes).isValid())
        demand(JsonText(outcome.bytes).isValid(), "a fixed text is as valid as before");
}

void runSubstitution(const QByteArray &bytes)
{
    const QString text = QString::fromUtf8(bytes);
    qsizetype last = 0;
    for (const Substitution &part : substitutionsIn(text)) {
        demand(part.begin >= last && part.end <= text.size(), "substitutions lie in the text");
        demand(part.name(text).size() + part.defaultText(text).size() < text.size(),
               "name and default lie in the substitution");
        last = part.begin;
    }
    for (const QString &name : coercionNames())
        (void)isCoercible(*coercionFrom(name), text);
}

void runPointer(const QByteArray &bytes)
{
    static const JsonText sample(faultlessProvisioner());
    const int node = sample.at(QString::fromUtf8(bytes));
    if (node != JsonText::none)
        demand(sample.at(sample.pointerOf(node)) == node, "a pointer leads back");
    // The other way round: the text's own pointers.
    const JsonText text(bytes);
    if (text.nodeCount() == 0)
        return;
    const int chosen = int(choiceFrom(bytes, size_t(text.nodeCount())));
    (void)text.at(text.pointerOf(chosen));
}

void runFilter(const QByteArray &bytes)
{
    const auto filter = parseCrestFilter(QString::fromUtf8(bytes));
    if (!filter)
        return demand(!filter.error().what.isEmpty(), "a refusal has a sentence");
    const QString shown = filter->toString();
    const auto again = parseCrestFilter(shown);
    demand(again.has_value(), "a shown filter can be read");
    demand(again->toString() == shown, "a shown filter reads as itself");
}

void runRange(const QByteArray &bytes)
{
    const auto range = versionRangeFrom(QString::fromUtf8(bytes));
    if (!range)
        return demand(!range.error().what.isEmpty(), "a refusal has a sentence");
    const auto again = versionRangeFrom(range->toString());
    demand(again.has_value(), "a shown range can be read");
    demand(again->lower == range->lower && again->upper == range->upper
               && again->includesLower == range->includesLower
               && again->includesUpper == range->includesUpper,
           "a shown range reads as itself");
}

void runPatch(const QByteArray &bytes)
{
    static const Schema schema = defaultSchema();
    const JsonText text(bytes);
    (void)schemaDifferences(text, schema);
    const QList<TextEdit> edits = patchedObjectTypes(text, schema, {true, true, true});
    if (edits.isEmpty())
        return;
    const JsonText patched(applied(bytes, edits));
    demand(patched.isValid(), "a patched text is valid");
    // Duplicate keys hide what was patched; else once is enough.
    (void)patchedObjectTypes(patched, schema, {true, true, true});
}

/// Holds readers of tables to what they promise of every file.
class CheckedTable final : public TableSink
{
public:
    bool begin(const TableFormat &format) override
    {
        demand(!std::exchange(m_hasBegun, true), "a table begins once");
        m_isText = format.kind != TableKind::Workbook;
        return true;
    }
    bool row(const TableRow &row) override
    {
        demand(m_hasBegun, "rows come after the beginning");
        demand(row.number > m_last, "rows are numbered upwards");
        demand(!m_isText || !row.cells.empty(), "rows of texts have cells");
        demand(qsizetype(row.cells.size()) <= mostColumns, "rows keep the bounds");
        for (const std::string_view cell : row.cells)
            demand(isUtf8(cell), "cells are UTF-8");
        m_last = row.number;
        return m_last < 20'000;
    }
    void fault(const TableFault &fault) override
    {
        demand(m_hasBegun, "faults come after the beginning");
        demand(fault.row > 0 && fault.column >= 0, "faults have a place");
        demand(!fault.text.isEmpty(), "faults have a sentence");
    }

private:
    bool m_hasBegun = false;
    bool m_isText = false;
    qint64 m_last = 0;
};

void checkRefusal(const Result<void> &read)
{
    if (!read)
        demand(!read.error().what.isEmpty(), "a refusal has a sentence");
}

/// Every dialect is tried on it: more would only take longer.
constexpr qsizetype longestTable = 3'000;

void runTable(const QByteArray &bytes)
{
    QByteArray content = bytes.left(longestTable);
    QBuffer file(&content);
    demand(file.open(QIODevice::ReadOnly), "a buffer can be read");
    CheckedTable delimited;
    checkRefusal(readDelimited(file, false, {}, delimited));
    CheckedTable lines;
    checkRefusal(readJsonLines(file, lines));
    TableOptions options;
    options.encoding = u"UTF-8"_s;
    options.separator = u"::"_s;
    options.quote = u"'"_s;
    options.hasHeader = false;
    CheckedTable demanded;
    checkRefusal(readDelimited(file, true, options, demanded));
}

void runXlsx(const QByteArray &bytes)
{
    static const QTemporaryDir folder;
    QFile file(folder.filePath(u"input.xlsx"_s));
    demand(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size(),
           "the input can be written");
    file.close();
    CheckedTable workbook;
    checkRefusal(readWorkbook(file.fileName(), {}, workbook));
}

constexpr FuzzTarget targets[] {
    {"document", runDocument}, {"validate", runValidate},
    {"fixes", runFixes},       {"substitution", runSubstitution},
    {"pointer", runPointer},   {"filter", runFilter},
    {"range", runRange},       {"patch", runPatch},
    {"table", runTable},       {"xlsx", runXlsx},
};

} // namespace

std::span<const FuzzTarget> fuzzTargets()
{
    return targets;
}

} // namespace hubkeeper::test
