// Runs before the first paint: says that scripts work, and takes up the colours that the reader chose.
(function () {
  var root = document.documentElement;
  root.classList.add("js");
  try {
    var chosen = localStorage.getItem("theme");
    if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;
  } catch (error) {
    // Storage can be forbidden; the colours of the device hold then.
    root.dataset.storage = "none";
  }
})();
