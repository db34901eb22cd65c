// SPDX-License-Identifier: MIT
#include "tables/delimited/textwindow.h"

#include "tables/rows/tablestext.h"

#include <QIODevice>

namespace hubkeeper {

namespace {

constexpr size_t pieceBytes = 256 << 10;

} // namespace

TextWindow::TextWindow(QIODevice &file, std::unique_ptr<Decoder> decoder)
    : m_file(file)
    , m_decoder(std::move(decoder))
    , m_piece(pieceBytes, '\0')
{
}

Result<void> TextWindow::grow(size_t bytes)
{
    m_buffer.erase(0, std::exchange(m_begin, 0));
    const size_t wanted = std::max(bytes, m_buffer.size() * 2);
    do {
        const qint64 got = m_file.read(m_piece.data(), qint64(m_piece.size()));
        if (got < 0) {
            return fail(ErrorKind::InvalidInput,
                        TablesText::tr("The file cannot be read: %1").arg(m_file.errorString()));
        }
        m_isWhole = got == 0;
        m_decoder->decode({m_piece.data(), size_t(got)}, m_isWhole, m_buffer);
    } while (!m_isWhole && m_buffer.size() < wanted);
    return {};
}

void TextWindow::drop(size_t bytes)
{
    m_begin += bytes;
    m_position += qint64(bytes);
}

} // namespace hubkeeper
