// SPDX-License-Identifier: MIT
#include "madetable.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace hubkeeper::test {

namespace {

constexpr const char *firstNames[] = {
    "James",     "Michael",  "Maria",     "John",     "Robert",    "Anna",      "David",
    "Thomas",    "William",  "Jennifer",  "Peter",    "Elizabeth", "Andreas",   "Christopher",
    "Susan",     "Daniel",   "Sarah",     "José",     "Stefan",    "Laura",     "Matthew",
    "Katharina", "Joseph",   "Jessica",   "Martin",   "Richard",   "Sophie",    "Paul",
    "Christian", "Patricia", "Jean",      "Lisa",     "Alexander", "Karen",     "Markus",
    "Nicholas",  "Margaret", "Francisco", "Nancy",    "Kevin",     "Michelle",  "Sebastian",
    "Andrew",    "Barbara",  "Carlos",    "Jürgen",   "Emily",     "Edward",    "Claudia",
    "Anthony",   "Sandra",   "Pierre",    "Steven",   "Ursula",    "Kenneth",   "Catherine",
    "Luis",      "Timothy",  "Rebecca",   "Wolfgang", "Samantha",  "Charles",   "Björn",
    "Deborah",   "Benjamin", "Stephanie", "Samuel",   "Julia",     "Manuel",    "Victoria",
    "Jonathan",  "Amanda",   "Frederick", "Melissa",  "François",  "Helen",     "Gregory",
    "Christine", "Philip",   "Monika",    "Raymond",  "Theresa",   "Ronald",    "Cynthia",
    "Jeffrey",   "Angela",   "Gerald",    "Kathleen", "Lawrence",  "Pamela",    "Douglas",
    "Zoë",       "Albert",   "Renée",     "Eugene",   "Abigail",   "Walter",    "Dorothy",
    "Günther",   "Judith",   "Harold",    "Vanessa",  "Vincent",   "Jörg",      "Ines",
    "Oliver",    "Noémie",   "Leonard",   "Gabriele", "Nathaniel", "Heike",     "Theodore",
    "Birgit",    "Zachary",  "Antje",     "Javier",   "Lucía",     "Álvaro",    "Beatriz",
    "Rubén",     "Hélène",   "Thierry",   "Mohammed", "Fatima",    "Aisha",     "Wei",
    "Priya",     "Rahul",    "Yuki",      "Olga",     "Dmitri",    "Agnieszka", "Łukasz"};

constexpr const char *lastNames[] = {
    "Smith",    "Müller",    "Johnson",   "García",   "Schmidt",  "Williams",  "Martin",
    "Brown",    "Jones",     "Schneider", "Fischer",  "Davis",    "Miller",    "Rodríguez",
    "Weber",    "Wilson",    "Martínez",  "Meyer",    "Anderson", "Wagner",    "Taylor",
    "Becker",   "Thomas",    "Hernández", "Schulz",   "Moore",    "Hoffmann",  "Jackson",
    "Bernard",  "Koch",      "Thompson",  "Bauer",    "White",    "Dubois",    "Richter",
    "López",    "Lee",       "Klein",     "Harris",   "Wolf",     "Clark",     "Schröder",
    "Lewis",    "Neumann",   "Robinson",  "Schwarz",  "Walker",   "Petit",     "Zimmermann",
    "González", "Young",     "Braun",     "Allen",    "Krüger",   "King",      "Durand",
    "Hofmann",  "Wright",    "Hartmann",  "Scott",    "Lange",    "Sánchez",   "Green",
    "Schmitt",  "Baker",     "Werner",    "Adams",    "Nelson",   "Krause",    "Hill",
    "Leroy",    "Meier",     "Ramírez",   "Campbell", "Lehmann",  "Mitchell",  "Moreau",
    "Roberts",  "Schmid",    "Carter",    "Schulze",  "Phillips", "Maier",     "Evans",
    "Köhler",   "Turner",    "Simon",     "Torres",   "Herrmann", "Parker",    "König",
    "Collins",  "Laurent",   "Walter",    "Edwards",  "Mayer",    "Stewart",   "Huber",
    "Flores",   "Kaiser",    "Morris",    "Fuchs",    "Nguyen",   "Peters",    "Murphy",
    "Lefebvre", "Lang",      "Rivera",    "Scholz",   "Cook",     "Möller",    "Rogers",
    "Weiß",     "Morgan",    "Roux",      "Jung",     "Peterson", "Hahn",      "Cooper",
    "Schubert", "Reed",      "Vogel",     "Bailey",   "Gómez",    "Friedrich", "Bell",
    "Keller",   "Kelly",     "Günther",   "Howard",   "Fournier", "Frank",     "Ward",
    "Berger",   "Cox",       "Díaz",      "Winkler",  "O'Brien",  "Roth",      "Richardson",
    "Beck",     "Wood",      "Girard",    "Lorenz",   "Watson",   "Baumann",   "Brooks",
    "Franke",   "McDonald",  "Albrecht",  "Bennett",  "Bonnet",   "Schuster",  "Gray",
    "Kowalski", "Novák",     "Petrov",    "Yılmaz",   "Hansen",   "Sørensen",  "de la Cruz",
    "van Dijk", "von Arnim", "Singh",     "Patel",    "Khan",     "Chen",      "Tanaka"};

constexpr const char *syllables[] = {"ba",  "ken", "dor", "fel", "gra", "hau", "lin", "mar",
                                     "nes", "ol",  "per", "rin", "sta", "tho", "ul",  "wei",
                                     "bro", "cal", "der", "en",  "fri", "gol", "her", "ick"};
constexpr const char *endings[] = {"son",  "mann", "er",  "berg", "ley", "ton",  "ski", "ez",
                                   "feld", "ford", "ard", "in",   "eau", "dorf", "ham", "sen"};

constexpr const char *trades[] = {
    "Software",   "Logistics",    "Consulting", "Engineering", "Foods",     "Energy",
    "Media",      "Solutions",    "Systems",    "Trading",     "Pharma",    "Design",
    "Capital",    "Insurance",    "Motors",     "Travel",      "Bau",       "Medizintechnik",
    "Verlag",     "Textil",       "Services",   "Partners",    "Group",     "Holding",
    "Industries", "Technologies", "Labs",       "Robotics",    "Analytics", "Robinets"};

/// What the nicknames are is written here once more: the program's own table would make it easy.
const std::map<std::string, std::vector<std::string>> &nicknames()
{
    static const std::map<std::string, std::vector<std::string>> table {
        {"James", {"Jim", "Jimmy", "Jamie"}},
        {"Michael", {"Mike", "Mick", "Michi"}},
        {"John", {"Johnny", "Jack"}},
        {"Robert", {"Bob", "Rob", "Bobby"}},
        {"Anna", {"Annie"}},
        {"David", {"Dave"}},
        {"Thomas", {"Tom", "Tommy"}},
        {"William", {"Bill", "Will", "Billy"}},
        {"Jennifer", {"Jen", "Jenny"}},
        {"Peter", {"Pete"}},
        {"Elizabeth", {"Liz", "Beth", "Betty"}},
        {"Andreas", {"Andi"}},
        {"Christopher", {"Chris", "Kit"}},
        {"Susan", {"Sue"}},
        {"Daniel", {"Dan", "Danny"}},
        {"José", {"Pepe"}},
        {"Matthew", {"Matt"}},
        {"Katharina", {"Kathi", "Katja"}},
        {"Joseph", {"Joe"}},
        {"Jessica", {"Jess"}},
        {"Richard", {"Rick", "Dick"}},
        {"Patricia", {"Pat", "Trish"}},
        {"Alexander", {"Alex", "Sascha"}},
        {"Nicholas", {"Nick"}},
        {"Margaret", {"Peggy", "Maggie"}},
        {"Francisco", {"Paco"}},
        {"Sebastian", {"Basti", "Seb"}},
        {"Andrew", {"Andy", "Drew"}},
        {"Barbara", {"Babs"}},
        {"Edward", {"Ed", "Ted"}},
        {"Anthony", {"Tony"}},
        {"Steven", {"Steve"}},
        {"Kenneth", {"Ken"}},
        {"Catherine", {"Cathy", "Kate"}},
        {"Timothy", {"Tim"}},
        {"Rebecca", {"Becky"}},
        {"Wolfgang", {"Wolf"}},
        {"Samantha", {"Sam"}},
        {"Charles", {"Charlie", "Chuck"}},
        {"Deborah", {"Debbie"}},
        {"Benjamin", {"Ben"}},
        {"Stephanie", {"Steffi", "Steph"}},
        {"Samuel", {"Sam"}},
        {"Manuel", {"Manolo"}},
        {"Victoria", {"Vicky"}},
        {"Jonathan", {"Jon"}},
        {"Amanda", {"Mandy"}},
        {"Frederick", {"Fred", "Freddy"}},
        {"Gregory", {"Greg"}},
        {"Christine", {"Chris", "Tina"}},
        {"Philip", {"Phil"}},
        {"Monika", {"Moni"}},
        {"Raymond", {"Ray"}},
        {"Theresa", {"Terry", "Tess"}},
        {"Ronald", {"Ron"}},
        {"Cynthia", {"Cindy"}},
        {"Jeffrey", {"Jeff"}},
        {"Angela", {"Angie"}},
        {"Gerald", {"Jerry"}},
        {"Kathleen", {"Kathy"}},
        {"Lawrence", {"Larry"}},
        {"Pamela", {"Pam"}},
        {"Douglas", {"Doug"}},
        {"Albert", {"Al", "Bert"}},
        {"Eugene", {"Gene"}},
        {"Abigail", {"Abby"}},
        {"Walter", {"Walt"}},
        {"Dorothy", {"Dot"}},
        {"Judith", {"Judy"}},
        {"Vincent", {"Vince"}},
        {"Oliver", {"Ollie"}},
        {"Leonard", {"Leo", "Len"}},
        {"Nathaniel", {"Nate"}},
        {"Theodore", {"Ted", "Theo"}},
        {"Zachary", {"Zach"}},
        {"Javier", {"Xavi"}},
    };
    return table;
}

std::string capital(std::string text)
{
    text[0] = char(text[0] - 'a' + 'A');
    return text;
}

std::string rareName(Dice &dice)
{
    std::string name = dice.one(syllables);
    if (dice.happens(0.4))
        name += dice.one(syllables);
    return capital(name + dice.one(endings));
}

} // namespace

size_t Dice::skewed(size_t count)
{
    const double part = double(m_random()) / 4294967296.0;
    return std::min(size_t(double(count) * std::pow(part, 2.2)), count - 1);
}

std::string Dice::digits(int count)
{
    std::string text;
    for (int i = 0; i < count; ++i)
        text.push_back(char('0' + below(10)));
    return text;
}

std::string mistyped(std::string text, Dice &dice)
{
    if (text.size() < 3)
        return text;
    const size_t at = 1 + dice.below(text.size() - 1);
    const auto isPlain = [&text](size_t place) { return (text[place] & 0x80) == 0; };
    if (!isPlain(at) || !isPlain(at - 1) || text[at] == '@')
        return text;
    const char letter = char('a' + dice.below(26));
    switch (dice.below(4)) {
    case 0:
        return text.insert(at, 1, letter);
    case 1:
        return text.erase(at, 1);
    case 2:
        text[at] = letter;
        return text;
    default:
        if (at > 1)
            std::swap(text[at], text[at - 1]);
        return text;
    }
}

std::string unaccented(const std::string &text, bool withE)
{
    static const std::map<std::string, std::pair<std::string, std::string>> table {
        {"ä", {"a", "ae"}}, {"ö", {"o", "oe"}}, {"ü", {"u", "ue"}}, {"ß", {"ss", "ss"}},
        {"é", {"e", "e"}},  {"è", {"e", "e"}},  {"í", {"i", "i"}},  {"á", {"a", "a"}},
        {"ó", {"o", "o"}},  {"ñ", {"n", "n"}},  {"ç", {"c", "c"}},  {"ø", {"o", "oe"}},
        {"ë", {"e", "e"}},  {"ú", {"u", "u"}},  {"ı", {"i", "i"}},  {"Á", {"A", "A"}},
        {"Ł", {"L", "L"}},  {"Ö", {"O", "Oe"}}, {"ń", {"n", "n"}}};
    std::string plain;
    for (size_t i = 0; i < text.size(); ++i) {
        if ((text[i] & 0x80) == 0) {
            plain.push_back(text[i]);
            continue;
        }
        const auto found = table.find(text.substr(i, 2));
        if (found != table.end())
            plain += withE ? found->second.second : found->second.first;
        ++i;
    }
    return plain;
}

std::string madeFirstName(Dice &dice)
{
    return firstNames[dice.skewed(std::size(firstNames))];
}

std::string madeLastName(Dice &dice)
{
    return dice.happens(0.6) ? std::string(lastNames[dice.skewed(std::size(lastNames))])
                             : rareName(dice);
}

std::string madeCompany(Dice &dice)
{
    const std::string name = dice.happens(0.3) ? madeLastName(dice) : rareName(dice);
    if (dice.happens(0.2))
        return name + " & " + madeLastName(dice);
    return dice.happens(0.75) ? name + " " + dice.one(trades) : name;
}

std::string nicknameOf(const std::string &first, Dice &dice)
{
    const auto found = nicknames().find(first);
    return found == nicknames().end() ? std::string() : dice.one(found->second);
}

} // namespace hubkeeper::test
