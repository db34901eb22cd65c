// SPDX-License-Identifier: MIT
#pragma once

#include <QJsonObject>
#include <QJsonValue>
#include <QStringList>

namespace hubkeeper {

/// A place in an object as mappings write it: steps between slashes, a leading slash makes no
/// difference, percent escapes for special characters. OpenIDM 6.3.0 was seen not to know ~0 and ~1
/// here (recon-vectors, fact 29).
class PropertyPointer
{
public:
    PropertyPointer() = default; ///< The whole object.
    explicit PropertyPointer(const QString &text);
    /// Of steps that are decoded already.
    [[nodiscard]] static PropertyPointer ofSteps(const QStringList &steps);

    [[nodiscard]] bool isWhole() const { return m_steps.isEmpty(); }
    [[nodiscard]] const QStringList &steps() const { return m_steps; }

    /// Undefined where nothing is there.
    [[nodiscard]] QJsonValue in(const QJsonValue &value) const;

    /// Puts a value there, null too. Parents are made only where their key is absent, as objects
    /// even for an index. False, and nothing changed, where a parent is neither object nor list, or
    /// an index is not one of its list.
    [[nodiscard]] bool put(QJsonObject &object, const QJsonValue &value) const;

    bool operator==(const PropertyPointer &) const = default;

private:
    QStringList m_steps;
};

} // namespace hubkeeper
