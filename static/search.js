// The search page: Pagefind's index, driven by a form of our own. Words and choices stand in the address of the page.
(function () {
  "use strict";
  var form = document.querySelector("[data-search]");
  var status = document.querySelector("[data-search-status]");
  var list = document.querySelector("[data-search-results]");
  var more = document.querySelector("[data-search-more]");
  var choices = Array.from(form.querySelectorAll("select"));
  var words = form.elements.q;
  var pattern = document.querySelector("[data-search-result]");
  var lang = document.documentElement.lang;
  var PAGE = 10;
  var latest = 0;
  var found = [];
  var shown = 0;

  if (location.protocol === "file:") {
    status.textContent = status.dataset.failed;  // browsers load no module and no index from a folder of files
    return;
  }

  var index = new URL(form.dataset.search, location.href);
  index.search = index.hash = "";
  var loaded = null;

  // The index comes when the reader begins, or has come with a question: the page itself stays light.
  function load() {
    if (!loaded) {
      loaded = import(new URL("pagefind.js", index).href).then(function (pagefind) {
        return pagefind.options({ excerptLength: 28 }).then(pagefind.init).then(pagefind.filters).then(function (filters) {
          choices.forEach(function (choice) { offer(choice, filters[choice.name] || {}); });
          return pagefind;
        });
      });
    }
    return loaded;
  }

  form.addEventListener("focusin", function () { load().catch(fail); }, { once: true });
  if (location.search) load().then(takeAddress).then(run).catch(fail);

  function fail(error) {
    console.error(error);
    status.textContent = status.dataset.failed;
  }

  // --- the form ---
  function offer(choice, counts) {
    var names = Object.keys(counts);
    var byName = new Intl.Collator(lang);
    names.sort(choice.name === "year" ? function (a, b) { return b - a; } : byName.compare);
    names.forEach(function (name) { choice.add(new Option(name, name)); });
  }

  function takeAddress() {
    var asked = new URLSearchParams(location.search);
    words.value = asked.get("q") || "";
    choices.forEach(function (choice) { choice.value = asked.get(choice.name) || ""; if (choice.selectedIndex < 0) choice.value = ""; });
  }

  function address() {
    var asked = new URLSearchParams();
    if (words.value.trim()) asked.set("q", words.value.trim());
    choices.forEach(function (choice) { if (choice.value) asked.set(choice.name, choice.value); });
    var query = asked.toString();
    return location.pathname + (query ? "?" + query : "");
  }

  var waiting;
  form.addEventListener("input", function () { clearTimeout(waiting); waiting = setTimeout(ask, 200); });
  form.addEventListener("submit", function (event) { event.preventDefault(); clearTimeout(waiting); ask(); });
  window.addEventListener("popstate", function () { load().then(takeAddress).then(run).catch(fail); });
  more.addEventListener("click", function () { showMore(true); });

  function ask() {
    history.replaceState(null, "", address());
    run();
  }

  // --- the results ---
  function run() {
    var mine = ++latest;
    var text = words.value.trim();
    var filters = {};
    choices.forEach(function (choice) { if (choice.value) filters[choice.name] = choice.value; });
    if (!text && !Object.keys(filters).length) return clear("");
    status.textContent = status.dataset.loading;
    return load().then(function (pagefind) {
      return pagefind.search(text ? parted(text) : null, { filters: filters });
    }).then(function (answer) {
      if (mine !== latest) return;
      found = answer.results;
      clear(found.length ? counted(found.length) : status.dataset.none);
      return showMore(false);
    }).catch(fail);
  }

  // What is one word to a reader are several in the index (render/search.py). An article that has lost its vowel is a word
  // by itself: "l'urgence" also finds "d'urgence"; only between quotation marks does it count. So is each sign of Chinese;
  // signs that are typed without a space are looked for side by side.
  function parted(text) {
    var elided = /(^|[^\p{L}\p{N}])((?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu)['\u2019])(?=[aeiouyhàâäæéèêëîïôöœùûü])/giu;
    var words = text.replace(elided, text.indexOf('"') < 0 ? "$1" : "$1$2 ");
    var signs = lang.startsWith("zh") ? words.replace(/[\u3400-\u9fff]/g, " $&") : words;
    return signs === words || /[\s"]/.test(words) ? signs : '"' + signs.trim() + '"';
  }

  function whole(text) { return text.replace(/\u2060(<\/mark>)? /g, "$1"); }

  function clear(message) {
    list.replaceChildren();
    shown = 0;
    more.hidden = true;
    status.textContent = message;
  }

  function showMore(moveFocus) {
    var mine = latest;
    var next = found.slice(shown, shown + PAGE);
    return Promise.all(next.map(function (result) { return result.data(); })).then(function (pages) {
      if (mine !== latest) return;
      var entries = pages.map(entry);
      list.append.apply(list, entries);
      shown += next.length;
      more.hidden = shown >= found.length;
      if (moveFocus && entries.length) entries[0].querySelector("a").focus();
    }).catch(fail);
  }

  function entry(page) {
    var item = pattern.content.cloneNode(true).firstElementChild;
    fill(item, "kicker-series", page.meta.kicker);
    fill(item, "date", page.meta.date);
    fill(item, "teaser-places", page.meta.places);
    var link = item.querySelector("h2 a");
    link.href = local(page.url);
    link.textContent = whole(page.meta.title);
    marked(item.querySelector(".excerpt"), page.excerpt);
    var parts = item.querySelector("ul");
    page.sub_results.filter(function (part) { return part.url.indexOf("#") > 0; }).slice(0, 3).forEach(function (part) {
      var row = document.createElement("li");
      var to = document.createElement("a");
      to.href = local(part.url);
      to.textContent = whole(part.title);
      var text = document.createElement("p");
      marked(text, part.excerpt);
      row.append(to, text);
      parts.append(row);
    });
    if (!parts.children.length) parts.remove();
    else item.querySelector(".excerpt").remove();
    return item;
  }

  function fill(item, name, text) {
    var place = item.querySelector("." + name);
    if (text) place.textContent = text;
    else place.remove();
  }

  // Pagefind gives excerpts as HTML with <mark>; only the marks are taken over, as elements, and without the signs that
  // Pagefind takes for part of a word: in "hospital." the full stop is none of it.
  function marked(place, html) {
    var read = new DOMParser().parseFromString(whole(html), "text/html").body;
    read.childNodes.forEach(function (node) {
      if (node.nodeName === "MARK") {
        var mark = document.createElement("mark");
        var said = node.textContent;
        var word = /[\p{L}\p{N}](?:.*[\p{L}\p{M}\p{N}])?/su.exec(said) || [said];
        mark.textContent = word[0];
        var start = said.indexOf(word[0]);
        place.append(said.slice(0, start), mark, said.slice(start + word[0].length));
      } else place.append(node.textContent);
    });
  }

  // Pagefind's addresses begin at the root of the site, which is the folder above the index.
  function local(url) {
    var root = new URL("../", index).pathname;
    var path = url.startsWith(root) ? url.slice(root.length) : url.replace(/^\//, "");
    return new URL(path, new URL("../", index)).href;
  }

  // The right plural: the sentence for a number that the language counts in the same way.
  function counted(number) {
    var rules = new Intl.PluralRules(lang);
    var sentences = JSON.parse(status.dataset.counts);
    var like = sentences.find(function (pair) { return pair[0] === number; }) ||
      sentences.find(function (pair) { return rules.select(pair[0]) === rules.select(number); });
    return like[1].replace(/[\d\u0660-\u0669]+/, new Intl.NumberFormat(lang).format(number));
  }
})();
