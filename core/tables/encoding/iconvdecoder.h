// SPDX-License-Identifier: MIT
#pragma once

#include "tables/encoding/decoder.h"

namespace hubkeeper {

/// Encodings with several bytes a character, through the system's iconv.
class IconvDecoder final : public Decoder
{
public:
    /// Null: the system does not know the encoding.
    [[nodiscard]] static std::unique_ptr<Decoder> make(const QString &encoding);
    ~IconvDecoder() override;
    Q_DISABLE_COPY_MOVE(IconvDecoder)

protected:
    size_t decodePiece(std::string_view bytes, bool isLast, std::string &text) override;

private:
    explicit IconvDecoder(void *converter);

    void *m_converter; ///< An iconv_t.
};

} // namespace hubkeeper
