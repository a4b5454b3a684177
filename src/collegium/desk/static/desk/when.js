/* Says back, while it is being entered, what a time will say to readers. Without it the form says so on saving. */
(() => {
  const names = [
    "start_year", "start_month", "start_day", "start_time",
    "end_year", "end_month", "end_day", "end_time", "zone", "which",
  ];

  const say = async (box) => {
    const query = new URLSearchParams();
    box.querySelectorAll(".when-row input, .when-row select").forEach((field) => {
      query.set(names[Number(field.name.split("_").pop())], field.value);
    });
    const meant = box.querySelector("[name=meant]");
    if (meant && meant.checked) query.set("meant", "on");
    const answer = await fetch(`${box.dataset.previewUrl}?${query}`, { credentials: "same-origin" });
    if (answer.ok) box.querySelector("[data-when-preview]").innerHTML = await answer.text();
  };

  const watch = (box) => {
    let waiting;
    box.dataset.watched = "yes";
    const soon = (event) => {
      if (event.target.name === "meant") return;
      clearTimeout(waiting);
      waiting = setTimeout(() => say(box), 300);
    };
    box.addEventListener("input", soon);
    box.addEventListener("change", soon);
    say(box);
  };

  const start = () => document.querySelectorAll("[data-when]:not([data-watched])").forEach(watch);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
