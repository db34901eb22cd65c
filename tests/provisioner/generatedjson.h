// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QRandomGenerator>

#include <initializer_list>

namespace hubkeeper::test {

/// JSON in every layout and with everything that has to survive: comments, escapes, odd numbers,
/// a byte order mark, line endings of both kinds.
class GeneratedJson
{
public:
    explicit GeneratedJson(QRandomGenerator &random)
        : m_random(random)
    {
    }

    QByteArray document()
    {
        const QByteArray mark = oneOf({"", "", "\xEF\xBB\xBF"});
        return mark + blanks() + object(4) + blanks();
    }

    QByteArray value(int depth)
    {
        switch (m_random.bounded(depth > 0 ? 6 : 4)) {
        case 0:
            return text();
        case 1:
            return oneOf({"0", "-1", "6", "1.50", "1e3", "12345678901234567890", "-0.0"});
        case 2:
            return oneOf({"true", "false"});
        case 3:
            return "null";
        case 4:
            return array(depth - 1);
        default:
            return object(depth - 1);
        }
    }

    QByteArray blanks()
    {
        return oneOf({"", "", " ", "\n", "\r\n\t", "  ", " /* kept */ ", " // kept\n"});
    }

private:
    QByteArray oneOf(std::initializer_list<const char *> choices)
    {
        return *(choices.begin() + m_random.bounded(int(choices.size())));
    }

    QByteArray text()
    {
        return oneOf({"\"\"", "\"a\"", "\"\xc3\xa4\"", "\"\\u00e4\\n\"", "\"&{x|y}\"", "\"a/b~c\"",
                      "\"// no comment\"", "\"\\\"\\\\\""});
    }

    QByteArray object(int depth)
    {
        QByteArray json = "{" + blanks();
        const int count = m_random.bounded(5);
        for (int i = 0; i < count; ++i) {
            // Every key once: a pointer names the last of several.
            const QByteArray key =
                oneOf({"\"k", "\"a/b", "\"~", "\"\\u00e4", "\"$"}) + QByteArray::number(i) + '"';
            json += (i > 0 ? "," : "") + blanks() + key + blanks() + ':' + blanks() + value(depth)
                + blanks();
        }
        return json + '}';
    }

    QByteArray array(int depth)
    {
        QByteArray json = "[" + blanks();
        const int count = m_random.bounded(4);
        for (int i = 0; i < count; ++i)
            json += (i > 0 ? "," : "") + blanks() + value(depth) + blanks();
        return json + ']';
    }

    QRandomGenerator &m_random;
};

} // namespace hubkeeper::test
