/* Adds the reader's own time beside an event's, with a changed day said in words.
   Pages are shared by all readers, so only the browser knows whose clock to use. Without it, ?zone= does the same. */
(() => {
  const words = document.currentScript.dataset;
  const page = document.documentElement.lang;
  const language = page === "en" ? "en-GB" : page;

  const dayOf = (moment) => {
    const two = (number) => String(number).padStart(2, "0");
    return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
  };

  const daysBetween = (from, to) => Math.round((Date.parse(to) - Date.parse(from)) / 86400000);

  const sameClock = (moment, zone) => {
    if (!zone) return false;
    const shown = { dateStyle: "short", timeStyle: "short" };
    return new Intl.DateTimeFormat("en", shown).format(moment)
      === new Intl.DateTimeFormat("en", { ...shown, timeZone: zone }).format(moment);
  };

  const say = (slot) => {
    const start = new Date(slot.dataset.start);
    const end = slot.dataset.end ? new Date(slot.dataset.end) : null;
    const clock = new Intl.DateTimeFormat(language, { timeStyle: "short" });
    const day = new Intl.DateTimeFormat(language, { weekday: "long", day: "numeric", month: "long" });
    const hours = !end ? clock.format(start)
      : dayOf(start) === dayOf(end) ? `${clock.format(start)}–${clock.format(end)}`
        : `${clock.format(start)} – ${day.format(end)}, ${clock.format(end)}`;
    if (sameClock(start, slot.dataset.zone)) return;

    slot.textContent = words.yourTime.replace("%s", hours);
    const shift = daysBetween(slot.dataset.day, dayOf(start));
    if (shift) {
      const said = document.createElement("span");
      said.className = "shift";
      const inWords = { 1: words.nextDay, "-1": words.dayBefore }[shift];
      said.textContent = inWords ? `${day.format(start)}, ${inWords}` : day.format(start);
      slot.append(" ", said);
    }
    slot.hidden = false;
  };

  document.querySelectorAll(".reader-time[data-start]").forEach(say);
})();
