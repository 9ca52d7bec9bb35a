// The time left, told calmly: of the question, of its section, of the whole. The server's own clock decides.
// `performance.now` runs on when the wall clock is changed.
const BEAT = 500;

// `over` is called once, with the clock that ran out. Returns how to set the times anew: extra time may be granted while
// somebody sits, and a question may come with a clock of its own.
export function startClocks(form, over) {
  let clocks = [];
  let beat = 0;

  function gather() {
    clocks = [...form.querySelectorAll("[data-clock]")].map((node) => {
      const left = Number(node.dataset.clock);
      const warnings = Object.entries(node.dataset).filter(([name]) => /^warn\d+$/.test(name));
      return {
        node, kind: node.dataset.kind, text: node.querySelector("[data-clock-text]"), previous: left + 1,
        warnings: warnings.map(([name, words]) => [Number(name.slice(4)), words]), end: performance.now() + left * 1000,
      };
    });
    clearInterval(beat);
    if (!clocks.length) return;
    beat = setInterval(tick, BEAT);
    tick();
  }

  function show(clock) {
    const left = Math.max(0, Math.round((clock.end - performance.now()) / 1000));
    const figures = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    clock.text.textContent = clock.node.dataset.left.replace("{time}", figures);
    clock.node.toggleAttribute("data-loud", left <= Number(clock.node.dataset.loudAt));
    const said = form.querySelector("[data-clock-said]");
    for (const [moment, words] of clock.warnings) if (clock.previous > moment && left <= moment) said.textContent = words;
    clock.previous = left;
    return left;
  }

  function tick() {
    const done = clocks.filter((clock) => show(clock) <= 0);
    if (!done.length) return;
    clearInterval(beat);
    over(done.find((clock) => clock.kind === "attempt") ?? done[0]);
  }

  gather();
  return {
    gather,
    set(left) {
      for (const clock of clocks) if (clock.kind in left) clock.end = performance.now() + left[clock.kind] * 1000;
    },
  };
}
