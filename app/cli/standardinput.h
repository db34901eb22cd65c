// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QIODevice>

namespace hubkeeper::cli {

/// Standard input that a signal can interrupt: reading ends then, as at the end of the input, and
/// Interrupt::wasRequested() says why.
class StandardInput final : public QIODevice
{
    Q_OBJECT

public:
    StandardInput();
    [[nodiscard]] bool isSequential() const override { return true; }
    /// Somebody can be asked.
    [[nodiscard]] static bool isTerminal();

protected:
    qint64 readData(char *data, qint64 most) override;
    qint64 writeData(const char *, qint64) override { return -1; }
};

/// Opens the null device in place of a standard stream that is closed, in the direction in which it
/// is not used: using it fails as it should, and no file of ours takes its number. First in main().
void fillClosedStreams();

/// Of secrets that come in on standard input or in a file, in bytes.
inline constexpr qint64 largestSecretInput = 1 << 20;

/// All of it. Fails with InvalidInput if the input is closed, or larger than `largest` bytes, and
/// with Cancelled after a signal.
[[nodiscard]] Result<QByteArray> readAllInput(QIODevice &input, qint64 largest);

/// One line without its end. Fails as readAllInput(), at the end of the input too.
[[nodiscard]] Result<QByteArray> readInputLine(QIODevice &input);

} // namespace hubkeeper::cli
