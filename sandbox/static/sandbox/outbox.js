// Acts on their way to the server, kept in the browser until they have arrived, even if the page is closed meanwhile. Each
// carries its form's own key, so that one sent twice counts once. One outbox per shift.
export class Outbox {
  constructor(shift) {
    this.name = `desk:${shift}`;
    this.memory = "[]";
  }

  all() {
    try {
      return JSON.parse(localStorage.getItem(this.name) ?? "[]");
    } catch {
      return JSON.parse(this.memory); // storage refused: the page still works, without surviving a reload
    }
  }

  write(entries) {
    this.memory = JSON.stringify(entries);
    try {
      if (entries.length) localStorage.setItem(this.name, this.memory);
      else localStorage.removeItem(this.name);
    } catch {
      // kept in memory
    }
  }

  // Keep the act and return its name. The token of the session is not part of it: the page that sends it has the newest.
  put(url, body) {
    const fields = [...body].filter(([name, value]) => typeof value === "string" && !["csrfmiddlewaretoken", "cursor", "empty"].includes(name));
    const id = ["key", "action", "target", "comment"].map((name) => body.get(name) ?? "").join(":");
    this.write([...this.all().filter((entry) => entry.id !== id), { id, url, fields }]);
    return id;
  }

  settle(id) {
    this.write(this.all().filter((entry) => entry.id !== id));
  }
}
