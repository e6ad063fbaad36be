// The archive: filters in place. Without this script the same choices are links to pages of their own.
(function () {
  "use strict";
  var form = document.querySelector("[data-archive-filters]");
  var list = document.querySelector("[data-archive-list]");
  if (!form || !list) return;
  var choices = Array.from(form.querySelectorAll("select"));
  var status = form.querySelector("[data-archive-status]");
  var clear = form.querySelector("[data-archive-clear]");
  var pager = document.querySelector(".pager");
  var lang = document.documentElement.lang;
  var whole = null;

  // All alerts: those of this page, and those of the pages that follow it.
  function all() {
    if (!whole) whole = follow(document, location.href).catch(function () { return null; });
    return whole;
  }

  function follow(page, address) {
    var next = page.querySelector(".pager a[rel=next]");
    if (!next) return Promise.resolve();
    var url = new URL(next.getAttribute("href"), address).href;
    return fetch(url).then(function (answer) {
      if (!answer.ok) throw new Error(url);
      return answer.text();
    }).then(function (html) {
      var read = new DOMParser().parseFromString(html, "text/html");
      read.querySelectorAll("[data-archive-list] > li").forEach(function (item) {
        item.querySelectorAll("a[href]").forEach(function (link) { link.href = new URL(link.getAttribute("href"), url).href; });
        item.dataset.later = "";
        item.hidden = true;
        list.append(item);
      });
      return follow(read, url);
    });
  }

  function matches(item) {
    return choices.every(function (choice) {
      return !choice.value || item.dataset[choice.name].split(" ").indexOf(choice.value) >= 0;
    });
  }

  function show() {
    var active = choices.some(function (choice) { return choice.value; });
    clear.hidden = !active;
    if (pager) pager.hidden = active;
    return (active ? all() : Promise.resolve()).then(function () {
      var number = 0;
      Array.from(list.children).forEach(function (item) {
        item.hidden = active ? !matches(item) : "later" in item.dataset;
        if (!item.hidden) number += 1;
      });
      status.textContent = !active ? "" : number ? counted(number) : status.dataset.none;
      remember();
    });
  }

  function remember() {
    var asked = new URLSearchParams();
    choices.forEach(function (choice) { if (choice.value) asked.set(choice.name, choice.value); });
    var query = asked.toString();
    history.replaceState(null, "", location.pathname + (query ? "?" + query : "") + location.hash);
  }

  function counted(number) {
    var rules = new Intl.PluralRules(lang);
    var sentences = JSON.parse(status.dataset.counts);
    var like = sentences.find(function (pair) { return pair[0] === number; }) ||
      sentences.find(function (pair) { return rules.select(pair[0]) === rules.select(number); });
    return like[1].replace(/[\d\u0660-\u0669]+/, new Intl.NumberFormat(lang).format(number));
  }

  form.addEventListener("change", show);
  form.addEventListener("submit", function (event) { event.preventDefault(); show(); });
  clear.addEventListener("click", function () {
    choices.forEach(function (choice) { choice.value = ""; });
    choices[0].focus();
    show();
  });
  var asked = new URLSearchParams(location.search);
  choices.forEach(function (choice) {
    choice.value = asked.get(choice.name) || "";
    if (choice.selectedIndex < 0) choice.value = "";
  });
  if (choices.some(function (choice) { return choice.value; })) show();
})();
