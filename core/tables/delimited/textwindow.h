// SPDX-License-Identifier: MIT
#pragma once

#include "tables/encoding/decoder.h"

class QIODevice;

namespace hubkeeper {

/// A part of a text that moves over a file: UTF-8, whatever the file is.
class TextWindow
{
public:
    /// Reads from where the file is now.
    TextWindow(QIODevice &file, std::unique_ptr<Decoder> decoder);

    [[nodiscard]] std::string_view text() const
    {
        return std::string_view(m_buffer).substr(m_begin);
    }
    /// Nothing comes after this text.
    [[nodiscard]] bool isWhole() const { return m_isWhole; }
    /// Bytes of text before this text.
    [[nodiscard]] qint64 position() const { return m_position; }

    /// Makes the text longer, at least as long as `bytes` if the file has them. What was a view of
    /// the text before no longer is. Fails with InvalidInput where the file cannot be read.
    [[nodiscard]] Result<void> grow(size_t bytes = 0);
    /// Moves on.
    void drop(size_t bytes);

    /// Notes about bytes from position() on, in order.
    [[nodiscard]] std::deque<DecodingFault> &faults() { return m_decoder->faults(); }

private:
    QIODevice &m_file;
    std::unique_ptr<Decoder> m_decoder;
    std::string m_buffer;
    std::string m_piece;
    size_t m_begin = 0;
    qint64 m_position = 0;
    bool m_isWhole = false;
};

} // namespace hubkeeper
