// SPDX-License-Identifier: MIT
#include "madetable.h"

#include <algorithm>
#include <set>

namespace hubkeeper::test {

namespace {

struct Firm
{
    std::string name;
    std::string form;
    std::string domain;
    std::string phone;
    std::string street;
    std::string city;
    std::string zip;
    size_t country = 0;
};

constexpr const char *firmCities[4][8] = {
    {"New York", "Chicago", "Houston", "Boston", "Seattle", "Denver", "Austin", "Portland"},
    {"Berlin", "München", "Köln", "Hamburg", "Düsseldorf", "Leipzig", "Stuttgart", "Nürnberg"},
    {"London", "Manchester", "Leeds", "Bristol", "Glasgow", "Cardiff", "York", "Oxford"},
    {"Paris", "Lyon", "Marseille", "Orléans", "Nantes", "Lille", "Toulouse", "Besançon"}};
constexpr const char *firmForms[4][4] = {{" Inc.", " LLC", " Corporation", ", Inc"},
                                         {" GmbH", " AG", " GmbH & Co. KG", " mbH"},
                                         {" Ltd", " Limited", " PLC", " Ltd."},
                                         {" SA", " S.A.S.", " SARL", " S.A."}};
constexpr const char *firmPrefixes[4] = {"+1 ", "+49 ", "+44 ", "+33 "};
constexpr const char *firmCountries[4][3] = {{"United States", "USA", "US"},
                                             {"Germany", "Deutschland", "DE"},
                                             {"United Kingdom", "UK", "Great Britain"},
                                             {"France", "France", "FR"}};
constexpr const char *firmEnds[4] = {".com", ".de", ".co.uk", ".fr"};

std::string domainOf(const std::string &name, size_t country, Dice &dice)
{
    std::string domain;
    for (const char c : unaccented(name, true)) {
        if (c >= 'A' && c <= 'Z')
            domain.push_back(char(c - 'A' + 'a'));
        else if (c >= 'a' && c <= 'z')
            domain.push_back(c);
        else if (c == ' ' && dice.happens(0.3) && !domain.ends_with("-"))
            domain.push_back('-');
    }
    return domain + (dice.happens(0.2) ? ".com" : firmEnds[country]);
}

Firm madeFirm(Dice &dice)
{
    Firm firm;
    firm.name = madeCompany(dice);
    firm.country = dice.below(4);
    firm.form = dice.happens(0.85) ? firmForms[firm.country][dice.below(4)] : "";
    firm.domain = domainOf(firm.name, firm.country, dice);
    firm.phone = std::to_string(1 + dice.below(9)) + dice.digits(8);
    firm.street = madeLastName(dice) + (firm.country == 1 ? "straße " : " Street ")
        + std::to_string(1 + dice.below(120));
    firm.city = firmCities[firm.country][dice.skewed(8)];
    firm.zip = dice.digits(5);
    return firm;
}

/// Another firm of the group, or by chance of nearly the name.
Firm sisterOf(const Firm &firm, Dice &dice)
{
    Firm sister = madeFirm(dice);
    const std::string word = firm.name.substr(0, firm.name.find(' '));
    sister.name = word + " " + madeCompany(dice).substr(0, 3) + "tec";
    sister.country = firm.country;
    if (dice.happens(0.4)) {
        sister.street = firm.street;
        sister.city = firm.city;
        sister.zip = firm.zip;
    }
    sister.domain = domainOf(sister.name, sister.country, dice);
    return sister;
}

Firm retypedFirm(const Firm &firm, Dice &dice)
{
    Firm copy = firm;
    if (dice.happens(0.5))
        copy.form = dice.happens(0.4) ? "" : firmForms[firm.country][dice.below(4)];
    if (dice.happens(0.25))
        copy.name = mistyped(copy.name, dice);
    if (dice.happens(0.5)) {
        const bool withE = dice.happens(0.5);
        copy.name = unaccented(copy.name, withE);
        copy.city = unaccented(copy.city, withE);
    }
    const size_t and_ = copy.name.find(" & ");
    if (and_ != std::string::npos && dice.happens(0.5))
        copy.name.replace(and_, 3, " and ");
    else if (dice.happens(0.08) && copy.name.find(' ') != std::string::npos)
        copy.name = copy.name.substr(0, copy.name.find(' '));
    if (dice.happens(0.1))
        std::transform(copy.name.begin(), copy.name.end(), copy.name.begin(),
                       [](char c) { return c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c; });
    if (dice.happens(0.12))
        copy.domain = domainOf(firm.name, firm.country, dice);
    if (dice.happens(0.2))
        copy.phone = std::to_string(1 + dice.below(9)) + dice.digits(8);
    if (dice.happens(0.2))
        copy.street = mistyped(copy.street, dice);
    if (dice.happens(0.08)) {
        copy.street = madeFirm(dice).street;
        copy.zip = dice.digits(5);
    }
    return copy;
}

std::vector<std::string> rowOfFirm(const Firm &firm, Dice &dice)
{
    const auto orMissing = [&dice](std::string value, double share) {
        return dice.happens(share) ? std::string() : std::move(value);
    };
    const std::string web = dice.happens(0.3) ? "https://www." + firm.domain + "/" : firm.domain;
    return {
        firm.name + firm.form,
        orMissing(web, 0.2),
        orMissing(firmPrefixes[firm.country] + firm.phone.substr(0, 3) + "-" + firm.phone.substr(3),
                  0.3),
        orMissing(firm.street, 0.3),
        orMissing(firm.city, 0.15),
        orMissing(firm.zip, 0.35),
        orMissing(firmCountries[firm.country][dice.below(3)], 0.3)};
}

} // namespace

MadeTable madeCompanies(size_t rows, std::uint32_t seed)
{
    Dice dice(seed);
    MadeTable table;
    table.headers = {"name", "domain", "phone", "address", "city", "zip", "country"};
    std::uint32_t entity = 0;
    Firm before;
    std::set<std::string> taken; // Nobody has the domain of another.
    while (table.rows.size() < rows) {
        Firm firm = entity > 0 && dice.happens(0.1) ? sisterOf(before, dice) : madeFirm(dice);
        while (!taken.insert(firm.domain).second)
            firm.domain.insert(firm.domain.find('.'), dice.digits(1));
        size_t copies = 1;
        if (dice.happens(0.3))
            copies += 1 + (dice.happens(0.2) ? 1 : 0);
        for (size_t i = 0; i < copies; ++i) {
            table.rows.push_back(rowOfFirm(i == 0 ? firm : retypedFirm(firm, dice), dice));
            table.entities.push_back(entity);
        }
        ++entity;
        before = firm;
    }
    table.rows.resize(rows);
    table.entities.resize(rows);
    return table;
}

} // namespace hubkeeper::test
