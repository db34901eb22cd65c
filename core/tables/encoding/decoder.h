// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "tables/rows/tablefault.h"

#include <QByteArray>

#include <deque>
#include <memory>
#include <string>
#include <string_view>

namespace hubkeeper {

/// A place of the decoded text where something is wrong with the bytes it was made of.
struct DecodingFault
{
    qint64 at = 0; ///< Bytes of UTF-8 before it, from the beginning of the text.
    TableFaultKind kind = TableFaultKind::Encoding; ///< Encoding, LoneSurrogate or Nul.
    QByteArray bytes; ///< Of the file.
};

/// Makes UTF-8 of the bytes of a file, piece by piece. What cannot be decoded becomes U+FFFD and is
/// noted; the rest is decoded.
class Decoder
{
public:
    Decoder() = default;
    virtual ~Decoder() = default;
    Q_DISABLE_COPY_MOVE(Decoder)

    /// Appends to `text`. `isLast`: no bytes come after these.
    void decode(std::string_view bytes, bool isLast, std::string &text);

    /// In the order of the text; whoever takes them removes them.
    [[nodiscard]] std::deque<DecodingFault> &faults() { return m_faults; }

protected:
    /// Gives how many bytes at the end are the beginning of a character; 0 where `isLast`.
    virtual size_t decodePiece(std::string_view bytes, bool isLast, std::string &text) = 0;
    /// Something is wrong with what comes next in `text`.
    void note(const std::string &text, TableFaultKind kind, std::string_view bytes);

private:
    std::string m_rest; ///< The beginning of a character.
    std::deque<DecodingFault> m_faults;
    qint64 m_before = 0; ///< Bytes of text that were made before this call.
    size_t m_from = 0; ///< Size of the caller's text at the beginning of this call.
};

/// Fails with InvalidInput where nothing knows the encoding (see canonicalEncoding()).
[[nodiscard]] Result<std::unique_ptr<Decoder>> decoderFor(const QString &encoding);

} // namespace hubkeeper
