// What a person with only a keyboard meets: asked by Face.walk after each press of a key.
(() => {
  const WORKABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]";

  // The checked one stands for a group of radio buttons, or the first if none is.
  const stands = (element) => {
    if (element.type !== "radio" || element.checked) return true;
    const group = [...document.getElementsByName(element.name)].filter((it) => it.form === element.form);
    return group[0] === element && !group.some((it) => it.checked);
  };

  // A hidden element is no stop.
  const isStop = (element) =>
    element.tabIndex >= 0 &&
    stands(element) &&
    !element.disabled &&
    element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true });

  const contrast = (one, other) => {
    const [high, low] = [one, other].map(luminance).sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };

  const known = {};
  const luminance = (colour) => (known[colour] ??= measured(colour));

  const measured = (colour) => {
    const canvas = new OffscreenCanvas(1, 1).getContext("2d");
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((value) => {
      const part = value / 255;
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };

  const ground = (element) => {
    for (let at = element.parentElement; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (!/, 0\)$|transparent/.test(colour)) return colour;
    }
    return "white";
  };

  const showsFocus = (element) => {
    const style = getComputedStyle(element);
    const isDrawn = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    return isDrawn && contrast(style.outlineColor, ground(element)) >= 3;
  };

  // What lies on top at the middle of its first line.
  const covering = (element) => {
    const box = element.getClientRects()[0];
    if (!box) return "no box";
    const [x, y] = [box.left + box.width / 2, box.top + Math.min(box.height / 2, 12)];
    const top = document.elementFromPoint(x, y);
    if (!top) return `outside the window (${Math.round(x)}, ${Math.round(y)})`;
    return element.contains(top) || top.contains(element) ? "" : tillitName(top);
  };

  window.tillitName = (element) =>
    `${element.tagName.toLowerCase()}${element.id ? `#${element.id}` : ""}` +
    ` “${(element.innerText || element.name || element.value || "").trim().slice(0, 40)}”`;
  window.tillitStops = () => [...document.querySelectorAll(WORKABLE)].filter(isStop);
  window.tillitStop = () => {
    const element = document.activeElement;
    if (!element || element === document.body || element.id === "main") return null;
    return {
      index: tillitStops().indexOf(element),
      name: tillitName(element),
      showsFocus: showsFocus(element),
      coveredBy: covering(element),
    };
  };
})();
