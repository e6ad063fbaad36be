// Runs before the first paint: says that scripts work, takes up the colours that the reader chose, asks for the font.
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

  // The text waits a moment for a font that is asked for here, and no longer. It is not asked for in the markup, since
  // browsers refuse that to a page read from a folder of files; there the font is taken up as it is.
  var font = document.currentScript.dataset.font;
  if (font && location.protocol === "file:") {
    document.fonts.add(new FontFace("Source Serif 4", "url(" + new URL(font, location.href) + ")", { weight: "400 700" }));
  } else if (font) {
    var link = document.createElement("link");
    link.rel = "preload";
    link.as = "font";
    link.crossOrigin = "";
    link.href = font;
    document.head.append(link);
  }
})();
