// Small helps on every page. All of them are left out without harm when scripts are off.
(function () {
  "use strict";
  var root = document.documentElement;

  // --- colours: a switch between light and dark that is remembered ---
  var device = window.matchMedia("(prefers-color-scheme: dark)");

  function isDark() {
    return root.dataset.theme ? root.dataset.theme === "dark" : device.matches;
  }

  function remember(theme) {
    try {
      if (theme) localStorage.setItem("theme", theme);
      else localStorage.removeItem("theme");
    } catch (error) {
      root.dataset.storage = "none";
    }
  }

  document.querySelectorAll("[data-theme-switch]").forEach(function (button) {
    function show() {
      button.setAttribute("aria-pressed", String(isDark()));
    }
    button.addEventListener("click", function () {
      var theme = isDark() ? "light" : "dark";
      var isOfDevice = (theme === "dark") === device.matches;
      if (isOfDevice) delete root.dataset.theme;
      else root.dataset.theme = theme;
      remember(isOfDevice ? "" : theme);
      show();
    });
    device.addEventListener("change", show);
    show();
  });

  // --- copying: an address or a citation ---
  function copyText(text) {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
    var box = document.createElement("textarea");
    box.value = text;
    box.className = "heard";
    document.body.append(box);
    box.select();
    var done = document.execCommand("copy");
    box.remove();
    return done ? Promise.resolve() : Promise.reject(new Error("The browser does not copy."));
  }

  document.querySelectorAll("[data-copy], [data-copy-from]").forEach(function (button) {
    var label = button.firstElementChild;
    var said = label.textContent;
    button.addEventListener("click", function () {
      var from = button.dataset.copyFrom;
      var text = from ? document.getElementById(from).textContent.trim() : button.dataset.copy;
      copyText(text).then(
        function () {
          label.textContent = button.dataset.done;
          setTimeout(function () { label.textContent = said; }, 2500);
        },
        function () {
          var range = document.createRange();
          if (from) range.selectNodeContents(document.getElementById(from));
          else range.selectNodeContents(button.parentNode.querySelector("code"));
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }
      );
    });
  });

  // --- a picture behind a warning comes out in its place ---
  document.querySelectorAll("[data-gate]").forEach(function (gate) {
    gate.querySelector("[data-gate-open]").addEventListener("click", function (event) {
      event.preventDefault();
      var picture = gate.querySelector("template").content.cloneNode(true);
      var shown = document.createElement("div");
      shown.tabIndex = -1;
      shown.append(picture);
      gate.replaceWith(shown);
      shown.focus();
    });
  });

  // --- read from a folder of files, a link to a folder must name its page ---
  if (location.protocol === "file:") {
    document.querySelectorAll("a[href], form[action]").forEach(function (element) {
      var name = element.tagName === "FORM" ? "action" : "href";
      var parts = /^([^?#]*\/)([?#].*)?$/.exec(element.getAttribute(name));
      if (parts && !/^[a-z]+:|^\//i.test(parts[1])) element.setAttribute(name, parts[1] + "index.html" + (parts[2] || ""));
    });
  }
})();
