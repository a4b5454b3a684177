/* Menus are <details> and work without this. It adds two courtesies: Escape closes the open menu and
   gives the focus back to the word that opened it; a press elsewhere closes it too. The tab key walks
   through an open menu as through any text, so no arrow keys are taken from the reader. */
const MENUS = 'details[name="site-menu"], details.menu-toggle, details.calendar-menu';

function openMenus() {
  return [...document.querySelectorAll(MENUS)].filter((menu) => menu.open);
}

function innermost(menus) {
  const holding = menus.filter((menu) => menu.contains(document.activeElement));
  return holding.at(-1) ?? menus.at(-1);
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = innermost(openMenus());
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

document.addEventListener("pointerdown", (event) => {
  for (const menu of openMenus()) {
    /* The narrow screen's menu is a switch for what stands beside it, so its place is the whole header. */
    const place = menu.matches(".menu-toggle") ? menu.closest(".site-header") : menu;
    if (!place.contains(event.target)) menu.open = false;
  }
});
