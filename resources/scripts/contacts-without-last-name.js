// Finds contacts that have no last name.
const found = connector.search("contact", "!(lastname pr)", {
    fields: ["email", "firstname"]
});
for (const contact of found.result)
    console.log(contact._id, contact.email || "", contact.firstname || "");
console.log(found.resultCount, "without a last name");
found.result;
