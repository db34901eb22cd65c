// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QHash>

namespace hubkeeper {

/// Values for the `&{name}` of a provisioner that only IDM knows otherwise, for tests of the file
/// as it is deployed.
class Substitutions
{
public:
    /// A value that others may see: as an argument of a command.
    void setPublic(const QString &name, const QString &value) { m_public.insert(name, value); }
    /// A value that may be a secret: of a file or of standard input.
    void setPrivate(const QString &name, const QString &value) { m_private.insert(name, value); }
    [[nodiscard]] bool isEmpty() const { return m_public.isEmpty() && m_private.isEmpty(); }

    /// The text with its substitutions filled in, nested ones and defaults too, as IDM does.
    /// InvalidInput, naming the first one without a value. Where the result is `confidential`, a
    /// public value that takes part is Refused: it was seen.
    [[nodiscard]] Result<QString> filled(const QString &text, bool confidential) const;

private:
    QHash<QString, QString> m_public;
    QHash<QString, QString> m_private;
};

/// Names and values of a file: Java properties (`name=value`, `name: value`, comments with # or !)
/// or a JSON object of texts, numbers and booleans. InvalidInput, with the line, for anything else.
[[nodiscard]] Result<QHash<QString, QString>> substitutionsFrom(const QByteArray &content);

} // namespace hubkeeper
