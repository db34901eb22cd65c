// Brings phone numbers into one form: digits after a plus sign.
// Argument: countryCode, e.g. "+41", replaces a leading zero.
let changed = 0;
const contacts = connector.search("contact", "phone pr", { fields: ["phone"] }).result;
for (const contact of contacts) {
    let phone = contact.phone.replace(/[^\d+]/g, "");
    if (phone.startsWith("00"))
        phone = "+" + phone.slice(2);
    else if (phone.startsWith("0"))
        phone = countryCode + phone.slice(1);
    if (phone === contact.phone || phone.length < 8)
        continue;
    console.log(contact._id, contact.phone, "->", phone);
    connector.update("contact", contact._id, { phone: phone });
    changed += 1;
}
({ read: contacts.length, changed: changed });
