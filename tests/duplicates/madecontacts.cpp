// SPDX-License-Identifier: MIT
#include "madetable.h"

#include <algorithm>

namespace hubkeeper::test {

namespace {

struct Employer
{
    std::string name;
    std::string domain;
    std::string phone; ///< Of the switchboard.
    size_t country = 0;
    size_t city = 0;
};

struct Person
{
    std::string first;
    std::string last;
    std::string email;
    std::string otherEmail;
    std::string phone; ///< National significant digits.
    std::string otherPhone;
    std::string company;
    std::string title;
    std::string city;
    std::string zip;
    size_t country = 0;
    std::string domain;
};

constexpr const char *cities[4][8] = {
    {"New York", "Chicago", "Houston", "Boston", "Seattle", "Denver", "Austin", "Portland"},
    {"Berlin", "München", "Köln", "Hamburg", "Düsseldorf", "Leipzig", "Stuttgart", "Nürnberg"},
    {"London", "Manchester", "Leeds", "Bristol", "Glasgow", "Cardiff", "York", "Oxford"},
    {"Paris", "Lyon", "Marseille", "Orléans", "Nantes", "Lille", "Toulouse", "Besançon"}};
constexpr const char *prefixes[4] = {"1", "49", "44", "33"};
constexpr const char *topLevels[4] = {".com", ".de", ".co.uk", ".fr"};
constexpr const char *freeDomains[] = {"gmail.com",   "yahoo.com", "hotmail.com", "gmx.de",
                                       "outlook.com", "web.de",    "orange.fr",   "icloud.com"};
constexpr const char *titles[] = {"CEO",      "Sales Manager", "Engineer",   "Head of IT",
                                  "Buyer",    "Consultant",    "Accountant", "HR Manager",
                                  "Director", "Assistant",     "Developer",  "Product Manager"};
constexpr const char *forms[4][3] = {{" Inc.", " LLC", " Corp"},
                                     {" GmbH", " AG", " GmbH & Co. KG"},
                                     {" Ltd", " Limited", " PLC"},
                                     {" SA", " S.A.S.", " SARL"}};

std::string lower(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
    text.erase(std::remove_if(text.begin(), text.end(),
                              [](char c) { return c == ' ' || c == '\'' || c == '&'; }),
               text.end());
    return text;
}

std::string localPart(const Person &person, Dice &dice)
{
    const std::string first = lower(unaccented(person.first, true));
    const std::string last = lower(unaccented(person.last, true));
    switch (dice.below(5)) {
    case 0:
        return first.substr(0, 1) + last;
    case 1:
        return first.substr(0, 1) + "." + last;
    case 2:
        return first;
    default:
        return first + "." + last;
    }
}

std::string nationalNumber(size_t country, Dice &dice)
{
    return country == 0 ? std::to_string(2 + dice.below(8)) + dice.digits(9)
        : country == 1  ? std::to_string(1 + dice.below(9)) + dice.digits(8 + int(dice.below(3)))
        : country == 2  ? "7" + dice.digits(9)
                        : std::to_string(1 + dice.below(7)) + dice.digits(8);
}

std::string writtenPhone(const std::string &digits, size_t country, Dice &dice)
{
    const std::string trunk = country == 0 ? "" : "0";
    switch (dice.below(6)) {
    case 0:
        return std::string("+") + prefixes[country] + digits;
    case 1:
        return std::string("+") + prefixes[country] + " " + digits.substr(0, 3) + " "
            + digits.substr(3);
    case 2:
        return trunk + digits.substr(0, 3) + "-" + digits.substr(3, 3) + "-" + digits.substr(6);
    case 3:
        return std::string("00") + prefixes[country] + " (0)" + digits.substr(0, 2) + " "
            + digits.substr(2);
    case 4:
        return "(" + trunk + digits.substr(0, 3) + ") " + digits.substr(3);
    default:
        return trunk + digits + (dice.happens(0.2) ? " ext. 12" : "");
    }
}

Employer madeEmployer(Dice &dice)
{
    Employer employer;
    employer.name = madeCompany(dice);
    employer.country = dice.below(4);
    employer.domain = lower(unaccented(employer.name, true)) + topLevels[employer.country];
    employer.phone = nationalNumber(employer.country, dice);
    employer.city = dice.below(8);
    return employer;
}

Person madePerson(const Employer &employer, Dice &dice)
{
    Person person;
    person.first = madeFirstName(dice);
    person.last = madeLastName(dice);
    person.country = employer.country;
    person.city = cities[employer.country][dice.happens(0.7) ? employer.city : dice.below(8)];
    person.zip = dice.digits(5);
    person.company = employer.name;
    person.domain = employer.domain;
    person.title = dice.one(titles);
    person.phone = dice.happens(0.25) ? employer.phone : nationalNumber(person.country, dice);
    person.otherPhone = nationalNumber(person.country, dice);
    const std::string local = localPart(person, dice);
    const std::string free =
        local + (dice.happens(0.5) ? dice.digits(2) : "") + "@" + dice.one(freeDomains);
    const bool isWork = dice.happens(0.65);
    person.email = isWork ? local + "@" + employer.domain : free;
    person.otherEmail = isWork ? free : local + "@" + employer.domain;
    if (dice.happens(0.02))
        person.email = "info@" + employer.domain;
    return person;
}

/// Another of the household: last name, phone and place are the same.
Person relativeOf(const Person &person, Dice &dice)
{
    Person relative = person;
    while (relative.first == person.first)
        relative.first = madeFirstName(dice);
    const std::string local = localPart(relative, dice);
    relative.email = local + "@" + dice.one(freeDomains);
    relative.otherEmail = local + dice.digits(3) + "@" + dice.one(freeDomains);
    if (dice.happens(0.1))
        relative.email = person.email;
    relative.otherPhone = nationalNumber(person.country, dice);
    relative.title = dice.one(titles);
    if (dice.happens(0.7))
        relative.company = madeCompany(dice);
    return relative;
}

std::string aliasOf(const std::string &email, const Person &person, Dice &dice)
{
    const size_t at = email.find('@');
    switch (dice.below(3)) {
    case 0:
        return email.substr(0, at) + "+" + (dice.happens(0.5) ? "news" : "crm") + email.substr(at);
    case 1:
        return localPart(person, dice) + email.substr(at);
    default:
        return email.ends_with("@gmail.com") ? "g." + email
                                             : localPart(person, dice) + email.substr(at);
    }
}

/// The same person as somebody else typed it.
Person retyped(const Person &person, Dice &dice)
{
    Person copy = person;
    const std::string nickname = nicknameOf(person.first, dice);
    if (dice.happens(0.2) && !nickname.empty())
        copy.first = nickname;
    else if (dice.happens(0.06))
        copy.first = unaccented(copy.first, true).substr(0, 1) + ".";
    else if (dice.happens(0.12))
        copy.first = mistyped(copy.first, dice);
    if (dice.happens(0.12))
        copy.last = mistyped(copy.last, dice);
    if (dice.happens(0.5)) {
        const bool withE = dice.happens(0.5);
        copy.first = unaccented(copy.first, withE);
        copy.last = unaccented(copy.last, withE);
        copy.city = unaccented(copy.city, withE);
    }
    if (dice.happens(0.02))
        copy.last += "-" + madeLastName(dice);
    if (dice.happens(0.07))
        std::swap(copy.first, copy.last);
    if (dice.happens(0.18))
        copy.email = aliasOf(copy.email, person, dice);
    else if (dice.happens(0.22))
        copy.email = copy.otherEmail;
    else if (dice.happens(0.05))
        copy.email = mistyped(copy.email, dice);
    if (dice.happens(0.15))
        copy.phone = copy.otherPhone;
    else if (dice.happens(0.04))
        copy.phone = mistyped(copy.phone, dice);
    if (dice.happens(0.06))
        copy.company = madeCompany(dice);
    else if (dice.happens(0.06))
        copy.company = mistyped(copy.company, dice);
    if (dice.happens(0.2))
        copy.title = dice.one(titles);
    if (dice.happens(0.06))
        copy.zip = dice.digits(5);
    else if (dice.happens(0.05))
        copy.zip = mistyped(copy.zip, dice);
    return copy;
}

std::vector<std::string> rowOf(const Person &person, Dice &dice)
{
    const auto orMissing = [&dice](std::string value, double share) {
        return dice.happens(share) ? std::string() : std::move(value);
    };
    std::string company = person.company;
    if (dice.happens(0.6))
        company += forms[person.country][dice.below(3)];
    return {person.first,
            orMissing(person.last, 0.01),
            orMissing(person.email, 0.15),
            orMissing(writtenPhone(person.phone, person.country, dice), 0.25),
            orMissing(company, 0.2),
            orMissing(person.title, 0.4),
            orMissing(person.city, 0.25),
            orMissing(person.zip, 0.4)};
}

} // namespace

MadeTable madeContacts(size_t rows, std::uint32_t seed)
{
    Dice dice(seed);
    MadeTable table;
    table.headers = {"firstname", "lastname", "email", "phone",
                     "company",   "jobtitle", "city",  "zip"};
    std::vector<Employer> employers(std::max<size_t>(rows / 8, 1));
    for (Employer &employer : employers)
        employer = madeEmployer(dice);
    std::uint32_t entity = 0;
    const auto add = [&table, &entity, &dice](const Person &person) {
        table.rows.push_back(rowOf(person, dice));
        table.entities.push_back(entity);
    };
    Person before;
    while (table.rows.size() < rows) {
        const Person person = entity > 0 && dice.happens(0.12)
            ? relativeOf(before, dice)
            : madePerson(employers[dice.skewed(employers.size())], dice);
        add(person);
        if (dice.happens(0.25)) {
            const size_t copies = dice.happens(0.75) ? 1 : 2 + dice.below(2);
            for (size_t i = 0; i < copies; ++i)
                add(retyped(person, dice));
        }
        ++entity;
        before = person;
    }
    table.rows.resize(rows);
    table.entities.resize(rows);
    for (size_t i = rows - 1; i > 0; --i) {
        const size_t other = dice.below(i + 1);
        std::swap(table.rows[i], table.rows[other]);
        std::swap(table.entities[i], table.entities[other]);
    }
    return table;
}

} // namespace hubkeeper::test
