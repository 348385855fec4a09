// What the header shows about the visitor, from the one cookie made for it: {n: things in the basket, ten: short name}.

/** The decoded display cookie, or an empty object when there is none or it cannot be read. */
export function display() {
  const found = document.cookie.match(/(?:^|;\s*)hien_thi=([\w-]+)/);
  if (!found) return {};
  try {
    const packed = atob(found[1].replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(packed, (letter) => letter.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes)) ?? {};
  } catch {
    return {};
  }
}
