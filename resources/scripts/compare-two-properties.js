// Lists contacts whose two attributes hold the same text.
// Arguments: first and second, names of attributes.
const same = [];
const contacts = connector.search("contact", first + " pr and " + second + " pr", {
    fields: [first, second]
}).result;
for (const contact of contacts) {
    const a = String(contact[first]).trim().toLowerCase();
    const b = String(contact[second]).trim().toLowerCase();
    if (a === b) {
        console.log(contact._id, contact[first]);
        same.push(contact);
    }
}
console.log(contacts.length, "have both,", same.length, "have the same text in both");
same;
