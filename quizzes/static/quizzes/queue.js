// Answers on their way to the server, kept in the browser until they have arrived. One queue per attempt; the server
// orders answers by sequence number, so a late retry never overwrites a newer answer.
export class Queue {
  constructor(attempt, sequence) {
    this.name = `quiz:${attempt}`;
    this.sequence = sequence;
    this.memory = "{}";
  }

  read() {
    try {
      return JSON.parse(localStorage.getItem(this.name) ?? "{}");
    } catch {
      return JSON.parse(this.memory); // storage refused: the page still works, without surviving a reload
    }
  }

  write(pending) {
    this.memory = JSON.stringify(pending);
    try {
      if (Object.keys(pending).length) localStorage.setItem(this.name, this.memory);
      else localStorage.removeItem(this.name);
    } catch {
      // kept in memory
    }
  }

  put(slot, fields) {
    const pending = this.read();
    this.sequence += 1;
    pending[slot] = { fields, sequence: this.sequence };
    this.write(pending);
  }

  slots() {
    return Object.keys(this.read());
  }

  fields(slot) {
    return this.read()[slot].fields;
  }

  sequenceOf(slot) {
    return this.read()[slot].sequence;
  }

  drop(slot) {
    const pending = this.read();
    delete pending[slot];
    this.write(pending);
  }

  batch() {
    const pending = this.read();
    const slots = Object.keys(pending);
    if (!slots.length) return null;
    this.sequence = Math.max(this.sequence, ...slots.map((slot) => pending[slot].sequence));
    return { sequence: this.sequence, slots: pending, fields: slots.flatMap((slot) => pending[slot].fields) };
  }

  settle(batch, sequence) {
    const pending = this.read();
    for (const slot of Object.keys(batch.slots)) {
      if (pending[slot]?.sequence === batch.slots[slot].sequence) delete pending[slot];
    }
    this.sequence = Math.max(this.sequence, sequence);
    this.write(pending);
  }

  forget() {
    this.write({});
  }
}
