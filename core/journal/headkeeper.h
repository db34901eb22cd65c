// SPDX-License-Identifier: MIT
#pragma once

#include "base/call.h"

#include <QByteArray>

namespace hubkeeper {

/// Where a journal ended at some moment.
struct JournalHead
{
    qint64 count = 0; ///< Entries so far.
    QByteArray hash; ///< Of the last one.

    bool operator==(const JournalHead &) const = default;
};

/// Keeps the journal's end outside of its file, beside the key. The journal only grows, so a file
/// that ends before it, or has another entry there, was cut or exchanged. It may lag behind: a
/// crash between writing the entry and keeping the head leaves an older one, which still holds.
class HeadKeeper
{
public:
    virtual ~HeadKeeper() = default;
    /// As it was when the journal was opened; no entries if none was kept.
    [[nodiscard]] virtual JournalHead known() const = 0;
    /// Keeps `head` unless a later one is kept already, by this program or another one. Fails as
    /// the keychain does.
    [[nodiscard]] virtual Call<void> *keep(const JournalHead &head, QObject *parent) = 0;
};

} // namespace hubkeeper
