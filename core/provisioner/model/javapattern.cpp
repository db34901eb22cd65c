// SPDX-License-Identifier: MIT
#include "provisioner/model/javapattern.h"

#include <QRegularExpression>
#include <QString>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace hubkeeper {

namespace {

/// Reads an expression from left to right.
class JavaPatternReader
{
public:
    explicit JavaPatternReader(QStringView pattern)
        : m_pattern(pattern)
    {
    }

    [[nodiscard]] bool findsRefused()
    {
        while (m_at < m_pattern.size()) {
            const QStringView rest = m_pattern.sliced(m_at);
            if (rest.front() == u'\\') {
                if (!skipEscape(rest))
                    return true;
            } else if (m_classes > 0) {
                readInClass(rest);
            } else if (rest.front() == u'{' && !isRepetition(rest)) {
                return true;
            } else if (rest.startsWith("(?P"_L1) || rest.startsWith("(*"_L1)) {
                return true;
            } else {
                if (rest.front() == u'[')
                    enterClass(rest);
                ++m_at;
            }
        }
        return false;
    }

private:
    /// False for an escape that Java does not have.
    bool skipEscape(QStringView rest)
    {
        const QChar letter = rest.size() > 1 ? rest[1] : QChar();
        m_at += 2;
        if (QStringView(u"CKgo").contains(letter) && !letter.isNull())
            return false;
        qsizetype end = -1;
        if (letter == u'Q')
            end = m_pattern.indexOf("\\E"_L1, m_at);
        else if (QStringView(u"pPxN").contains(letter) && rest.sliced(2).startsWith(u'{'))
            end = m_pattern.indexOf(u'}', m_at);
        else
            return true;
        m_at = end < 0 ? m_pattern.size() : end + 1;
        return true;
    }

    /// A closing bracket at once is one of the characters.
    void enterClass(QStringView rest)
    {
        ++m_classes;
        if (rest.startsWith("[^"_L1))
            ++m_at;
        if (m_at + 1 < m_pattern.size() && m_pattern[m_at + 1] == u']')
            ++m_at;
    }

    /// Classes can be inside of each other in Java.
    void readInClass(QStringView rest)
    {
        if (rest.front() == u'[')
            enterClass(rest);
        else if (rest.front() == u']')
            --m_classes;
        ++m_at;
    }

    [[nodiscard]] bool isRepetition(QStringView rest) const
    {
        static const QRegularExpression form(u"^\\{[0-9]+(,[0-9]*)?\\}"_s);
        return m_at > 0
            && form.match(rest.first(std::min<qsizetype>(rest.size(), 24)).toString()).hasMatch();
    }

    QStringView m_pattern;
    qsizetype m_at = 0;
    int m_classes = 0; ///< Open ones.
};

} // namespace

bool isRefusedByJavaAlone(QStringView pattern)
{
    return JavaPatternReader(pattern).findsRefused();
}

bool hasJavaOnlyParts(QStringView pattern)
{
    return pattern.contains("\\p{"_L1) || pattern.contains("\\P{"_L1) || pattern.contains("(?<="_L1)
        || pattern.contains("(?<!"_L1);
}

} // namespace hubkeeper
