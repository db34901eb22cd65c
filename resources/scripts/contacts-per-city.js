// Counts the contacts of each city, the largest first.
const cities = {};
let cookie = "";
do {
    const page = connector.search("contact", "true", {
        fields: ["city"], pageSize: 100, cookie: cookie
    });
    for (const contact of page.result) {
        const city = contact.city || "(none)";
        cities[city] = (cities[city] || 0) + 1;
    }
    cookie = page.pagedResultsCookie || "";
} while (cookie);

for (const [city, count] of Object.entries(cities).sort((a, b) => b[1] - a[1]))
    console.log(count, city);
cities;
