// Lists owners to whom no contact belongs.
// The owner of a contact is in the live schema only (readSchema).
if (String(connector.configuration.readSchema) !== "true")
    throw new Error("Set readSchema to true: the built-in schema has no owner of a contact.");

const used = new Set();
const contacts = connector.search("contact", "hubspot_owner_id pr", {
    fields: ["hubspot_owner_id"]
}).result;
for (const contact of contacts)
    used.add(String(contact.hubspot_owner_id));

const idle = connector.search("owner", "true", {}).result.filter((owner) => !used.has(owner._id));
for (const owner of idle)
    console.log(owner._id, owner.email || "");
idle;
