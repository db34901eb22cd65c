// SPDX-License-Identifier: MIT
#pragma once

#include "base/paths.h"
#include "provisioner/model/versionrange.h"
#include "provisioner/rules/rule.h"

#include <QJsonValue>

#include <memory>

namespace hubkeeper {

/// Where a dated rule applies. Exactly one of the kinds (resources/rules/README.md).
struct DatedCondition
{
    enum class Kind {
        Always,
        Property, ///< The value at `pointer` is `value`.
        ObjectType, ///< An object type has one of the native types `names`.
        Attribute, ///< An object type `pointer` (native) has one of the native attributes `names`.
        VersionBelow, ///< bundleVersion takes no version from `version` on.
        ApiVersion, ///< The connection uses one of the API versions `names`.
        TextContains, ///< Some text of the file contains one of `names`, in any letter case.
    };

    Kind kind = Kind::Always;
    QString pointer;
    QJsonValue value;
    QStringList names;
    BundleVersion version;
};

/// A fact that changes on a day: a rule as data.
struct DatedRule
{
    /// What the date means for the sentence: the day something ends, or since when it is known.
    enum class Meaning { Ends, Since };

    Rule rule {}; ///< Points into `texts`.
    std::vector<QByteArray> texts;
    QString message; ///< What is there, before the date is added to it.
    QDate date;
    Meaning meaning = Meaning::Ends;
    int leadDays = -1; ///< How long before the date it is reported; -1: always.
    DatedCondition condition;
};

/// The dated rules of the program or of a file that replaces them. Immutable; shared between
/// threads.
class DatedRules
{
public:
    static constexpr qint64 largestFile = 1 << 20;

    /// Those the program was built with.
    [[nodiscard]] static const std::shared_ptr<const DatedRules> &builtIn();
    /// Fails with InvalidInput and a sentence that names the rule and the key that is wrong.
    [[nodiscard]] static Result<std::shared_ptr<const DatedRules>> read(const QByteArray &json);
    /// As read(); also fails if the file cannot be read.
    [[nodiscard]] static Result<std::shared_ptr<const DatedRules>> load(const QString &path);
    /// The user's own `dated-rules.json` in the configuration folder, which replaces the built-in
    /// ones; those if there is no such file.
    [[nodiscard]] static Result<std::shared_ptr<const DatedRules>> forUser(const Paths &paths);

    [[nodiscard]] const std::vector<DatedRule> &rules() const { return m_rules; }

private:
    std::vector<DatedRule> m_rules;
};

/// All rules by id, as allRules(), but the dated ones are these. They live as long as `dated`.
[[nodiscard]] std::vector<const Rule *> rulesWith(const DatedRules &dated);

} // namespace hubkeeper
