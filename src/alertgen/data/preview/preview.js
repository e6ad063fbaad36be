// The preview's part of a page: it hears of every new state, renews the page, and shows what is wrong over it.
(() => {
  "use strict";
  const script = document.currentScript;
  const own = new URL(".", script.src);
  const version = Number(script.dataset.version);
  const held = JSON.parse(script.dataset.held);
  const WANTED = "alertgen-remarks-wanted"; // kept for the tab: remarks that were opened stay so from page to page
  const CALLED = "alertgen-called"; // kept for the tab: the state that had a page renewed
  let called = sessionStorage.getItem(CALLED);
  sessionStorage.removeItem(CALLED);
  let dismissed = "";
  const PATIENCE = 4000; // milliseconds in which a preview that is started again is found by itself
  let drawn = "";
  let panel = null;
  let ending = 0;

  function element(name, className, text) {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function heldBecause(link) {
    const address = new URL(link.href, location.href);
    if (address.origin !== location.origin) return undefined;
    try {
      return held[decodeURIComponent(address.pathname).replace(/index\.html$/, "")];
    } catch {
      return undefined; // no address that we have written
    }
  }

  // Marks every link to what is held back, also those that scripts put into the page later. A link whose words are only
  // heard, such as a week in a strip, is framed.
  function markLinks() {
    for (const link of document.querySelectorAll("a[href]:not([data-alertgen-marked])")) {
      const because = heldBecause(link);
      if (!because) continue;
      link.dataset.alertgenMarked = "";
      if (link.innerText.trim() && !link.querySelector(":scope > .heard:only-child")) {
        link.append(element("span", "alertgen-small-mark", because));
      } else {
        link.classList.add("alertgen-frame");
        link.title = link.title ? `${link.title} (${because})` : because;
      }
    }
  }

  function excerpt(problem) {
    const line = element("pre");
    if (!problem.column) {
      line.textContent = problem.excerpt;
      return line;
    }
    const characters = Array.from(problem.excerpt);
    const start = problem.column - 1;
    const end = start + problem.length;
    line.append(characters.slice(0, start).join(""));
    line.append(element("mark", "", characters.slice(start, end).join("") || " "));
    line.append(characters.slice(end).join(""));
    return line;
  }

  function row(problem) {
    const item = element("li", problem.severity);
    item.append(element("p", "place", problem.place));
    const said = element("p");
    said.append(element("strong", "kind", `${problem.severity}: `), problem.message);
    item.append(said);
    if (problem.excerpt) item.append(excerpt(problem));
    if (problem.hint) item.append(element("p", "hint", `Hint: ${problem.hint}`));
    return item;
  }

  function list(state) {
    const rows = element("ol");
    if (state.bug) {
      const item = element("li", "error");
      item.append(element("p", "", "This is a bug in alertgen; please report it with these lines."));
      item.append(element("pre", "", state.bug));
      rows.append(item);
    }
    rows.append(...state.problems.map(row));
    return rows;
  }

  function title(state) {
    const none = document.querySelector(".alertgen-nothing");
    if (state.trouble && none) return "This has to be mended; then the site appears";
    if (state.trouble) return "This has to be mended; the page is the last good one";
    const number = state.problems.length;
    return number === 1 ? "1 remark" : `${number} remarks`;
  }

  function open(state) {
    const box = element("section", state.trouble ? "panel trouble" : "panel");
    box.setAttribute("role", state.trouble ? "alert" : "region");
    box.setAttribute("aria-label", "alertgen preview");
    const head = element("div", "head");
    const close = element("button", "", "Hide");
    close.type = "button";
    close.addEventListener("click", () => {
      dismissed = said(state);
      sessionStorage.removeItem(WANTED);
      show(state);
    });
    head.append(element("h2", "", title(state)), close);
    box.append(head, list(state));
    return box;
  }

  function badge(state) {
    const button = element("button", "badge", title(state));
    button.type = "button";
    button.addEventListener("click", () => {
      sessionStorage.setItem(WANTED, "");
      show(state);
    });
    return button;
  }

  function replace(content) {
    if (!panel) {
      panel = document.createElement("alertgen-panel");
      panel.attachShadow({ mode: "open" });
      document.documentElement.append(panel);
    }
    const style = element("link");
    style.rel = "stylesheet";
    style.href = new URL("panel.css", own).href;
    panel.shadowRoot.replaceChildren(style, content);
  }

  function said(state) {
    return JSON.stringify([state.trouble, state.problems, state.bug]);
  }

  // Trouble opens by itself, until it is hidden; remarks wait behind a button. A state that says the same as before
  // leaves what is shown alone, with the place to which one has read.
  function show(state) {
    const wanted = sessionStorage.getItem(WANTED) !== null;
    const opened = wanted || (state.trouble && dismissed !== said(state));
    const drawing = JSON.stringify([said(state), opened]);
    if (!state.problems.length && !state.bug) {
      if (panel) panel.remove();
      panel = null;
    } else if (!panel || drawing !== drawn) {
      replace(opened ? open(state) : badge(state));
    }
    drawn = drawing;
  }

  function leads(state) {
    return state.open && state.open !== location.pathname && document.visibilityState === "visible";
  }

  // Tells whether the page was called by one state and made from a later one, which wants another page.
  function overtaken(state) {
    return called !== null && Number(called) !== state.good && leads(state);
  }

  function renew(state) {
    source.close(); // a state that comes before the next page is there would call this one back
    sessionStorage.setItem(CALLED, state.good);
    if (leads(state)) {
      location.assign(state.open);
    } else {
      location.reload();
    }
  }

  // Says that nobody answers any more. The mark is one of the page, whose style sheet is there; no new one could come.
  function tellOfTheEnd() {
    const words = "The preview has ended, so what you write now does not appear here. Type alertgen serve to go on.";
    const mark = element("div", "alertgen-mark alertgen-ended", words);
    mark.setAttribute("role", "alert");
    if (!document.querySelector(".alertgen-ended")) document.body.prepend(mark);
  }

  function goOn() {
    clearTimeout(ending);
    ending = 0;
    for (const mark of document.querySelectorAll(".alertgen-ended")) mark.remove();
  }

  const source = new EventSource(new URL("events", own));
  source.addEventListener("open", goOn);
  source.addEventListener("error", () => {
    if (!ending) ending = setTimeout(tellOfTheEnd, PATIENCE);
  });
  source.addEventListener("message", (event) => {
    const state = JSON.parse(event.data);
    if (state.good !== version || overtaken(state)) return renew(state);
    called = null;
    show(state);
  });
  addEventListener("pagehide", () => {
    source.close();
    clearTimeout(ending);
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
  markLinks();
  new MutationObserver(markLinks).observe(document.body, { childList: true, subtree: true });
})();
