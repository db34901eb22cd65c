// SPDX-License-Identifier: MIT
#pragma once

#include "base/pseudonym.h"
#include "portal/objecttype.h"
#include "portal/property.h"

#include <QHash>
#include <QObject>

namespace hubkeeper {

/// Whether the window hides personal data, and how: one for the whole window, which owns it and
/// keeps the switch. Views ask it for every text of a record they show, say aloud or copy, and show
/// themselves again on changed(). What is sent, staged, stored and compared is never masked.
///
/// The same value has the same pseudonym as long as the window lives; the key is stored nowhere.
class Masking final : public QObject
{
    Q_OBJECT

public:
    explicit Masking(QObject *parent = nullptr);

    [[nodiscard]] bool isOn() const { return m_on; }
    void setOn(bool on);

    /// What the open portal defines: by it, options, dates and numbers stay readable where only the
    /// name of a property is known. Until then they are masked too.
    void learn(ObjectType type, const QList<PropertyDefinition> &definitions);
    void forgetDefinitions();

    // All give their argument back while masking is off.

    /// A value as stored; `definition` may be null.
    [[nodiscard]] QString value(const PropertyDefinition *definition, const QString &name,
                                const QString &text) const;
    /// The same by what was learned.
    [[nodiscard]] QString value(ObjectType type, const QString &name, const QString &text) const;
    /// What a record or a person is called. A number, which is an id, stays.
    [[nodiscard]] QString name(const QString &text) const;
    /// Other people's sentences: e-mail addresses, and those of `known` that occur as words.
    [[nodiscard]] QString text(QString text, const QStringList &known = {}) const;
    /// JSON in which anything may be of a record.
    [[nodiscard]] QJsonValue json(const QJsonValue &json) const;

    /// For what has its own way to mask; null while masking is off.
    [[nodiscard]] const Pseudonyms *pseudonyms() const { return m_on ? &m_pseudonyms : nullptr; }

signals:
    /// Switched, or more is known: show everything again.
    void changed();

private:
    [[nodiscard]] const PropertyDefinition *definition(ObjectType type, const QString &name) const;
    [[nodiscard]] bool mayShow(const QString &name, const QString &text) const;

    Pseudonyms m_pseudonyms;
    QHash<ObjectType, QHash<QString, PropertyDefinition>> m_definitions;
    bool m_on = false;
};

/// Why a pseudonym is not taken as a value.
[[nodiscard]] QString pseudonymRefusal();

} // namespace hubkeeper
