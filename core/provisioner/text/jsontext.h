// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QJsonValue>
#include <QString>

#include <optional>
#include <vector>

namespace hubkeeper {

/// A stretch of bytes: from `begin` up to and without `end`.
struct Span
{
    qsizetype begin = 0;
    qsizetype end = 0;

    [[nodiscard]] qsizetype size() const { return end - begin; }
    bool operator==(const Span &) const = default;
};

/// A place as people count it: from 1, columns in characters.
struct TextPosition
{
    int line = 1;
    int column = 1;

    bool operator==(const TextPosition &) const = default;
};

/// One replacement in a text: `length` bytes from `offset` on become `replacement`.
struct TextEdit
{
    qsizetype offset = 0;
    qsizetype length = 0;
    QByteArray replacement;

    bool operator==(const TextEdit &) const = default;
};

enum class SyntaxFaultKind {
    Empty,
    Foreign, ///< An archive, an image, XML: the first bytes say so.
    WideEncoding, ///< UTF-16 or UTF-32.
    NotUtf8,
    NulByte,
    TooLarge, ///< More than mostBytes or mostValues; there is no tree, or a part of one.
    TooDeep,
    OpenString,
    ControlCharacter,
    BadEscape,
    WrongQuotes,
    BareKey,
    BareWord,
    BadNumber,
    CommaTooMany,
    MissingComma,
    MissingColon,
    MissingValue,
    NotClosed,
    WrongBracket,
    TextBehind,
    OpenComment,
    Other,
};

/// Something that is not JSON, with the place where it was noticed.
struct SyntaxFault
{
    Span at;
    QString message; ///< One English sentence.
    SyntaxFaultKind kind = SyntaxFaultKind::Other;
    std::optional<TextEdit> fix = {}; ///< Where the remedy is mechanical.
    bool plain = true; ///< Whether `fix` is plainly what was meant.
};

enum class JsonKind { Object, Array, String, Number, Boolean, Null, Invalid };

/// JSON text with the place of everything in it: the tree of a file that stays a text.
///
/// Accepts what IDM's parser accepts: UTF-8 with or without a BOM, comments of both kinds,
/// duplicate keys (the last one wins). Any bytes at all give a tree and a list of faults; after a
/// fault reading goes on at the next comma or bracket, so that one mistake does not hide the
/// rest: a text in wrong quotes is read as a text, a key without quotes as a key. Nothing
/// recurses, so deep nesting is harmless; below mostDepth it is a fault. The limits keep time and
/// memory small for whatever is dropped on the program; a shipped file has 15,000 bytes and 1,000
/// values.
///
/// A provisioner as frodo keeps it is inside of two other objects (frodofile.h). Then root() is the
/// inner object, so that whoever starts from there or uses pointers works on the provisioner.
/// Bytes, faults, comments, places and the numbering of nodes are those of the whole text.
class JsonText
{
public:
    static constexpr int mostDepth = 1000; // What IDM's own parser reads.
    static constexpr qsizetype mostBytes = 16 << 20;
    static constexpr int mostValues = 100'000;
    static constexpr int none = -1;

    /// A value. Nodes are named by their index, which is stable for one JsonText. They are in the
    /// order of the text: the outermost value is node 0, a parent comes before its children.
    struct Node
    {
        JsonKind kind = JsonKind::Invalid;
        bool hasPlainKey = true; ///< The key is in double quotes and has no escapes.
        Span span; ///< The value itself.
        Span key; ///< In an object: the key with its quotes. Else empty.
        int parent = none;
        int firstChild = none;
        int lastChild = none;
        int next = none; ///< The next child of the same parent.
        int childCount = 0;
    };

    explicit JsonText(QByteArray bytes = {});

    [[nodiscard]] const QByteArray &bytes() const { return m_bytes; }
    [[nodiscard]] const std::vector<SyntaxFault> &faults() const { return m_faults; }
    [[nodiscard]] bool isValid() const { return m_faults.empty() && m_root != none; }
    /// The comments outside of values, with their delimiters, in order.
    [[nodiscard]] const std::vector<Span> &comments() const { return m_comments; }

    /// The outermost value, or the provisioner in a file of frodo's; none for a text without a
    /// value.
    [[nodiscard]] int root() const { return m_root; }
    [[nodiscard]] const Node &node(int index) const { return m_nodes[size_t(index)]; }
    [[nodiscard]] int nodeCount() const { return int(m_nodes.size()); }

    /// The member of an object, the last one of several; none if there is none or `object` is no
    /// object.
    [[nodiscard]] int member(int object, const QString &key) const;
    /// For a key of ASCII letters, without making a string of it.
    [[nodiscard]] int member(int object, QLatin1StringView key) const;
    /// By JSON pointer (RFC 6901), "" is the root; none if nothing is there. What is around a root
    /// that is not the outermost value has a pointer from that value, with ".." before it:
    /// "../meta/origin".
    [[nodiscard]] int at(const QString &pointer) const;
    [[nodiscard]] QString pointerOf(int index) const;
    /// The innermost value whose key or value covers the byte; none outside the root.
    [[nodiscard]] int covering(qsizetype offset) const;

    [[nodiscard]] QString keyOf(int index) const;
    /// The text of a string, decoded; empty for other kinds.
    [[nodiscard]] QString stringOf(int index) const;
    /// The bytes of the value as they stand in the file.
    [[nodiscard]] QByteArray rawOf(int index) const;
    /// As Qt's value; numbers beyond 2^53 lose precision there, so compare rawOf() for those.
    [[nodiscard]] QJsonValue valueOf(int index) const;

    [[nodiscard]] TextPosition positionOf(qsizetype offset) const;
    [[nodiscard]] qsizetype offsetOf(TextPosition position) const;
    /// Where the line of the byte begins.
    [[nodiscard]] qsizetype lineStart(qsizetype offset) const;

private:
    friend class JsonReader;

    [[nodiscard]] int element(int array, const QString &position) const;

    [[nodiscard]] int memberOfBytes(int object, QByteArrayView key) const;
    [[nodiscard]] QByteArrayView viewOf(Span span) const;

    QByteArray m_bytes;
    std::vector<Node> m_nodes;
    std::vector<SyntaxFault> m_faults;
    std::vector<Span> m_comments;
    std::vector<qsizetype> m_lineStarts;
    int m_root = none;
};

/// Text as a JSON string, with quotes.
[[nodiscard]] QByteArray jsonQuoted(const QString &text);

} // namespace hubkeeper
