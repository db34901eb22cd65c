// SPDX-License-Identifier: MIT
#include "filter/crestparser.h"
#include "idm/idmtext.h"
#include "idm/mappings/checkedmapping.h"

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// What may be at a place that takes a script.
enum class Takes { Script, Condition, Action, Qualifiers };

class ScriptCheck
{
public:
    explicit ScriptCheck(MappingCheck &all)
        : m_all(all)
        , m_check(all.check)
        , m_text(all.text)
    {
    }

    void checkMapping(int mapping)
    {
        for (const QLatin1StringView key :
             {"validSource"_L1, "validTarget"_L1, "onCreate"_L1, "onUpdate"_L1, "onDelete"_L1,
              "onLink"_L1, "onUnlink"_L1, "onRecon"_L1, "result"_L1, "postMapping"_L1})
            checkAt(mapping, key, Takes::Script);
        checkAt(mapping, "sourceCondition"_L1, Takes::Condition, {"source"_L1, "linkQualifier"_L1});
        checkAt(mapping, "linkQualifiers"_L1, Takes::Qualifiers);
        for (const QLatin1StringView key : {"correlationQuery"_L1, "correlationScript"_L1})
            checkCorrelation(m_text.member(mapping, key));
        for (const int property : m_check.children(m_text.member(mapping, "properties"_L1))) {
            checkAt(property, "transform"_L1, Takes::Script);
            checkAt(property, "condition"_L1, Takes::Condition,
                    {"object"_L1, "oldSource"_L1, "target"_L1, "oldTarget"_L1, "linkQualifier"_L1});
        }
        for (const int policy : m_check.children(m_text.member(mapping, "policies"_L1))) {
            checkAt(policy, "action"_L1, Takes::Action);
            checkAt(policy, "postAction"_L1, Takes::Script);
            checkAt(policy, "condition"_L1, Takes::Condition, {"object"_L1, "linkQualifier"_L1});
        }
    }

private:
    void checkCorrelation(int node)
    {
        if (node == JsonText::none || m_check.isKind(node, JsonKind::Null))
            return;
        if (!m_check.isKind(node, JsonKind::Array))
            return checkValue(node, Takes::Script, {});
        for (const int entry : m_check.children(node))
            checkValue(entry, Takes::Script, {});
    }

    void checkAt(int object, QLatin1StringView key, Takes takes,
                 const QList<QLatin1StringView> &roots = {})
    {
        const int node = m_text.member(object, key);
        if (node != JsonText::none && !m_check.isKind(node, JsonKind::Null))
            checkValue(node, takes, roots);
    }

    void checkValue(int node, Takes takes, const QList<QLatin1StringView> &roots)
    {
        if (m_check.holdsSubstitutionSign(node) || m_check.isKind(node, JsonKind::Invalid))
            return;
        if (m_check.isKind(node, JsonKind::String) && takes == Takes::Condition)
            return checkFilter(node, roots);
        const bool isWord = m_check.isKind(node, JsonKind::String) && takes == Takes::Action;
        const bool isList = m_check.isKind(node, JsonKind::Array) && takes == Takes::Qualifiers;
        if (isWord || isList) // Other rules look at them.
            return;
        if (m_check.isKind(m_text.member(node, "type"_L1), JsonKind::String))
            return checkScript(node);
        if (takes == Takes::Condition)
            m_check.report(mapping::badCondition, node,
                           IdmText::tr("The condition is %1; it has to be a filter or a script.")
                               .arg(m_check.shown(node)));
        else
            m_check.report(mapping::notAScript, node,
                           IdmText::tr("Here is %1; it has to be a script with a type.")
                               .arg(m_check.shown(node)));
    }

    void checkFilter(int node, const QList<QLatin1StringView> &roots)
    {
        const auto filter = parseCrestFilter(m_text.stringOf(node));
        if (!filter)
            return m_check.report(mapping::badCondition, node,
                                  IdmText::tr("The filter %1 cannot be read: %2")
                                      .arg(m_check.shown(node), filter.error().what));
        reportForeignRoots(node, *filter, roots);
    }

    void reportForeignRoots(int node, const CrestFilter &filter,
                            const QList<QLatin1StringView> &roots)
    {
        for (const CrestFilter &operand : filter.operands)
            reportForeignRoots(node, operand, roots);
        const bool isLeaf =
            filter.kind == CrestFilter::Present || filter.kind == CrestFilter::Compare;
        if (!isLeaf || filter.pointer.isEmpty()
            || roots.contains(QLatin1StringView(filter.pointer.first().toLatin1())))
            return;
        QStringList names;
        for (const QLatin1StringView root : roots)
            names.append(u'/' + root);
        m_check.report(mapping::filterFindsNothing, node,
                       IdmText::tr("There is no %1 here; the filter is asked of %2.")
                           .arg(u'/' + filter.pointer.join(u'/'), listed(names)));
    }

    void checkScript(int node)
    {
        const QJsonObject script = m_text.valueOf(node).toObject();
        const QString type = script["type"_L1].toString();
        if (const int runAs = m_text.member(node, "runAs"_L1); runAs != JsonText::none)
            m_check.reportKey(mapping::runAsIgnored, runAs, IdmText::tr("The script has runAs."));
        const bool isGroovy = type.contains("groovy"_L1, Qt::CaseInsensitive);
        if (!isGroovy && !isJavaScript(type))
            return m_check.report(mapping::unknownLanguage, m_text.member(node, "type"_L1),
                                  IdmText::tr("The script is of type %1.").arg(shownName(type)));
        const QString source = script["source"_L1].toString();
        const QString file = script["file"_L1].toString();
        if (source.isEmpty() && isCorrelationTree(script))
            return;
        if (isGroovy || source.isEmpty())
            return m_check.report(
                mapping::notChecked, node,
                isGroovy ? IdmText::tr("The script is written in Groovy.")
                    : file.isEmpty()
                    ? IdmText::tr("The script has neither source nor file.")
                    : IdmText::tr("The script is the file %1 of the server.").arg(shownName(file)));
        tryToRead(node, source);
    }

    void tryToRead(int node, const QString &source)
    {
        const auto &tryScript = m_all.options.tryScript;
        // Only read, not run: what it needs is not there.
        const ScriptTrial trial =
            tryScript ? tryScript(u"if (false) {\n"_s + source + u"\n}"_s, {}) : ScriptTrial();
        const int at = m_text.member(node, "source"_L1);
        if (trial.kind == ScriptTrial::Unreadable)
            m_check.report(mapping::doesNotCompile, at,
                           IdmText::tr("The script cannot be read: %1").arg(sentence(trial)));
        else if (trial.kind == ScriptTrial::NotTried)
            m_check.report(mapping::notChecked, at,
                           trial.message.isEmpty()
                               ? IdmText::tr("The script could not be read here.")
                               : sentence(trial));
    }

    static QString sentence(const ScriptTrial &trial)
    {
        const QString text = trial.message.simplified();
        return text.endsWith(u'.') ? text : text + u'.';
    }

    MappingCheck &m_all;
    RuleCheck &m_check;
    const JsonText &m_text;
};

} // namespace

void checkScripts(MappingCheck &check)
{
    for (const int mapping : check.file.mappings)
        ScriptCheck(check).checkMapping(mapping);
}

} // namespace hubkeeper
