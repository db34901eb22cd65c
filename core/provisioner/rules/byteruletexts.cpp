// SPDX-License-Identifier: MIT
#include "provisioner/rules/byterules.h"

namespace hubkeeper::bytes {

namespace {

// What every text leads to that cannot be parsed (idm-connector 2.11).
constexpr const char *ignored = QT_TRANSLATE_NOOP(
    "Rule",
    "IDM logs the place and ignores the file; the connector is missing from the list"
    " without any other sign.");

// After the last bracket alone; the severity is that of the place.
constexpr CommunityRule trailingInCommunity {
    {},
    QT_TRANSLATE_NOOP(
        "Rule",
        "Inside the document OpenIDM ignores the file. After its last bracket OpenIDM "
        "reads the file from its folder and refuses it over REST.")};

constexpr Rule emptyFile {
    "HK001",
    Severity::Error,
    RuleStage::Bytes,
    QT_TRANSLATE_NOOP("Rule", "Empty file"),
    QT_TRANSLATE_NOOP("Rule",
                      "IDM logs the place and ignores the file. At the next start of the server it "
                      "also keeps other"
                      " connectors from being loaded, which are then missing without any sign."),
    QT_TRANSLATE_NOOP("Rule", "Start from the sample, or bring the file back from its backup."),
    "idm-connector 2.11, OpenIDM 6.3.0: other connectors",
    {"#bytes", "", "{}"},
};

constexpr Rule wideEncoding {
    "HK002",
    Severity::Error,
    RuleStage::Bytes,
    QT_TRANSLATE_NOOP("Rule", "Text that is not written in UTF-8"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "IDM reads UTF-8 and does not recognize the file as JSON; the connector is missing"
        " from the list."),
    QT_TRANSLATE_NOOP("Rule", "Save the file as UTF-8."),
    "idm-connector 2.1",
    {"#bytes", R"(\xFF\xFE{\x00}\x00)", "{}"},
    true,
};

constexpr Rule nulByte {
    "HK004",
    Severity::Error,
    RuleStage::Bytes,
    QT_TRANSLATE_NOOP("Rule", "NUL byte"),
    ignored,
    QT_TRANSLATE_NOOP("Rule",
                      "Remove the bytes; check whether the file was damaged when it was copied."),
    "idm-connector 2.1",
    {"#bytes", R"({"enabled": true\x00})", R"({"enabled": true})"},
    true,
    trailingInCommunity,
};

constexpr Rule notUtf8 {
    "HK005",
    Severity::Error,
    RuleStage::Bytes,
    QT_TRANSLATE_NOOP("Rule", "Bytes that are not UTF-8"),
    ignored,
    QT_TRANSLATE_NOOP(
        "Rule",
        "Save the file as UTF-8; it was most likely written in Latin-1 or a Windows code"
        " page."),
    "idm-connector 2.1",
    {"#bytes", R"({"description": "M\xFCnchen"})", R"({"description": "M\xC3\xBCnchen"})"},
    true,
    {Severity::Warning,
     QT_TRANSLATE_NOOP(
         "Rule",
         "OpenIDM reads the file from its folder with another character in place of the bytes; over"
         " REST it refuses the file.")},
};

constexpr Rule tooLarge {
    "HK006",
    Severity::Error,
    RuleStage::Bytes,
    QT_TRANSLATE_NOOP("Rule", "File that is far too large"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "Nothing is looked at in such a file. IDM would read it into memory as a whole,"
        " and it is not a provisioner."),
    QT_TRANSLATE_NOOP("Rule", "Check what was saved under this name."),
    "idm-connector 2.6",
    {"#repeat", "17000000 [", "1 {}"},
};

constexpr Rule openString {
    "HK008",
    Severity::Error,
    RuleStage::Bytes,
    QT_TRANSLATE_NOOP("Rule", "Text that is not closed"),
    ignored,
    QT_TRANSLATE_NOOP(
        "Rule",
        "Close the text with a double quote on its line; a line break inside is written"
        " \\n."),
    "idm-connector 2.1",
    {"", "{\"author\": \"Ada\n}", R"({"author": "Ada"})"},
};

constexpr Rule controlCharacter {
    "HK009",
    Severity::Error,
    RuleStage::Bytes,
    QT_TRANSLATE_NOOP("Rule", "Control character in a text"),
    ignored,
    QT_TRANSLATE_NOOP("Rule", "Write it as an escape, a tab as \\t."),
    "idm-connector 2.1",
    {"", "{\"author\": \"A\tB\"}", R"({"author": "A\tB"})"},
    true,
};

constexpr Rule notJson {
    "HK010",
    Severity::Error,
    RuleStage::Bytes,
    QT_TRANSLATE_NOOP("Rule", "Not JSON"),
    ignored,
    QT_TRANSLATE_NOOP("Rule", "Correct the text at the place named."),
    "idm-connector 2.1, 2.11",
    {"", R"({"enabled": true, ?})", R"({"enabled": true})"},
};

constexpr Rule commaTooMany {
    "HK011",
    Severity::Error,
    RuleStage::Bytes,
    QT_TRANSLATE_NOOP("Rule", "Trailing or extra comma"),
    ignored,
    QT_TRANSLATE_NOOP("Rule",
                      "Remove the comma: JSON has none before a closing bracket and never two."),
    "idm-connector 2.1",
    {"", R"({"enabled": true,})", R"({"enabled": true})"},
    true,
};

constexpr Rule missingComma {
    "HK012",
    Severity::Error,
    RuleStage::Bytes,
    QT_TRANSLATE_NOOP("Rule", "Missing comma"),
    ignored,
    QT_TRANSLATE_NOOP("Rule", "Put a comma between the two."),
    "idm-connector 2.1",
    {"", R"({"enabled": true "name": "hubspot"})", R"({"enabled": true, "name": "hubspot"})"},
    true,
};

constexpr Rule missingColon {
    "HK013",
    Severity::Error,
    RuleStage::Bytes,
    QT_TRANSLATE_NOOP("Rule", "Missing colon"),
    ignored,
    QT_TRANSLATE_NOOP("Rule", "Put a colon between key and value."),
    "idm-connector 2.1",
    {"", R"({"enabled" true})", R"({"enabled": true})"},
    true,
};

constexpr Rule wrongQuotes {
    "HK014",
    Severity::Error,
    RuleStage::Bytes,
    QT_TRANSLATE_NOOP("Rule", "Text in other quotes than double ones"),
    ignored,
    QT_TRANSLATE_NOOP(
        "Rule", "Use the plain double quote; word processors replace it without being asked."),
    "idm-connector 2.1",
    {"", "{'enabled': true}", R"({"enabled": true})"},
    true,
};

constexpr Rule bareKey {
    "HK015",
    Severity::Error,
    RuleStage::Bytes,
    QT_TRANSLATE_NOOP("Rule", "Key without quotes"),
    ignored,
    QT_TRANSLATE_NOOP("Rule", "Put the key in double quotes."),
    "idm-connector 2.1",
    {"", "{enabled: true}", R"({"enabled": true})"},
    true,
};

constexpr Rule notClosed {
    "HK017",
    Severity::Error,
    RuleStage::Bytes,
    QT_TRANSLATE_NOOP("Rule", "Bracket that is not closed"),
    ignored,
    QT_TRANSLATE_NOOP(
        "Rule", "Close what is open; if the end is missing, bring the file back from its backup."),
    "idm-connector 2.1",
    {"", R"({"enabled": true)", R"({"enabled": true})"},
    true,
};

constexpr Rule textBehind {
    "HK018",
    Severity::Error,
    RuleStage::Bytes,
    QT_TRANSLATE_NOOP("Rule", "Content after the end of the document"),
    ignored,
    QT_TRANSLATE_NOOP("Rule", "Remove what follows the closing bracket."),
    "idm-connector 2.1",
    {"", R"({"enabled": true}})", R"({"enabled": true})"},
    true,
    trailingInCommunity,
};

constexpr Rule badEscape {
    "HK019",
    Severity::Error,
    RuleStage::Bytes,
    QT_TRANSLATE_NOOP("Rule", "Backslash that begins no escape"),
    ignored,
    QT_TRANSLATE_NOOP("Rule",
                      "Write a backslash as \\\\; JSON knows only the escapes of its grammar."),
    "idm-connector 2.1",
    {"", R"({"description": "a\d"})", R"({"description": "a\\d"})"},
    true,
};

constexpr Rule bareWord {
    "HK030",
    Severity::Error,
    RuleStage::Bytes,
    QT_TRANSLATE_NOOP("Rule", "Word that is not a JSON value"),
    ignored,
    QT_TRANSLATE_NOOP(
        "Rule", "Put texts in double quotes; write true, false and null without, in lower case."),
    "idm-connector 2.1",
    {"", R"({"enabled": True})", R"({"enabled": true})"},
    true,
};

constexpr Rule badNumber {
    "HK031",
    Severity::Error,
    RuleStage::Bytes,
    QT_TRANSLATE_NOOP("Rule", "Invalid JSON number"),
    ignored,
    QT_TRANSLATE_NOOP(
        "Rule",
        "Write it without a plus sign and leading zeros, with digits on both sides of the"
        " point."),
    "idm-connector 2.1",
    {"", R"({"producerBufferSize": +10})", R"({"producerBufferSize": 10})"},
    true,
};

constexpr Rule missingValue {
    "HK034",
    Severity::Error,
    RuleStage::Bytes,
    QT_TRANSLATE_NOOP("Rule", "Missing value"),
    ignored,
    QT_TRANSLATE_NOOP("Rule", "Write the value, or null for none."),
    "idm-connector 2.1",
    {"", R"({"enabled": })", R"({"enabled": null})"},
    true,
};

constexpr Rule wrongBracket {
    "HK035",
    Severity::Error,
    RuleStage::Bytes,
    QT_TRANSLATE_NOOP("Rule", "Bracket of the wrong kind"),
    ignored,
    QT_TRANSLATE_NOOP("Rule", "Close an object with } and an array with ]."),
    "idm-connector 2.1",
    {"", R"({"systemActions": [}})", R"({"systemActions": []})"},
    true,
};

constexpr Rule openComment {
    "HK038",
    Severity::Error,
    RuleStage::Bytes,
    QT_TRANSLATE_NOOP("Rule", "Comment that is not closed"),
    ignored,
    QT_TRANSLATE_NOOP("Rule", "Close it with */."),
    "idm-connector 2.1",
    {"", "{\"enabled\": true} /* on\n", R"({"enabled": true})"},
    false,
    trailingInCommunity,
};

} // namespace

const Rule tooDeep {
    "HK007",
    Severity::Error,
    RuleStage::Bytes,
    QT_TRANSLATE_NOOP("Rule", "Very deep nesting"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "IDM reads up to 1,000 levels and ignores a file with more; no block of a provisioner needs"
        " more than ten."),
    QT_TRANSLATE_NOOP("Rule", "Look where the brackets began to repeat."),
    "idm-connector 2.1, OpenIDM 6.3.0: text",
    {"#repeat", "1100 [", "1 {}"},
};

const Rule byteOrderMark {
    "HK003",
    Severity::Warning,
    RuleStage::Bytes,
    QT_TRANSLATE_NOOP("Rule", "Byte order mark"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "OpenIDM of the community refuses such a file in its folder; whether the commercial server"
        " does is not known."),
    QT_TRANSLATE_NOOP("Rule", "Save the file as UTF-8 without a mark."),
    "idm-connector 2.1, OpenIDM 6.3.0: text",
    {"#bytes", R"(\xEF\xBB\xBF{"enabled": true})", R"({"enabled": true})"},
    true,
    {Severity::Error,
     QT_TRANSLATE_NOOP(
         "Rule",
         "OpenIDM refuses the file in its folder (\"unexpected character\"), and the connector is"
         " missing; over REST it takes the same text.")},
};

const Rule comment {
    "HK016",
    Severity::Warning,
    RuleStage::Bytes,
    QT_TRANSLATE_NOOP("Rule", "Comment"),
    QT_TRANSLATE_NOOP(
        "Rule",
        "JSON has no comments. OpenIDM of the community refuses the file; whether the commercial"
        " server does is not known, and whoever writes the file over REST loses them."),
    QT_TRANSLATE_NOOP("Rule", "Move the remark to description, or remove it."),
    "idm-connector 2.1, OpenIDM 6.3.0: text",
    {"", "{\"enabled\": /* on */ true}", R"({"enabled": true})"},
    true,
    {Severity::Error,
     QT_TRANSLATE_NOOP(
         "Rule",
         "OpenIDM refuses the file, and the connector is missing from the list. Behind the last"
         " bracket it reads over a comment in a file and refuses it over REST.")},
};

const Rule duplicateKey {
    "HK032",
    Severity::Warning,
    RuleStage::Bytes,
    QT_TRANSLATE_NOOP("Rule", "Duplicate key"),
    QT_TRANSLATE_NOOP("Rule",
                      "IDM silently uses the last one; what comes before it has no effect."),
    QT_TRANSLATE_NOOP("Rule", "Keep one of the two."),
    "idm-connector 2.1, 2.11",
    {"", R"({"enabled": true, "enabled": true})", R"({"enabled": true})"},
    true,
};

const Rule hugeNumber {
    "HK033",
    Severity::Warning,
    RuleStage::Bytes,
    QT_TRANSLATE_NOOP("Rule", "Number beyond all limits"),
    QT_TRANSLATE_NOOP("Rule",
                      "IDM reads it as infinite or cannot use it: a time-out is then ignored."),
    QT_TRANSLATE_NOOP("Rule", "Write the number that was meant."),
    "idm-connector 2.5, OpenIDM 6.3.0: time-outs",
    {"/operationTimeout/SEARCH", "1e400", "60000"},
};

const Rule *ruleFor(SyntaxFaultKind kind)
{
    using K = SyntaxFaultKind;
    switch (kind) {
    case K::Empty:
        return &emptyFile;
    case K::WideEncoding:
        return &wideEncoding;
    case K::NulByte:
        return &nulByte;
    case K::NotUtf8:
        return &notUtf8;
    case K::TooLarge:
        return &tooLarge;
    case K::TooDeep:
        return &tooDeep;
    case K::OpenString:
        return &openString;
    case K::ControlCharacter:
        return &controlCharacter;
    case K::Other:
        return &notJson;
    case K::CommaTooMany:
        return &commaTooMany;
    case K::MissingComma:
        return &missingComma;
    case K::MissingColon:
        return &missingColon;
    case K::WrongQuotes:
        return &wrongQuotes;
    case K::BareKey:
        return &bareKey;
    case K::NotClosed:
        return &notClosed;
    case K::TextBehind:
        return &textBehind;
    case K::BadEscape:
        return &badEscape;
    case K::BareWord:
        return &bareWord;
    case K::BadNumber:
        return &badNumber;
    case K::MissingValue:
        return &missingValue;
    case K::WrongBracket:
        return &wrongBracket;
    case K::OpenComment:
        return &openComment;
    case K::Foreign:
        return nullptr;
    }
    return nullptr;
}

std::span<const Rule *const> rules()
{
    static constexpr const Rule *all[] {
        &emptyFile,    &wideEncoding, &byteOrderMark, &nulByte,          &notUtf8,
        &tooLarge,     &tooDeep,      &openString,    &controlCharacter, &notJson,
        &commaTooMany, &missingComma, &missingColon,  &wrongQuotes,      &bareKey,
        &comment,      &notClosed,    &textBehind,    &badEscape,        &bareWord,
        &badNumber,    &duplicateKey, &hugeNumber,    &missingValue,     &wrongBracket,
        &openComment};
    return all;
}

} // namespace hubkeeper::bytes
