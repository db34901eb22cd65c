// Finds phone numbers that several contacts share: candidates for a merge.
const byNumber = new Map();
const contacts = connector.search("contact", "phone pr", { fields: ["phone", "email"] }).result;
for (const contact of contacts) {
    const digits = contact.phone.replace(/\D/g, "");
    byNumber.set(digits, [...(byNumber.get(digits) || []), contact]);
}
const shared = [...byNumber.values()].filter((group) => group.length > 1);
for (const group of shared)
    console.log(group[0].phone, group.map((contact) => contact.email || contact._id).join(", "));
console.log(contacts.length, "contacts with a number,", shared.length, "numbers shared");
shared;
